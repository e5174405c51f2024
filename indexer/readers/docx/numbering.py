"""Counts the numbers that the paragraphs of a Word document show, as Word counts them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from indexer.readers.common.numerals import numeral
from indexer.readers.docx.parts import is_on, number, value, w
from indexer.readers.docx.styles import Styles

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9

Levels = tuple[tuple[str, str], ...]  # styles, each with the level that it states


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
    restart: int | None  # the level whose numbers start this one again; None for any above
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
        self._named = {value(a, "name"): key for key, a in self._abstract.items()}
        self._fields: Counter[str] = Counter()  # lists of LISTNUM fields in this paragraph

    def next(self, paragraph: etree._Element) -> Numbered | None:
        """The place of `paragraph` in its list, or None where it is in none."""
        self._fields.clear()
        list_id, said, styles = self._place(paragraph)
        if list_id not in self._lists:
            self._lists[list_id] = self._read(list_id)
        found = self._lists[list_id]
        if found is None:
            return None
        at = number(said, 0) if said else _level_by_style(found, styles)
        if at not in found.levels:
            return None
        counts = self._count(list_id, found, at)
        return _numbered(found, at, counts)

    def listnum(self, name: str, level: str, start: str) -> str:
        """The number that a LISTNUM field shows: the next of the list `name`, or `start`.

        Without a level, each field of a paragraph is a level deeper than the one before it.
        """
        found = self._list_of_fields(name)
        at = number(level, self._fields[found.family] + 1) - 1
        self._fields[found.family] += 1
        if at not in found.levels:
            return ""
        if start:
            self._counts.setdefault(found.family, {})[at] = number(start, 1) - 1
        return _numbered(found, at, self._count(f"field {found.family}", found, at)).label

    def _list_of_fields(self, name: str) -> _List:
        """A list of the document that has this name, else one of those that Word has itself."""
        key = self._named.get(name, "") if name else ""
        if key:
            return _List(key, dict(_levels(self._abstract[key])), {})
        return _DEFAULTS.get(name.lower(), _DEFAULTS["numberdefault"])

    def _place(self, paragraph: etree._Element) -> tuple[str, str, Levels]:
        """The list, the level in it as the paragraph states it, and what its styles state."""
        style = self._styles.of(paragraph)
        list_id = value(paragraph, "pPr/numPr/numId") or style.list_id
        return list_id, value(paragraph, "pPr/numPr/ilvl"), style.levels

    def _count(self, list_id: str, found: _List, at: int) -> dict[int, int]:
        counts = self._counts.setdefault(found.family, {})
        for above in range(at):  # a level that was passed over counts as used
            if above in found.levels:
                counts.setdefault(above, found.levels[above].start)
        if at in found.restarts and (list_id, at) not in self._started:
            counts[at] = found.restarts[at]
        else:
            counts[at] = counts.get(at, found.levels[at].start - 1) + 1
        # A list that is first used on a deeper level goes on with the numbers of those above it.
        self._started.update((list_id, above) for above in range(at + 1))
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


def _default(name: str, *levels: tuple[str, str]) -> _List:
    made = (_Level(style, text, 1, None, name == "legaldefault", "") for style, text in levels)
    return _List(name, dict(enumerate(made)), {})


# The lists that LISTNUM fields count in if the document has none of that name.
_DEFAULTS = {
    made.family: made
    for made in (
        _default(
            "numberdefault",
            *(("decimal", "%1)"), ("lowerLetter", "%2)"), ("lowerRoman", "%3)")),
            *(("decimal", "(%4)"), ("lowerLetter", "(%5)"), ("lowerRoman", "(%6)")),
            *(("decimal", "%7."), ("lowerLetter", "%8."), ("lowerRoman", "%9.")),
        ),
        _default(
            "outlinedefault",
            *(("upperRoman", "%1."), ("upperLetter", "%2."), ("decimal", "%3.")),
            *(("lowerLetter", "%4)"), ("decimal", "(%5)"), ("lowerLetter", "(%6)")),
            *(("lowerRoman", "(%7)"), ("lowerLetter", "(%8)"), ("lowerRoman", "(%9)")),
        ),
        _default(
            "legaldefault",
            *(
                ("decimal", "".join(f"%{place}." for place in range(1, depth + 1)))
                for depth in range(1, _LEVELS + 1)
            ),
        ),
    )
}


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


def _level_by_style(found: _List, styles: Levels) -> int:
    """The level that the nearest style has, by the list or by what it states itself."""
    by_style = {level.paragraph_style: at for at, level in found.levels.items()}
    for style_id, stated in styles:
        if style_id in by_style:
            return by_style[style_id]
        if stated:
            return number(stated, 0)
    return 0


def _numbered(found: _List, at: int, counts: dict[int, int]) -> Numbered:
    level = found.levels[at]

    def shown(place: re.Match[str]) -> str:
        other_at = int(place[1]) - 1
        other = found.levels.get(other_at, replace(level, style="decimal", start=1))
        style = "decimal" if level.in_digits else other.style
        return "" if style == "none" else numeral(counts.get(other_at, other.start), style)

    label = " ".join(_PLACE.sub(shown, level.text).split())
    return Numbered(label if any(map(str.isalnum, label)) else "", at + 1)
