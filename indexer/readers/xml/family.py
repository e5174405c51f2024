"""Says what the elements of one family of XML documents mean, so that one walk reads them all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from indexer.document import Metadata

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Family:
    """A family of XML documents, told by its root elements; all names are local names.

    `inlines` stand within a text, every other element begins and ends one. `numbers` hold the
    number of the element around them, `headings` a heading of it, unless these are
    `crossheadings`, which only stand between others. `divisions` are parts of a document, whose
    number is a heading. `items` are those of a list. `quotes` hold what is quoted from another
    document, `notes` what the text around them calls for, and `calls` name the note that they
    call for. In `rows` stand `cells`. `breaks` part words. `dropped` and what they hold are no
    text; a text of nothing but `furniture` is metadata and no paragraph. `words` are what a
    numbered element is called: `{"section": "Section"}`. `metadata` makes from the root element
    what the document says of itself.
    """

    name: str
    roots: frozenset[str]
    metadata: Callable[[etree._Element], Metadata]
    inlines: frozenset[str]
    numbers: frozenset[str]
    headings: frozenset[str]
    crossheadings: frozenset[str] = _NONE
    divisions: frozenset[str] = _NONE
    items: frozenset[str] = _NONE
    quotes: frozenset[str] = _NONE
    notes: frozenset[str] = _NONE
    calls: frozenset[str] = _NONE
    rows: frozenset[str] = _NONE
    cells: frozenset[str] = _NONE
    breaks: frozenset[str] = _NONE
    dropped: frozenset[str] = _NONE
    furniture: frozenset[str] = _NONE
    words: Mapping[str, str] = field(default_factory=dict)


def names(text: str) -> frozenset[str]:
    """The names in `text`, which are parted by white space."""
    return frozenset(text.split())
