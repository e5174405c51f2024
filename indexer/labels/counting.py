"""A label in, its numbers out, each with the style it is written in and what it may count."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from indexer.labels.keys import label_key
from indexer.labels.named import Named, named, number_key
from indexer.labels.numerals import CIRCLED, SUFFIXES, digits, letter_values, value_of

_NUMBER = re.compile(
    r"(?P<before>[(\[（]?)\s?(?P<token>[A-Z](?:\.\d+)+"
    rf"|\d+(?:\.\d+[a-zA-Z]?)*(?:[ -]?(?:{SUFFIXES})\b|\s[A-Z](?=\.)|[a-zA-Z]{{1,2}}(?!\w))?"
    rf"|{CIRCLED}|[^\W\d_ªº]+(?:[ -]?(?:{SUFFIXES})\b)?)\s?"
    r"(?P<after>[)\]）、.:º°ª-]{0,3})"
)
_SERIES = re.compile(r"(?P<series>PP|OP)\s?|(?:Nr|No|N|Núm|Num)[.°º]{0,2}\s?(?=\d)")
_PLAIN = re.compile(r"(?P<digits>\d+)(?P<suffix>[a-z]*)")


class Reading(NamedTuple):
    """What a numeral may count: the fifth number, letter or Roman numeral; 12a counts after 12."""

    system: str
    value: int
    suffix: str = ""


class Numeral(NamedTuple):
    """One numeral of a label: the signs around it, its part of an id, and how it may be read.

    `levels` are the numbers of one that counts in several at once, as 5.1.2 does.
    """

    signs: str
    key: str
    readings: tuple[Reading, ...]
    levels: tuple[str, ...] = ()


class Counted(NamedTuple):
    """The part that a label names, if it names one, and the numerals behind it."""

    unit: Named | None
    numerals: tuple[Numeral, ...]


@lru_cache(maxsize=4096)
def counted(label: str) -> Counted:
    """`label` as it counts: `Art. 4(2)` is the article 4 and the numeral `(2)`."""
    bare = label.strip()
    unit = named(bare)
    series = _SERIES.match(bare)
    start = unit.end if unit else series.end() if series else 0
    numerals = tuple(_numeral(found) for found in _NUMBER.finditer(bare, start))
    if series and series["series"] and numerals:
        numerals = (numerals[0]._replace(signs=series["series"].lower()), *numerals[1:])
    if unit and unit.code == "para":  # "Paragraph 5" counts as 5 does
        return Counted(None, (Numeral("¶", unit.number, _number(unit.number)), *numerals))
    return Counted(unit, numerals)


def _number(key: str) -> tuple[Reading, ...]:
    found = _PLAIN.fullmatch(key)
    return (Reading("number", int(found["digits"]), found["suffix"]),) if found else ()


def _numeral(found: re.Match[str]) -> Numeral:
    token = found["token"]
    signs = f"{found['before']}0{found['after'].rstrip('-:ºª°')}"
    if any(sign.isdecimal() for sign in token):
        key = number_key("".join(token.split()))
        levels = tuple(key.split("-"))
        if len(levels) > 1:
            return Numeral(signs, key, (), levels)
        return Numeral(signs, key, _number(key))
    return Numeral(signs, label_key(token) or digits(token).lower(), _letters(token))


def _letters(token: str) -> tuple[Reading, ...]:
    word, _, suffix = token.partition(" ")
    case = "capital " if word.isupper() and word.lower() != word else ""
    found = [Reading(f"{case}{name}", value, suffix) for name, value in letter_values(word)]
    if value := value_of(word):
        system = "roman" if word.isascii() else "chinese"
        found.insert(0, Reading(f"{case}{system}", value, suffix))
    return (*found, *_pairs(word, case))


def _pairs(word: str, case: str) -> Iterator[Reading]:
    """Two letters may also count in pairs (aa, bb), or stand behind a letter (ab behind a)."""
    if len(word) != 2:  # noqa: PLR2004
        return
    first, second = word[0].lower(), word[1].lower()
    for system, value in letter_values(first):
        if first == second:
            yield Reading(f"{case}paired {system}", value)
        if word.isascii():
            yield Reading(f"{case}{system}", 0 if first == "z" != second else value, second)
