"""What the open elements of a web page mean for the text in them."""

from dataclasses import dataclass

from indexer.document import Kind
from indexer.readers.html.elements import (
    Attributes,
    is_beside,
    is_quotation,
    keeps_line_ends,
)


@dataclass(slots=True)
class Frame:
    """An open block element; what it does not set itself, it takes over from the one around it."""

    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    depth: int = 0  # in lists, and in rows that are numbered paragraphs
    anchor: str = ""
    has_own_anchor: bool = False
    beside: bool = False
    keeps_lines: bool = False
    quoted: bool = False  # with headings and numbers of another text

    def below(self, kind: Kind, level: int, depth: int) -> "Frame":
        """What an element in this one means that sets nothing by its attributes."""
        around = (self.anchor, False, self.beside, self.keeps_lines, self.quoted)
        return Frame(kind, level, depth, *around)

    def take(self, tag: str, attributes: Attributes) -> None:
        """Sets what the attributes of the element say."""
        if anchor := attributes.get("id"):
            self.anchor, self.has_own_anchor = anchor, True
        self.beside = self.beside or is_beside(attributes)
        self.keeps_lines = self.keeps_lines or keeps_line_ends(attributes)
        self.quoted = self.quoted or is_quotation(tag, attributes)
