"""What the open elements of a web page mean for the text in them."""

from dataclasses import dataclass

from indexer.document import Kind


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
