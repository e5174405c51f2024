"""Elements of a web page in; the official numbers that rows, items and lines have in them out."""

import re
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from indexer.labels import split_label
from indexer.labels.headings import heading_part
from indexer.labels.named import named
from indexer.labels.plain import opens_plainly
from indexer.labels.units import Rank, rank_of
from indexer.readers.common.bullets import SIGNS
from indexer.readers.html.elements import CELLS, Attributes
from indexer.readers.html.tree import LINE_END, above, tidy

# Where pages keep the number that their style sheet shows before an item.
_OWN = ("data-num", "data-title", "data-label", "data-number", "data-marker")
_LONGEST = 16  # characters of a number
_BULLET = re.compile(f"[{SIGNS}]")
_MOST_NODES = 100
_AGAIN = re.compile(r"Art(?:\.|icle)\s*\w{1,8}")  # the same name for those who read no Chinese
_ENDING = " .:—–-"


class NumberedRow(NamedTuple):
    """A table's row that is a numbered paragraph: its number, and the cells that hold it."""

    label: str
    label_cells: frozenset[int]


def is_label(text: str) -> bool:
    """Whether `text` is an official number and nothing else: `5.`, `(a)`, `Article 4`."""
    return len(text) <= _LONGEST and split_label(f"{text} Xx").label == text


def is_part_name(text: str) -> bool:
    """Whether `text` only names and numbers a part: `Article 5`, `CHAPTER II`, `第一條`."""
    if opens_plainly(text):
        return False
    found = named(text)
    if not found:
        return rank_of_part(text) is Rank.ANNEX
    rest = text[found.end :].strip(_ENDING)
    return not rest or (text[:1] in "第제" and bool(_AGAIN.fullmatch(rest)))


def rank_of_part(text: str) -> Rank | None:
    """The rank of the part that `text` names, with a number or, as the only annex, without one."""
    if found := named(text) or heading_part(text):
        return rank_of(found.code)
    return None


def own_number(tag: str, attributes: Attributes) -> str:
    """The number that the markup of an element keeps for its style sheet to show."""
    if tag != "li":
        return attributes.get("data-num") or ""
    for name in _OWN:
        number = (attributes.get(name) or "").strip()
        if number and (name == "data-num" or is_label(number)):
            return number
    return ""


class Tables:
    """The tables of a page, each looked at once."""

    def __init__(self) -> None:
        self._lists: dict[int, bool] = {}  # identity of a table → whether its rows are paragraphs

    def numbered_row(self, row: LexborNode) -> NumberedRow | None:
        """`row` as a numbered paragraph, where its first cells hold only its number.

        It is none in a table with other rows beside such: there they are the numbers of lines.
        """
        found = _numbered(row)
        table = next((e for e in above(row) if e.tag == "table"), None) if found else None
        if not found or not table:
            return found
        if table.mem_id not in self._lists:
            self._lists[table.mem_id] = all(
                _numbered(each) or not _filled(each)[1:] for each in _rows(table)
            )
        return found if self._lists[table.mem_id] else None


def _numbered(row: LexborNode) -> NumberedRow | None:
    filled = _filled(row)
    if not 2 <= len(filled) <= 3:  # noqa: PLR2004 (a number or two, and the text)
        return None
    *numbers, content = filled
    if any(cell.tag == "th" for cell in filled):
        return None
    texts = [_opening(cell) for cell in numbers]
    if not all(is_label(text) or _BULLET.fullmatch(text) for text in texts):
        return None
    if is_label(_opening(content)):
        return None
    label = "".join(text for text in texts if not _BULLET.fullmatch(text))
    return NumberedRow(label, frozenset(cell.mem_id for cell in numbers))


def _rows(table: LexborNode) -> list[LexborNode]:
    """The rows of `table` itself, not of tables in it."""
    parts = [child for child in table.iter() if child.tag in ("tbody", "thead", "tfoot", "tr")]
    inner = [[part] if part.tag == "tr" else list(part.iter()) for part in parts]
    return [row for rows in inner for row in rows if row.tag == "tr"]


def _filled(row: LexborNode) -> list[LexborNode]:
    return [cell for cell in row.iter() if cell.tag in CELLS and _opening(cell)]


def _opening(cell: LexborNode) -> str:
    """The text of a cell; of a longer one only as much as tells that it is longer."""
    text = ""
    for node in islice(cell.traverse(include_text=True), _MOST_NODES):
        if node.tag == "-text":
            text += node.text_content or ""
            if len(text.strip()) > _LONGEST:
                break
    return tidy(text)


def numbered_lines(text: str) -> list[str]:
    """`text`, whose lines `br` elements end, as one text or as several that its numbers open.

    A line that only names a part ("Article 5") is a text of its own. Numbers count where there
    are two or more: a single one may stand in any sentence.
    """
    lines = [tidy(line) for line in text.split(LINE_END)]
    lines = [line for line in lines if line]
    names = [is_part_name(line) for line in lines]
    numbered = [bool(split_label(line).label) for line in lines]
    if sum(numbered) < 2 and not any(names):  # noqa: PLR2004
        return list(filter(None, [tidy(text)]))
    texts: list[str] = []
    for at, line in enumerate(lines):
        opens = at == 0 or names[at] or names[at - 1] or numbered[at]
        if opens:
            texts.append(line)
        else:
            texts[-1] = tidy(f"{texts[-1]}{LINE_END}{line}")
    return texts
