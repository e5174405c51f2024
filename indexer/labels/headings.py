"""A heading in, the part of the document that it opens, out: "CHAPTER II General", "§ 4 Zweck"."""

import re
from typing import NamedTuple

from indexer.labels.named import named, number_key
from indexer.labels.numerals import CJK, roman_value, value_of, word_value
from indexer.labels.plain import opens_plainly
from indexer.labels.units import Rank, code_of, rank_of

_WORD_FIRST = re.compile(r"(?P<number>[^\W\d_]{3,12})\s+(?P<word>[^\W\d_]{3,16})(?!\w)")
_NUMBER_FIRST = re.compile(
    r"(?P<number>\d{1,3}[a-z]?|[IVXLC]{1,7})\.\s?(?P<word>[^\W\d_]{3,16})(?![\w-])"
)
_NUMBERED = (
    "teil kapitel abschnitt unterabschnitt titel buch anlage anhang artikel fejezet rész cím könyv"
    " melléklet hlava část oddíl kapitola poglavlje luku osa jagu nodaļa skyrius kapittel avdeling"
)
_HAS_NUMBER_FIRST = frozenset(_NUMBERED.split())
_WORD = re.compile(r"(?P<word>[^\W\d_]{3,16})")
_NO_TITLE = re.compile(r"\s*(?:[\[(:—–-]|$)")
_AFTER = re.compile(r"[.:)\]]?\s*[—–-]*\s*")
_CJK_AGAIN = re.compile(rf"Art\.\s*(?:{CJK}{{1,7}}|\d{{1,4}})\s*")


class HeadingPart(NamedTuple):
    """The part that a heading opens: its code, its number (empty if it has none), its title."""

    code: str
    number: str
    title: str


def heading_part(text: str) -> HeadingPart | None:
    """The part of a document that the heading `text` names, or nothing where it names none."""
    bare = text.strip()
    if opens_plainly(bare):
        return None
    found = _named(bare) or _word_first(bare) or _number_first(bare) or _unnumbered(bare)
    if not found:
        return None
    code, number, end = found
    title = bare[_title_start(bare, end) :]
    goes_on = bare[end : end + 1].isspace() and title[:1].islower()
    joined = bare[end : end + 1].isalnum() and not code_is_cjk(bare)
    return None if goes_on or joined else HeadingPart(code, number, title)


def code_is_cjk(text: str) -> bool:
    """Whether `text` opens with a Chinese, Japanese or Korean ordinal."""
    return text[:1] in ("第", "제")


def _title_start(text: str, end: int) -> int:
    found = _AFTER.match(text, end)
    start = found.end() if found else end
    again = _CJK_AGAIN.match(text, start) if code_is_cjk(text) else None
    return again.end() if again else start


def _named(text: str) -> tuple[str, str, int] | None:
    found = named(text)
    if not found or (text[0].islower() and rank_of(found.code) is Rank.UNIT):
        return None
    return found.code, found.number, found.end


def _word_first(text: str) -> tuple[str, str, int] | None:
    """First Schedule, Erster Teil, Première partie."""
    found = _WORD_FIRST.match(text)
    number = word_value(found["number"]) if found else 0
    code = code_of(found["word"]) if found and number else ""
    return (code, str(number), found.end()) if found and code else None


def _number_first(text: str) -> tuple[str, str, int] | None:
    """1. Abschnitt, II. fejezet: not in English, where "1. Title" is a title."""
    found = _NUMBER_FIRST.match(text)
    if not found or found["word"].casefold() not in _HAS_NUMBER_FIRST:
        return None
    number = str(roman_value(found["number"]) or number_key(found["number"]))
    return code_of(found["word"]), number, found.end()


def _unnumbered(text: str) -> tuple[str, str, int] | None:
    """The only annex or schedule has no number."""
    found = _WORD.match(text)
    code = code_of(found["word"]) if found else ""
    if not found or not code or rank_of(code) is not Rank.ANNEX or text[0].islower():
        return None
    return (code, "", found.end()) if _NO_TITLE.match(text, found.end()) else None


def heading_number(label: str) -> str:
    """The number that a heading's label gives: `2` for "2." and "II.", `2-1` for "2.1", `a`."""
    bare = label.strip(" .:()[]（）、")
    return str(value_of(bare) or number_key(bare))
