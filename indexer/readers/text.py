"""The bytes of a plain-text file in, its `Document` out, whatever way its lines are laid out."""

import itertools
import re
from collections.abc import Iterator

from indexer.document import Block, Document, Kind, Metadata
from indexer.errors import Unreadable
from indexer.labels import split_label
from indexer.readers.dates import is_date
from indexer.readers.encoding import decode
from indexer.readers.furniture import ends_sentence

Group = list[str]  # neighbouring lines with no blank line between them, stripped

_BULLET = re.compile(r"[•‣▪●○■◦*–—-]\s+(?=\S)")
_TITLE_LINES = 5
_TITLE_LENGTH = 160  # characters a line
_HEADING_WORDS = 10
_WIDEST_WRAP = 140  # characters; nobody wraps by hand wider than this
_FORCED = 0.6  # the share of line breaks that had to be, from which on a text counts as wrapped
_RANKED = (
    (1, re.compile(r"(?:PART|CHAPTER|TITLE|ANNEX|APPENDIX|SCHEDULE)\b", re.IGNORECASE)),
    (2, re.compile(r"(?:SECTION|[IVX]{1,5}\.)(?:\s|$)", re.IGNORECASE)),
    (3, re.compile(r"(?:ARTICLE|RULE|§)\s*\d", re.IGNORECASE)),
)


def read(data: bytes) -> Document:
    """The document in `data`.

    Paragraphs are separated by blank lines or are one line each, whichever the file does; wrapped
    lines are joined; a line that opens with an official number opens a paragraph. Raises
    `Unreadable` where there is no text.
    """
    groups = _groups(decode(data))
    if not groups:
        raise Unreadable("has no text; remove it or put the text in")
    opening, title, body = _split_title(groups)
    wrapped = _is_wrapped(body)
    paragraphs = [_paragraphs(group, wrapped=wrapped) for group in body]
    origins = {"title": "first lines of the text"} if title else {}
    return Document(Metadata(title=title, origins=origins), (*opening, *_with_headings(paragraphs)))


def _groups(text: str) -> list[Group]:
    groups: list[Group] = [[]]
    for raw in text.splitlines():
        if line := " ".join(raw.replace("\u00ad", "").replace("\ufeff", "").split()):
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return groups if groups[-1] else groups[:-1]


def _split_title(groups: list[Group]) -> tuple[tuple[Block, ...], str, list[Group]]:
    """The date line that may stand first, the title, and the groups of lines after both."""
    first, *rest = groups
    if is_date(first[0]):
        date = Block(Kind.PARAGRAPH, first[0])
        after = [first[1:], *rest] if first[1:] else rest
        _, title, body = _split_title(after) if after else ((), "", [])
        return (date,), title, body
    count = _count_title_lines(first)
    left = first[count:]
    if not (left or rest) or (left and not _opens_body(first[count - 1 : count], left)):
        return (), "", groups
    return (), _join_title(first[:count]), [left, *rest] if left else rest


def _count_title_lines(group: Group) -> int:
    for count, line in enumerate(group):
        if ends_sentence(line) or len(line) > _TITLE_LENGTH or split_label(line).label:
            return count
    return len(group) if len(group) <= _TITLE_LINES else 0


def _opens_body(title_end: Group, left: Group) -> bool:
    """Whether lines right below title lines are the text: numbered, or clearly longer."""
    return bool(title_end) and (
        bool(split_label(left[0]).label) or len(left[0]) > 2 * len(title_end[0])
    )


def _join_title(lines: Group) -> str:
    title = ""
    for line in lines:
        if not title:
            title = line
        elif line[0].islower() or title.endswith((",", "-", "–", "—")):
            title = f"{title} {line}"
        else:
            title = f"{title}: {line}"
    return title


def _is_wrapped(groups: list[Group]) -> bool:
    """Whether lines end because they were full: the next word would not have fitted."""
    breaks = [
        (len(line), len(line) + 1 + len(after.split(maxsplit=1)[0]), not split_label(after).label)
        for group in groups
        for line, after in itertools.pairwise(group)
    ]
    width = max((length for length, _, _ in breaks), default=0)
    if not breaks or width > _WIDEST_WRAP:
        return False
    within = [full > width - 1 for _, full, inside in breaks if inside]
    return bool(within) and sum(within) >= _FORCED * len(within)


def _paragraphs(group: Group, *, wrapped: bool) -> list[str]:
    if not wrapped:
        return group
    paragraphs: list[str] = []
    for line in group:
        if paragraphs and not _opens_paragraph(paragraphs[-1], line):
            glue = "" if re.search(r"\w-$", paragraphs[-1]) else " "
            paragraphs[-1] = f"{paragraphs[-1]}{glue}{line}"
        else:
            paragraphs.append(line)
    return paragraphs


def _opens_paragraph(before: str, line: str) -> bool:
    """Whether `line`, inside a wrapped group, starts a paragraph: a number or a bullet says so."""
    if _BULLET.match(line):
        return True
    return bool(split_label(line).label) and (ends_sentence(before) or before.endswith(","))


def _with_headings(groups: list[list[str]]) -> Iterator[Block]:
    number = ""  # a line such as "CHAPTER I" that waits for its title
    for at, group in enumerate(groups):
        after = groups[at + 1][0] if at + 1 < len(groups) else ""
        line = group[0]
        if len(group) > 1 or not _is_heading(line, after):
            yield from _heading(number)
            yield from map(_block, group)
            number = ""
        elif number and not _is_ranked(line):
            yield from _heading(f"{number}: {line}")
            number = ""
        else:
            yield from _heading(number)
            number = line if _is_ranked(line) else ""
            yield from _heading("" if number else line)


def _heading(text: str) -> Iterator[Block]:
    if text:
        yield Block(Kind.HEADING, text, level=_rank(text))


def _is_heading(line: str, after: str) -> bool:
    """A short line without a full stop is a heading where a longer paragraph follows it."""
    if len(line.split()) > _HEADING_WORDS or ends_sentence(line) or not after:
        return False
    if _BULLET.match(line) or split_label(line).label:
        return False
    if _is_ranked(line):
        return True
    titled = line[0].isupper() or line[0].isdigit()
    return titled and (len(after) > 2 * len(line) or _is_ranked(after))


def _is_ranked(line: str) -> bool:
    return any(pattern.match(line) for _, pattern in _RANKED)


def _rank(line: str) -> int:
    """The level of a heading: by its word (Chapter, Section, Article), else by its capitals."""
    for level, pattern in _RANKED:
        if pattern.match(line):
            return level
    return 1 if line.isupper() else 4


def _block(paragraph: str) -> Block:
    if bullet := _BULLET.match(paragraph):
        return Block(Kind.ITEM, paragraph[bullet.end() :], level=1)
    return Block(Kind.PARAGRAPH, paragraph)
