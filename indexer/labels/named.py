"""A text in; the part whose name and number it opens with ("Article 4", "§ 2a", "第五条"), out."""

import re
from typing import NamedTuple

from indexer.labels.numerals import CJK, SUFFIXES, digits, hebrew_value, value_of, word_value
from indexer.labels.units import CJK_CODES, Rank, code_of, rank_of

SUFFIX = rf"(?:[ -]?(?:{SUFFIXES})\b|[a-zA-Z]{{1,2}}(?!\w)|[- ](?:er|re)\b)"

_WORD = re.compile(r"(?P<word>[§¶]{1,2}|[^\d\s.,:;()\[\]（）]{1,18})\.?\s*")
_NUMBER = re.compile(
    rf"(?:(?P<book>[LRDA]|[A-Z]-?)[. ]{{0,2}}(?=\d))?(?P<digits>\d{{1,5}})"
    rf"(?P<suffix>{SUFFIX}|er\b|re\b)?"
    rf"(?P<more>(?:[.–-]\d{{1,4}}[a-zA-Z]?(?!\w))*)[º°ª]?"
)
_IN_BRACKETS = re.compile(r"[(（]\s?(?P<digits>\d{1,4}[a-z]?)\s?[)）]")
_SPACED_LETTER = re.compile(r" (?P<letter>[a-z])(?=[\s.:]+[A-Z(]|[.:]|$)")
_PLURAL = re.compile(r"\d{1,4}[a-z]?\b")
_RANGE = re.compile(r"(?:\s?[-–,]\s?|\s(?:bis|and|und|et|y|e|to)\s)(?P<to>\d{1,4}[a-z]?)\b")
_NAME = re.compile(
    r"(?P<name>[IVXLC]{1,7}|[A-Z]|[^\W\d_]{2,14})(?P<suffix>[ -]?[A-Z]\b)?(?![\w'’])"
)
_CJK = re.compile(
    rf"(?:第|제)\s?(?P<number>{CJK}{{1,7}}|\d{{1,4}})\s?(?P<sign>[{''.join(CJK_CODES)}])"
    rf"(?:\s?[之の의]\s?(?P<more>{CJK}{{1,3}}|\d{{1,2}}))?"
)
_AFTER_NUMBER = re.compile(
    r"(?P<digits>\d{1,4})(?P<suffix>\s?[a-z]\b)?"
    r"(?:\.?\s?|[-‐‑–](?:(?:i|y|u|ü)?n[cj][iyuü]\s|н[жҗ][иыүу]\s|(?:[іы]н)?[шч][іыиүуө]\s)?)"
    r"(?P<word>§|[^\W\d_]{3,14})(?!\w)"
)
_NUMBER_FIRST = frozenset(
    (
        *(
            "§",
            "cikk",
            "artikla",
            "artikkel",
            "artikkeli",
            "artikulua",
            "grein",
            "pants",
            "straipsnis",
            "luku",
            "skyrius",
        ),
        *("бап", "статья", "берене", "модда", "modda", "madda", "мадда", "maddə", "madde"),
        *("тарау", "глава", "боб", "бөлім", "бөлүм", "бўлим", "раздел", "fəsil"),
    )
)
_ONLY_BEHIND = {"bob": "ch"}  # which is a name where it stands first
# A letter or two as a number, so that "סעיף זה", this section, is none.
_HEBREW = re.compile(r"(?P<name>[א-ת]{1,2}[\"״][א-ת]|[א-ת]['׳]|[א-ת]{1,3}(?=\s*(?:[.:)]|$)))")
_TENS = {"بیست": 20, "سی": 30, "چهل": 40, "پنجاه": 50}
_PAIR = re.compile(rf"(?P<tens>{'|'.join(_TENS)})\s?و\s?(?P<one>[^\W\d_]{{3,6}})(?!\w)")
_TEEN = re.compile(r"\sعشرة?(?!\w)")  # الثانية عشرة is the twelfth, of "second" and "ten"
_MORE = re.compile(r"\sوال")  # and الثانية والعشرون the twenty-second


