"""Puts the letters of words that run from right to left into the order in which they are read.

A PDF says where each letter is drawn, and its text often comes in the order of drawing. So the
letters are sorted by their places; numbers within run from left to right, and brackets are drawn
the other way round than they are written.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

LETTER = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_DIGIT = re.compile(r"[\d٠-٩۰-۹]")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_GAP = 0.2  # sizes of the font: wider is a space
_PRESENTATION = re.compile(r"[\ufb1d-\ufdff\ufe70-\ufefc]")


class Glyph(NamedTuple):
    """A character and its place in points."""

    text: str
    left: float
    right: float


def is_leftward(text: str) -> bool:
    """Whether most letters of `text` are of a script that runs from right to left."""
    letters = sum(map(str.isalpha, text))
    return 2 * len(LETTER.findall(text)) > letters > 0


def words(glyphs: Sequence[Glyph], size: float) -> Iterator[tuple[str, float, float]]:
    """The words in `glyphs` as they are read, each with its left and right edge."""
    word: list[Glyph] = []
    for glyph in _in_order(glyphs):
        if word and word[-1].left - glyph.right > _GAP * size:
            yield _word(word)
            word = []
        word.append(glyph)
    if word:
        yield _word(word)


def _in_order(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """From the right to the left; a mark after the letter that it is on."""
    return sorted(glyphs, key=lambda g: (-round(g.right, 1), bool(unicodedata.combining(g.text))))


def _word(glyphs: Sequence[Glyph]) -> tuple[str, float, float]:
    text, number = "", ""
    for glyph in glyphs:
        if _DIGIT.match(glyph.text) or (
            number and glyph.text in ".,/:" and _goes_on(glyph, glyphs)
        ):
            number = glyph.text + number
            continue
        text, number = text + number + glyph.text.translate(_MIRRORED), ""
    text += number
    if _PRESENTATION.search(text):
        text = unicodedata.normalize("NFKC", text)
    return text, min(g.left for g in glyphs), max(g.right for g in glyphs)


def _goes_on(glyph: Glyph, glyphs: Sequence[Glyph]) -> bool:
    """Whether a number goes on to the left of the point or stroke in it."""
    further = [other for other in glyphs if other.right <= glyph.left + 1]
    nearest = max(further, key=lambda other: other.right, default=None)
    return nearest is not None and bool(_DIGIT.match(nearest.text))
