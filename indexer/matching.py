"""A query tree in; what an engine must match, what adds to the score, and what to mark, out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from indexer import analysis
from indexer.engine import Adjacent, AllOf, AnyOf, Boost, Field, Match, Term
from indexer.query import And, Node, Phrase, Word

# Added to the BM25 of the stems in the text.
_EXACT_WEIGHT = 0.25
_TITLE_WEIGHT = 0.5
_HEADING_WEIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a passage was found by: stems, and runs of words as written. Marks are made of it."""

    stems: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """A query in an engine's terms."""

    match: Match
    boosts: tuple[Boost, ...]
    wanted: Wanted


def matching(root: Node, languages: Collection[str]) -> Matching | None:
    """`root` in an engine's terms, or None where it holds no word at all.

    A word is looked up as its stem in each of `languages`, those of the corpus, and unstemmed.
    """
    every = sorted({"", *map(analysis.base_language, languages)})
    leaves = [leaf for node in _flat(root) for leaf in _leaves(node, every)]
    if not leaves:
        return None
    words = [leaf for leaf in leaves if isinstance(leaf, _Stems)]
    phrases = tuple(leaf for leaf in leaves if isinstance(leaf, tuple))
    return Matching(
        match=AllOf(tuple(_match(leaf) for leaf in leaves)),
        boosts=tuple(boost for word in words for boost in _boosts(word)),
        wanted=Wanted(frozenset().union(*(word.stems for word in words)), phrases),
    )


@dataclass(frozen=True, slots=True)
class _Stems:
    """One word: as written, and the stems to look it up by."""

    exact: str
    stems: frozenset[str]


def _flat(node: Node) -> Iterator[Word | Phrase]:
    if isinstance(node, And):
        for child in node.children:
            yield from _flat(child)
    else:
        yield node


def _leaves(node: Word | Phrase, languages: list[str]) -> Iterator[_Stems | tuple[str, ...]]:
    exact, _ = analysis.terms(node.text, "")
    if isinstance(node, Phrase):
        if exact:
            yield tuple(exact)
        return
    by_language = [analysis.terms(node.text, language)[1] for language in languages]
    for word, *stems in zip(exact, *by_language, strict=True):
        yield _Stems(word, frozenset(stems))


def _match(leaf: _Stems | tuple[str, ...]) -> Match:
    if isinstance(leaf, tuple):
        return Adjacent(Field.EXACT, leaf) if len(leaf) > 1 else Term(Field.EXACT, leaf[0])
    return _any(Field.STEM, leaf.stems)


def _any(field: Field, stems: frozenset[str]) -> Match:
    alternatives = tuple(Term(field, stem) for stem in sorted(stems))
    return alternatives[0] if len(alternatives) == 1 else AnyOf(alternatives)


def _boosts(word: _Stems) -> Iterator[Boost]:
    yield Boost(Term(Field.EXACT, word.exact), _EXACT_WEIGHT)
    yield Boost(_any(Field.TITLE, word.stems), _TITLE_WEIGHT)
    yield Boost(_any(Field.HEADING, word.stems), _HEADING_WEIGHT)
