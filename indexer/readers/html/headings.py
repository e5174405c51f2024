"""Blocks of a web page in; the same with lines such as "Article 5" made headings out.

Acts and treaties on the web seldom use the elements for headings: a line that names a part of the
document, bold or centred or alone, stands in their place, and the part's title in the line below.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from indexer.analysis.scripts import EAST_ASIAN
from indexer.document import Block, Kind
from indexer.labels import split_label
from indexer.labels.named import Named, named
from indexer.labels.plain import opens_plainly
from indexer.labels.units import Rank, rank_of
from indexer.readers.common.furniture import ends_sentence
from indexer.readers.html.elements import BLOCKS, CELLS
from indexer.readers.html.found import Found
from indexer.readers.html.numbers import is_part_name, rank_of_part
from indexer.readers.html.ranks import ranked
from indexer.readers.html.tree import above, attribute, tidy

_LONGEST = 200  # characters of a heading
_LONGEST_CELL = 300  # characters; a longer one lays out a page
_LONGEST_TITLE = 25  # words
_LONGEST_CJK_TITLE = 40  # signs
_GOES_ON = re.compile(r"[,;:—–，；：、-]$")
_EAST_ASIAN = re.compile(f"[{EAST_ASIAN}]")
_LONGEST_REAL = 300  # characters of a heading that the page itself makes one
_PROSE_END = re.compile(r"[,;—–，；]$")
_SEPARATED = re.compile(r"\s*[.:—–-]+\s*(?=\S)|\s+(?=[^\W\d_a-z(])|\s*\(")
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_CENTRED_CLASS = re.compile(r"(?:^|[\s_-])cent(?:er|re)d?(?:$|[\s_-])", re.IGNORECASE)
_BOLD = "b, strong, [style*='font-weight: bold'], [style*='font-weight:bold']"
_SIGN = re.compile(r"[^\W_]")
_RUNNING_HEAD = re.compile(
    r"(?=.*\b\d{1,2}\.\d{1,2}\.\d{4}\b)(?=.*(?:^|\| )[A-Z]{2}(?: |$))(?=.*\b[A-Z]{1,2} ?\d{1,3}/\d)"
)


def with_headings(found: Sequence[Found]) -> list[Found]:
    """`found` with the names of parts as headings, each with its title, at levels by their rank."""
    blocks = [each for each in found if not _is_running_head(each.block)]
    blocks = [_as_paragraph(each) if _is_prose_heading(each.block) else each for each in blocks]
    named_parts = [_as_heading(each) for each in blocks]
    if not any(named_parts):
        return blocks
    together = [part or each for part, each in zip(named_parts, blocks, strict=True)]
    has_levels = all(each in (None, block) for each, block in zip(named_parts, blocks, strict=True))
    return ranked(list(_with_titles(together)), has_levels=has_levels)


def _is_running_head(block: Block) -> bool:
    """Whether a row holds a journal's name, date, language and page, as on its every page."""
    return block.kind is Kind.ROW and bool(_RUNNING_HEAD.match(block.text))


def _as_heading(found: Found) -> Found | None:
    """The heading that a block is: one already, or a line that names a part."""
    block = found.block
    if block.kind is Kind.HEADING:
        return found
    may_be = block.kind is Kind.PARAGRAPH and not block.label and len(block.text) <= _LONGEST
    return _by_line(found) if may_be else None


def _by_line(found: Found) -> Found | None:
    """The heading that a line is, by its words and by its look."""
    block = found.block
    if opens_plainly(block.text):
        return None
    label = split_label(block.text).label
    opens = label or named(block.text) or is_part_name(block.text)
    if not opens or _is_tabulated(found):
        return None
    if is_part_name(block.text):
        return found._replace(block=_heading(block, block.text.strip(" .:—–-")))
    part = named(block.text)
    if part and _names_part(block.text, part, found):
        label = block.text[: part.end].strip()
        return found._replace(block=_heading(block, label))
    if label and _is_emphasised(found, block.text[len(label) :]) and not part:
        return found._replace(block=_heading(block, label))
    return None


def _is_tabulated(found: Found) -> bool:
    """Whether a line stands in a short cell beside others, as in a table of what became of what."""
    cell = next((each for each in above(found.start) if each.tag in CELLS), None)
    row = cell.parent if cell is not None else None
    if cell is None or row is None or len(cell.text()) > _LONGEST_CELL:
        return False
    return sum(each.tag in CELLS and bool(each.text(strip=True)) for each in row.iter()) > 1


