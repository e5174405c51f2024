"""Labels and places of paragraphs in, their official positions out, one for each or none."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.labels.counting import Counted, Numeral
from indexer.labels.units import Rank
from indexer.reading.addresses import Position
from indexer.reading.lists import FIRST, Context
from indexer.reading.numbers import Numbers
from indexer.reading.places import Part, Place

_TEXT_ENDS = re.compile(r"[.!?…;:,。！？；：，—–-]['\"”’»)\]」』]*$")
_LONG = 100  # characters; what is longer is no title below an article's number
_AHEAD = 80  # labels that are looked ahead at
_CJK = re.compile(r"[\u3040-\u9fff]")
_SERIES = ("pp", "op")

Group = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph as its address depends on it.

    `counted` is missing where it has no label of this document's own; `may_open` tells whether it
    can be the text of an article that has no numbers; `is_heading` that it is a mere heading.
    One of a heading within an article is the number that stands in it: `in_heading`.
    """

    text: str
    place: Place
    level: int = 0
    counted: Counted | None = None
    may_open: bool = False
    is_heading: bool = False
    in_heading: bool = False


@dataclass(slots=True)
class _Known:
    """What has been counted so far: by group of paragraphs that are numbered together."""

    numbers: dict[Group, Numbers] = field(default_factory=dict)
    opened: set[int] = field(default_factory=set)  # articles whose text has begun
    ended: set[int] = field(default_factory=set)  # articles that a heading has ended
    headed: Position | None = None  # that of the heading above, until a paragraph has it


def positions(paragraphs: Sequence[Numbered]) -> list[Position | None]:
    """The official position of each paragraph in reading order, or nothing where it has none."""
    ahead = _ahead(paragraphs)
    known = _Known()
    return [
        _position(paragraph, known, following)
        for paragraph, following in zip(paragraphs, ahead, strict=True)
    ]


def _ahead(paragraphs: Sequence[Numbered]) -> list[Sequence[Numeral]]:
    """For each paragraph the numerals of those behind it that are numbered with it."""
    groups: dict[Group, list[Numeral]] = defaultdict(list)
    found: list[Sequence[Numeral]] = []
    for paragraph in reversed(paragraphs):
        group = groups[_group(paragraph.place)]
        found.append(group[: -_AHEAD - 1 : -1])
        if paragraph.counted:
            group.extend(reversed(paragraph.counted.numerals))
    return found[::-1]


def _group(place: Place) -> Group:
    return (place.annexes, place.scope if place.units else -1)


def _position(paragraph: Numbered, known: _Known, ahead: Sequence[Numeral]) -> Position | None:
    place, count = paragraph.place, paragraph.counted
    if paragraph.is_heading:
        return _of(place, place.units, ()) if place.units and not place.doubtful else None
    if count is None:
        return _opening(paragraph, known)
    known.opened.add(place.scope)
    known.headed = None
    if paragraph.in_heading:
        known.headed = _counted(paragraph, count.numerals, known, ahead)
        return None
    if count.unit and not count.numerals:
        return _of_unit(place)
    return _counted(paragraph, count.numerals, known, ahead)


def _of(place: Place, units: tuple[Part, ...], keys: tuple[str, ...]) -> Position:
    return Position(place.annex, units, keys, place.containers, is_weak=not keys)


def _of_unit(place: Place) -> Position:
    """The position of a paragraph that is labelled as an article, or as a chapter or annex."""
    if place.units:
        return Position(place.annex, place.units, (), place.containers)
    return Position(place.annex, place.containers[-1:], (), place.containers[:-1])


def _opening(paragraph: Numbered, known: _Known) -> Position | None:
    """An article's first paragraph has its position where it has no number of its own."""
    place, text = paragraph.place, paragraph.text
    if not paragraph.may_open or (len(text) < _LONG and not _TEXT_ENDS.search(text)):
        return None
    if headed := known.headed:
        known.headed = None
        return headed
    if not place.units or place.doubtful or place.scope in known.opened:
        return None
    known.opened.add(place.scope)
    return Position(place.annex, place.units, (), place.containers)


def _counted(
    paragraph: Numbered, numerals: Sequence[Numeral], known: _Known, ahead: Sequence[Numeral]
) -> Position | None:
    place, level = paragraph.place, paragraph.level
    containers = (*place.containers, *_numbered_heading(place))
    context = Context(
        level=level,
        heading=place.heading,
        containers=containers,
        is_cjk=bool(_CJK.search(paragraph.text[:_LONG])),
        ahead=ahead,
    )
    units, numbers = _numbers_for(place, numerals[0], level, known)
    found = numbers.place(numerals, context)
    if found is None:
        return None
    keys, run = found
    series = numerals[0].signs if numerals[0].signs in _SERIES else "para"
    around = place.containers if units else run.containers
    return Position(place.annex, units, keys, around, run, series)


def _numbers_for(
    place: Place, numeral: Numeral, level: int, known: _Known
) -> tuple[tuple[Part, ...], Numbers]:
    """The numbering that a numeral belongs to: its article's, its heading's, or the document's."""
    if place.units and place.scope not in known.ended:
        unit = place.units[-1].number.split("-")
        numbers = known.numbers.setdefault(_group(place), Numbers(unit))
        if not place.doubtful or numbers.goes_on(numeral, level):
            return place.units, numbers
        known.ended.add(place.scope)
    whole = known.numbers.setdefault((place.annexes, -1), Numbers(is_whole=True))
    heading = _numbered_heading(place)
    if heading and numeral.signs[:1] in "(（" and not whole.goes_on(numeral, level):
        group = (place.annexes, place.containers, heading)
        starts = any(reading.value == FIRST for reading in numeral.readings)
        if starts or group in known.numbers:
            return heading, known.numbers.setdefault(group, Numbers(heading[0].number.split("-")))
    return (), whole


def _numbered_heading(place: Place) -> tuple[Part, ...]:
    """The headings with numbers above a paragraph, as one part: 2, then A below it, is 2-a."""
    if not place.numbered:
        return ()
    last = place.numbered[-1]
    if "-" in last.number:
        return (last,)
    return (replace_number(last, "-".join(part.number for part in place.numbered)),)


def replace_number(part: Part, number: str) -> Part:
    """`part` with another number."""
    return part._replace(number=number, rank=max(part.rank, Rank.UNIT))
