"""The styles of an OpenDocument text in; what its paragraphs and spans take from them out."""

import re
from collections.abc import Iterator

from lxml import etree

from indexer.readers.odt.numbering import STYLE, TEXT

_LONGEST_CHAIN = 20  # of styles made from each other; some are made from themselves
_RAISED = re.compile(r"super|[1-9]")
_FAMILY = f"{STYLE}family"


class Styles:
    """The styles by family and name; a style takes from its parent what it does not say."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}

    def learn(self, root: etree._Element) -> None:
        """Takes in the styles of `root`, a part of the document."""
        for style in root.iter(f"{STYLE}style"):
            self._styles[style.get(_FAMILY, ""), style.get(f"{STYLE}name", "")] = style

    def is_a(self, element: etree._Element, name: str) -> bool:
        """Whether the paragraph's style is `name`, or one made from it."""
        return any(style.get(f"{STYLE}name") == name for style in self._chain(element, "paragraph"))

    def list_style(self, paragraph: etree._Element) -> str | None:
        """The list style that the paragraph's style asks for; empty where it refuses one."""
        names = (s.get(f"{STYLE}list-style-name") for s in self._chain(paragraph, "paragraph"))
        return next((str(name) for name in names if name is not None), None)

    def hides(self, element: etree._Element) -> bool:
        """Whether the style of a span or a paragraph hides its text."""
        family = "text" if element.tag == f"{TEXT}span" else "paragraph"
        for style in self._chain(element, family):
            for properties in style.iter(f"{STYLE}text-properties"):
                display = properties.get(f"{TEXT}display")
                if display:
                    return bool(display == "none")
        return False

    def raises(self, span: etree._Element) -> bool:
        """Whether the style of a span raises its text, as a note's mark or a power."""
        for style in self._chain(span, "text"):
            for properties in style.iter(f"{STYLE}text-properties"):
                if position := properties.get(f"{STYLE}text-position"):
                    return bool(_RAISED.match(position))
        return False

    def _chain(self, element: etree._Element, family: str) -> Iterator[etree._Element]:
        name = element.get(f"{TEXT}style-name", "")
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(f"{STYLE}parent-style-name", "")
