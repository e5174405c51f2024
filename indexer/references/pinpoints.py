"""Finds the parts that a text cites, "paragraphs 3 and 5 (a)" say, with the labels of each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from indexer.labels.numerals import digits, roman_value
from indexer.references.words import AND, INNER, RELATIVE, SIGNS, TO, UNITS, WITH_ROMAN

_IN_BRACKETS = r"[(（]\s?(?:\d{1,3}[a-zA-Z]{0,2}|[^\W\d_]{1,5})\s?[)）]"
_RANGE = re.compile(r"[(（]\s?\d{1,3}\s?[-–—]\s?\d{1,3}\s?[)）]")  # of "Article 1 (1-4)"
_NOT_YEAR = r"(?!\s?[(（](?:1[89]|20)\d\d[)）])"
_NUMBER = (
    r"\d{1,4}(?:\s?(?:bis|ter|quater)\b(?!\s\d)|[a-zA-Z]{1,2}(?!\w))?(?:\.\d{1,3}){0,3}"
    rf"{_NOT_YEAR}(?![\w/%]|[.,]\d)"
)
_ROMAN = r"[IVXLC]{1,7}\b"
_ITEM = (
    rf"(?:(?:{_NUMBER}|{_ROMAN})(?:\s?{_IN_BRACKETS}){{0,4}}(?:\s?{_RANGE.pattern})?"
    rf"|{_IN_BRACKETS}(?:\s?{_IN_BRACKETS}){{0,3}}|[«“\"'‘]?[a-zа-я][»”\"'’]?\)|[a-z](?!\w))"
)
_UNIT = "|".join(f"(?P<{code}>{words})" for code, words in UNITS.items())
_JOINT = rf"\s*+(?:(?P<comma>[,;])\s*+)?(?:(?P<to>{TO})|(?:{AND})(?![^\W\d_])|(?(comma)|(?!)))\s*+"
_CODE = re.compile(_UNIT, re.IGNORECASE)
# Where a number may begin; what it counts is the word before it. A set of signs stands first in
# each pattern: so Python looks for it fast.
_CANDIDATE = re.compile(r"[\d(（IVXLC][^\s\d]*")
_ROMAN_WORD = re.compile(r"[IVXLC]{1,7}\b")
_OPEN_LETTER = re.compile(r"[a-zа-я][»”\"'’]?\)")
_LETTERED = ("uchst", "ettre", "letra", "letter", "lit.")
_LETTER = re.compile(
    r"(?<=[a-z]{5}\s)(?<=(?:stabe|taben|ettre|ttres|letra|etras|ttera|ttere)\s)[a-z]\b"
    r"|(?<=\blit\.\s)[a-z]\b"
)
_BEFORE = "§¶.Pp"  # signs that stand next to their number
_OPENING = "(（[«“\"'‘„"
_ELIDED = re.compile(r"^(?:[ldn]|qu|(?:d|n|sul?|da)?[ae]ll)['’]", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")  # of "Rules 2009", which are no rule
_COUNTED = frozenset(("no", "no.", "nos", "nos.", "n°", "nº", "#"))
_FAR = 40  # characters before a number in which its word stands
_FIRST = re.compile(_ITEM)
_NEXT = re.compile(rf"{_JOINT}(?P<item>{_ITEM})")
_TOKEN = re.compile(r"\d+(?:\s?(?:bis|ter|quater)\b(?!\s\d)|[a-zA-Z]{1,2}\b)?|[^\W\d_]+")
_CJK_NUMBER = rf"(?:\d{{1,4}}(?:\s?{_IN_BRACKETS}){{0,4}}|{_IN_BRACKETS}){_NOT_YEAR}"
_CJK = re.compile(
    rf"第\s?(?P<items>{_CJK_NUMBER}(?:\s?(?:[、，,和及与或至到]|以及)\s?第?\s?{_CJK_NUMBER}){{0,60}})"
    rf"\s?(?:\([a-z]\))?(?P<sign>[{''.join(SIGNS)}])"
)
_CJK_ITEM = re.compile(rf"(?P<to>[至到])?\s?第?\s?(?P<item>{_CJK_NUMBER})")
_BEHIND = re.compile(
    r"\s?[(（](?P<letter>[a-z]{1,4})[)）]\s?(?:[、和及]\s?[(（][a-z]{1,4}[)）]\s?)*[段分项款]"
)
_MOST = 60  # numbers that a range may stand for
_BRACKETED = re.compile(
    r"\s?,?\s(?:at\s)?(?:paras?\.?\s?|paragraphs?\s|§§?\s?)?\[(?P<first>\d{1,4})\]"
    r"(?P<more>(?:\s?(?:[-–,]|to|and)\s?\[\d{1,4}\]){0,20})"
)


class Item(NamedTuple):
    """A cited number: where it stands, and the numbers and letters that it is made of.

    A number within a range has no characters of its own.
    """

    start: int
    end: int
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """The parts that the characters from `start` to `end` cite, by their `code` (`art`, `para`).

    `above` is the id of what they are parts of, if that is said: `art-5` in "Article 5, para. 2".
    """

    start: int
    end: int
    code: str
    items: tuple[Item, ...]
    above: str = ""

    def labels(self, own: str) -> Iterator[tuple[Item, str]]:
        """Each item with the local id that it asks for; `own` is that of the text itself."""
        for item in self.items:
            if label := self._label(item, own):
                yield item, label

    def _label(self, item: Item, own: str) -> str:
        numbers = "-".join(item.tokens)
        if self.above:
            named = self.code in INNER and not self.above.startswith(("annex", "app", "sch"))
            code = "" if named or self.code in RELATIVE else f"{self.code}-"
            return f"{self.above}-{code}{numbers}"
        counts = item.tokens[0][0].isdigit()
        if self.code in RELATIVE and counts and "para" in own.split("-"):
            return ""  # of what the paragraph is about: a note on an act has "subsection (1)"
        if self.code in RELATIVE or (self.code == "para" and not counts):
            return beside(own, item.tokens)
        if self.code == "para" and own.startswith(("art-", "rule-", "reg-")):
            return beside(own, item.tokens)
        return f"{self.code}-{numbers}"

    def within(self, outer: "Pinpoint", own: str) -> "Pinpoint":
        """These parts as parts of the last one of `outer`."""
        labels = [label for _, label in outer.labels(own)]
        start, end = min(self.start, outer.start), max(self.end, outer.end)
        return replace(self, start=start, end=end, above=labels[-1] if labels else "")


def pinpoints(text: str) -> list[Pinpoint]:
    """The parts that `text` cites, in order; none overlaps another."""
    found: list[Pinpoint] = []
    for at in _candidates(text):
        if found and at < found[-1].end:
            continue
        code, start = _unit_before(text, at)
        if code and (pinpoint := _read(text, code, start, at)):
            found.append(pinpoint)
    if "第" in text:
        found = sorted([*found, *_cjk(text)], key=lambda each: each.start)
    return found


def _candidates(text: str) -> Iterable[int]:
    """The places where a number may begin, in order."""
    found = []
    for match in _CANDIDATE.finditer(text):
        at = match.start()
        before = text[at - 1 : at]
        if not (before.isspace() or (before and before in _BEFORE)):
            continue
        if text[at] in "IVXLC" and not _ROMAN_WORD.match(text, at):
            continue
        found.append(at)
    if text.count(")") > text.count("("):
        found += [each.start() for each in _OPEN_LETTER.finditer(text)]
    if any(word in text for word in _LETTERED):
        found += [each.start() for each in _LETTER.finditer(text)]
    return sorted(found)


def bracketed(text: str, at: int) -> Pinpoint | None:
    """The paragraphs of a judgment in the brackets of a neutral citation: "at [34]"."""
    found = _BRACKETED.match(text, at)
    if not found:
        return None
    items = [
        Item(number.start(), number.end(), (number[0].strip("[]"),))
        for number in re.finditer(r"\[\d{1,4}\]", text[: found.end()])
        if number.start() >= at
    ]
    return Pinpoint(items[0].start, found.end(), "para", tuple(items))


def beside(own: str, tokens: tuple[str, ...], first: int = 2) -> str:
    """The id of the part with `tokens` for its number, near the part `own` or in it.

    In section 5(2)(b), "subsection (3)" is 5(3), "paragraph (a)" is 5(2)(a), and "(i)" below
    it 5(2)(b)(i). `first` is the place of the first number that may be
    another where `own` names no part.
    """
    parts = own.split("-") if own else []
    unit = max((at for at, part in enumerate(parts) if part in UNITS), default=first - 2)
    kind = _kind(tokens[0])
    for at in range(len(parts) - 1, unit + 1, -1):
        if _kind(parts[at]) == kind:
            return "-".join([*parts[:at], *tokens])
    return "-".join([*parts, *tokens]) if parts else ""


def _kind(token: str) -> str:
    if token[:1].isdigit():
        return "digits"
    return "roman" if len(token) > 1 and roman_value(token) else "letter"


def _unit_before(text: str, at: int) -> tuple[str, int]:
    """The code of the part that the word before `at` names, and where it starts; or neither."""
    end = at - text[at - 1].isspace()
    start = text.rfind(" ", max(0, end - _FAR), end) + 1
    if text[start:end].lower() in _COUNTED and start:
        end = start - 1
        start = text.rfind(" ", max(0, end - _FAR), end) + 1
    code, skipped = _code(text[start:end])
    return code, start + skipped


@lru_cache(maxsize=4096)
def _code(word: str) -> tuple[str, int]:
    """The code of the part that `word` names, and how many characters before its name are not."""
    bare = _ELIDED.sub("", word.lstrip(_OPENING))
    found = _CODE.fullmatch(bare) or _CODE.fullmatch(bare.removesuffix("."))
    return (found.lastgroup or "", len(word) - len(bare)) if found else ("", 0)


def _read(text: str, code: str, start: int, at: int) -> Pinpoint | None:
    """The numbers from `at` on, which count parts with this code."""
    first = _FIRST.match(text, at)
    if first is None:
        return None
    if _YEAR.fullmatch(first[0]) and code not in ("art", "para") and text[at - 2 : at] != "§ ":
        return None
    item = _item(code, first, 0, ())
    items = [item] if item else []
    while items and (more := _NEXT.match(text, items[-1].end)):
        item = _item(code, more, "item", items)
        if item is None or (_YEAR.fullmatch(more["item"]) and not _YEAR.fullmatch(first[0])):
            break
        items += [*(_between(items[-1], item) if more["to"] else ()), item]
    return Pinpoint(start, items[-1].end, code, tuple(items)) if items else None


def _item(
    code: str, found: re.Match[str], group: str | int, before: list[Item] | tuple[Item, ...]
) -> Item | None:
    said = found[group]
    tokens = _tokens(code, said)
    if not tokens or (said.isalpha() and said.islower() and code != "letter"):
        return None  # "a" is an article more often than a letter
    if before and not said[0].isdigit() and code not in WITH_ROMAN:
        above = beside("-".join(["x", *before[-1].tokens]), tokens, first=1)
        tokens = tuple(above.split("-")[1:])
    return Item(found.start(group), found.end(group), tokens)


def _tokens(code: str, said: str) -> tuple[str, ...]:
    bare = _RANGE.sub("", said)
    found = ["".join(token.split()).lower() for token in _TOKEN.findall(digits(bare))]
    if found and not found[0][0].isdigit() and said[0].isupper():
        if code not in WITH_ROMAN:
            return ()
        found[0] = str(roman_value(found[0]) or found[0])
    return tuple(found)


def _between(first: Item, last: Item) -> Iterator[Item]:
    """The numbers within a range, none of which stands in the text."""
    *above, low = first.tokens
    *others, high = last.tokens
    if above != others:
        return
    if low.isdigit() and high.isdigit() and int(high) - int(low) <= _MOST:
        between = [str(number) for number in range(int(low) + 1, int(high))]
    elif len(low) == len(high) == 1 and low.isalpha() and high.isalpha():
        between = [chr(sign) for sign in range(ord(low) + 1, ord(high))][:_MOST]
    else:
        return
    for each in between:
        yield Item(first.end, first.end, (*above, each))


def _cjk(text: str) -> Iterator[Pinpoint]:
    for found in _CJK.finditer(text):
        code = SIGNS[found["sign"]]
        items: list[Item] = []
        for each in _CJK_ITEM.finditer(text, found.start("items"), found.end("items")):
            item = _item(code, each, "item", items)
            if item is None:
                continue
            items += [*(_between(items[-1], item) if each["to"] and items else ()), item]
        if items:
            items[-1] = items[-1]._replace(end=found.end())
            items = _with_letter(text, found.end(), items)
            yield Pinpoint(found.start(), items[-1].end, code, tuple(items))


def _with_letter(text: str, at: int, items: list[Item]) -> list[Item]:
    """`items`, the last with the letter behind its sign: 第3段(a)分段."""
    behind = _BEHIND.match(text, at)
    if behind is None:
        return items
    last = items[-1]
    return [*items[:-1], Item(last.start, behind.end(), (*last.tokens, behind["letter"]))]
