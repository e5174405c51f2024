"""The dates that are written in a text, in any of many languages and calendars, as ISO 8601."""

import datetime
import re
from typing import NamedTuple

from indexer.readers.common.month_names import is_weekday, word_set
from indexer.readers.common.numeric_dates import Numbers, numeric_dates
from indexer.readers.common.word_dates import TOKEN, word_dates

_MAY_BE = re.compile(r"\d\d\d\d")
_YEARS = range(1500, 2100)
_PARTIAL = re.compile(r"[0-9]{4}(-[0-9]{2})?")
_SPAN = re.compile(r"\s?(?:[至到~〜]|から|부터|[-–—]\s?\d)")  # from one day to another
_TIME = re.compile(r"(?<=\d)[T ]\d\d:\d\d.*")
_EDGES = frozenset("•·*–—-|.,:;()[]'’")
# What says no more than that a date follows, or that one was given.
_DATE_WORDS = word_set(
    """date dated datum fecha data дата päiväys dagsetning tarih dato dátum tanggal kuupäev
    ημερομηνία التاريخ تاريخ תאריך วันที่ दिनांक தேதி 日期 日付
    le la vom den der el du of de a no dne z dnia från av del от г года год
    р року roku r m d godine године në la lá an dags kl le à στις της в у վ թ տ
    p pnä päivänä th st nd rd"""
)


class Dated(NamedTuple):
    """A date at a place of a text; doubtful where day and month may have changed places."""

    start: int
    end: int
    iso: str
    is_doubtful: bool = False


def dates_in(text: str) -> list[Dated]:
    """The dates in `text`, to the day or the month, in order.

    A bare year is not taken for a date, nor are forms such as 11/08/2020, which mean another day
    in another country. A month counts only where little else is said.
    """
    if not (_MAY_BE.search(text) or "年" in text or "년" in text):  # asked for every line
        return []
    found = [*numeric_dates(text), *word_dates(text)]
    dated = [
        Dated(n.start, n.end, iso, n.is_doubtful)
        for n in found
        if (iso := _iso(n)) and not _SPAN.match(text, n.end)
    ]
    kept: list[Dated] = []
    for each in sorted(dated, key=lambda date: (date.start, -date.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def find_date(text: str) -> str:
    """The first date in `text` that is sure, or an empty string."""
    return next((date.iso for date in dates_in(text) if not date.is_doubtful), "")


def whole_date(text: str) -> Dated | None:
    """The date that `text` is, with nothing else but a weekday and words such as "Date:"."""
    text = _TIME.sub("", text)
    found = dates_in(text)
    if len(found) != 1:
        return None
    around = f"{text[: found[0].start]} {text[found[0].end :]}"
    return found[0] if all(map(_says_nothing, TOKEN.findall(around))) else None


def is_bare_date(text: str) -> bool:
    """Whether `text` is a date that no word leads to, as a page has it and not the text of an act.

    Signs, a weekday and a word for the year behind it may stand there.
    """
    found = whole_date(text)
    if found is None or found.is_doubtful:
        return False
    return all(token in _EDGES or is_weekday(token) for token in TOKEN.findall(text[: found.start]))


def is_date(text: str) -> bool:
    """Whether `text` is a date and nothing else but a weekday, bullets and punctuation."""
    return whole_date(text) is not None


def normal_date(value: str) -> str:
    """`value` as `2020`, `2020-08` or `2020-08-11`, or an empty string if it is no such date."""
    value = value.strip()
    if _PARTIAL.fullmatch(value):
        return value if value[5:] in ("", *(f"{month:02}" for month in range(1, 13))) else ""
    found = whole_date(value)
    return "" if found is None or found.is_doubtful else found.iso


def _says_nothing(token: str) -> bool:
    return token in _EDGES or token.casefold() in _DATE_WORDS or is_weekday(token)


def _iso(found: Numbers) -> str:
    if found.year not in _YEARS:
        return ""
    try:
        date = datetime.date(found.year, found.month, found.day or 1)
    except ValueError:
        return ""
    return date.isoformat() if found.day else f"{found.year}-{found.month:02}"
