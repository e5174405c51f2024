"""The values that a PDF is read into first: words with their places, and pages of them."""

from typing import NamedTuple

Point = tuple[float, float]


class Word(NamedTuple):
    """A word and its place in points from the page's upper left corner; `base` is its baseline."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float = 10.0
    bold: bool = False
    monospaced: bool = False
    upright: bool = True
    turn: int = 0  # degrees that it is turned by against most words of the page
    raised: bool = False  # a number that stands higher than the words beside it
    confidence: float | None = None  # of a machine that read it, 0 to 100
    font: str = ""  # its name
    unmapped: bool = False  # the font does not say which characters these are


class Page(NamedTuple):
    """A page as it is seen; `number` counts from 1."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    has_pictures: bool = False
    marks: tuple[str, ...] = ()  # stamps and watermarks: words that lie across or beside the text


class Piece(NamedTuple):
    """Words in one line with no wide gap between them."""

    words: tuple[Word, ...]
    left: float
    right: float
    top: float
    bottom: float
