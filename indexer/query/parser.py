"""Query text in, a `Query` out; nothing that a person can type makes it raise."""

import re

from indexer.query.tree import And, Node, Phrase, Query, Word

MAX_LENGTH = 1_000  # characters

_PARTS = re.compile(r'[“”„«»"](?P<phrase>[^“”„«»"]*)(?P<close>[“”„«»"]?)|(?P<word>[^\s“”„«»"]+)')


def parse(text: str) -> Query:
    """The query that `text` asks: all its words, and its quoted phrases, in one paragraph."""
    notices = []
    if len(text) > MAX_LENGTH:
        notices.append(f"Only the first {MAX_LENGTH:,} characters were searched for.")
    nodes: list[Node] = []
    for part in _PARTS.finditer(text[:MAX_LENGTH]):
        if part["word"]:
            nodes.append(Word(part["word"]))
            continue
        if not part["close"]:
            notices.append("A quotation mark was missing; the phrase was taken to the end.")
        if part["phrase"].strip():
            nodes.append(Phrase(part["phrase"]))
    return Query(text, And(tuple(nodes)) if nodes else None, tuple(notices))
