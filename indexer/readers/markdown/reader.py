"""The text of a Markdown file in, its `Document` out, numbered as its author numbered it."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import Preprocessor

from indexer.document import Document, Metadata
from indexer.errors import Unreadable
from indexer.readers.common.encoding import decode
from indexer.readers.common.metadata import parse_yaml
from indexer.readers.html.metadata import first_headings
from indexer.readers.html.reader import read_fragment, without_title
from indexer.readers.markdown.links import register

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_ITEM = re.compile(r"(?P<indent> *)(?P<marker>[*+-]|(?P<number>\d{1,9})[.)])(?P<gap> +)(?=\S)")
_RULE = re.compile(r" *(?:(?:\* *){3,}|(?:- *){3,})$")
_NOTE = re.compile(r"\s*\[\^[^\]]+\]:")
_REFERENCE = re.compile(r"\s*\[[^\]]*\]:\s*(?P<target>\S*)")
_ADDRESS = re.compile(r"<.*|#.*|.*[/@].*|.*\.[a-z]\w*", re.IGNORECASE)
_NESTED = re.compile(r" {4,7}((\d+[.)])|[*+-]) +.*")
_WRITTEN = "data-written"
_INDENT = 4  # columns by which the parser wants nested text to stand further right


def read(data: bytes) -> Document:
    """The document in the Markdown file `data`.

    Raises `Unreadable` where there is no text, `BadMetadata` where the front matter is malformed.
    """
    stated, text, notes = _without_front_matter(_normal(decode(data)))
    try:
        blocks = read_fragment(_converter().convert(text))
    except RecursionError as error:
        raise Unreadable("nests lists or quotations too deeply; make them shallower") from error
    if not blocks:
        raise Unreadable("has no text; remove it or put the text in")
    first = first_headings(blocks)
    title = first[0].text if first else ""
    metadata = stated.over(Metadata(title=title, origins={"title": "first heading"}))
    return Document(metadata, without_title(blocks, metadata.title), notes)


def _normal(text: str) -> str:
    return "\n".join(text.removeprefix("\ufeff").splitlines()) + "\n"


def _without_front_matter(text: str) -> tuple[Metadata, str, tuple[str, ...]]:
    found = _FRONT_MATTER.match(text)
    if not found:
        return Metadata(), text, ()
    metadata, notes = parse_yaml(found["yaml"], "front matter")
    return metadata, text[found.end() :], notes


def _converter() -> Markdown:
    return Markdown(extensions=["fenced_code", "def_list", "tables", _SourceNumbers()])


class _SourceNumbers(Extension):
    """Lists as people write them, with the numbers that they wrote."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the parser's name for it)
        register(md)
        # After fenced code (25) and raw HTML (20) have been set aside, whose lines must stay.
        md.preprocessors.register(_Lists(md), "source_lists", 15)
        md.parser.blockprocessors.register(_NumberedList(md.parser), "olist", 40)
        md.parser.blockprocessors.register(_BulletList(md.parser), "ulist", 30)
        md.parser.blockprocessors.register(
            _WholeTable(md.parser, {"use_align_attribute": False}), "table", 75
        )