def _is_prose_heading(block: Block) -> bool:
    """Whether a page makes a heading of what reads as a paragraph, for the look of it."""
    is_prose = len(block.text) > _LONGEST_REAL or bool(_PROSE_END.search(block.text))
    return block.kind is Kind.HEADING and is_prose


def _as_paragraph(found: Found) -> Found:
    return found._replace(block=replace(found.block, kind=Kind.PARAGRAPH, level=0))


def _heading(block: Block, label: str) -> Block:
    return Block(Kind.HEADING, block.text, int(Rank.UNIT), label, block.anchor)


def _names_part(text: str, part: Named, found: Found) -> bool:
    """Whether `text` is the name of a part, with its title or without, and no sentence."""
    title = text[part.end :]
    if not _SEPARATED.match(title):
        return False
    if rank_of(part.code) < Rank.UNIT and text[:1].isupper() and is_title(title.strip(" .:—–-")):
        return text.isupper() or _is_emphasised(found, title)
    return _is_emphasised(found, title)


def is_title(text: str) -> bool:
    """Whether `text` reads as the title of a part, and not as its first sentence."""
    if not _SIGN.search(text) or ends_sentence(text) or _GOES_ON.search(text):
        return False
    if text[0].islower() or split_label(text).label:
        return False
    if _EAST_ASIAN.search(text):
        return len(text) <= _LONGEST_CJK_TITLE and not any(sign in text for sign in "，；。")
    return len(text.split()) <= _LONGEST_TITLE


def _is_emphasised(found: Found, title: str) -> bool:
    """Whether all of the block is bold or centred, its number aside."""
    around = next((e for e in above(found.start) if e.tag in BLOCKS), None)
    if around is None or len(title) > _LONGEST:
        return False
    if any(_is_centred(element) for element in (around, *_two_above(around))):
        return not ends_sentence(title.rstrip("."))
    bold = "".join(_outermost_bold(around))
    return bool(title.strip()) and len(_SIGN.findall(bold)) >= len(_SIGN.findall(title))


def _two_above(element: LexborNode) -> Iterator[LexborNode]:
    for _, each in zip(range(2), above(element), strict=False):
        yield each


def _is_centred(element: LexborNode) -> bool:
    return (
        element.tag == "center"
        or attribute(element, "align").lower() == "center"
        or bool(_CENTRED.search(attribute(element, "style")))
        or bool(_CENTRED_CLASS.search(attribute(element, "class")))
    )


def _outermost_bold(element: LexborNode) -> Iterator[str]:
    end: LexborNode | None = None
    for bold in element.css(_BOLD):
        if end is not None and any(each.mem_id == end.mem_id for each in above(bold)):
            continue
        end = bold
        yield tidy(bold.text())


def _with_titles(blocks: list[Found]) -> Iterator[Found]:
    """`blocks`, in which the name of a part and its title in the next block are one heading."""
    at = 0
    while at < len(blocks):
        here = blocks[at]
        at += 1
        if _is_title_of(blocks, at):
            here = _joined(here, blocks[at])
            at += 1
        yield here


def _is_title_of(blocks: list[Found], at: int) -> bool:
    """Whether the block at `at` is the title of the part that the one before it names."""
    here = blocks[at - 1].block
    if here.kind is not Kind.HEADING or not is_part_name(here.text) or at + 1 >= len(blocks):
        return False
    after = blocks[at].block
    if rank_of_part(after.text) is not None or after.label:
        return False
    if after.kind is Kind.HEADING:
        return after.level >= here.level and not _has_sisters(blocks, at)
    return after.kind is Kind.PARAGRAPH and is_title(after.text)


def _has_sisters(blocks: list[Found], at: int) -> bool:
    """Whether the heading at `at` is the first of several, and so not the title of their part."""
    level, above_it = blocks[at].block.level, blocks[at - 1].block.level
    for each in blocks[at + 1 :]:
        if each.block.kind is Kind.HEADING:
            if each.block.level <= above_it or is_part_name(each.block.text):
                return False
            if each.block.level == level:
                return True
    return False


def _joined(name: Found, title: Found) -> Found:
    one, other = name.block, title.block
    text = f"{one.text.rstrip(' .:—–-')}: {other.text}"
    label = one.label or one.text
    joined = Block(Kind.HEADING, text, one.level, label, one.anchor or other.anchor)
    return name._replace(block=joined, beside=name.beside and title.beside)