class Named(NamedTuple):
    """A part of a document by its code and its number as ids have it; `end` is where it ends.

    The number is empty where the part has none, as the only annex does.
    """

    code: str
    number: str
    end: int


def named(text: str) -> Named | None:
    """The part that `text` opens with the name and number of, if it does so."""
    first = text[:1]
    if first.isdecimal():
        return _number_first(text)
    if first in "第제":
        return _cjk(text)
    found = _WORD.match(text)
    code = code_of(found["word"]) if found else ""
    if not found or not code:
        return None
    return _numbered(text, code, found) or _by_name(text, code, found.end())


def _numbered(text: str, code: str, word: re.Match[str]) -> Named | None:
    is_plural = word["word"] == "§§"
    found = (_PLURAL if is_plural else _NUMBER).match(text, word.end())
    if not found:
        # Arabic laws and their translations have Article (3); elsewhere (3) counts on its own.
        found = _IN_BRACKETS.match(text, word.end()) if code == "art" else None
        return found and Named(code, number_key(found["digits"]), found.end())
    number, end = number_key(found[0]), found.end()
    if word["word"] == "§" and (letter := _SPACED_LETTER.match(text, end)):
        number, end = number + letter["letter"], letter.end()
    if is_plural and (upto := _RANGE.match(text, end)):
        number, end = f"{number}-{upto['to']}", upto.end()
    return Named(code, number, end)


def _by_name(text: str, code: str, at: int) -> Named | None:
    """A part with a Roman numeral, a letter or a word for its number."""
    if counted := _in_letters(text, code, at):
        return counted
    found = _NAME.match(text, at)
    if not found or text[at - 1 : at].isalpha():
        return None
    name = found["name"]
    value = value_of(name) if name.isupper() or word_value(name) else 0
    if value and "ا" <= name[0] <= "ی":
        teen, more = _TEEN.match(text, found.end()), _MORE.match(text, found.end())
        end = teen.end() if teen else found.end()
        return None if more else Named(code, str(value + 10 if teen else value), end)
    if value:
        suffix = (found["suffix"] or "").strip(" -").lower()
        return Named(code, f"{value}{suffix}", found.end())
    if len(name) == 1 and rank_of(code) < Rank.UNIT:
        return Named(code, name.lower(), found.end("name"))
    return None


def _in_letters(text: str, code: str, at: int) -> Named | None:
    """A part with Hebrew letters, or with the Persian words for twenty and one, for its number."""
    if (hebrew := _HEBREW.match(text, at)) and (value := hebrew_value(hebrew["name"])):
        return Named(code, str(value), hebrew.end())
    if (pair := _PAIR.match(text, at)) and (value := word_value(pair["one"])):
        return Named(code, str(_TENS[pair["tens"]] + value), pair.end())
    return None


def _cjk(text: str) -> Named | None:
    found = _CJK.match(text)
    if not found:
        return None
    more = f"-{value_of(found['more'])}" if found["more"] else ""
    code = CJK_CODES[found["sign"]]
    return Named(code, f"{value_of(found['number'])}{more}", found.end())


def _number_first(text: str) -> Named | None:
    found = _AFTER_NUMBER.match(text)
    word = found["word"].casefold() if found else ""
    if not found or not (word in _NUMBER_FIRST or word in _ONLY_BEHIND):
        return None
    number = number_key(found["digits"] + (found["suffix"] or ""))
    return Named(_ONLY_BEHIND.get(word) or code_of(word), number, found.end())


def number_key(number: str) -> str:
    """A number as ids have it: `4 bis` is `4bis`, `16–1001` is `16-1001`, `2.1` is `2-1`."""
    joined = re.sub(rf"(?<=\d)[ -]?({SUFFIXES})\b", r"\1", digits(number).lower())
    return "-".join(re.findall(r"\d+[a-z]*|[a-z]+\d*", _without_ordinal(joined)))


def _without_ordinal(number: str) -> str:
    return re.sub(r"(?<=\d)[ -]?(?:er|re)\b", "", number)
