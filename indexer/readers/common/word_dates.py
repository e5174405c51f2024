"""Dates that are written with the name of a month, whatever the order of their parts."""

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from indexer.readers.common.month_names import month, word_set
from indexer.readers.common.numeric_dates import Numbers

TOKEN = re.compile(r"\d+|[^\s\d.,;:/()\[\]|'’‘\-–—\"“”«»<>]+|[^\s\d]")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NEAR = 48  # characters around a year in which its month and day stand
# What stands between the parts of a date: of, de, the endings of ordinals, "year" and the like.
_LINKS = word_set(
    """. - ' ’ ‘ » ” " º ª ° de del dels d di da do dos of the day ta tal von des la le l a e er
    re ste st nd rd th ten o r n t è η ης ος ú u an in ia ko eko m p nä päivänä den г года год р
    року рік թ թվականի և ה ב טן סטן טער พ ศ ค เดือน عام سنة لسنة شهر من م gada ban ben bulan van
    ter luna"""
)
_AROUND_YEAR = _LINKS | {",", "/"}
_RANGE = word_set("- – — & and to et und y e i и до bis al")
_BASQUE = ["(", "e", ")", "ko"]
_LATVIAN = "gada"  # puts the day between year and month
_MOST_LINKS = 5
_FEW = 4  # tokens before a year; a month alone is a date where little else is said
_BUDDHIST, _BEHIND = range(2400, 2600), 543
_THAI = range(0xE00, 0xE80)


class _Place(NamedTuple):
    """A token furthest from the year, the word for the month, and what both mean."""

    edge: re.Match[str]
    word: str
    month: int
    day: int = 0


def word_dates(text: str) -> Iterator[Numbers]:
    """The dates with the name of a month in `text`; of days from one to another there is none."""
    for year in _YEAR.finditer(text):
        start = max(0, year.start() - _NEAR)
        before = [*TOKEN.finditer(text, start, year.start())]
        after = [*TOKEN.finditer(text, year.end(), year.end() + _NEAR)]
        if found := _before(before) or _after(after):
            edges = (found.edge.start(), year.end(), year.start(), found.edge.end())
            first, last = min(edges), max(edges)
            yield Numbers(first, last, _gregorian(int(year[0]), found.word), *found[2:])


def _gregorian(year: int, word: str) -> int:
    """`year`, which counts from the Buddha where a Thai month says so."""
    return year - _BEHIND if year in _BUDDHIST and ord(word[0]) in _THAI else year


def _before(tokens: Sequence[re.Match[str]]) -> _Place | None:
    """The month and the day before a year: 5 March, March 5, or nothing but March."""
    at = _skip(tokens, len(tokens) - 1, -1, _AROUND_YEAR)
    if not 0 <= at < len(tokens):
        return None
    if day := _day(tokens[at]):
        found = _named(tokens, _skip(tokens, at - 1, -1, _LINKS))
        return found._replace(day=day) if found else None
    if len(tokens) > _FEW and not any(map(_day, tokens[max(0, at - _FEW) : at])):
        return None
    found = _named(tokens, at)
    if not found:
        return None
    at = _skip(tokens, tokens.index(found.edge) - 1, -1, _LINKS)
    if at < 0 or not (day := _day(tokens[at])):
        return found if len(tokens) <= _FEW else None
    return None if _is_range(tokens, at) else found._replace(edge=tokens[at], day=day)


def _after(tokens: Sequence[re.Match[str]]) -> _Place | None:
    """The month and the day behind a year: 2020. augusztus 11., 2020. gada 11. augusts."""
    basque = len(_BASQUE) if [token[0] for token in tokens[: len(_BASQUE)]] == _BASQUE else 0
    at = _skip(tokens, basque, 1, _AROUND_YEAR)
    links = [token[0] for token in tokens[:at]]
    if at >= len(tokens):
        return None
    if day := _day(tokens[at]):
        at = _skip(tokens, at + 1, 1, _LINKS)
        number = month(tokens[at][0]) if at < len(tokens) and _LATVIAN in links else 0
        return _Place(tokens[at], tokens[at][0], number, day) if number else None
    word = tokens[at][0]
    later = _skip(tokens, at + 1, 1, _LINKS)
    if later >= len(tokens) or not (day := _day(tokens[later])):
        return None
    if word[0].isupper() and "." in links:
        return None  # of the next sentence
    number = month(word)
    return _Place(tokens[later], word, number, day) if number else None


def _named(tokens: Sequence[re.Match[str]], at: int) -> _Place | None:
    """The month whose name ends at a token: of one word or two, or given twice as in Arabic."""
    if at < 0:
        return None
    word, first = tokens[at][0], at
    number = month(word)
    if not number and at:
        first, word = at - 1, f"{tokens[at - 1][0]} {word}"
        number = month(word)
    if number and first > 1 and tokens[first - 1][0] == "/":
        twin = _named(tokens, first - 2)
        return twin if twin and twin.month == number else None
    return _Place(tokens[first], word, number) if number else None


def _is_range(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a day is the last of several: 5-8 March, 5 and 6 March."""
    return at > 1 and tokens[at - 1][0].casefold() in _RANGE and bool(_day(tokens[at - 2]))


def _skip(tokens: Sequence[re.Match[str]], at: int, step: int, links: Container[str]) -> int:
    """The place of the next token, from `at` on, that is none of `links`."""
    end = at + step * _MOST_LINKS
    while 0 <= at < len(tokens) and at != end and tokens[at][0].casefold() in links:
        at += step
    return at


def _day(token: re.Match[str]) -> int:
    text = token[0]
    return int(text) if len(text) <= len("31") and text.isdecimal() else 0
