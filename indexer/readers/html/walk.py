"""An element of a web page's tree in; the blocks of text in it, with what tells content, out."""

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from indexer.document import Block, Kind
from indexer.readers.html.elements import (
    BLOCKS,
    CELLS,
    DROPPED,
    KINDS,
    LISTS,
    NUMBERED,
    PAGE_FURNITURE,
    SECTIONS,
    Attributes,
    is_beside,
    is_hidden,
    is_navigation,
    is_row,
    keeps_line_ends,
)
from indexer.readers.html.found import Found
from indexer.readers.html.lists import item_labels
from indexer.readers.html.numbers import Tables, numbered_lines, own_number
from indexer.readers.html.stylesheet import PLAIN, Styled
from indexer.readers.html.tree import LINE_END, above, tidy

_CLOSING = BLOCKS | {"a"}  # whose end matters
_JOINED = (Kind.HEADING, Kind.ROW, Kind.CODE)  # one block, whatever elements they hold


def walk(root: LexborNode, styles: Styled = PLAIN, *, with_hidden: bool = False) -> list[Found]:
    """The blocks in `root` in reading order; those that the page does not show only if wanted."""
    gathered = _Walk(root, styles, with_hidden=with_hidden)
    around: list[tuple[LexborNode, str]] = []
    node, tag = root, root.tag or ""
    while True:  # rather than by recursion: pages nest deeper than Python recurses
        after = None
        if tag == "-text":
            gathered.add(node)
        elif not tag.startswith("-") and gathered.enter(node, tag):
            around.append((node, tag))
            after = node.first_child
            if after is None:
                around.pop()
                gathered.leave(tag)
        while after is None and around:
            after = node.next
            if after is None:
                node, tag = around.pop()
                if tag in _CLOSING:
                    gathered.leave(tag)
        if after is None:
            return gathered.finish()
        node, tag = after, after.tag or ""


@dataclass(slots=True)
class _Frame:
    """An open block element; what it does not set itself, it takes over from the one around it."""

    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    depth: int = 0  # in lists, and in rows that are numbered paragraphs
    anchor: str = ""
    has_own_anchor: bool = False
    beside: bool = False
    keeps_lines: bool = False


