"""A passage's text in, all that it cites out: documents, and paragraphs of them or of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from indexer.references import words
from indexer.references.families import FAMILIES, Family, tells_of_resolutions
from indexer.references.pinpoints import Pinpoint, bracketed, pinpoints
from indexer.references.values import Reference

_GOES_ON = frozenset("0123456789/.,ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_NUMBER = re.compile(r"\d|\([a-z]")
_SPACES = frozenset("\u00a0\u202f\t\n")
_AS_SPACE = dict.fromkeys(map(ord, _SPACES), " ")
_BLANK = re.compile(r"\s*,?\s*第?")
_WORD = re.compile(r"[^\s,;]+")
_LONGEST = 160  # characters of the head of a name
_MOST_BETWEEN = 8  # words between a part and its document
_BEHIND = re.compile(
    r"(?:\s?号决议|\s?號決議)?的?(?:附件)?\s?[,;:(（]?\s?"
    r"(?:per\s[^.;()\d]{1,40}\s)?(?:(?:at|in|en|dans|au|aux|à|im|в|во|في|see)\s)?"
    r"(?:the\s|its\s|su\s|son\s|sa\s)?"
)
_AND = re.compile(rf"\s*+,?\s*+(?:{words.AND})\s++|\s*+,\s*+")
_COMMA = re.compile(r"\s*+,\s++|\s++")


class Named(NamedTuple):
    """A document named in a text; `place` is the local id that an address of ours has with it."""

    start: int
    end: int
    name: str
    place: str = ""


def references(text: str, own: str = "") -> list[Reference]:
    """What `text` cites, by place; `own` is the local id of the paragraph that it is, if official.

    A part that is said to be of another document, which is not named so that it is known, is left
    out. The time is linear in the length of the text.
    """
    if not _NUMBER.search(text):
        return []
    text = spaced(text)
    documents, parts = named(text), pinpoints(text)
    return read(text, own, documents, parts) if documents or parts else []


def spaced(text: str) -> str:
    """`text` with each of its white space as a plain space: places stay."""
    return text if _SPACES.isdisjoint(text) else text.translate(_AS_SPACE)


def read(
    text: str, own: str, documents: Sequence[Named], parts: Sequence[Pinpoint]
) -> list[Reference]:
    """The references that `documents` and `parts`, both found in `text`, make together."""
    return sorted(_Reading(text, own, documents).all(parts))


def named(text: str, *, typed: bool = False) -> list[Named]:
    """The documents that are named in `text`; of two that overlap the one of the first family.

    What is `typed` as a citation need not say of what kind it is.
    """
    found: list[Named] = []
    taken: list[tuple[int, int]] = []
    company = True if typed else None  # not known yet
    for family in FAMILIES:
        if family.needs and not any(sign in text for sign in family.needs):
            continue
        if family.in_company and company is None:
            company = tells_of_resolutions(text)
        if family.in_company and not company:
            continue
        for match in _pattern(family.pattern).finditer(text):
            start, end = match.span()
            head = _head(family, text, start)
            if head is None or (family.in_company and text[start - 1 : start] in _GOES_ON):
                continue
            if any(start < last and first < end for first, last in taken):
                continue
            start -= len(head)
            if name := family.name(match, head or text[:start]):
                place = match.groupdict().get("place") or ""
                found.append(Named(start, end, name, place))
                taken.append((start, end))
    return sorted(found)


def _head(family: Family, text: str, at: int) -> str | None:
    """What stands before `at` of a name that is told by its end; None where there is nothing."""
    if not family.head:
        return ""
    found = _pattern(f"(?:{family.head})$").search(text, max(0, at - _LONGEST), at)
    return found[0] if found else None


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class _Reading:
    """The parts that a text cites, each brought to its document."""

    def __init__(self, text: str, own: str, documents: Sequence[Named]) -> None:
        self._text = text
        self._own = own
        self._documents = documents
        self._starts = {each.start: each for each in documents}

    def all(self, parts: Sequence[Pinpoint]) -> Iterator[Reference]:
        """All references, in no order; `parts` are those that the text cites."""
        for each in self._documents:
            yield Reference(each.start, each.end, each.name, each.place)
        for group in _groups(self._text, self._free(parts), self._own):
            yield from self._of(group)
        for each in self._documents:
            if each.name.startswith("[") and (found := bracketed(self._text, each.end)):
                yield from _made([found], each.name, "")

    def _free(self, parts: Sequence[Pinpoint]) -> Sequence[Pinpoint]:
        """The parts that are cited outside the names of documents."""
        taken = [(each.start, each.end) for each in self._documents]
        return [
            each
            for each in parts
            if not any(each.start < last and first < each.end for first, last in taken)
        ]

    def _of(self, group: list[Pinpoint]) -> Iterator[Reference]:
        """The references of parts that are cited together."""
        name = self._document(group)
        return iter(()) if name is None else _made(group, name, "" if name else self._own)

    def _document(self, group: list[Pinpoint]) -> str | None:
        """The name of the document that has these parts; empty for the text's own."""
        end = group[-1].end
        if document := self._after(end) or self._before(group[0].start):
            return document.name
        if same := words.SAME.match(self._text, end):
            last = [each for each in self._documents if each.end <= same.start()]
            return last[-1].name if last else None
        if words.THIS.match(self._text, end):
            return ""
        return self._titled(group[0], end)

    def _titled(self, first: Pinpoint, end: int) -> str | None:
        """The title behind parts, of which the `first` is one; empty where there is none at all."""
        if title := words.TITLE.match(self._text, end):
            return str(title["title"])
        # "at para 29" is a place in a judgment that was cited before.
        if words.OF.match(self._text, end) or self._text.endswith(" at ", 0, first.start):
            return None
        outer = first.above or first.code
        code = words.CODE.match(self._text, end) if outer.startswith(("art", "sec")) else None
        return str(code["title"]) if code else ""

    def _after(self, end: int) -> Named | None:
        """The document that stands behind a part, with words between that only join the two."""
        at = end
        for _ in range(_MOST_BETWEEN):
            at = _blank(self._text, at)
            if document := self._starts.get(at):
                return document
            word = _WORD.match(self._text, at)
            if word is None or not _joins(word[0].casefold()):
                return None
            at = word.end()
        return None

    def _before(self, start: int) -> Named | None:
        """The document that stands before a part: "resolution 1591 (2005), paragraph 3"."""
        for document in reversed(self._documents):
            if document.end <= start:
                between = _BEHIND.match(self._text, document.end)
                return document if between and between.end() >= start else None
        return None


