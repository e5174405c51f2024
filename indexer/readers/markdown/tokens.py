"""The tokens of parsed Markdown, made to say what its author wrote."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from indexer.labels import split_label

_MARGIN = re.compile(r"[ \t>]*")
_BULLET = re.compile(r"[*+•–—-](?:\s+|$)")
_CODE = re.compile(r"[={}<>]|\(\)")
_BLANK = re.compile(r"\n\s*\n")
_CELL_END = re.compile(r"(?<!\\)\|")


def with_bare_numbers(tokens: Sequence[Token]) -> list[Token]:
    """`tokens`, with the number of an item that has no text as a text of its own."""
    kept: list[Token] = []
    for token in tokens:
        above = kept[-1] if kept else token
        if token.type == "list_item_close" and above.type == "list_item_open" and above.info:
            text = f"{above.info}{above.markup}"
            above.info, above.tag, token.tag = "", "div", "div"
            kept.append(_inline(text, token.level + 1))
        kept.append(token)
    return kept


def with_surplus_cells(tokens: Sequence[Token], lines: Sequence[str]) -> list[Token]:
    """`tokens`, with the cells of a row that is longer than its table's head."""
    kept: list[Token] = []
    columns, row = 0, 0
    for token in tokens:
        if token.type == "table_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map:
            row = token.map[0]
        elif token.type == "tr_close":
            cells = _CELL_END.split(lines[row].strip(" \t>").strip("|"))
            for cell in cells[columns:]:
                kept += _cell(cell.strip().replace("\\|", "|"), token.level + 1)
        kept.append(token)
    return kept


def _inline(text: str, level: int) -> Token:
    return Token("inline", "", 0, level=level, block=True, content=text, children=[])


def _cell(text: str, level: int) -> Iterator[Token]:
    yield Token("td_open", "td", 1, level=level, block=True)
    yield _inline(text, level + 1)
    yield Token("td_close", "td", -1, level=level, block=True)


class _List:
    """A list that is open: the column of its marker, and what is put behind its end."""

    def __init__(self, column: int, tail: Sequence[Token] = ()) -> None:
        self.column = column
        self.tail = tail
        self.written = ""  # the label of its last item as written
        self.number = 0  # and as meant


def nested_lists(tokens: Sequence[Token], lines: Sequence[str]) -> list[Token]:
    """`tokens`, with a list that stands right below another and further right in its last item."""
    kept: list[Token] = []
    open_lists: list[_List] = []
    column = 0  # of the list that was closed last
    for token in tokens:
        if token.type.endswith("_list_open") and token.map:
            own = _column(lines[token.map[0]])
            nests = bool(kept) and kept[-1].type.endswith("_list_close") and own > column
            tail = [kept.pop(-2), kept.pop()] if nests else []  # the ends of an item and a list
            open_lists.append(_List(own, tail))
        kept.append(token)
        if token.type.endswith("_list_close"):
            closed = open_lists.pop()
            column = column if closed.tail else closed.column
            kept += closed.tail
    return kept


def _column(line: str) -> int:
    margin = _MARGIN.match(line.expandtabs(4))
    return margin.end() if margin else 0


def with_nested_text(tokens: Sequence[Token]) -> list[Token]:
    """`tokens`, with what is indented as text if it is that: numbered below an item, or bulleted.

    Laws nest `aa)` by indentation, which is no marker of Markdown, so that it looks like code.
    """
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("list_item") else 0
        if token.type == "code_block" and _is_text(token.content, is_below=bool(depth)):
            texts = (" ".join(text.split()) for text in _BLANK.split(token.content.strip()))
            for text in texts:
                bullet = _BULLET.match(text)
                kept += _item(text[bullet.end() :] if bullet else text, token.level)
        else:
            kept.append(token)
    return kept


def _is_text(indented: str, *, is_below: bool) -> bool:
    if is_below and split_label(indented).label:
        return True
    return bool(_BULLET.match(indented.lstrip())) and not _CODE.search(indented)


def _item(text: str, level: int) -> Iterator[Token]:
    yield Token("bullet_list_open", "ul", 1, level=level, block=True)
    yield Token("list_item_open", "li", 1, level=level, block=True)
    yield _inline(text, level + 1)
    yield Token("list_item_close", "li", -1, level=level, block=True)
    yield Token("bullet_list_close", "ul", -1, level=level, block=True)


def numbered(tokens: Sequence[Token]) -> list[Token]:
    """`tokens`, with each item's own number; who writes 1. 1. 1. means 1. 2. 3."""
    open_lists: list[_List] = []
    for token in tokens:
        if token.type.endswith("_list_open"):
            open_lists.append(_List(0))
        elif token.type.endswith("_list_close"):
            open_lists.pop()
        elif token.type == "list_item_open" and token.info:
            around = open_lists[-1]
            repeats = token.info == around.written == "1"
            around.number = around.number + 1 if repeats else int(token.info)
            around.written = token.info
            number = around.number if repeats else token.info
            token.attrSet("data-num", f"{number}{token.markup}")
    return list(tokens)
