"""A paragraph in; paragraphs that have something in common with it without being alike, out."""

from dataclasses import dataclass
from math import log

from indexer.agreed.candidates import candidates
from indexer.analysis import analyzer
from indexer.index.engine import Searcher
from indexer.index.fields import Field
from indexer.index.matches import AnyOf, Term
from indexer.index.request import Request
from indexer.store.store import Store
from indexer.wording.threes import ALIKE, share, threes, words_of
from indexer.wording.timeline import Use, Words

_SHOWN = 20
_LOOKED_AT = 200  # paragraphs that share rare words
_WORDS = 12  # rare words that are asked for
_COMMON = 0.02  # of all paragraphs; a word that more have says too little
_FEW = 20  # paragraphs that may have a rare word of a small corpus
_LEAST = 0.25  # of the weight of the rare words, or that share of threes


@dataclass(frozen=True, slots=True)
class Related:
    """A paragraph that is related to the asked one; `others` say the same in other places.

    `share` is the part of the longer one's threes that both have, `words` the rare words.
    """

    use: Use
    share: float
    words: tuple[str, ...]
    nearness: float
    others: int = 0


def related(store: Store, searcher: Searcher, asked: Use) -> tuple[Related, ...]:
    """What is related to `asked`, those in other documents first, then by how near they are.

    What is worded alike is left out: it is the family of the paragraph.
    """
    words = words_of(asked.text, asked.language)
    rare = _rare(searcher, asked)
    keys = dict.fromkeys(candidates(searcher, words).keys)
    if rare:
        match = AnyOf(tuple(term for term, _ in rare.values()))
        found = searcher.search(Request(match, limit=_LOOKED_AT)).found
        keys |= dict.fromkeys(each.key for each in found)
    centre, weights = threes(words), {word: weight for word, (_, weight) in rare.items()}
    related: dict[Words, Related] = {}
    for use in sorted((Use(*text) for text in store.texts.of(list(keys))), key=_when):
        own = tuple(words_of(use.text, use.language))
        if own in related:
            before = related[own]
            related[own] = _again(before, use, asked)
        elif (one := _of(use, own, share(centre, threes(own)), weights)) and use.key != asked.key:
            related[own] = one
    ranked = sorted(related.values(), key=lambda each: _rank(each, asked))
    return tuple(ranked[:_SHOWN])


def _again(before: Related, use: Use, asked: Use) -> Related:
    """The same words once more; it is shown in another document if it is in one."""
    shown = use if before.use.document == asked.document else before.use
    return Related(shown, before.share, before.words, before.nearness, before.others + 1)


def _of(use: Use, own: Words, alike: float, weights: dict[str, float]) -> Related | None:
    if alike >= ALIKE:
        return None
    there = set(own)
    shared = tuple(word for word in weights if word in there)
    weight = sum(weights[word] for word in shared) / (sum(weights.values()) or 1)
    if max(alike, weight if len(shared) > 1 else 0) < _LEAST:
        return None
    return Related(use, alike, shared, alike + weight)


def _rank(each: Related, asked: Use) -> tuple[bool, float, int]:
    return each.use.document == asked.document, -each.nearness, each.use.key


def _when(use: Use) -> tuple[str, int]:
    return use.date, use.key


def _rare(searcher: Searcher, asked: Use) -> dict[str, tuple[Term, float]]:
    """The rarest words of the paragraph that others have too, each with what it weighs."""
    words = dict.fromkeys(analyzer.terms(asked.text, asked.language)[0])
    terms = [Term(Field.EXACT, word) for word in words]
    of = searcher.count()
    counted = sorted(zip(searcher.frequencies(terms), words, strict=True))
    few = [(many, word) for many, word in counted if 1 < many <= max(_FEW, _COMMON * of)]
    return {word: (Term(Field.EXACT, word), log(of / many)) for many, word in few[:_WORDS]}
