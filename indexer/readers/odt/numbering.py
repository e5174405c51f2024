"""The list styles of an OpenDocument text in; the number of each list item and heading out."""

import re
from dataclasses import dataclass, field

from lxml import etree

from indexer.readers.common.numerals import numeral

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一, 二, 三, ...": "chineseCounting",
    "А, Б, .., Аа, Аб, ... (ru)": "russianUpper",
    "а, б, .., аа, аб, ... (ru)": "russianLower",
}
_PLACE = re.compile(r"%(\d)%")

Counts = dict[int, int]  # level, from 1 → its last number


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    pattern: str  # with %1% where the number of the first level stands
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts through a document: to be asked for each item and heading once, in their order."""

    styles: dict[str, dict[int, _Level]] = field(default_factory=dict)
    outline: dict[int, _Level] = field(default_factory=dict)
    _headings: Counts = field(default_factory=dict)
    _by_id: dict[str, Counts] = field(default_factory=dict)
    _by_style: dict[str, Counts] = field(default_factory=dict)

    def learn(self, root: etree._Element) -> None:
        """Takes in the list styles of `root`, a part of the document."""
        for style in root.iter(f"{TEXT}list-style"):
            self.styles[style.get(f"{STYLE}name", "")] = _levels(style)
        for style in root.iter(f"{TEXT}outline-style"):
            self.outline = _levels(style)

    def open_list(self, outermost: etree._Element) -> Counts:
        """What `outermost`, a list in no other, counts on from."""
        style = outermost.get(f"{TEXT}style-name", "")
        counts: Counts = {}
        if outermost.get(f"{TEXT}continue-numbering") == "true":
            counts = self._by_style.get(style, counts)
        if continued := outermost.get(f"{TEXT}continue-list"):
            counts = self._by_id.get(continued, counts)
        self._by_id[outermost.get(_ID, "")] = self._by_style[style] = counts
        return counts

    def item(self, style: str, level: int, counts: Counts, start: str) -> str:
        """The number of the next item at `level`, or an empty string where it shows none."""
        return _next(self.styles.get(style, {}), level, counts, start)

    def heading(self, heading: etree._Element, level: int) -> str:
        """The number of the next heading of `level`, or an empty string where it shows none."""
        if heading.get(f"{TEXT}is-list-header") == "true":
            return ""
        start = heading.get(f"{TEXT}start-value", "")
        if heading.get(f"{TEXT}restart-numbering") == "true":
            self._headings.pop(level, None)
        return _next(self.outline, level, self._headings, start)


def _levels(style: etree._Element) -> dict[int, _Level]:
    return {
        _integer(level.get(f"{TEXT}level"), 1): _level(level)
        for level in style
        if etree.QName(level).localname in ("list-level-style-number", "outline-level-style")
    }


def _level(level: etree._Element) -> _Level:
    at = _integer(level.get(f"{TEXT}level"), 1)
    shown = _integer(level.get(f"{TEXT}display-levels"), 1)
    places = ".".join(f"%{place}%" for place in range(max(at - shown, 0) + 1, at + 1))
    spelled = f"{level.get(f'{STYLE}num-prefix', '')}{places}{level.get(f'{STYLE}num-suffix', '')}"
    named = (value for name, value in level.items() if name.endswith("}num-list-format"))
    return _Level(
        format=level.get(f"{STYLE}num-format", ""),
        pattern=next(named, spelled),
        start=_integer(level.get(f"{TEXT}start-value"), 1),
    )


def _next(levels: dict[int, _Level], at: int, counts: Counts, start: str) -> str:
    level = levels.get(at)
    before = counts.get(at, (level.start if level else 1) - 1)
    counts[at] = _integer(start, before + 1)
    for deeper in [known for known in counts if known > at]:
        del counts[deeper]
    if level is None or not level.format:
        return ""

    def shown(place: re.Match[str]) -> str:
        other = levels.get(int(place[1]), level)
        number = counts.get(int(place[1]), other.start)
        return numeral(number, _FORMATS.get(other.format, "decimal")) if other.format else ""

    return " ".join(_PLACE.sub(shown, level.pattern).split())


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else default
