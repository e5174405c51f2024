"""Text in, terms with their places in the text out: the one function behind index, query, marks.

Every word gives two terms. The *exact* term is the word as written, but for typography
(`typography.py`). The *stem* is the word stemmed by Snowball in the text's language, with accents
folded after that, and carries the language. Scripts written without spaces give overlapping
bigrams, each its own stem. Words that are also written another way give a stem more (`forms.py`).
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import chain
from typing import NamedTuple

from indexer.analysis.forms import Form, Kind, forms, in_stretch, is_shouted, stretches
from indexer.analysis.stemming import (
    ACRONYM,
    DOTLESS,
    MAX_TERM,
    TOO_LONG,
    acronym,
    bare,
    base_language,
    is_little,
    is_stopword,
    memo,
    stem_memo,
    stopwords,
    with_dots,
)
from indexer.analysis.tokenizer import is_intricate, tokens
from indexer.analysis.typography import normalised, undotted

__all__ = [
    "VERSION",
    "Analysis",
    "Other",
    "analyze",
    "bare",
    "base_language",
    "is_stopword",
    "joined",
    "otherwise",
    "plain",
    "plain_words",
    "stems",
    "stopwords",
    "terms",
]

# Part of every index fingerprint: raise it when the same text begins to give other terms.
VERSION = "4"

# What typesetting puts between words, beyond ASCII: no letter, and no mark that belongs to one.
_TYPOGRAPHY = frozenset("\u00a0\u202f§©«®°·»")
_TYPOGRAPHY |= frozenset(
    map(chr, (*range(0x2000, 0x200B), *range(0x2010, 0x2028), *range(0x2030, 0x205F)))
)
_TYPOGRAPHIC = re.compile(f"[{''.join(_TYPOGRAPHY)}]")
_ASCII = bytes(range(128))
_FOLD_ASCII = bytes(
    ord(c.lower()) if c.isascii() and c.isalnum() else ord(" ") for c in map(chr, range(256))
)
_MEMO_SIZE = 100_000
_GAP = re.compile(r"[\W_]")


_WORD = re.compile(r"[^ ]+")

Span = tuple[int, int]


class Other(NamedTuple):
    """A stem of another form, and the first and the last of the positions that it stands for."""

    stem: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """The terms of a text in order; a term's position, for phrases, is its index."""

    exact: Sequence[str]
    stem: Sequence[str]
    # The (start, end) character offsets of the terms at some positions, which ascend.
    spans: Callable[[Iterable[int]], list[tuple[int, int]]]
    # The stems of other forms: those that are wanted, or all.
    others: Callable[[Set[str] | None], list[Other]]


def analyze(text: str, language: str, line: str = "") -> Analysis:
    """The terms of `text`, which is in `language` (a BCP 47 tag; unknown ones fold only).

    `line` is what stands before it and ends in a space; its terms come first.
    """
    base = base_language(language)
    if base in DOTLESS:
        text, line = with_dots(text), with_dots(line)
    seen, words = _parted(text)
    if line and seen:
        opening, first = _parted(line)
        seen, words = (opening + seen, [*first, *words]) if opening else ("", ())
        text = line + text
    if seen:
        stem = list(map(stem_memo(base).__getitem__, words))
        if TOO_LONG not in stem:
            spans = partial(_plain_spans, seen)
            others = partial(_plain_others, text, seen, base)
            return Analysis(_undotted(seen, words), stem, spans, others)
    return _analyze_intricate(text, base)


def joined(text: str, language: str) -> tuple[str, str]:
    """The exact terms and the stems of `analyze`, each with white space between: for indexes.

    The stems of other forms are behind all others, where they part no two.
    """
    base = base_language(language)
    if base in DOTLESS:
        text = with_dots(text)
    if seen := _plain(text):
        stem = " ".join(map(stem_memo(base).__getitem__, seen.split()))
        if TOO_LONG not in stem:
            return seen if seen.isascii() else undotted(seen), stem + _more(text, base)
    whole = _analyze_intricate(text, base)
    return " ".join(whole.exact), " ".join(
        [*whole.stem, *(each.stem for each in whole.others(None))]
    )


def plain(text: str) -> str:
    """`text` case-folded, with a space for each sign that is no part of a word; offsets stay.

    What stands between the spaces are its exact terms, long ones included. Empty where that is not
    enough to find them: combining marks, scripts without spaces, letters that NFKC or case-folding
    make longer. Most texts need none of that, and what they do need is several times faster.
    """
    return undotted(_parted(text)[0])


def plain_words(text: str) -> Sequence[str]:
    """The words of `plain`."""
    return _undotted(*_parted(text))


@lru_cache(maxsize=64)  # of more, words would be long out of the cache of the processor
def _parted(text: str) -> tuple[str, Sequence[str]]:
    """`_plain`, and its words.

    Kept for a while, since the texts that a search finds are looked at twice.
    """
    seen = _plain(text)
    return seen, seen.split()


def _undotted(seen: str, words: Sequence[str]) -> Sequence[str]:
    """The `words` of `seen` without the dotless ı."""
    return words if seen.isascii() or "ı" not in seen else undotted(seen).split()


def terms(text: str, language: str) -> tuple[list[str], list[str]]:
    """The exact terms and the stems of `analyze`, without those of other forms."""
    found = analyze(text, language)
    return [*found.exact], [*found.stem]


def stems(word: str, languages: Iterable[str]) -> frozenset[str]:
    """The stems that `word` has in any of `languages`."""
    return frozenset(stem for language in languages for stem in _stems_of_word(word, language))