class _Walk:
    """Gathers blocks while the elements in `root` open and close."""

    def __init__(self, root: LexborNode, styles: Styled, *, with_hidden: bool) -> None:
        self._styles = styles
        self._with_hidden = with_hidden
        self._found: list[Found] = []
        self._frames = [_Frame()]
        self._texts: list[str] = []  # of the block that is being gathered
        self._cells: list[str] = []  # of the row that is being gathered
        self._start: LexborNode | None = None  # the first text of the block
        self._line = 0  # where in the texts the line starts that a `br` would end
        self._links: list[int] = []  # where in the texts each open link starts
        self._linked = 0  # characters of the block in links
        self._anchor = ""  # met since the last block, nearer than that of any element around
        self._item_labels: dict[int, str] = {}
        self._tables = Tables()
        self._label_cells: set[int] = set()  # of numbered rows
        self._labels: list[tuple[_Frame, str]] = []  # given, and waiting for the text they number
        self._sections = sum(node.tag in SECTIONS for node in above(root))
        self._under_heading = False

    def enter(self, node: LexborNode, tag: str) -> bool:
        """Opens the element `node`, unless it is none of the text."""
        if tag in DROPPED or (tag in PAGE_FURNITURE and self._is_of_the_page(tag)):
            return False
        attributes = node.attributes
        if attributes and (is_navigation(attributes) or self._is_unseen(node, tag, attributes)):
            return False
        if tag in CELLS and node.mem_id in self._label_cells:
            self._label_cells.discard(node.mem_id)
            return False
        if tag in BLOCKS:
            self._open(node, tag, attributes)
        elif tag == "br":
            self._break_line()
        elif tag == "a":
            self._links.append(len(self._texts))
            self._note_anchor(attributes.get("id") or attributes.get("name"))
        elif attributes:
            self._note_anchor(attributes.get("id"))
        if attributes and (number := own_number(tag, attributes)):
            self._labels.append((self._frames[-1], number))
        return True

    def leave(self, tag: str) -> None:
        """Closes an element that was opened."""
        if tag == "a":
            self._linked += sum(map(len, self._texts[self._links.pop() :]))
        elif tag in BLOCKS:
            self._sections -= tag in SECTIONS
            frame, around = self._frames.pop(), self._frames[-1]
            self._boundary(frame, around.kind, is_cell=tag in CELLS)
            while self._labels and self._labels[-1][0] is frame:
                self._labels.pop()

    def add(self, node: LexborNode) -> None:
        """Takes in a piece of text; space before a block's first word is none of it."""
        text = node.text_content or ""
        if self._frames[-1].keeps_lines and "\n" in text:
            for at, line in enumerate(text.split("\n")):
                if at:
                    self._break_line()
                self._add_text(node, line)
        else:
            self._add_text(node, text)

    def _add_text(self, node: LexborNode, text: str) -> None:
        if self._start is None and not text.isspace():
            self._start = node
        if self._start or self._frames[-1].kind is Kind.CODE:
            self._texts.append(text)

    def finish(self) -> list[Found]:
        """What was gathered."""
        self._flush(self._frames[-1])
        return self._found

    def _is_of_the_page(self, tag: str) -> bool:
        """Whether a header, say, is the page's; below a heading it opens a part of the text."""
        return not self._sections and not (tag == "header" and self._under_heading)

    def _is_unseen(self, node: LexborNode, tag: str, attributes: Attributes) -> bool:
        if self._with_hidden and tag in BLOCKS:
            return False
        return is_hidden(attributes) or node.mem_id in self._styles.hidden

    def _note_anchor(self, anchor: str | None) -> None:
        if anchor and not self._start:
            self._anchor = anchor

    def _open(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        around = self._frames[-1]
        row = (
            self._tables.numbered_row(node) if tag == "tr" and around.kind not in _JOINED else None
        )
        depth = around.depth + (tag in LISTS or row is not None)
        if row and (depth > 1 or not row.label):
            kind, level = Kind.ITEM, depth
        else:
            kind, level = (around.kind, 0) if row else self._place(node, tag, around, depth)
        self._boundary(around, kind)
        self._sections += tag in SECTIONS
        anchor = attributes.get("id") or ""
        beside = around.beside or bool(attributes and is_beside(attributes))
        keeps_lines = around.keeps_lines or bool(attributes and keeps_line_ends(attributes))
        frame = _Frame(
            kind, level, depth, anchor or around.anchor, bool(anchor), beside, keeps_lines
        )
        self._frames.append(frame)
        if row:
            self._label_cells |= row.label_cells
            self._labels.append((frame, row.label))
        if tag in NUMBERED:
            self._item_labels |= item_labels(node, self._styles.lists)
        if tag == "li" and (label := self._item_labels.pop(node.mem_id, "")):
            self._number(frame, label, attributes)

    def _number(self, frame: _Frame, label: str, attributes: Attributes) -> None:
        """Gives a list item its number; one that the page writes out itself weighs more."""
        if frame.kind in _JOINED:
            self._texts.append(f"{label} ")
        elif not own_number("li", attributes):
            self._labels.append((frame, label))

    def _place(self, node: LexborNode, tag: str, around: _Frame, depth: int) -> tuple[Kind, int]:
        if around.kind in (Kind.ROW, Kind.CODE):
            return around.kind, 0
        if tag == "tr" and is_row(node):
            return Kind.ROW, 0
        kind, level = KINDS.get(tag, (around.kind, around.level))
        return kind, max(depth, 1) if kind is Kind.ITEM else level

    def _boundary(self, frame: _Frame, kind: Kind, *, is_cell: bool = False) -> None:
        if not self._texts and not self._cells and not is_cell:
            return
        if kind is not frame.kind or kind not in _JOINED:
            self._flush(frame)
        elif is_cell and kind is Kind.ROW:
            self._cells.append(tidy("".join(self._texts)))
            self._texts.clear()
            self._line = 0
        elif self._texts and not self._texts[-1].endswith("\n"):
            self._texts.append("\n")

    def _break_line(self) -> None:
        """A line ends; a second end right after it ends the paragraph."""
        if any(map(str.strip, self._texts[self._line :])):
            self._texts.append(LINE_END)
            self._line = len(self._texts)
        elif self._line and self._frames[-1].kind not in _JOINED:
            self._flush(self._frames[-1])

    def _flush(self, frame: _Frame) -> None:
        texts = self._gathered(frame.kind)
        if texts and self._start:
            anchor = (frame.anchor if frame.has_own_anchor else self._anchor) or frame.anchor
            label = " ".join(label for _, label in self._labels if label)
            linked = self._linked / sum(map(len, texts))
            for text in texts:
                block = Block(frame.kind, text, frame.level, label, anchor)
                self._found.append(Found(block, linked, frame.beside, self._start))
                label = ""
            self._under_heading |= frame.kind is Kind.HEADING
            self._labels, self._anchor = [], ""
        self._texts.clear()
        self._cells.clear()
        self._start = None
        self._line = self._linked = 0
        self._links = [0] * len(self._links)

    def _gathered(self, kind: Kind) -> list[str]:
        """What was gathered: one text, or several that its own lines part."""
        text = "".join(self._texts)
        if kind is Kind.CODE:
            lines = text.replace("\u00ad", "").replace("\u00a0", " ").splitlines()
            return list(filter(None, ["\n".join(map(str.rstrip, lines)).strip("\n")]))
        if self._cells:
            cells = [*self._cells, tidy(text)]
            while len(cells) > 1 and not cells[-1]:
                cells.pop()
            text = " | ".join(cells)
        elif LINE_END in text and kind is not Kind.HEADING:
            return numbered_lines(text)
        return list(filter(None, [tidy(text)]))
