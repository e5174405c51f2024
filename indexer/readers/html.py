"""A web page in, its `Document` out: the blocks of its content, and what it states of itself."""

import codecs
import re
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PreformattedString, Tag

from indexer.document import Block, Document, Kind
from indexer.errors import Unreadable
from indexer.readers.encoding import decode
from indexer.readers.furniture import same_words
from indexer.readers.html_metadata import attribute, first_headings, page_metadata, tidy

# What these declarations mean in practice; browsers read them as the wider encoding too.
_WIDER = {"iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
_WIDER |= dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be"), "utf-8")  # or it could not be read


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KINDS = {
    **{f"h{level}": (Kind.HEADING, level) for level in range(1, 7)},
    **dict.fromkeys(("li", "dt", "dd"), (Kind.ITEM, 1)),
    **dict.fromkeys(("pre", "xmp", "listing", "plaintext"), (Kind.CODE, 0)),
    "blockquote": (Kind.QUOTE, 0),
}
_JOINED = (Kind.HEADING, Kind.ROW, Kind.CODE)  # one block, whatever elements they hold
_LISTS = _names("ol ul dl menu dir")
_BLOCKS = _LISTS.union(_KINDS) | _names(
    """address article aside body caption center details dialog div fieldset figcaption figure
    footer form frameset header hgroup hr html legend main noframes p search section summary table
    tbody td tfoot th thead tr"""
)
_DROPPED = _names(
    """annotation annotation-xml audio button canvas datalist head iframe input nav noscript option
    script select style svg template textarea title video"""
)
_DROPPED_ROLES = _names("navigation banner contentinfo search")
_PAGE_FURNITURE = _names("header footer aside")
_SECTIONS = _names("article main section")
_NOT_IN_ROWS = _names("table tr h1 h2 h3 h4 h5 h6")
_ROMAN_SIGNS = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
_ROMAN_VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_ROMAN = tuple(zip(_ROMAN_SIGNS, _ROMAN_VALUES, strict=True))

_EMPTY_LINE = re.compile(r"<br\b[^>]*>\s*<br\b")


def read(data: bytes) -> Document:
    """The document in the web page `data`; raises `Unreadable` where the page shows no text."""
    return read_markup(*_decoded(data))


def read_markup(markup: str, notes: tuple[str, ...] = ()) -> Document:
    """The document in the page `markup`: its content without the page around it, its metadata."""
    soup = _soup(markup)
    root = content_root(soup)
    blocks = _walk(root)
    if not blocks:
        raise Unreadable("shows no text beside navigation and scripts; save it with its text")
    metadata, doubts = page_metadata(soup, root, blocks)
    return Document(metadata, without_title(blocks, metadata.title), (*notes, *doubts))


def read_fragment(markup: str) -> tuple[Block, ...]:
    """All blocks of `markup`, which is content from its first character to its last."""
    return _walk(_soup(markup))


def without_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """`blocks` without the only first-level heading, if all that it says is the title."""
    first = first_headings(blocks)
    if len(first) != 1 or first[0].label or not same_words(first[0].text, title):
        return blocks
    return tuple(block for block in blocks if block is not first[0])


def content_root(soup: BeautifulSoup) -> Tag:
    """The element that holds the document: the one `main`, else the one `article`, else all."""
    for found in (soup.select("main, [role=main]"), soup.find_all("article")):
        if len(found) == 1 and next(found[0].stripped_strings, ""):
            return found[0]
    return soup  # and not its body: a broken page may go on after </body>


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    declared = EncodingDetector.find_declared_encoding(data, is_html=True)
    if not declared or data.startswith(codecs.BOM_UTF8):
        return decode(data), ()
    try:
        encoding = codecs.lookup(declared).name
        return data.decode(_WIDER.get(encoding, encoding)), ()
    except (LookupError, ValueError):
        return decode(data), (f"declares the encoding {declared}, but is not in it",)


def _soup(markup: str) -> BeautifulSoup:
    # The line end in front keeps BeautifulSoup from taking a short text for a file's name.
    return BeautifulSoup("\n" + markup.replace("\0", ""), "lxml")


def _walk(root: Tag) -> tuple[Block, ...]:
    """The blocks in `root`; a loop, since pages nest deeper than Python recurses."""
    walk = _Walk(root)
    stack = [(root, iter(root.contents))]
    while stack:
        node = next(stack[-1][1], None)
        if node is None:
            walk.leave(stack.pop()[0])
        elif isinstance(node, Tag):
            if not walk.drops(node):
                walk.enter(node)
                stack.append((node, iter(node.contents)))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            walk.add(node)  # comments, declarations and the like are the preformatted ones
    return walk.finish()


def _item_labels(numbered: Tag) -> dict[int, str]:
    items = numbered.find_all("li", recursive=False)
    first, step = (len(items), -1) if "reversed" in numbered.attrs else (1, 1)
    number, labels = _integer(numbered, "start", first), {}
    for item in items:
        number = _integer(item, "value", number)
        style = attribute(item, "type") or attribute(numbered, "type")
        labels[id(item)] = f"{_numeral(number, style)}."
        number += step
    return labels


def _integer(tag: Tag, name: str, default: int) -> int:
    text = attribute(tag, name)
    return int(text) if re.fullmatch(r"\s*[+-]?\d{1,9}\s*", text) else default


def _numeral(number: int, style: str) -> str:
    numeral = ""
    if style in ("a", "A") and number > 0:
        while number:
            number, rest = divmod(number - 1, 26)
            numeral = chr(ord("a") + rest) + numeral
    elif style in ("i", "I") and 0 < number < 4000:  # noqa: PLR2004 (Roman numerals end there)
        for sign, value in _ROMAN:
            numeral += sign * (number // value)
            number %= value
    return (numeral if style.islower() else numeral.upper()) or str(number)


@dataclass(slots=True)
class _Frame:
    """An open block element; what it does not set itself, it takes over from the one around it."""

    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    depth: int = 0  # in lists
    anchor: str = ""
    has_own_anchor: bool = False


class _Walk:
    """Gathers blocks while the elements in `root` open and close."""

    def __init__(self, root: Tag) -> None:
        self.blocks: list[Block] = []
        self._frames = [_Frame(anchor=attribute(root, "id"))]
        self._text: list[str] = []  # of the block that is being gathered
        self._cells: list[str] = []  # of the row that is being gathered
        self._has_text = self._after_break = False
        self._anchor = ""  # met since the last block, nearer than that of any element around
        self._item_labels: dict[int, str] = {}
        self._labels: list[tuple[_Frame, str]] = []  # given, and waiting for the text they number
        around = (zip(range(30), tag.parents, strict=False) for tag in root(_NOT_IN_ROWS))
        self._page_rows = {id(parent) for parents in around for _, parent in parents}
        self._sections = sum(tag.name in _SECTIONS for tag in (root, *root.parents))

    def drops(self, tag: Tag) -> bool:
        if tag.name in _PAGE_FURNITURE and not self._sections:
            # A header below a heading opens a part of the text and not the page.
            return tag.name != "header" or all(b.kind is not Kind.HEADING for b in self.blocks)
        hidden = "hidden" in tag.attrs or attribute(tag, "aria-hidden") == "true"
        return hidden or tag.name in _DROPPED or attribute(tag, "role") in _DROPPED_ROLES

    def enter(self, tag: Tag) -> None:
        self._sections += tag.name in _SECTIONS
        anchor = attribute(tag, "id") or (attribute(tag, "name") if tag.name == "a" else "")
        if tag.name in _BLOCKS:
            self._open(tag, anchor)
        elif tag.name == "br":
            self._break_line()
        elif anchor and not self._has_text:
            self._anchor = anchor
        if number := attribute(tag, "data-num"):
            self._labels.append((self._frames[-1], number))

    def leave(self, tag: Tag) -> None:
        self._sections -= tag.name in _SECTIONS
        if tag.name in _BLOCKS and len(self._frames) > 1:
            frame, around = self._frames.pop(), self._frames[-1]
            self._boundary(frame, around.kind, is_cell=tag.name in ("td", "th"))
            while self._labels and self._labels[-1][0] is frame:
                self._labels.pop()

    def add(self, text: str) -> None:
        self._text.append(text)
        if not text.isspace():
            self._has_text, self._after_break = True, False

    def finish(self) -> tuple[Block, ...]:
        self._flush(self._frames[-1])
        return tuple(self.blocks)

    def _open(self, tag: Tag, anchor: str) -> None:
        around = self._frames[-1]
        depth = around.depth + (tag.name in _LISTS)
        kind, level = self._place(tag, around, depth)
        self._boundary(around, kind)
        frame = _Frame(kind, level, depth, anchor or around.anchor, bool(anchor))
        self._frames.append(frame)
        if tag.name == "ol":
            self._item_labels |= _item_labels(tag)
        label = self._item_labels.pop(id(tag), "")
        if kind in _JOINED and label:
            self.add(f"{label} ")
        elif label and not attribute(tag, "data-num"):
            self._labels.append((frame, label))

    def _place(self, tag: Tag, around: _Frame, depth: int) -> tuple[Kind, int]:
        if around.kind in (Kind.ROW, Kind.CODE):
            return around.kind, 0
        if tag.name == "tr" and id(tag) not in self._page_rows and _is_row(tag):
            return Kind.ROW, 0
        kind, level = _KINDS.get(tag.name, (around.kind, around.level))
        return kind, max(depth, 1) if kind is Kind.ITEM else level

    def _boundary(self, frame: _Frame, kind: Kind, *, is_cell: bool = False) -> None:
        if kind is not frame.kind or kind not in _JOINED:
            self._flush(frame)
        elif is_cell and kind is Kind.ROW:
            self._cells.append(tidy("".join(self._text)))
            self._text.clear()
        elif self._text and not self._text[-1].endswith("\n"):
            self._text.append("\n")

    def _break_line(self) -> None:
        if self._after_break and self._frames[-1].kind not in _JOINED:
            self._flush(self._frames[-1])
        self._after_break = self._has_text
        self._text.append("\n")

    def _flush(self, frame: _Frame) -> None:
        if text := self._gathered(frame.kind):
            anchor = (frame.anchor if frame.has_own_anchor else self._anchor) or frame.anchor
            label = " ".join(label for _, label in self._labels)
            self.blocks.append(Block(frame.kind, text, frame.level, label, anchor))
            self._labels, self._anchor = [], ""
        self._text, self._cells = [], []
        self._has_text = self._after_break = False

    def _gathered(self, kind: Kind) -> str:
        text = "".join(self._text)
        if kind is Kind.CODE:
            lines = text.replace("\u00ad", "").replace("\u00a0", " ").splitlines()
            return "\n".join(map(str.rstrip, lines)).strip("\n")
        cells = [*self._cells, tidy(text)]
        while len(cells) > 1 and not cells[-1]:
            cells.pop()
        return tidy(" | ".join(cells))


def _is_row(row: Tag) -> bool:
    """Whether `row` tabulates: it has several cells, and none of them is laid out as a page."""
    cells = row.find_all(("td", "th"), recursive=False)
    laid_out = (c("p", limit=2)[1:] or _EMPTY_LINE.search(str(c)) for c in cells if c.contents[1:])
    return len(cells) > 1 and not any(laid_out)