def _blank(text: str, at: int) -> int:
    """The place of the next word from `at` on, behind white space and a comma."""
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _joins(word: str) -> bool:
    """Whether a word only joins a part and its document; of l'Assemblée both halves do."""
    if word in words.BETWEEN:
        return True
    head, sign, rest = word.replace("’", "'").partition("'")
    return bool(sign) and f"{head}'" in words.BETWEEN and rest in words.BETWEEN


def _groups(text: str, found: Sequence[Pinpoint], own: str) -> list[list[Pinpoint]]:
    """Parts that are cited together, with those that are parts of others joined to them."""
    joined: list[Pinpoint] = []
    for pinpoint in found:
        before = joined[-1] if joined else None
        if before and (nested := _nested(text, before, pinpoint, own)):
            joined[-1] = nested
        else:
            joined.append(pinpoint)
    groups = [[each] for each in joined[:1]]
    for before, pinpoint in pairwise(joined):
        between = _AND.match(text, before.end)
        together = between and between.end() == pinpoint.start and before.code == pinpoint.code
        if together:
            groups[-1].append(pinpoint)
        else:
            groups.append([pinpoint])
    return groups


_LEVELS = dict.fromkeys(words.UNITS, 1) | {
    **dict.fromkeys(("annex", "sch", "app"), 0),
    "para": 2,
    "sub": 3,
    "letter": 4,
}


def _nested(text: str, first: Pinpoint, second: Pinpoint, own: str) -> Pinpoint | None:
    """Two parts as one, where one is of the other: "Article 4, paragraph 2", "(a) of Article 4"."""
    between = text[first.end : second.start]
    level, other = _LEVELS[first.code], _LEVELS[second.code]
    if second.code == "sentence":
        return replace(first, end=second.end)
    inner = other > level or (other == level > _LEVELS["para"] and between.isspace())
    if inner and _COMMA.fullmatch(between or " "):
        return second.within(first, own)
    reverse = other < level or (first.code == second.code == "para" and _is_lettered(first))
    if reverse and all(word.casefold() in words.BETWEEN for word in between.split()):
        return first.within(second, own)
    return None


def _is_lettered(pinpoint: Pinpoint) -> bool:
    return not pinpoint.items[0].tokens[0][:1].isdigit()


def _made(group: Sequence[Pinpoint], name: str, own: str) -> Iterator[Reference]:
    for pinpoint in group:
        starts = {pinpoint.items[0]: pinpoint.start}
        for item, label in pinpoint.labels(own):
            yield Reference(starts.get(item, item.start), item.end, name, label)
