"""The numbering of a Word document in; the number that each of its paragraphs shows out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from indexer.readers.common.numerals import numeral
from indexer.readers.docx.parts import is_on, number, value, w
from indexer.readers.docx.styles import Styles

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph's place in a list: its number as shown, if it shows one, and its depth."""

    label: str
    depth: int


@dataclass(frozen=True, slots=True)
class _Level:
    style: str  # of the numeral
    text: str  # with %1 where the number of the first level stands
    start: int
    restart: int | None  # the level whose numbers start this one anew; None for any above
    in_digits: bool  # whether numbers of other levels are shown in digits
    paragraph_style: str


@dataclass(frozen=True, slots=True)
class _List:
    family: str  # lists of one family count on from each other
    levels: dict[int, _Level]
    restarts: dict[int, int]  # level → number with which this list starts it


class Numbering:
    """Counts through a document: to be asked for each paragraph once, in their order."""

    def __init__(self, root: etree._Element, styles: Styles) -> None:
        self._styles = styles
        self._abstract = {value(a, name="abstractNumId"): a for a in root.iter(w("abstractNum"))}
        self._nums = {value(num, name="numId"): num for num in root.iter(w("num"))}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}  # family → level → last number
        self._started: set[tuple[str, int]] = set()

    def next(self, paragraph: etree._Element) -> Numbered | None:
        """The place of `paragraph` in its list, or None where it is in none."""
        list_id, said, style_id = self._place(paragraph)
        if list_id not in self._lists:
            self._lists[list_id] = self._read(list_id)
        found = self._lists[list_id]
        if found is None:
            return None
        at = _level_of_style(found, style_id)
        at = number(said, 0) if at is None else at
        if at not in found.levels:
            return None
        counts = self._count(list_id, found, at)
        return _numbered(found, at, counts)

    def _place(self, paragraph: etree._Element) -> tuple[str, str, str]:
        """The list, the level in it as stated, and the style that says so if one does."""
        style = self._styles.of(paragraph)
        level = value(paragraph, "pPr/numPr/ilvl")
        if list_id := value(paragraph, "pPr/numPr/numId"):
            return list_id, level, "" if level else value(paragraph, "pPr/pStyle")
        return style.list_id, level or style.list_level, style.numbered_by

    def _count(self, list_id: str, found: _List, at: int) -> dict[int, int]:
        counts = self._counts.setdefault(found.family, {})
        for above in range(at):  # a level that was passed over counts as used
            if above in found.levels:
                counts.setdefault(above, found.levels[above].start)
        if at in found.restarts and (list_id, at) not in self._started:
            counts[at] = found.restarts[at]
        else:
            counts[at] = counts.get(at, found.levels[at].start - 1) + 1
        self._started.add((list_id, at))
        for deeper in range(at + 1, _LEVELS):
            level = found.levels.get(deeper)
            if level is None or level.restart is None or 0 <= at < level.restart:
                counts.pop(deeper, None)
        return counts

    def _read(self, list_id: str) -> _List | None:
        num, abstract, seen = self._nums.get(list_id), None, set[str]()
        while num is not None and list_id not in seen:
            seen.add(list_id)
            abstract = self._abstract.get(value(num, "abstractNumId"))
            link = value(abstract, "numStyleLink")
            if not link:
                break
            list_id = self._styles.named(link).list_id
            num = self._nums.get(list_id)
        if num is None or abstract is None:
            return None
        levels = dict(_levels(abstract))
        restarts = {}
        for override in num.iter(w("lvlOverride")):
            levels |= dict(_levels(override))
            if start := value(override, "startOverride"):
                restarts[number(value(override, name="ilvl"), 0)] = number(start, 1)
        return _List(value(num, "abstractNumId"), levels, restarts)


def _levels(parent: etree._Element) -> Iterator[tuple[int, _Level]]:
    for lvl in parent.iter(w("lvl")):
        restart = value(lvl, "lvlRestart")
        style = value(lvl, "numFmt") or "decimal"
        yield (
            number(value(lvl, name="ilvl"), 0),
            _Level(
                style=style,
                text="" if style == "bullet" else value(lvl, "lvlText"),
                start=number(value(lvl, "start"), 0),
                restart=number(restart, 0) if restart else None,
                in_digits=bool(is_on(lvl, "isLgl")),
                paragraph_style=value(lvl, "pStyle"),
            ),
        )


def _level_of_style(found: _List, style_id: str) -> int | None:
    levels = found.levels.items() if style_id else ()
    return next((at for at, level in levels if level.paragraph_style == style_id), None)


def _numbered(found: _List, at: int, counts: dict[int, int]) -> Numbered:
    level = found.levels[at]

    def shown(place: re.Match[str]) -> str:
        other_at = int(place[1]) - 1
        other = found.levels.get(other_at, replace(level, style="decimal", start=1))
        style = "decimal" if level.in_digits else other.style
        return "" if style == "none" else numeral(counts.get(other_at, other.start), style)

    label = " ".join(_PLACE.sub(shown, level.text).split())
    return Numbered(label if any(map(str.isalnum, label)) else "", at + 1)
