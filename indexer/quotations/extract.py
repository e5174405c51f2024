"""The paragraphs of a draft in, the quotations in it out, each with the text beside it.

Quotation marks are data: `_PAIRS` has the marks that open one, each with those that may close it.
Marks within a quotation are part of it. One that goes on in the next paragraph opens again there,
as in English, or just closes further on. A block that is a quotation as a whole needs no marks.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

_PAIRS = {
    "“": "”“",  # English, Chinese; German closes „ with “, and so do some “
    "„": "“”",
    "‟": "”",
    "”": "”",  # Swedish, Finnish
    "«": "»",
    "»": "«»",  # Danish, German; Finnish
    "「": "」",
    "『": "』",
    "﹁": "﹂",
    "〝": "〞〟",
    "❝": "❞",
    "＂": "＂",
    '"': '"',
    "‘": "’",
    "‚": "‘’",
    "‹": "›",
    "›": "‹›",
    "``": "''",
}
_EITHER = frozenset('"＂”»›')  # marks that open or close, as what stands beside them says
_SINGLE = frozenset("‘‚")  # whose closing mark is an apostrophe too
_OPENING = re.compile("|".join(map(re.escape, sorted(_PAIRS, key=len, reverse=True))))
_BEFORE_OPENING = re.compile(r"[\s(\[{—–\-/:،؛;,.。，：；、“„«‘]|[\u2e80-\u9fff\uff00-\uffef]")
# Characters before and after a quotation in which a citation of it is looked for; before it other
# quotations may stand, with one citation of all.
_BEFORE, _BESIDE = 1_000, 240
LONGEST = 10_000  # characters of a quotation that are looked at: some three pages
_LONGEST = 20  # paragraphs that one quotation goes through
_WRAPPED = 120  # characters of a line
_FAR = 2_000  # characters in which a single closing mark is expected
_CLOSING_SINGLE = re.compile(r"’(?!\w)")
_LINE_QUOTED = re.compile(r"^[ \t]*>[ \t>]?", re.MULTILINE)
_PARAGRAPHS = re.compile(r"\n[ \t]*\n+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a draft; `is_quotation` where it is set off as one."""

    text: str
    is_quotation: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """What is quoted, without its marks, with the text before and after it.

    `block` is the paragraph that it begins in, from 0. `is_closed` is false where no closing mark
    came; then it goes to the end of its paragraph. `is_whole` is false where it was longer than
    `LONGEST`, and only its beginning is here.
    """

    text: str
    before: str = ""
    after: str = ""
    block: int = 0
    is_closed: bool = True
    is_whole: bool = True

    def cut(self) -> "Quotation":
        """The quotation, or its beginning where it is too long."""
        if len(self.text) <= LONGEST:
            return self
        text = self.text[: self.text.rfind(" ", LONGEST // 2, LONGEST)]
        return replace(self, text=text, is_whole=False)


def blocks_of(text: str) -> list[Block]:
    """The paragraphs of plain text: parted by empty lines; those with `>` before are quotations.

    Where lines are longer than anybody wraps them, each is a paragraph.
    """
    found = []
    for part in _PARAGRAPHS.split(text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line for line in part.split("\n") if line.strip()]
        if not lines:
            continue
        is_quotation = all(_LINE_QUOTED.match(line) for line in lines)
        is_wrapped = is_quotation or max(map(len, lines)) <= _WRAPPED
        for each in [part] if is_wrapped else lines:
            said = _LINE_QUOTED.sub("", each) if is_quotation else each
            found.append(Block(said.strip(), is_quotation))
    return found


def quotations(blocks: Sequence[Block]) -> Iterator[Quotation]:
    """The quotations of a draft, in order."""
    at, start = 0, 0  # the block, and from where in it
    unclosed: set[str] = set()  # marks that nothing closes in the rest of the block
    while at < len(blocks):
        block = blocks[at]
        if block.is_quotation:
            end = _end_of_blocks(blocks, at)
            if (quotation := _set_off(blocks, at, end)).text.strip():
                yield quotation.cut()
            at, start, unclosed = end, 0, set()
            continue
        opened = _opened(block.text, start, unclosed)
        if opened is None:
            at, start, unclosed = at + 1, 0, set()
            continue
        quotation, where = _closed(blocks, at, opened)
        unclosed = unclosed if where[0] == at else set()
        if quotation.text.strip():
            yield quotation.cut()
        else:
            unclosed.add(opened[0])
        at, start = where


def _end_of_blocks(blocks: Sequence[Block], at: int) -> int:
    """Behind the last of the blocks from `at` on that are quotations, and so one together."""
    end = at + 1
    while end < len(blocks) and blocks[end].is_quotation and end - at < _LONGEST:
        end += 1
    return end


def _set_off(blocks: Sequence[Block], at: int, end: int) -> Quotation:
    texts = [_bare(block.text) for block in blocks[at:end]]
    before = blocks[at - 1].text[-_BEFORE:] if at else ""
    after = blocks[end].text[:_BESIDE] if end < len(blocks) else ""
    return Quotation("\n".join(texts), before, after, at)


def _bare(text: str) -> str:
    """`text` without the marks that stand around all of it."""
    text = text.strip()
    opened = _OPENING.match(text)
    if opened and (closed := _closing(text, opened.end(), opened[0])) and closed[1] == len(text):
        return text[opened.end() : closed[0]].strip()
    return text


def _opened(text: str, start: int, unclosed: Collection[str]) -> re.Match[str] | None:
    """The next mark from `start` on that opens a quotation, and is none of `unclosed`."""
    for found in _OPENING.finditer(text, start):
        if found[0] in unclosed:
            continue
        before = text[found.start() - 1] if found.start() else " "
        after = text[found.end() : found.end() + 1]
        could = found[0] not in _EITHER or bool(_BEFORE_OPENING.match(before))
        if found[0] in _SINGLE:
            could = not before.isalnum()
        if could and after.strip():
            return found
        if could and after.isspace() and found[0] in "«»‹›":  # French has a space within
            return found
    return None


def _closed(
    blocks: Sequence[Block], at: int, opened: re.Match[str]
) -> tuple[Quotation, tuple[int, int]]:
    """The quotation that `opened` begins in block `at`, and where to look on: block and place."""
    mark = opened[0]
    parts: list[str] = []
    for number in range(at, min(at + _LONGEST, len(blocks))):
        text = blocks[number].text
        start = opened.end() if number == at else _goes_on(text, mark)
        if number > at and (start < 0 or blocks[number].is_quotation):
            break
        closing = _closing(text, start, mark)
        if closing:
            parts.append(text[start : closing[0]])
            before = blocks[at].text[: opened.start()][-_BEFORE:]
            after = text[closing[1] :][:_BESIDE]
            said = "\n".join(part.strip() for part in parts)
            return Quotation(said, before, after, at), (number, closing[1])
        parts.append(text[start:])
    text = blocks[at].text
    before = text[: opened.start()][-_BEFORE:]
    # Without an end: its paragraph, unless it is no more than a sign of inches or an apostrophe.
    said = "" if mark in {'"', "‘", "‚", "”", "»", "›", "＂"} else text[opened.end() :].strip()
    where = (at, opened.end()) if not said else (at + 1, 0)
    return Quotation(said, before, "", at, is_closed=False), where


def _goes_on(text: str, mark: str) -> int:
    """Where a quotation goes on in a next paragraph: behind a mark that opens it again, or at once.

    -1 where the mark opens another one there, or might.
    """
    bare = text.lstrip()
    if bare.startswith(mark):
        return len(text) - len(bare) + len(mark)
    is_told = mark not in _EITHER and mark not in _SINGLE  # by its own sign
    opens, closing = text.find(mark), _closing(text, 0, mark) if is_told else None
    is_other = not is_told or (opens >= 0 and (closing is None or opens < closing[0]))
    return -1 if is_other else 0


def _closing(text: str, start: int, mark: str) -> tuple[int, int] | None:
    """The place of the mark that closes what `mark` has opened, if it is in `text`."""
    closers, depth = _PAIRS[mark], 0
    for place in _marks(text, start, mark, closers):
        sign = text[place[0] : place[1]]
        if sign == mark and mark not in closers:
            depth += 1
        elif sign in closers or sign == closers:
            if sign == mark and mark == "“" and _looks_opening(text, place[0]):
                depth += 1
            elif depth:
                depth -= 1
            else:
                return place
    return None


def _marks(text: str, start: int, mark: str, closers: str) -> Iterator[tuple[int, int]]:
    signs = [closers] if mark == "``" else list(closers)
    for found in _any_of(frozenset({mark, *signs})).finditer(text, start):
        place = found.span()
        if mark in _SINGLE and found[0] == "’" and _is_apostrophe(text, place[0], start):
            continue
        if found[0] == '"' and _is_within_word(text, place[0]):
            continue
        yield place


def _looks_opening(text: str, at: int) -> bool:
    """Whether a mark that may open or close stands where one opens."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(_BEFORE_OPENING.match(before or " ")) and after.isalnum()


def _is_within_word(text: str, at: int) -> bool:
    """As in Hebrew acronyms."""
    around = text[at - 1 : at], text[at + 1 : at + 2]
    return all("\u05d0" <= each <= "\u05ea" for each in around if each) and all(around)


def _is_apostrophe(text: str, at: int, start: int) -> bool:
    """Whether ’ parts a word, or follows a plural (States’ rights) with a later one to close."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if after.isalnum():
        return True
    is_plural = before in {"s", "x", "z"} and at > start and text[at + 1 : at + 3].strip().isalpha()
    if not is_plural or not after.isspace():
        return False
    later = _CLOSING_SINGLE.search(text, at + 1, at + _FAR)
    again = text.find("‘", at, at + _FAR)
    return later is not None and (again < 0 or later.start() < again)


@cache
def _any_of(marks: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(marks))))
