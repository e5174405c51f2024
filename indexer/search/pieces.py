"""The words in what was typed as one word, and what kind of word it is."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from indexer.analysis import analyzer
from indexer.analysis.tokenizer import is_unspaced
from indexer.analysis.typography import APOSTROPHES
from indexer.query import And, Node, Or, Word

# What an apostrophe cuts off a word in English, French and Italian, beside single letters.
_CLITICS = frozenset({"ll", "re", "ve", "qu", "dell", "nell", "sull", "dall", "all", "un"})


class Piece(NamedTuple):
    """A word as it is indexed, and as it was typed."""

    word: str
    typed: str


def typed_words(node: Node | None) -> Iterator[Word]:
    """The words that a passage must have, or one of which it must have."""
    match node:
        case Word():
            yield node
        case And(children) | Or(children):
            for child in children:
                yield from typed_words(child)
        case _:
            return


@lru_cache(maxsize=1024)
def pieces(text: str) -> tuple[Piece, ...]:
    """The words in what was typed as one, without what an apostrophe cuts off."""
    return tuple(Piece(word, text[start:end]) for word, (start, end) in _kept(text))


def bare(text: str) -> str:
    """What was typed from the first of its pieces to the last."""
    kept = _kept(text)
    return text[kept[0][1][0] : kept[-1][1][1]] if kept else ""


def _kept(text: str) -> list[tuple[str, tuple[int, int]]]:
    found = analyzer.analyze(text, "")
    spans = found.spans(range(len(found.exact)))
    pairs = list(zip(found.exact, spans, strict=True))
    return [pair for pair in pairs if not _is_cut_off(text, *pair)] or pairs


def _is_cut_off(text: str, word: str, span: tuple[int, int]) -> bool:
    """The "s" of "Japan's" and the "l" of "l'accord", which texts have as words of their own."""
    beside = text[span[0] - 1 : span[0]] + text[span[1] : span[1] + 1]
    is_short = len(word) == 1 and not word.isdigit()
    return (is_short or word in _CLITICS) and any(c in APOSTROPHES for c in beside)


def is_pattern(c: str) -> bool:
    """A star, a question mark, a letter, a digit, or a mark, which is a vowel in many scripts."""
    return c in "*?" or unicodedata.category(c)[0] in "LMN"


def is_symbol(text: str) -> bool:
    """Whether this is a symbol such as A/RES/70/1 or COVID-19, whose pieces belong together."""
    if is_unspaced(text):
        return False
    return any(map(str.isdigit, text)) or "/" in text or "." in text.strip(".")


def is_dotted(text: str) -> bool:
    """Whether this, a word with another form, is an acronym with dots, such as U.S."""
    return "." in text and not any(map(str.isdigit, text))
