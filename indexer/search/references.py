"""Finds what in a query names a numbered paragraph, such as "Article 5" and "12(2)(a)"."""

import re
from collections.abc import Sequence

from indexer.labels import label_key
from indexer.labels.named import named
from indexer.query import Node, Word

_NUMBERS = re.compile(r"(?:\.?\s?\([^\W_]{1,5}\)|[.:,;]$)*")  # behind the number of an article
_BARE = re.compile(r"\d{1,4}[a-z]{0,2}(?:(?:\.\d{1,3})+|(?=\())(?:\([^\W_]{1,5}\))*\.?")


def references(nodes: Sequence[Node]) -> dict[int, str]:
    """The keys of the numbers that are named by `nodes`, each at the places of its words.

    A name may be one word ("§12") or two ("Article 5", "Rule 9.2", "5. cikk").
    """
    found: dict[int, str] = {}
    at = 0
    while at < len(nodes):
        for size in (2, 1):
            if key := _key(nodes[at : at + size], size):
                found.update(dict.fromkeys(range(at, at + size), key))
                at += size - 1
                break
        at += 1
    return found


def _key(nodes: Sequence[Node], size: int) -> str:
    words = [node.text for node in nodes if isinstance(node, Word)]
    if len(words) != size:
        return ""
    text = " ".join(words)
    unit = named(text)
    if unit and unit.number:
        return label_key(text) if _NUMBERS.fullmatch(text, unit.end) else ""
    return label_key(text) if size == 1 and _BARE.fullmatch(text) else ""
