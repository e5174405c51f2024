"""Dates as they are printed in citations."""

import re

# Not the calendar module's, whose names change with the locale of the process.
MONTHS = ("January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December")  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")


def parts(date: str) -> tuple[int, ...]:
    """Year, month and day of an ISO date, as many as are known; none of what is no such date."""
    match = _DATE.fullmatch(date)
    return tuple(int(each) for each in match.groups() if each) if match else ()


def spoken_date(date: str) -> str:
    """`2020-08-11` as "11 August 2020", as exactly as it is known; anything else as it stands."""
    known = parts(date)
    if not known:
        return date
    _, month, day = (*known, 0, 0)[:3]
    words = (str(day) if day else "", MONTHS[month - 1] if month else "", date[:4])
    return " ".join(word for word in words if word)
