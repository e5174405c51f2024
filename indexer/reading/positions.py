"""Labels and places of paragraphs in, their official positions out, one for each or none."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.labels.counting import Counted, Numeral
from indexer.labels.units import Rank
from indexer.reading.addresses import Position
from indexer.reading.lists import Context, starting
from indexer.reading.numbers import Numbers
from indexer.reading.places import Part, Place
from indexer.reading.scripts import other_scripts

_TEXT_ENDS = re.compile(r"[.!?…;:,。！？；：，—–-]['\"”’»)\]」』]*$")
_LONG = 100  # characters; what is longer is no title below an article's number
_AHEAD = 80  # labels that are looked ahead at
_DECIMAL = re.compile(r"\d+[a-z]*(?:-\d+[a-z]*)*")
_SERIES = ("pp", "op")

Group = tuple[object, ...]


class Numbered(NamedTuple):
    """A paragraph as its address depends on it.

    `counted` is missing where it has no label of this document's own; `may_open` tells whether it
    can be the text of an article that has no numbers; `is_heading` that it is a mere heading.
    One of a heading within an article is the number that stands in it: `in_heading`. `script` is
    that of the other language, where a document has two.
    """

    text: str
    place: Place
    level: int = 0
    counted: Counted | None = None
    may_open: bool = False
    is_heading: bool = False
    in_heading: bool = False
    script: str = ""


def positions(paragraphs: Sequence[Numbered]) -> list[Position | None]:
    """The official position of each paragraph in reading order, or nothing where it has none."""
    first = next((paragraph.text for paragraph in paragraphs if paragraph.counted), "")
    scripts = other_scripts([paragraph.text for paragraph in paragraphs], first)
    told = [
        paragraph._replace(script=script) if script else paragraph
        for paragraph, script in zip(paragraphs, scripts, strict=True)
    ]
    counter = _Counter()
    return [
        counter.position(paragraph, following)
        for paragraph, following in zip(told, _ahead(told), strict=True)
    ]


def _ahead(paragraphs: Sequence[Numbered]) -> list[Sequence[Numeral]]:
    """For each paragraph with a number the numerals behind it that are counted with it."""
    groups: dict[Group, list[Numeral]] = defaultdict(list)
    found: list[Sequence[Numeral]] = []
    for paragraph in reversed(paragraphs):
        group = groups[_group(paragraph)]
        found.append(group[: -_AHEAD - 1 : -1] if paragraph.counted else ())
        if paragraph.counted:
            group.extend(reversed(paragraph.counted.numerals))
    return found[::-1]


def _group(paragraph: Numbered) -> Group:
    place = paragraph.place
    return (place.annexes, place.scope if place.units else -1, paragraph.script)


class _Counter:
    """What has been counted so far, by groups of paragraphs that are numbered together."""

    def __init__(self) -> None:
        self._numbers: dict[Group, Numbers] = {}
        self._opened = set[Group]()  # articles whose text has begun
        self._before: dict[Group, Numbered] = {}  # the last paragraph
        self._since: dict[Group, int] = {}  # paragraphs since the last one with a number
        self._ended = set[int]()  # articles that a heading has ended
        self._headed: Position | None = None  # of the heading above, until a paragraph has it

    def position(self, paragraph: Numbered, ahead: Sequence[Numeral]) -> Position | None:
        """The position of the next paragraph; `ahead` are the numerals behind it."""
        place, count, group = paragraph.place, paragraph.counted, _group(paragraph)
        before, since = self._before.get(group), self._since.get(group, 0)
        self._before[group] = paragraph
        self._since[group] = 0 if count else since + 1
        if paragraph.is_heading:
            known = place.units and not place.doubtful
            return replace(_of(paragraph), is_weak=True) if known else None
        if count is None or not (count.unit or count.numerals):
            return self._opening(paragraph)
        self._opened.update((group, self._below_heading(paragraph)))
        self._headed = None
        if count.unit and not count.numerals:
            return _of_label(paragraph)
        found = self._counted(paragraph, count.numerals, ahead, before, since)
        if paragraph.in_heading:
            self._headed, found = found, None
        return found

    def _opening(self, paragraph: Numbered) -> Position | None:
        """An article's first paragraph has its position where it has no number of its own."""
        place, text, group = paragraph.place, paragraph.text, _group(paragraph)
        if not (place.units or place.numbered or self._headed):
            return None
        if not paragraph.may_open or (len(text) < _LONG and not _TEXT_ENDS.search(text)):
            return None
        if headed := self._headed:
            self._headed = None
            return headed
        if not place.units and _DECIMAL.fullmatch(
            place.numbered[-1].number if place.numbered else ""
        ):
            group = self._below_heading(paragraph)
            found = replace(_of(paragraph), units=_numbered_heading(place))
        elif place.units and not place.doubtful:
            found = _of(paragraph)
        else:
            return None
        if group in self._opened:
            return None
        self._opened.add(group)
        return found

    @staticmethod
    def _below_heading(paragraph: Numbered) -> Group:
        place = paragraph.place
        return (place.annexes, place.containers, place.numbered, paragraph.script)

    def _counted(
        self,
        paragraph: Numbered,
        numerals: Sequence[Numeral],
        ahead: Sequence[Numeral],
        before: Numbered | None,
        since: int,
    ) -> Position | None:
        place = paragraph.place
        context = Context(
            level=paragraph.level,
            heading=place.heading,
            containers=(*place.containers, *_numbered_heading(place)),
            before=before.text if before else "",
            is_labelled=bool(before and before.counted),
            ahead=ahead,
            since=since,
        )
        units, numbers = self._numbers_for(paragraph, numerals[0])
        found = numbers.place(numerals, context)
        if found is None:
            return None
        keys, run = found
        around = place.containers if units else run.containers
        series = numerals[0].signs if numerals[0].signs in _SERIES else "para"
        return Position(place.annex, units, keys, around, run, series, paragraph.script)

    def _numbers_for(
        self, paragraph: Numbered, numeral: Numeral
    ) -> tuple[tuple[Part, ...], Numbers]:
        """The numbering a numeral belongs to: its article's, its heading's, or the document's."""
        place, level, script = paragraph.place, paragraph.level, paragraph.script
        if self._runs_through(paragraph, numeral):
            self._ended.add(place.scope)
        if place.units and place.scope not in self._ended:
            unit = place.units[-1].number.split("-")
            numbers = self._numbers.setdefault(_group(paragraph), Numbers(unit))
            if not place.doubtful or numbers.goes_on(numeral, level):
                return place.units, numbers
            self._ended.add(place.scope)
        group: Group = (place.annexes, -1, script)
        whole = self._numbers.setdefault(group, Numbers(is_whole=True))
        heading = _numbered_heading(place)
        if heading and numeral.signs[:1] in "(（" and not whole.goes_on(numeral, level):
            group = (place.annexes, place.containers, heading, script)
            if starting(numeral) or group in self._numbers:
                unit = heading[0].number.split("-")
                return heading, self._numbers.setdefault(group, Numbers(unit))
        return (), whole

    def _runs_through(self, paragraph: Numbered, numeral: Numeral) -> bool:
        """Whether the document's own numbers go on below a heading that only names a section.

        So notes on an act do: paragraph 25 stands below "Section 1", which it explains.
        """
        place = paragraph.place
        if not place.units or _group(paragraph) in self._numbers or starting(numeral):
            return False
        whole = self._numbers.get((place.annexes, -1, paragraph.script))
        return whole is not None and whole.goes_on(numeral, paragraph.level)


def _of(paragraph: Numbered) -> Position:
    """The position of the article that a paragraph stands in."""
    place = paragraph.place
    return Position(place.annex, place.units, (), place.containers, script=paragraph.script)


def _of_label(paragraph: Numbered) -> Position:
    """The position of a paragraph that is labelled as an article, or as a chapter or annex."""
    place = paragraph.place
    if place.units:
        return _of(paragraph)
    return Position(
        place.annex,
        place.containers[-1:],
        (),
        place.containers[:-1],
        script=paragraph.script,
    )


def _numbered_heading(place: Place) -> tuple[Part, ...]:
    """The headings with numbers above a paragraph, as one part: 2, then A below it, is 2-a."""
    if not place.numbered:
        return ()
    last = place.numbered[-1]
    if "-" in last.number:
        return (last,)
    return (_with_number(last, "-".join(part.number for part in place.numbered)),)


def _with_number(part: Part, number: str) -> Part:
    """`part` with another number."""
    return part._replace(number=number, rank=max(part.rank, Rank.UNIT))
