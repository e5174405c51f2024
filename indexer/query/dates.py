"""What is typed after `date:` in, the first and the last day that it means out; and back."""

import calendar
import re

FIRST_DAY, LAST_DAY = 0, 99991231  # as YYYYMMDD: the ends of a range that is open
_MONTHS = 12
_DATE = re.compile(r"(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?")


def date_range(text: str) -> tuple[int, int] | None:
    """The days of `2020`, `2020-08`, `2020-08-11`, `2019..2021-06`, `2019..` or `..2020`.

    Days are numbers YYYYMMDD, both ends included; None if `text` is none of these.
    """
    first, dots, last = text.partition("..")
    if not dots:
        return days(text)
    start = days(first) if first else (FIRST_DAY, FIRST_DAY)
    end = days(last) if last else (LAST_DAY, LAST_DAY)
    if start is None or end is None or not (first or last) or start[0] > end[1]:
        return None
    return start[0], end[1]


def written_dates(first: int, last: int) -> str:
    """The shortest of the texts that mean the days from `first` to `last`."""
    for text in (f"{first // 10_000:04}", _day(first)[:7], _day(first)):
        if days(text) == (first, last):
            return text
    start = _shortest(first, 0) if first != FIRST_DAY else ""
    return f"{start}..{_shortest(last, 1) if last != LAST_DAY or not start else ''}"


def days(text: str) -> tuple[int, int] | None:
    """The first and the last day of a year, a month or a day; None if there is none."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if not year or month > _MONTHS or (match[2] and not month) or (match[3] and not day):
        return None
    if not month:
        return year * 10_000 + 101, year * 10_000 + 1231
    start = year * 10_000 + month * 100
    length = calendar.monthrange(year, month)[1]
    if not day:
        return start + 1, start + length
    return (start + day, start + day) if day <= length else None


def _shortest(number: int, end: int) -> str:
    """The shortest text whose first day (`end` 0) or last day (1) is `number`."""
    day = _day(number)
    return next((t for t in (day[:4], day[:7]) if (days(t) or (0, 0))[end] == number), day)


def _day(number: int) -> str:
    return f"{number // 10_000:04}-{number // 100 % 100:02}-{number % 100:02}"
