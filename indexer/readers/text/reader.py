"""The bytes of a plain-text file in, its `Document` out, whatever way its lines are laid out."""

import re
from collections.abc import Iterable, Iterator

from indexer.document import Block, Document, Kind, Metadata
from indexer.errors import Unreadable
from indexer.labels import split_label
from indexer.readers.common.bullets import BULLET
from indexer.readers.common.dates import is_date
from indexer.readers.common.encoding import decoded
from indexer.readers.common.furniture import ends_sentence
from indexer.readers.common.seams import SOFT_HYPHEN
from indexer.readers.text.pages import without_pages
from indexer.readers.text.wrapped import Group, Line, line, paragraphs

_OTHER_LINE_END = re.compile(r"[\r\v\x85\u2028\u2029]")
_SOFT_WITHIN = re.compile(rf"{SOFT_HYPHEN}(?![ \t]*[\r\n])")
_TITLE_LINES = 5
_TITLE_LENGTH = 160  # characters a line
_HEADING_WORDS = 10
_GOES_ON = (",", "，", "、", "،")
_DISTRIBUTION = re.compile(r"\bDistr(?:\.|ibution):", re.IGNORECASE)
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
    text, doubts = decoded(data)
    lines, left_out = without_pages(_lines(text))
    groups = _groups(lines)
    if not groups:
        raise Unreadable("has no text; remove it or put the text in")
    opening, title, body = _split_title(groups)
    origins = {"title": "first lines of the text"} if title else {}
    blocks = (*opening, *_with_headings(paragraphs(body)))
    return Document(Metadata(title=title, origins=origins), blocks, (*doubts, *left_out))


def _lines(text: str) -> list[str]:
    """The lines of `text`; a page's first line keeps its form feed."""
    bare = text.replace("\ufeff", "").replace("\r\n", "\n")
    if SOFT_HYPHEN in bare:  # it says something at a line's end only
        bare = _SOFT_WITHIN.sub("", bare)
    paged = re.sub(r"(?<![\r\n])\f", "\n\f", bare) if "\f" in bare else bare
    return _OTHER_LINE_END.sub("\n", paged).split("\n")


def _groups(lines: Iterable[str]) -> list[Group]:
    groups: list[Group] = [[]]
    for raw in lines:
        if (found := line(raw)).text:
            groups[-1].append(found)
        elif groups[-1]:
            groups.append([])
    return groups if groups[-1] else groups[:-1]


def _split_title(groups: list[Group]) -> tuple[tuple[Block, ...], str, list[Group]]:
    """The masthead that may stand first, the title, and the groups of lines after both."""
    masthead: list[Block] = []
    while groups and _is_masthead(groups[0][0].text):
        first, *rest = groups
        masthead.append(Block(Kind.PARAGRAPH, first[0].text))
        groups = [first[1:], *rest] if first[1:] else rest
    title, body = _title_first(groups) if groups else ("", [])
    return tuple(masthead), title, body


def _is_masthead(text: str) -> bool:
    """Whether a line says when and for whom a document was printed, rather than what it is."""
    return is_date(text) or bool(_DISTRIBUTION.search(text))


def _title_first(groups: list[Group]) -> tuple[str, list[Group]]:
    """The title in the first lines, or an empty one, and the groups of lines after it."""
    first, *rest = groups
    texts = [each.text for each in first]
    count = _count_title_lines(texts)
    left = texts[count:]
    after = left[0] if left else rest[0][0].text if rest else ""
    opens = not left or _opens_body(texts[count - 1 : count], left)
    if not after or not opens or _runs_on(texts[:count], after):
        return "", groups
    return _join_title(texts[:count]), [first[count:], *rest] if left else rest


def _count_title_lines(group: list[str]) -> int:
    for count, text in enumerate(group):
        if ends_sentence(text) or len(text) > _TITLE_LENGTH or split_label(text).label:
            return count
        if not any(map(str.isalpha, text)):
            return count
    return len(group) if len(group) <= _TITLE_LINES else 0


def _runs_on(title: list[str], after: str) -> bool:
    """Whether lines are a salutation, or the start of a sentence, rather than a title."""
    goes_on = after[:1].islower() and not is_date(after)
    return bool(title) and (title[-1].rstrip("* ").endswith(",") or goes_on)


def _opens_body(title_end: list[str], left: list[str]) -> bool:
    """Whether lines right below title lines are the text: numbered, or clearly longer."""
    return bool(title_end) and (
        bool(split_label(left[0]).label) or len(left[0]) > 2 * len(title_end[0])
    )


def _join_title(lines: list[str]) -> str:
    title = ""
    for text in lines:
        if not title:
            title = text
        elif text[0].islower() or title.endswith((",", "-", "–", "—")):
            title = f"{title} {text}"
        else:
            title = f"{title}: {text}"
    return title


def _with_headings(groups: list[list[Line]]) -> Iterator[Block]:
    number = ""  # a line such as "CHAPTER I" that waits for its title
    for at, group in enumerate(groups):
        after = groups[at + 1][0].text if at + 1 < len(groups) else ""
        text = group[0].text
        if len(group) > 1 or not _is_heading(text, after):
            yield from _heading(number)
            yield from map(_block, group)
            number = ""
        elif number and not _is_ranked(text):
            yield from _heading(f"{number}: {text}")
            number = ""
        else:
            yield from _heading(number)
            number = text if _is_ranked(text) else ""
            yield from _heading("" if number else text)


def _heading(text: str) -> Iterator[Block]:
    if text:
        yield Block(Kind.HEADING, text, level=_rank(text))


def _is_heading(text: str, after: str) -> bool:
    """A short line without a full stop is a heading where a longer paragraph follows it."""
    if len(text.split()) > _HEADING_WORDS or ends_sentence(text) or not after:
        return False
    if text.endswith(_GOES_ON):  # "Mr. President,"
        return False
    if BULLET.match(text) or split_label(text).label or is_date(text):
        return False
    if _is_ranked(text):
        return True
    titled = text[0].isupper() or text[0].isdigit()
    return titled and (len(after) > 2 * len(text) or _is_ranked(after))


def _is_ranked(text: str) -> bool:
    return any(pattern.match(text) for _, pattern in _RANKED)


def _rank(text: str) -> int:
    """The level of a heading: by its word (Chapter, Section, Article), else by its capitals."""
    for level, pattern in _RANKED:
        if pattern.match(text):
            return level
    return 1 if text.isupper() else 4


def _block(paragraph: Line) -> Block:
    if bullet := BULLET.match(paragraph.text):
        return Block(Kind.ITEM, paragraph.text[bullet.end() :], level=1)
    return Block(Kind.ROW if paragraph.is_row else Kind.PARAGRAPH, paragraph.text)
