"""A node of a query tree in; what it means to an engine, to the score and to the marks, out."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import pairwise
from typing import NamedTuple

from indexer.analysis import analyzer
from indexer.analysis.tokenizer import is_unspaced
from indexer.index.engine import (
    Adjacent,
    AllOf,
    AnyOf,
    Dated,
    Everything,
    Match,
    Near,
    Term,
    Without,
)
from indexer.index.engine import Field as Indexed
from indexer.index.entries import STEMMED, keyword, language_keys
from indexer.labels import label_key
from indexer.query import (
    And,
    Dates,
    Diagnostic,
    Field,
    Filter,
    Fuzzy,
    Kind,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Wildcard,
    Word,
    written,
)
from indexer.search.vocabulary import MAX_EXPANSIONS, Expansion, Vocabulary
from indexer.search.weights import Weights

_APOSTROPHES = "'’‘ʼ＇"
# What an apostrophe cuts off a word in English, French and Italian, beside single letters.
_CLITICS = frozenset({"ll", "re", "ve", "qu", "dell", "nell", "sull", "dall", "all", "un"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What in a text a passage is found by: stems, words as written, and runs of those.

    A run without a slop stands in this order without a gap; with one it is two words in any order,
    with at most so many others between.
    """

    stems: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    runs: tuple[tuple[tuple[str, ...], int | None], ...] = ()

    def __or__(self, other: Wanted) -> Wanted:
        return Wanted(self.stems | other.stems, self.words | other.words, (*self.runs, *other.runs))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a query. The text must have `match`.

    `above` is the same in the title or the headings, and `boosts` are the words as written; both
    only add to the score. A `soft` part may be lacking in the second tier; a `common` one, such as
    "the", is no reason to be in it. A `negated` part keeps out what it matches. `word` is what a
    plain word is indexed as. Parts that differ only in the name, which is as typed, are equal.
    """

    name: str = field(compare=False)
    match: Match
    above: tuple[Match, ...] = ()
    boosts: tuple[Match, ...] = ()
    wanted: Wanted = Wanted()
    word: str = ""
    soft: bool = False
    common: bool = False
    negated: bool = False


class Piece(NamedTuple):
    """A word as it is indexed, and as it was typed."""

    word: str
    typed: str


class Compiler:
    """Turns nodes into parts, after the languages and the frequencies of one index.

    `told` are diagnostics that only the index can give, such as a wildcard that is too wide.
    """

    def __init__(
        self, languages: Collection[str], weights: Weights, vocabulary: Vocabulary, query: Query
    ) -> None:
        self._languages = sorted(set(map(analyzer.base_language, languages))) or [""]
        self._weights = weights
        self._vocabulary = vocabulary
        typed = (*_words(query.root), *query.extra)
        self._times = Counter(piece.word for word in typed for piece in _pieces(word.text))
        self.told: list[Diagnostic] = []

    def parts(self, node: Node) -> list[Part]:  # noqa: PLR0911 - one return for each kind
        """What of `node` stands side by side: each part of it must be there."""
        match node:
            case And(children):
                return _distinct(part for child in children for part in self.parts(child))
            case Or(children):
                return self._either([self._one(child) for child in children])
            case Not(child):
                inner = self._one(child)
                return [_negated(inner)] if inner else []
            case Word():
                return self._word(node)
            case Phrase():
                return self._phrase(node)
            case Wildcard():
                return self._wildcard(node)
            case Fuzzy():
                return self._fuzzy(node)
            case Filter():
                return self._filter(node)
            case Dates(first, last):
                return [Part("", Dated(first, last))]

    def beyond(self, words: Sequence[Word], parts: Sequence[Part]) -> list[Part]:
        """The parts of `words`, which are beyond the limit of clauses, that are none of `parts`."""
        return _distinct((*parts, *(p for word in words for p in self._word(word))))[len(parts) :]

    def _word(self, node: Word) -> list[Part]:
        """A word as typed: one part for each word of the text that it could be."""
        pieces = _pieces(node.text)
        if not pieces:
            self._too_long(node.text, node.at)
        if len(pieces) > 1 and _is_symbol(node.text):
            run = tuple(piece.word for piece in pieces)
            return [self._run(node.text, run, soft=True)]
        return [self._plain(piece, node.at) for piece in pieces]

    def _plain(self, piece: Piece, at: int) -> Part:
        """A word; a single sign of a script without spaces stands for all pairs that have it."""
        word = piece.word
        if is_unspaced(word) and len(analyzer.terms(word * 2, "")[0]) == 1:
            return self._expanded(word, self._vocabulary.matching(f"*{word}*"), at)
        return self._stems(piece)

    def _stems(self, piece: Piece) -> Part:
        word = piece.word
        stems = sorted(analyzer.stems(word, self._languages))
        common = any(analyzer.is_stopword(word, language) for language in self._languages)
        times = self._times[word] or 1
        text, above = self._weights.stems(stems, times, common=common)
        return Part(
            name=piece.typed,
            match=any_of(text),
            above=above,
            boosts=self._weights.exact(word, times, common=common),
            wanted=Wanted(stems=frozenset(stems)),
            word=word,
            soft=True,
            common=common,
        )

    def _phrase(self, node: Phrase) -> list[Part]:
        words = tuple(analyzer.terms(node.text, "")[0])
        if not words:
            self._too_long(node.text, node.at)
            return []
        if node.slop is not None and len(words) > 1:
            return [self._run(written(node), pair, node.slop) for pair in pairwise(words)]
        return [self._run(written(node), words)]

    def _run(
        self, name: str, words: tuple[str, ...], slop: int | None = None, *, soft: bool = False
    ) -> Part:
        if len(words) == 1:
            match, wanted = self._as_written(words)
        elif slop is None:
            match, wanted = Adjacent(Indexed.EXACT, words), Wanted(runs=((words, None),))
        else:
            one, other = words
            match, wanted = Near(Indexed.EXACT, (one, other), slop), Wanted(runs=((words, slop),))
        boosts = [term for word in words for term in self._weights.exact(word, 4.0, common=False)]
        return Part(name, match, boosts=tuple(boosts), wanted=wanted, soft=soft)

    def _wildcard(self, node: Wildcard) -> list[Part]:
        folded = unicodedata.normalize("NFKC", node.pattern).casefold()
        pieces = "".join(c if _is_pattern(c) else " " for c in folded).split()
        return [part for piece in pieces for part in self._pattern(piece, node.at)]

    def _pattern(self, piece: str, at: int) -> list[Part]:
        """One word or pattern. In a script without spaces, a pattern is a part of a longer run."""
        bare = piece.strip("*")
        if not {"*", "?"} & set(bare):
            words = tuple(analyzer.terms(bare, "")[0])
            if bare == piece:
                return [self._plain(Piece(word, word), at) for word in words]
            if len(words) > 1:
                return [self._run(piece, words, soft=True)]
        return [self._expanded(piece, self._vocabulary.matching(piece), at)] if bare else []

    def _fuzzy(self, node: Fuzzy) -> list[Part]:
        *others, last = analyzer.terms(node.text, "")[0] or [""]
        if not last:
            self._too_long(node.text, node.at)
            return []
        expansion = self._vocabulary.like(last, node.edits)
        found = self._expanded(f"{last}~", expansion, node.at)
        return [*(self._stems(Piece(word, word)) for word in others), found]

    def _too_long(self, text: str, at: int) -> None:
        said = f"{text[:20]}… is too long for a word, and was left out."
        self.told.append(Diagnostic(Kind.TOO_LONG, said, at))

    def _expanded(self, name: str, expansion: Expansion, at: int) -> Part:
        words, beyond = expansion
        if beyond:
            said = (
                f"{name} stands for {len(words) + beyond:,} words; the {MAX_EXPANSIONS} most "
                "frequent were looked for. Give more letters."
            )
            self.told.append(Diagnostic(Kind.EXPANSION, said, at))
        match, wanted = self._as_written(words)
        return Part(name, match, wanted=wanted, soft=True)

    def _as_written(self, words: Sequence[str]) -> tuple[Match, Wanted]:
        match = any_of([Term(Indexed.EXACT, word) for word in words])
        return match, Wanted(words=frozenset(words))

    def _filter(self, node: Filter) -> list[Part]:
        match node.field:
            case Field.LABEL:
                term = Term(Indexed.LABEL, label_key(node.text))
            case Field.LANGUAGE:
                term = Term(Indexed.LANGUAGE, (language_keys(node.text) or ("",))[0])
            case Field.TAG:
                term = Term(Indexed.TAG, keyword(node.text))
            case Field.DOCUMENT:
                term = Term(Indexed.DOCUMENT, node.text.strip("/").removeprefix("d/"))
            case Field.TITLE | Field.HEADING | Field.PUBLISHER:
                return self._words_in(Indexed[node.field.name], node)
        return [Part("", term)]

    def _words_in(self, field: Indexed, node: Filter) -> list[Part]:
        words = tuple(analyzer.terms(node.text, "")[0])
        if not words:
            return []
        if node.quoted:
            return [Part("", Adjacent(field, words))]
        stems = [sorted(analyzer.stems(word, self._languages)) for word in words]
        return [Part("", any_of([Term(field, STEMMED + s) for s in each])) for each in stems]

    def _one(self, node: Node) -> Part | None:
        parts = self.parts(node)
        if len(parts) <= 1:
            return parts[0] if parts else None
        return _merged(" ".join(part.name for part in parts), all_of(parts), parts, soft=False)

    def _either(self, parts: Sequence[Part | None]) -> list[Part]:
        there = [part for part in parts if part]
        if len(there) <= 1:
            return there
        match = any_of([_matching(part) for part in there])
        soft = all(part.soft for part in there)
        return [_merged(" or ".join(part.name for part in there), match, there, soft=soft)]


def all_of(parts: Sequence[Part]) -> Match:
    """All of `parts`, none of the negated ones."""
    wanted = [part.match for part in parts if not part.negated]
    unwanted = [part.match for part in parts if part.negated]
    match = Everything() if not wanted else wanted[0] if len(wanted) == 1 else AllOf(tuple(wanted))
    return Without(match, any_of(unwanted)) if unwanted else match


def any_of(matches: Sequence[Match]) -> Match:
    """At least one of `matches`; where there are none, nothing matches."""
    return matches[0] if len(matches) == 1 else AnyOf(tuple(matches))


def _negated(part: Part) -> Part:
    return Part(part.name, _matching(part), negated=True)


def _matching(part: Part) -> Match:
    return Without(Everything(), part.match) if part.negated else part.match


def _merged(name: str, match: Match, parts: Sequence[Part], *, soft: bool) -> Part:
    there = [part for part in parts if not part.negated]
    return Part(
        name=name,
        match=match,
        above=tuple(each for part in there for each in part.above),
        boosts=tuple(each for part in there for each in part.boosts),
        wanted=reduce(Wanted.__or__, (part.wanted for part in there), Wanted()),
        soft=soft,
        common=all(part.common for part in there),
    )


def _words(node: Node | None) -> Iterator[Word]:
    match node:
        case Word():
            yield node
        case And(children) | Or(children):
            for child in children:
                yield from _words(child)
        case _:
            return


def _distinct(parts: Iterable[Part]) -> list[Part]:
    """`parts` without those that only repeat another, in whatever capitals."""
    return list(dict.fromkeys(parts))


@lru_cache(maxsize=1024)
def _pieces(text: str) -> tuple[Piece, ...]:
    """The words in what was typed as one, without what an apostrophe cuts off."""
    found = analyzer.analyze(text, "")
    spans = found.spans(range(len(found.exact)))
    pairs = list(zip(found.exact, spans, strict=True))
    kept = [pair for pair in pairs if not _is_cut_off(text, *pair)] or pairs
    return tuple(Piece(word, text[start:end]) for word, (start, end) in kept)


def _is_cut_off(text: str, word: str, span: tuple[int, int]) -> bool:
    """The "s" of "Japan's" and the "l" of "l'accord" stand in texts of their own accord."""
    beside = text[span[0] - 1 : span[0]] + text[span[1] : span[1] + 1]
    return (len(word) == 1 or word in _CLITICS) and any(c in _APOSTROPHES for c in beside)


def _is_pattern(c: str) -> bool:
    """A star, a question mark, a letter, a digit, or a mark, which is a vowel in many scripts."""
    return c in "*?" or unicodedata.category(c)[0] in "LMN"


def _is_symbol(text: str) -> bool:
    """Whether this is a symbol such as A/RES/70/1 or COVID-19, whose pieces belong together."""
    if is_unspaced(text):
        return False
    return any(map(str.isdigit, text)) or "/" in text or "." in text.strip(".")
