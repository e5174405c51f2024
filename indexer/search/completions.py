"""Completes what a person is typing: with titles, headings and words that the index has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest

from indexer.analysis import analyzer
from indexer.index.engine import Searcher
from indexer.index.fields import Field
from indexer.index.names import HEADING_NAME, NAME_END, TITLE_NAME
from indexer.naming import name_key
from indexer.search.vocabulary import Vocabulary

LONGEST = 200  # characters; more are a sentence, which nothing completes
_SHORTEST = 2  # letters from which on it is worth a look
_MOST = {"title": 3, "heading": 3, "word": 5}
_LAST = re.compile(r"(?:^|[\s(\"“„«-])([^\W_]\w*)$")
_QUOTES = re.compile('["“”„‟«»＂]')


class Completed(StrEnum):
    """What a completion is."""

    TITLE = "title"
    HEADING = "heading"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be meant, as a person reads it, and the query that asks for it."""

    kind: Completed
    text: str
    query: str


def completions(text: str, searcher: Searcher, vocabulary: Vocabulary) -> tuple[Completion, ...]:
    """Words that complete the last one of `text`; titles and headings with all of it in them."""
    if len(text) > LONGEST:
        return ()
    found = [*_words(text, vocabulary)]
    key = name_key(text)
    if len(key) < _SHORTEST:
        return tuple(found)
    titles = _names(TITLE_NAME, key, searcher, _MOST["title"])
    found += [Completion(Completed.TITLE, title, title) for title in titles]
    headings = _names(HEADING_NAME, key, searcher, _MOST["heading"])
    found += [Completion(Completed.HEADING, each, _below(each)) for each in headings]
    return tuple(found)


def _words(text: str, vocabulary: Vocabulary) -> Iterator[Completion]:
    """The most frequent words that begin as the last one of `text` does."""
    match = _LAST.search(text)
    typed = match[1] if match else ""
    terms = analyzer.terms(typed, "")[0]
    if len(typed) < _SHORTEST or len(terms) != 1:
        return
    begun = terms[0]
    known = vocabulary.words(begun[:_SHORTEST])  # kept, as a few letters are asked for again
    fitting = (word for word in known if word.startswith(begun) and word != begun)
    for word in nsmallest(_MOST["word"], fitting, key=lambda word: (-known[word], word)):
        whole = typed + word[len(begun) :] if len(typed) == len(begun) else word
        query = text[: len(text) - len(typed)] + whole
        yield Completion(Completed.WORD, query, query)


def _below(heading: str) -> str:
    """The query for what is below a heading."""
    return f'heading:"{" ".join(_QUOTES.sub(" ", heading).split())}"'


def _names(kind: str, key: str, searcher: Searcher, most: int) -> list[str]:
    """Titles or headings with `key` at the beginning of one of their words."""
    ranks: dict[str, tuple[bool, int]] = {}
    for term, count in searcher.vocabulary(Field.NAME, kind + key):
        rest, _, name = term[len(kind) :].partition(NAME_END)
        rank = rest != name_key(name), -count
        ranks[name] = min(rank, ranks.get(name, rank))
    return nsmallest(most, ranks, key=lambda name: (ranks[name], name))
