"""Dates that are written in figures, or with signs for year, month and day."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
_SIGNS = "〇○零一二三四五六七八九十"
# The year before the first of each era.
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERAS |= {"民國": 1911, "民国": 1911}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_ROMAN |= {"X": 10, "XI": 11, "XII": 12}
_MONTHS = 12
_ZERO = {"零": "〇", "○": "〇"}
_ISO = rf"(?<![\d-]){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"
_YEAR_FIRST = rf"(?<![\d./]){_YEAR}(?P<sign>[./])\s?{_MONTH}(?P=sign)\s?{_DAY}(?!\d)"
_ROMAN_MONTH = rf"(?<![\w.]){_DAY}(?:\.\s?| )(?P<roman>[IVX]{{1,4}})(?:\.\s?| ){_YEAR}(?!\d)"
_CHINESE = (
    rf"(?:中華|中华)?(?P<era>{'|'.join(_ERAS)})?\s?(?P<year>\d{{1,4}}|[元{_SIGNS}]{{1,4}})\s?[年년]\s?"
    rf"(?P<month>\d{{1,2}}|[{_SIGNS}]{{1,3}})\s?[月월]"
    rf"(?:\s?(?P<day>\d{{1,2}}|[{_SIGNS}]{{1,3}})\s?[日일])?"
)
_VIETNAMESE = rf"[Nn]gày\s+{_DAY}\s+tháng\s+{_MONTH}\s+năm\s+{_YEAR}(?!\d)"
_EITHER = (
    r"(?<![\d./-])(?P<first>\d{1,2})(?P<sign>[./-])\s?(?P<second>\d{1,2})(?P=sign)\s?"
    rf"{_YEAR}(?!\d)"
)
_PATTERNS = tuple(
    map(re.compile, (_ISO, _YEAR_FIRST, _ROMAN_MONTH, _CHINESE, _VIETNAMESE, _EITHER))
)


class Numbers(NamedTuple):
    """A date at a place of a text; `day` is 0 where only the month is known.

    `is_doubtful` says that day and month may stand the other way round in another country.
    """

    start: int
    end: int
    year: int
    month: int
    day: int = 0
    is_doubtful: bool = False


def numeric_dates(text: str) -> Iterator[Numbers]:
    """The dates in figures in `text`. 11/08/2020 is none: nobody can know."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            yield from _either(match) if "first" in parts else _certain(match, parts)


def _certain(match: re.Match[str], parts: dict[str, str | None]) -> Iterator[Numbers]:
    roman = parts.get("roman")
    month = _ROMAN.get(roman, 0) if roman else _count(parts["month"])
    year = _count(parts["year"]) + _ERAS.get(parts.get("era") or "", 0)
    yield Numbers(*match.span(), year, month, _count(parts["day"]))


def _either(match: re.Match[str]) -> Iterator[Numbers]:
    """A date whose day is told from its month by its size, or by the dots that say day first."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    day, month = (second, first) if second > _MONTHS else (first, second)
    is_sure = day > _MONTHS or day == month
    if is_sure or match["sign"] == ".":
        yield Numbers(*match.span(), year, month, day, not is_sure)


def _count(written: str | None) -> int:
    """The number in figures or in Chinese signs, with the digits of a year one by one."""
    if not written or written.isdecimal():
        return int(written or 0)
    if written == "元":
        return 1
    if "十" not in written:
        return int("".join(str("〇一二三四五六七八九".find(_ZERO.get(s, s))) for s in written))
    tens, _, ones = written.partition("十")
    return 10 * (_count(tens) or 1) + _count(ones)
