"""An element of a web page's tree in; the blocks of text in it, with what tells content, out."""

from selectolax.lexbor import LexborNode

from indexer.document import Block, Kind, NoteMark
from indexer.readers.html.elements import (
    BLOCKS,
    CELLS,
    DROPPED,
    INLINE,
    KINDS,
    LISTS,
    NUMBERED,
    PAGE_FURNITURE,
    PREFORMATTED,
    SECTIONS,
    Attributes,
    is_hidden,
    is_navigation,
    is_plain_element,
    is_quotation,
    is_row,
)
from indexer.readers.html.found import Found
from indexer.readers.html.frames import Frame
from indexer.readers.html.lists import item_labels
from indexer.readers.html.marks import HERE, LOOSE, is_said, loose_marks, note_text, placed, raised
from indexer.readers.html.notes import MARK, find_notes
from indexer.readers.html.numbers import Tables, numbered_lines, own_number
from indexer.readers.html.stylesheet import PLAIN, Styled
from indexer.readers.html.tree import LINE_END, above, attribute, tidy

_CLOSING = BLOCKS | {"a"}  # whose end matters
_MARKING = ("a", "sup", "dt")
_WITH_NOTES = (Kind.PARAGRAPH, Kind.ITEM)
_JOINED = (Kind.HEADING, Kind.ROW, Kind.CODE)  # one block, whatever elements they hold
_WHOLE = (Kind.ROW, Kind.CODE)  # and nothing in them changes what they are
# By names of our own, since Python takes long to look a member of an enumeration up.
_CODE, _HEADING, _ITEM = Kind.CODE, Kind.HEADING, Kind.ITEM
_NOTE, _QUOTE, _ROW = Kind.NOTE, Kind.QUOTE, Kind.ROW


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