class _Lists(Preprocessor):
    """Gives lists the blank lines and the indentation by which the parser knows them."""

    def run(self, lines: list[str]) -> list[str]:
        self._open: list[_Marker] = []  # the items that the line stands in, the outermost first
        self._out: list[str] = [""]
        self._in_paragraph = False  # rather than in the opening lines of an item
        for line in lines:
            item = _ITEM.match(line)
            if not line.strip():
                self._out.append("")
            elif item and not _RULE.match(line) and self._starts_item(item):
                self._add_item(item)
            else:
                self._add_text(line)
        return self._out

    def _starts_item(self, item: re.Match[str]) -> bool:
        """Whether the marker is one: far enough left, and not a number that got wrapped there."""
        inner = [marker for marker in self._open if marker.holds(item)]
        if len(item["indent"]) >= (inner[-1].text_column if inner else 0) + _INDENT:
            return False
        above = self._out[-1].strip()
        opens = item["number"] in (None, "1") or above.endswith(":")
        return not above or bool(self._open) or opens

    def _add_item(self, item: re.Match[str]) -> None:
        left = None
        while self._open and not self._open[-1].holds(item):
            left = self._open.pop()
        marker = _Marker.of(item)
        changed = left is not None and left.is_numbered != marker.is_numbered
        if changed or self._in_paragraph:
            self._separate()
        indent = " " * (_INDENT * len(self._open))
        self._out.append(f"{indent}{item['marker']} {item.string[item.end() :]}")
        self._open.append(marker)
        self._in_paragraph = False

    def _add_text(self, line: str) -> None:
        indent = len(line) - len(line.lstrip())
        if not self._out[-1]:
            self._in_paragraph = True
            while self._open and indent <= self._open[-1].column:
                self._open.pop()
        if self._open:
            kept = line[min(indent, self._open[-1].text_column) :]
            line = " " * (_INDENT * len(self._open)) + kept
        elif _NOTE.match(line):
            self._separate()
        self._out.append(_as_text(line))

    def _separate(self) -> None:
        if self._out[-1]:
            self._out.append("")


@dataclass(frozen=True, slots=True)
class _Marker:
    """Where a list item's marker and its text start."""

    column: int
    text_column: int
    is_numbered: bool

    @classmethod
    def of(cls, item: re.Match[str]) -> "_Marker":
        return cls(item.end("indent"), item.end(), bool(item["number"]))

    def holds(self, item: re.Match[str]) -> bool:
        """Whether `item` is nested in this one. Bullets below a number may stand a bit left."""
        column = item.end("indent")
        differs = self.is_numbered != bool(item["number"])
        return column >= self.text_column or (differs and column > self.column)


def _as_text(line: str) -> str:
    """`line`, with its bracket escaped where the parser would swallow a note as a link's target."""
    found = _REFERENCE.match(line)
    if not found or (_ADDRESS.fullmatch(found["target"]) and not _NOTE.match(line)):
        return line
    return line.replace("[", r"\[", 1)


class _NumberedList(SaneOListProcessor):
    """Each item keeps its own number; the parser would count on from the first."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.RE = re.compile(r" {0,3}\d+[.)] +(.*)")
        self.CHILD_RE = re.compile(r" {0,3}((\d+[.)])) +(.*)")
        self.INDENT_RE = _NESTED

    def run(self, parent: Element, blocks: list[str]) -> None:
        found = map(self.CHILD_RE.match, blocks[0].split("\n"))
        written = [match[1] for match in found if match]
        super().run(parent, blocks)
        last = parent[-1]
        items = list(last if last.tag == "ol" else parent)
        before = items[-len(written) - 1] if len(items) > len(written) else None
        for item, label in zip(items[-len(written) :], written, strict=True):
            _set_number(item, label, before)
            before = item


def _set_number(item: Element, label: str, before: Element | None) -> None:
    """Number `item` as written, except that authors who write 1. 1. 1. mean 1. 2. 3."""
    number = label
    if before is not None and before.get(_WRITTEN) == label and label[:-1] == "1":
        number = f"{int(before.get('data-num', '')[:-1]) + 1}{label[-1]}"
    item.set(_WRITTEN, label)
    item.set("data-num", number)


class _BulletList(SaneUListProcessor):
    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.INDENT_RE = _NESTED


class _WholeTable(TableProcessor):
    """Keeps the cells of a row that is longer than the table's head."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        surplus = max(row.count("|") for row in blocks[0].split("\n")) + 1 - len(self.separator)
        # The stubs take the list of columns for a text.
        self.separator = [*self.separator, *[""] * surplus]  # type: ignore[assignment]
        super().run(parent, blocks)