@lru_cache(maxsize=65_536)  # a query asks for its words in every language, and suggestions for more
def _stems_of_word(word: str, language: str) -> tuple[str, ...]:
    return tuple(terms(word, language)[1])


@lru_cache(maxsize=1024)
def otherwise(text: str, language: str) -> frozenset[str]:
    """The terms that find `text`, a word as typed, in its other forms; none if it has none.

    An acronym of the letters of a little word is found by itself, in capitals or with dots.
    """
    found = analyze(text, language)
    whole = [
        each for each in found.others(None) if (each.first, each.last) == (0, len(found.exact) - 1)
    ]
    capitals = [each.stem for each in whole if ACRONYM in each.stem]
    return frozenset(capitals or [each.stem for each in whole])


def _analyze_intricate(text: str, language: str) -> Analysis:
    """`analyze` for any text."""
    form, spans = normalised(text)
    places = [span for span in tokens(form) if span[1] - span[0] <= MAX_TERM]
    pairs = memo(language)
    found = [pairs[form[start:end]] for start, end in places]
    return Analysis(
        [exact for exact, _ in found],
        [stem for _, stem in found],
        lambda positions: [_in_original(places[at], spans) for at in positions],
        lambda wanted: _others(forms(form, language), places, language, wanted),
    )


def _in_original(place: Span, spans: Sequence[Span] | None) -> Span:
    """The span in the text before its normal form, of which `spans` has each character's."""
    return place if spans is None else (spans[place[0]][0], spans[place[1] - 1][1])


def _plain_others(text: str, seen: str, language: str, wanted: Set[str] | None) -> list[Other]:
    if wanted is not None:
        capitals = any(map(_is_acronym, wanted))  # no other stem is of a form in capitals alone
        known = _more_memo(language)
        parts = [known[text[start:end]] for start, end in stretches(text, capitals=capitals)]
        if not any(parts) or wanted.isdisjoint("".join(chain.from_iterable(parts)).split()):
            return []
    places = [match.span() for match in _WORD.finditer(seen)]
    return _others(forms(text, language), places, language, wanted)


def _others(
    found: Iterable[Form], places: Sequence[Span], language: str, wanted: Set[str] | None
) -> list[Other]:
    """The stems of the forms, at the positions of the words that they stand for."""
    others = []
    for form in found:
        kept = [stem for stem in _stems_of(form, language) if wanted is None or stem in wanted]
        if kept:
            first = bisect_left(places, form.start, key=lambda span: span[0])
            last = bisect_right(places, form.end, key=lambda span: span[1]) - 1
            others += [Other(stem, first, last) for stem in kept if first <= last]
    return others


def _is_acronym(stem: str) -> bool:
    return ACRONYM in stem


def _more(text: str, language: str) -> str:
    """The stems of `_plain_others`, each with a space before it."""
    known = _more_memo(language)
    parts = [known[text[start:end]] for start, end in stretches(text)]
    if not any(parts):
        return ""
    is_meant = not is_shouted(text)
    in_capitals = "".join([part[1] for part in parts if part]) if is_meant else ""
    return "".join([part[0] for part in parts if part]) + in_capitals


class _MoreMemo(dict[str, tuple[str, str] | tuple[()]]):
    """Stretch of a text → the stems of its forms, and those of words in capitals; or nothing."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __missing__(self, text: str) -> tuple[str, str] | tuple[()]:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        found = in_stretch(text, self._language)
        both = self._stems(found, capitals=False), self._stems(found, capitals=True)
        pair = both if any(both) else ()
        if len(text) <= MAX_TERM:
            self[text] = pair
        return pair

    def _stems(self, found: Iterable[Form], *, capitals: bool) -> str:
        kept = [form for form in found if (form.kind is Kind.CAPITALS) is capitals]
        return "".join(f" {stem}" for form in kept for stem in _stems_of(form, self._language))


@cache
def _more_memo(language: str) -> _MoreMemo:
    return _MoreMemo(language)


def _stems_of(form: Form, language: str) -> Iterator[str]:
    """The terms that a form is indexed by beside its words.

    A word in capitals has its stem already, but for a little word it is another one.
    """
    if form.kind is not Kind.CAPITALS:
        yield stem_memo(language)[form.word]
    if form.kind is not Kind.PARTED and is_little(form.word, language):
        yield acronym(form.word, language)


def _plain(text: str) -> str:
    """`plain`, but with the dotless ı."""
    if text.isascii():
        return text.encode("ascii").translate(_FOLD_ASCII).decode("ascii")
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    if _TYPOGRAPHY.issuperset(beyond.decode("utf-8", "surrogatepass")):
        return text.encode("ascii", "replace").translate(_FOLD_ASCII).decode("ascii")
    folded = _TYPOGRAPHIC.sub(" ", text).casefold()
    if len(folded) != len(text) or is_intricate(text):
        return ""
    return _GAP.sub(" ", folded) if unicodedata.is_normalized("NFKC", folded) else ""


def _plain_spans(folded: str, positions: Iterable[int]) -> list[Span]:
    """Splits only as far as it must: what is left after a position tells where that stands."""
    rest, done, spans = folded, 0, []
    for position in positions:
        rest = rest.split(None, position - done)[-1]
        done, start = position, len(folded) - len(rest)
        end = folded.find(" ", start)
        spans.append((start, end if end >= 0 else len(folded)))
    return spans