class _Walk:
    """Gathers blocks while the elements in `root` open and close."""

    def __init__(self, root: LexborNode, styles: Styled, *, with_hidden: bool) -> None:
        self._styles = styles
        self._hidden = styles.hidden
        self._notes = find_notes(root)
        self._marking = _MARKING if self._notes else ("sup",)
        self._calls: list[str] = []  # of the block: the anchors of the notes that it calls for
        self._raised = ""  # the raised number that the block opens with
        self._with_hidden = with_hidden
        self._found: list[Found] = []
        self._frames = [Frame()]
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
        self._labels: list[tuple[Frame, str]] = []  # given, and waiting for the text they number
        self._sections = sum(node.tag in SECTIONS for node in above(root))
        self._under_heading = False

    def enter(self, node: LexborNode, tag: str) -> bool:
        """Opens the element `node`, unless it is none of the text."""
        attributes = node.attributes
        is_plain = is_plain_element(attributes)
        if is_plain and self._hidden:
            is_plain = node.mem_id not in self._hidden
        if is_plain and tag in INLINE:
            return True
        if self._is_left_out(node, tag, attributes, is_plain=is_plain):
            return False
        if tag in BLOCKS:
            self._open(node, tag, attributes)
        elif tag == "br":
            self._break_line()
        elif tag == "a":
            self._links.append(len(self._texts))
            self._note_anchor(attributes.get("id") or attributes.get("name"))
        elif not is_plain:
            self._note_anchor(attributes.get("id"))
        if not is_plain and (number := own_number(tag, attributes)):
            self._labels.append((self._frames[-1], number))
        return True

    def _is_left_out(
        self, node: LexborNode, tag: str, attributes: Attributes, *, is_plain: bool
    ) -> bool:
        """Whether an element is none of the text; takes in a mark that calls for a note."""
        if tag in DROPPED or (tag in PAGE_FURNITURE and self._is_of_the_page(node, tag)):
            return True
        may_mark = tag in self._marking and self._frames[-1].kind is not _CODE
        if may_mark and self._is_mark(node, tag):
            return True
        if not is_plain and self._is_unseen(node, tag, attributes):
            return True
        return tag in CELLS and self._is_label_cell(node)

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
        if self._start is not None or self._frames[-1].kind is _CODE:
            self._texts.append(text)

    def finish(self) -> list[Found]:
        """What was gathered."""
        self._flush(self._frames[-1])
        return self._found

    def _is_label_cell(self, cell: LexborNode) -> bool:
        """Whether a cell holds only the number of its row, which its text has for a label."""
        if self._frames[-1].kind is _NOTE:
            return bool(MARK.fullmatch(tidy(cell.text())))
        return cell.mem_id in self._label_cells

    def _is_mark(self, node: LexborNode, tag: str) -> bool:
        """Whether an element is the mark of a note, or leads back from one; takes the mark in."""
        if node.mem_id in self._notes.terms:
            return True
        if tag == "sup":
            return self._is_raised_mark(node)
        if node.mem_id in self._notes.calls:
            self._call(self._notes.calls[node.mem_id])
            return True
        leads_back = self._frames[-1].kind is _NOTE and self._notes.back
        return bool(leads_back) and attribute(node, "href")[1:] in self._notes.back

    def _is_raised_mark(self, node: LexborNode) -> bool:
        links = node.css("a")
        calls = [self._notes.calls.get(link.mem_id) for link in links]
        text = tidy(node.text())
        if links:
            known = [call for call in calls if call is not None]
            for call in known:
                self._call(call)
            return bool(known) and len(known) == len(links)
        if not self._start and loose_marks(text) and self._frames[-1].kind in _WITH_NOTES:
            self._raised = loose_marks(text)[0]
            return True
        said = raised(text, "".join(self._texts[-3:]))
        if said == HERE:
            for mark in loose_marks(text):
                self._call(f"{LOOSE}{mark}")
        elif said != text:
            self._texts.append(said)
        return said != text

    def _call(self, anchor: str) -> None:
        """A note is called for here, if this is in a text."""
        if self._start:
            self._texts.append(HERE)
            self._calls.append(anchor)

    def _is_of_the_page(self, node: LexborNode, tag: str) -> bool:
        """Whether a header, say, is the page's; below a heading it opens a part of the text."""
        if node.mem_id in self._notes.notes:
            return False
        return not self._sections and not (tag == "header" and self._under_heading)

    def _is_unseen(self, node: LexborNode, tag: str, attributes: Attributes) -> bool:
        if is_navigation(attributes):
            return True
        if self._with_hidden and tag in BLOCKS:
            return False
        return is_hidden(attributes) or node.mem_id in self._hidden

    def _note_anchor(self, anchor: str | None) -> None:
        if anchor and not self._start:
            self._anchor = anchor

    def _open(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        around = self._frames[-1]
        note = notes.get(node.mem_id) if (notes := self._notes.notes) else None
        is_row = tag == "tr" and around.kind not in _JOINED and not note
        row = self._tables.numbered_row(node) if is_row else None
        depth = around.depth + (tag in LISTS or row is not None)
        if row and around.quoted:
            kind, level = _QUOTE, 0
        elif row and (depth > 1 or not row.label):
            kind, level = _ITEM, depth
        elif note:
            kind, level = _NOTE, 0
        else:
            kind, level = (around.kind, 0) if row else self._place(node, tag, attributes, depth)
        self._boundary(around, kind)
        self._sections += tag in SECTIONS
        frame = around.below(kind, level, depth)
        if attributes:
            frame.take(tag, attributes)
        self._frames.append(frame)
        if note:
            frame.anchor = note[0] or frame.anchor
            self._labels.append((frame, note[1]))
        elif kind is _NOTE:
            frame.anchor = around.anchor
        if row:
            self._label_cells |= row.label_cells
            self._labels.append((frame, row.label))
        if tag in NUMBERED:
            self._item_labels |= item_labels(node, self._styles.lists)
        if tag == "li" and (label := self._item_labels.pop(node.mem_id, "")):
            self._number(frame, label, attributes)

    def _number(self, frame: Frame, label: str, attributes: Attributes) -> None:
        """Gives a list item its number; one that the page writes out itself weighs more."""
        if frame.kind in _JOINED:
            self._texts.append(f"{label} ")
        elif frame.kind is not _NOTE and not own_number("li", attributes):
            self._labels.append((frame, label))

    def _place(self, node: LexborNode, tag: str, own: Attributes, depth: int) -> tuple[Kind, int]:
        around = self._frames[-1]
        kind, level = KINDS.get(tag) or (around.kind, around.level)
        if around.kind in _WHOLE or (around.kind is _NOTE and tag not in PREFORMATTED):
            return around.kind, 0
        if tag == "tr" and is_row(node):
            return _ROW, 0
        if kind is _CODE:
            return kind, 0
        if around.quoted or is_quotation(tag, own):
            return _QUOTE, 0
        return kind, max(depth, 1) if kind is _ITEM else level

    def _boundary(self, frame: Frame, kind: Kind, *, is_cell: bool = False) -> None:
        if not self._texts and not self._cells and not is_cell:
            return
        if kind is not frame.kind or kind not in _JOINED:
            self._flush(frame)
        elif is_cell and kind is _ROW:
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

    def _flush(self, frame: Frame) -> None:
        texts = self._gathered(frame.kind)
        if frame.kind is _NOTE and not any(map(is_said, texts)):
            texts = []  # the brackets around a mark
        if texts and self._start:
            anchor = frame.anchor
            if frame.kind is not _NOTE and not frame.has_own_anchor:
                anchor = self._anchor or anchor
            label = " ".join([label for _, label in self._labels if label])
            linked = self._linked / sum(map(len, texts))
            for text in texts:
                block = self._block(frame, text, label, anchor)
                self._found.append(Found(block, linked, frame.beside, self._start, self._raised))
                label = self._raised = ""
            self._under_heading |= frame.kind is _HEADING
            self._labels, self._anchor = [], ""
        self._texts.clear()
        self._cells.clear()
        self._calls.clear()
        self._start = None
        self._line = self._linked = 0
        self._links = [0] * len(self._links)

    def _block(self, frame: Frame, text: str, label: str, anchor: str) -> Block:
        marks: tuple[NoteMark, ...] = ()
        if self._calls and HERE in text:
            count = text.count(HERE)
            calls, self._calls = self._calls[:count], self._calls[count:]
            text, marks = placed(text, calls)
        if frame.kind is _NOTE and (label or not self._is_within_note(anchor)):
            label, text = note_text(text, label)
        return Block(frame.kind, text, frame.level, label, anchor, note_marks=marks)

    def _is_within_note(self, anchor: str) -> bool:
        """Whether the note with this anchor has begun already."""
        last = self._found[-1].block if self._found else None
        return last is not None and last.kind is _NOTE and last.anchor == anchor

    def _gathered(self, kind: Kind) -> list[str]:
        """What was gathered: one text, or several that its own lines part."""
        text = "".join(self._texts)
        if kind is _CODE:
            lines = text.replace("\u00ad", "").replace("\u00a0", " ").splitlines()
            return list(filter(None, ["\n".join(map(str.rstrip, lines)).strip("\n")]))
        if self._cells:
            cells = [*self._cells, tidy(text)]
            while len(cells) > 1 and not cells[-1]:
                cells.pop()
            text = " | ".join(cells)
        elif LINE_END in text and kind is not _HEADING:
            return numbered_lines(text)
        return list(filter(None, [tidy(text)]))
