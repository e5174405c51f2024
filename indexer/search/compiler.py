"""Compiles the tree of a query into clauses, in the terms of one commit of an index."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.analysis import analyzer
from indexer.analysis.forms import is_shouted
from indexer.analysis.tokenizer import is_unspaced
from indexer.index.fields import Field
from indexer.index.matches import Adjacent, AllOf, AnyOf, Dated, Match, Near, Term
from indexer.query import (
    And,
    Dates,
    Diagnostic,
    DiagnosticKind,
    FieldFilter,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Wildcard,
    Word,
    written,
)
from indexer.search.budget import MAX_PATTERNS, Budget, too_frequent
from indexer.search.cited import Cites
from indexer.search.clauses import Clause, Wanted, any_of, distinct, joined, negated, one_of
from indexer.search.filters import Filters
from indexer.search.pieces import (
    Piece,
    bare,
    is_dotted,
    is_pattern,
    is_symbol,
    pieces,
    typed_words,
)
from indexer.search.references import references
from indexer.search.vocabulary import Expansion, Vocabulary
from indexer.search.weights import Weights


class QueryCompiler:
    """Turns nodes into clauses, after the languages and the frequencies of one commit.

    `diagnostics` are those that only the index can give, such as a wildcard that is too wide.
    """

    def __init__(
        self,
        languages: Collection[str],
        weights: Weights,
        vocabulary: Vocabulary,
        query: Query,
        budget: Budget,
        cites: Cites,
    ) -> None:
        self._languages = sorted(set(map(analyzer.base_language, languages))) or [""]
        self._weights = weights
        self._vocabulary = vocabulary
        typed = (*typed_words(query.root), *query.extra)
        found = [piece for word in typed for piece in pieces(word.text)]
        self._times = Counter(piece.word for piece in found)
        stems = (stem for piece in found for stem in analyzer.stems(piece.typed, self._languages))
        words = [(Field.EXACT, piece.word) for piece in found]
        weights.expect([*words, *((Field.STEM, stem) for stem in stems)])
        self._is_shouted = is_shouted(query.text)
        self._budget = budget
        self._filters = Filters(self._languages, cites)
        self.diagnostics: list[Diagnostic] = []

    def clauses(self, node: Node) -> list[Clause]:  # noqa: PLR0911 - one return for each kind
        """The clauses of `node`, all of which a passage must match."""
        match node:
            case And(children):
                return distinct(self._all(children))
            case Or(children):
                return self._either([self._one(child) for child in children])
            case Not(child):
                inner = self._one(child)
                return [negated(inner)] if inner else []
            case Word():
                return list(self._all((node,)))
            case Phrase():
                return self._phrase(node)
            case Wildcard():
                return self._wildcard(node)
            case Fuzzy():
                return self._fuzzy(node)
            case FieldFilter():
                return self._filters.clauses(node)
            case Dates(first, last):
                return [Clause("", Dated(first, last))]

    def beyond(self, words: Sequence[Word], clauses: Sequence[Clause]) -> list[Clause]:
        """The clauses of `words` beyond the limit, without those that are in `clauses`."""
        if not words:
            return []
        more = (clause for word in words for clause in self._word(word))
        return distinct((*clauses, *more))[len(clauses) :]

    def _all(self, nodes: Sequence[Node]) -> Iterator[Clause]:
        """The clauses of all of `nodes`; those that name a number are met by it too."""
        named = references(nodes)
        for at, node in enumerate(nodes):
            clauses = self._word(node) if isinstance(node, Word) else self.clauses(node)
            for clause in clauses:
                yield self._named(clause, named[at]) if at in named else clause

    def _named(self, clause: Clause, key: str) -> Clause:
        number = self._weights.number(key)
        wanted = replace(clause.wanted, keys=frozenset((key,)))
        return replace(clause, match=AnyOf((clause.match, number)), wanted=wanted)

    def _word(self, node: Word) -> list[Clause]:
        """A word as typed: one clause for each word of the text that it could be."""
        found = pieces(node.text)
        if not found:
            self._too_long(node.text, node.at)
        if other := self._otherwise(node.text, found, node.at):
            return [other]
        if len(found) > 1 and is_symbol(node.text):
            run = tuple(piece.word for piece in found)
            return [self._run(node.text, run, soft=True)]
        return [self._plain(piece, node.at) for piece in found]

    def _otherwise(self, text: str, found: Sequence[Piece], at: int) -> Clause | None:
        """The clause for a word with another form: `co-operation`, `1,234`, `U.S.`, `US`.

        Parted words are found in one too. An acronym is no little word of its letters, where the
        index has it in capitals or with dots.
        """
        if not found or (len(found) == 1 and (self._is_shouted or not found[0].typed.isupper())):
            return None
        word = bare(text)
        terms = self._other_terms(word, alone=len(found) == 1)
        run = tuple(piece.word for piece in found)
        is_parted = len(run) > 1 and not is_dotted(word)
        if not terms or not (is_parted or self._weights.has(terms)):
            return None
        in_text, above = self._weights.stems(terms, self._times[run[0]] or 1, common=False)
        row, wanted = self._row(text, run, at) if is_parted else (AnyOf(()), Wanted())
        # The parts of "Super-Bowl-Sieger" by themselves are no match, but a reason to come first.
        parts = [self._stems(piece) for piece in found] if is_parted else []
        scored = [AnyOf((each.match, *each.above, *each.boosts)) for each in parts]
        return Clause(
            name=text,
            match=any_of([*in_text, row] if is_parted else in_text),
            above=above,
            boosts=tuple(scored),
            wanted=Wanted(stems=frozenset(terms)) | wanted,
            soft=True,
        )

    def _other_terms(self, word: str, *, alone: bool) -> list[str]:
        """The terms of the other forms of `word` in all languages; none if it has none in any.

        What is a little word in one language, `alone` without dots or hyphens, may be none in
        another: there it is looked for by its stem.
        """
        found = {language: analyzer.otherwise(word, language) for language in self._languages}
        if alone and any(found.values()):
            found = {each: terms or analyzer.stems(word, [each]) for each, terms in found.items()}
        return sorted(frozenset().union(*found.values()))

    def _plain(self, piece: Piece, at: int) -> Clause:
        """A word; a single sign of a script without spaces stands for all pairs that have it."""
        word = piece.word
        if is_unspaced(word) and len(analyzer.terms(word * 2, "")[0]) == 1:
            return self._expanded(word, self._vocabulary.matching(f"*{word}*"), at)
        return self._stems(piece)

    def _stems(self, piece: Piece) -> Clause:
        word = piece.word
        stems = sorted(analyzer.stems(piece.typed, self._languages))
        common = any(analyzer.is_stopword(word, language) for language in self._languages)
        times = self._times[word] or 1
        text, above = self._weights.stems(stems, times, common=common)
        return Clause(
            name=piece.typed,
            match=any_of(text),
            above=above,
            boosts=self._weights.exact(word, times, common=common),
            wanted=Wanted(stems=frozenset(stems)),
            word=word,
            soft=True,
            common=common,
        )

    def _phrase(self, node: Phrase) -> list[Clause]:
        words = tuple(analyzer.terms(node.text, "")[0])
        if not words:
            self._too_long(node.text, node.at)
            return []
        if node.slop is not None and len(words) > 1:
            # Near is near in any order, so that the same two words need be looked for once.
            pairs = {frozenset(pair): pair for pair in pairwise(words)}.values()
            return [self._run(written(node), pair, node.slop, at=node.at) for pair in pairs]
        run = self._run(written(node), words, at=node.at)
        named = references([Word(word) for word in node.text.split()])
        numbers = map(self._weights.number, dict.fromkeys(named.values()))
        return [replace(run, boosts=(*run.boosts, *numbers))]

    def _run(
        self,
        name: str,
        words: tuple[str, ...],
        slop: int | None = None,
        *,
        soft: bool = False,
        at: int = 0,
    ) -> Clause:
        if len(words) == 1:
            match, wanted = self._as_written(words)
        elif slop is None:
            match, wanted = self._row(name, words, at)
        elif not self._may_place(name, words, at, near=True):
            match, wanted = _together(words), Wanted(words=frozenset(words))
        else:
            one, other = words
            match, wanted = Near(Field.EXACT, (one, other), slop), Wanted(runs=((words, slop),))
        distinct_words = dict.fromkeys(words)
        boosts = [
            t for word in distinct_words for t in self._weights.exact(word, 4.0, common=False)
        ]
        return Clause(name, match, boosts=tuple(boosts), wanted=wanted, soft=soft)

    def _row(self, name: str, words: tuple[str, ...], at: int) -> tuple[Match, Wanted]:
        """Words in a row, or all of them anywhere where a row would cost too much."""
        if self._may_place(name, words, at):
            return Adjacent(Field.EXACT, words), Wanted(runs=((words, None),))
        return _together(words), Wanted(words=frozenset(words))

    def _may_place(self, name: str, words: tuple[str, ...], at: int, *, near: bool = False) -> bool:
        may = self._budget.may_place(words, near=near)
        if not may:
            self._say(DiagnosticKind.TOO_FREQUENT, too_frequent(name), at)
        return may

    def _wildcard(self, node: Wildcard) -> list[Clause]:
        folded = unicodedata.normalize("NFKC", node.pattern).casefold()
        patterns = "".join(c if is_pattern(c) else " " for c in folded).split()
        return [clause for pattern in patterns for clause in self._pattern(pattern, node.at)]

    def _pattern(self, pattern: str, at: int) -> list[Clause]:
        """One word or pattern. In a script without spaces, a pattern is part of a longer run."""
        bare = pattern.strip("*")
        if not {"*", "?"} & set(bare):
            words = tuple(analyzer.terms(bare, "")[0])
            if bare == pattern:
                return [self._plain(Piece(word, word), at) for word in words]
            if len(words) > 1:
                return [self._run(pattern, words, soft=True)]
        if not bare or not self._may_expand(pattern, at):
            return []
        return [self._expanded(pattern, self._vocabulary.matching(pattern), at)]

    def _fuzzy(self, node: Fuzzy) -> list[Clause]:
        *others, last = analyzer.terms(node.text, "")[0] or [""]
        if not last:
            self._too_long(node.text, node.at)
            return []
        if not self._may_expand(f"{last}~{node.edits}", node.at):
            return []
        expansion = self._vocabulary.fuzzy(last, node.edits)
        found = self._expanded(f"{last}~", expansion, node.at)
        return [*(self._stems(Piece(word, word)) for word in others), found]

    def _too_long(self, text: str, at: int) -> None:
        said = f"{text[:20]}… is too long for a word, and was left out."
        self.diagnostics.append(Diagnostic(DiagnosticKind.TOO_LONG, said, at))

    def _expanded(self, name: str, expansion: Expansion, at: int) -> Clause:
        words, beyond = self._budget.expanded(expansion)
        if beyond:
            said = (
                f"{name} stands for {len(words) + beyond:,} words; the {len(words)} most "
                "frequent were looked for. Give more letters."
            )
            self.diagnostics.append(Diagnostic(DiagnosticKind.EXPANSION, said, at))
        match, wanted = self._as_written(words)
        return Clause(name, match, wanted=wanted, soft=True)

    def _may_expand(self, pattern: str, at: int) -> bool:
        may = self._budget.may_expand(pattern)
        if not may:
            said = (
                f"{pattern} was left out: {MAX_PATTERNS} words with *, ? or ~ are the most that "
                "are looked up."
            )
            self._say(DiagnosticKind.TOO_MANY, said, at)
        return may

    def _say(self, kind: DiagnosticKind, said: str, at: int) -> None:
        """Says it, each kind but once."""
        if all(each.kind is not kind for each in self.diagnostics):
            self.diagnostics.append(Diagnostic(kind, said, at))

    def _as_written(self, words: Sequence[str]) -> tuple[Match, Wanted]:
        match = any_of([Term(Field.EXACT, word) for word in words])
        return match, Wanted(words=frozenset(words))

    def _one(self, node: Node) -> Clause | None:
        clauses = self.clauses(node)
        if len(clauses) <= 1:
            return clauses[0] if clauses else None
        return joined(clauses)

    def _either(self, clauses: Sequence[Clause | None]) -> list[Clause]:
        there = [clause for clause in clauses if clause]
        return [one_of(there)] if len(there) > 1 else there


def _together(words: Sequence[str]) -> Match:
    return AllOf(tuple(Term(Field.EXACT, word) for word in dict.fromkeys(words)))
