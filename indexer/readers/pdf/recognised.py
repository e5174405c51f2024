"""What a machine saw on a page in, words with the places that text would have out. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from indexer.readers.common.tesseract import Seen
from indexer.readers.pdf.words import Word

# Heights of letters, in sizes of the font.
_SMALL, _TALL, _BELOW, _BROAD = 0.46, 0.69, 0.21, 0.9
_ABOVE = 0.8  # of a line over its baseline
_TALL_ONES = frozenset("bdfhijkltβδθλξφб0123456789()[]{}/|!?&§$%#@")
_LOW_ONES = frozenset("gjpqyµβγζηξρφχψруфцщ,;()[]{}/|§Q")
_FIRST_BROAD = "\u0590"  # from here on letters fill their line
_LARGER, _SMALLER = 1.07, 0.93  # times the size of the text of the page: another size
_MUCH_SMALLER, _FEW_LETTERS = 0.85, 40  # do not tell small print from the text as well
_STEP = 2  # steps of a point that sizes are told in
_SURE = 60.0  # less sure signs without a letter are stains and lines
_THROUGH = 0.5  # of a word lies within another


def words(seen: Sequence[Seen], scale: float) -> list[Word]:
    """`seen` as words; `scale` is the points that a dot takes.

    All words of a line stand on one baseline, however the paper lay, and have one size.
    """
    lines = [(line, _size(line), _base(line)) for line in _lines(_without_stains(seen))]
    usual = _usual([size for line, size, _ in lines for each in line for _ in each.text])
    found = []
    for line, size, base in lines:
        points = _told(usual if _is_usual(line, size, usual) else size, scale)
        found += [_word(each, points, base * scale, scale) for each in line]
    return found


def without(found: Iterable[Word], known: Sequence[Word]) -> list[Word]:
    """`found` without what lies where a word of `known` does."""
    return [word for word in found if not any(_lies_in(word, other) for other in known)]


def _without_stains(seen: Iterable[Seen]) -> Iterator[Seen]:
    for each in seen:
        if each.confidence >= _SURE or _is_text(each):
            yield each


def _lines(seen: Iterable[Seen]) -> list[list[Seen]]:
    lines: dict[tuple[str, ...], list[Seen]] = defaultdict(list)
    for each in seen:
        lines[each.line].append(each)
    return list(lines.values())


def _size(line: Sequence[Seen]) -> float:
    """The size of the font in dots, by how high words with such letters are."""
    told = [
        (each.bottom - each.top) / _height(each.text)
        for each in line
        if _is_text(each)
        for _ in each.text
    ]
    return median(told) if told else max(each.bottom - each.top for each in line) / _BROAD


def _height(text: str) -> float:
    if any(sign >= _FIRST_BROAD for sign in text):
        return _BROAD
    tall = any(sign.isupper() or sign in _TALL_ONES for sign in text)
    return (_TALL if tall else _SMALL) + (_BELOW if _goes_below(text) else 0)


def _goes_below(text: str) -> bool:
    return any(sign in _LOW_ONES for sign in text)


def _base(line: Sequence[Seen]) -> float:
    """The baseline in dots from the top, as the words without a tail tell it."""
    upon = [each.bottom for each in line if not _goes_below(each.text) and _is_text(each)]
    if upon:
        return median(upon)
    return median(each.bottom for each in line) - _BELOW * _size(line)


def _is_text(each: Seen) -> bool:
    return any(map(str.isalnum, each.text))


def _usual(sizes: Sequence[float]) -> float:
    return median(sizes) if sizes else 0.0


def _is_usual(line: Sequence[Seen], size: float, usual: float) -> bool:
    letters = sum(len(each.text) for each in line)
    least = _SMALLER if letters >= _FEW_LETTERS else _MUCH_SMALLER
    return least * usual <= size <= _LARGER * usual


def _told(size: float, scale: float) -> float:
    return max(round(size * scale * _STEP), 1) / _STEP


def _word(each: Seen, size: float, base: float, scale: float) -> Word:
    return Word(
        each.text,
        left=each.left * scale,
        right=each.right * scale,
        top=base - _ABOVE * size,
        bottom=base + (1 - _ABOVE) * size,
        base=base,
        size=size,
        confidence=each.confidence,
    )


def _lies_in(word: Word, other: Word) -> bool:
    across = min(word.right, other.right) - max(word.left, other.left)
    down = min(word.bottom, other.bottom) - max(word.top, other.top)
    area = (word.right - word.left) * (word.bottom - word.top)
    return across > 0 and down > 0 and across * down >= _THROUGH * area
