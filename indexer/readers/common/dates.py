"""Text in, the first date written in it out, as ISO 8601."""

import datetime
import re

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = r"(?P<month>{})\.?".format("|".join([*_MONTHS, *(m[:3] for m in _MONTHS), "sept"]))
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?=T|\b)",
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"\b{_MONTH},?\s+{_YEAR}\b",
    )
)
_PARTIAL = re.compile(r"\d{4}(-\d\d)?")


def find_date(text: str) -> str:
    """The first date written out in `text`, to the day or the month, or an empty string.

    A bare year is not taken for a date, nor are forms such as 11/08/2020, which mean another day
    in another country.
    """
    found = [match for pattern in _PATTERNS if (match := pattern.search(text))]
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        if iso := _iso(match):
            return iso
    return ""


def is_date(text: str) -> bool:
    """Whether `text` is a date and nothing else but bullets and punctuation."""
    return bool(_whole(text.strip(" \t•·*–—-|.,:()")))


def normal_date(value: str) -> str:
    """`value` as `2020`, `2020-08` or `2020-08-11`, or an empty string if it is no such date."""
    value = value.strip()
    if _PARTIAL.fullmatch(value):
        return value if value[5:] in ("", *(f"{month:02}" for month in range(1, 13))) else ""
    return _whole(value)


def _whole(text: str) -> str:
    """The date that the whole of `text` is; a time of day may follow."""
    bare = re.sub(r"(?<=\d)[T ]\d\d:\d\d.*", "", text)
    return next((_iso(match) for p in _PATTERNS if (match := p.fullmatch(bare))), "")


def _iso(match: re.Match[str]) -> str:
    parts = match.groupdict()
    month = parts["month"].lower()
    number = int(month) if month.isdigit() else _month_number(month)
    if "day" not in parts:
        return f"{parts['year']}-{number:02}"
    try:
        return datetime.date(int(parts["year"]), number, int(parts["day"])).isoformat()
    except ValueError:
        return ""


def _month_number(name: str) -> int:
    return 1 + next(i for i, month in enumerate(_MONTHS) if month.startswith(name[:3]))
