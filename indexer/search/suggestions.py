"""Offers other queries that may find more, with how many passages they find."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.analysis import analyzer
from indexer.query import And, Fuzzy, Node, Phrase, Query, Wildcard, Word, written
from indexer.search.vocabulary import Vocabulary

_OFFERED = 3  # spellings of one word
_SHORTEST = 4  # letters of a word that may have been mistyped
_LONG = 8  # letters from which on two may be wrong
_RARE = 5  # passages; a word in more of them is no slip

_MOST = 8  # clauses; a query of more is a sentence, and a list for each of its words no help

_TEXTUAL = (Word, Phrase, Wildcard, Fuzzy)

Clauses = tuple[Node, ...]  # of a query, all of which a paragraph must match
Count = Callable[[str], int | None]  # how many passages a query finds in full, if that is known


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence, and the query that it offers with the number of passages it finds in full.

    The query is empty if the sentence only states a fact.
    """

    text: str
    query: str
    total: int


def suggestions(
    query: Query, total: int, vocabulary: Vocabulary, count: Count
) -> tuple[Suggestion, ...]:
    """What to offer for `query`, which found `total` passages; nothing that would find none.

    Other spellings always; if nothing was found also how often each word of a short query is found
    alone, and what dropping a clause, or the quotation marks of a phrase, would find.
    """
    if query.root is None:
        return ()
    clauses = query.root.children if isinstance(query.root, And) else (query.root,)
    found = list(_spellings(clauses, vocabulary, count))
    if not total and len(clauses) <= _MOST:
        found += _alone(clauses, count)
        found += _relaxed(clauses, count)
    return tuple(dict.fromkeys(found))


def _spellings(clauses: Clauses, vocabulary: Vocabulary, count: Count) -> Iterator[Suggestion]:
    for word in clauses:
        exact = analyzer.terms(word.text, "")[0] if isinstance(word, Word) else []
        if len(exact) != 1 or len(exact[0]) < _SHORTEST or exact[0].isdigit():
            continue
        for other in _similar(exact[0], vocabulary):
            text = _with(clauses, word, Word(other))
            if found := count(text):
                known = exact[0] in vocabulary.words(exact[0][0])
                opening = f"Also written {other}" if known else f"Did you mean {other}?"
                yield Suggestion(opening, text, found)


def _similar(word: str, vocabulary: Vocabulary) -> list[str]:
    """Words of the corpus that `word` may be a slip for, the nearest and most frequent first.

    A word that the corpus has often is no slip, and another form of the same word no other word.
    """
    known = vocabulary.words(word[0])
    if known.get(word, 0) > _RARE:
        return []
    languages = vocabulary.languages
    edits = 2 if len(word) >= _LONG and word not in known else 1
    forms = analyzer.stems(word, languages)
    others = [
        (far, -known[other], other)
        for other, far in vocabulary.within(word, edits, opening=word[0]).items()
        if other != word and not forms & analyzer.stems(other, languages)
    ]
    return [other for _, _, other in sorted(others)[:_OFFERED]]


def _alone(clauses: Clauses, count: Count) -> Iterator[Suggestion]:
    """How often each word or phrase of a query of several is found alone."""
    texts = [written(clause) for clause in clauses if isinstance(clause, _TEXTUAL)]
    for text in texts if len(texts) > 1 else ():
        found = count(text)
        if found:
            yield Suggestion(f"{text} alone", text, found)
        elif found is not None:
            yield Suggestion(f"{text} is in no paragraph", "", 0)


def _relaxed(clauses: Clauses, count: Count) -> Iterator[Suggestion]:
    """The query with a phrase taken as words, and without one of its clauses."""
    words = [clause for clause in clauses if isinstance(clause, _TEXTUAL)]
    for clause in clauses:
        typed = written(clause)
        if isinstance(clause, Phrase):
            text = _with(clauses, clause, *map(Word, clause.text.split()))
            if found := count(text):
                yield Suggestion(f"{typed} as single words", text, found)
        rest = [other for other in clauses if other is not clause]
        is_alone = len(rest) == 1 and len(words) > 1  # and so has been offered
        if not is_alone and (found := count(text := _with(clauses, clause))):
            yield Suggestion(f"Without {typed}", text, found)


def _with(clauses: Clauses, clause: Node, *instead: Node) -> str:
    """The query text of `clauses` with others in the place of one of them."""
    nodes = [new for old in clauses for new in (instead if old is clause else (old,))]
    return written(And(tuple(nodes)))
