"""The styles of a Word document in; what a paragraph takes from its style out."""

import re
from collections.abc import Iterator

from lxml import etree

from indexer.readers.docx_parts import is_on, number, value, w

_HEADING = re.compile(r"heading (\d)")
_NO_OUTLINE = 9  # the level that is body text
_CONTENTS = re.compile(r"toc (\d|heading)|table of figures|table of authorities")
_QUOTES = ("quote", "intense quote", "block text")
_CODES = ("source code", "macro text")


class Styles:
    """The styles by id; a style takes what it does not say from the one that it is based on."""

    def __init__(self, root: etree._Element) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default = ""  # the id of what paragraphs have that name no style
        for style in root.iter(w("style")):
            self._styles.setdefault(value(style, name="styleId"), style)
            if value(style, name="type") == "paragraph" and value(style, name="default") == "1":
                self._default = value(style, name="styleId")

    def name(self, paragraph: etree._Element) -> str:
        """The name of the paragraph's style: of Word's own, the English one in any language."""
        return value(self._styles.get(self._id(paragraph)), "name").lower()

    def outline_level(self, paragraph: etree._Element) -> int:
        """1 to 9 for a heading, 0 for other paragraphs."""
        own = number(value(paragraph, "pPr/outlineLvl"), -1)
        for style in [] if own >= 0 else self._chain(self._id(paragraph)):
            own = number(value(style, "pPr/outlineLvl"), -1)
            if own < 0 and (found := _HEADING.fullmatch(value(style, "name").lower())):
                own = int(found[1]) - 1
            if own >= 0:
                break
        return own + 1 if 0 <= own < _NO_OUTLINE else 0

    def numbering(self, paragraph: etree._Element) -> tuple[str, str, str]:
        """The list, the level in it, and the style that says so; empty where none does."""
        list_id, level = value(paragraph, "pPr/numPr/numId"), value(paragraph, "pPr/numPr/ilvl")
        if list_id:
            return list_id, level, ""
        for style in self._chain(self._id(paragraph)):
            if list_id := value(style, "pPr/numPr/numId"):
                said = level or value(style, "pPr/numPr/ilvl")
                return list_id, said, value(style, name="styleId")
        return "", "", ""

    def list_of_style(self, style_id: str) -> str:
        """The list that a numbering style stands for."""
        return value(self._styles.get(style_id), "pPr/numPr/numId")

    def hides(self, run: etree._Element) -> bool:
        """Whether the run's text is hidden, by itself or by its style."""
        own = is_on(run, "rPr/vanish")
        for style in self._chain(value(run, "rPr/rStyle")) if own is None else ():
            own = is_on(style, "rPr/vanish")
            if own is not None:
                break
        return bool(own)

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph is a line of a table of contents."""
        return bool(_CONTENTS.fullmatch(self.name(paragraph)))

    def kind(self, paragraph: etree._Element) -> str:
        """`quote`, `code`, `title` or an empty string."""
        name = self.name(paragraph)
        kinds = {"title": "title", **dict.fromkeys(_QUOTES, "quote")}
        return {**kinds, **dict.fromkeys(_CODES, "code")}.get(name, "")

    def _id(self, paragraph: etree._Element) -> str:
        return value(paragraph, "pPr/pStyle") or self._default

    def _chain(self, style_id: str) -> Iterator[etree._Element]:
        seen = set()
        while (style := self._styles.get(style_id)) is not None and style_id not in seen:
            seen.add(style_id)
            yield style
            style_id = value(style, "basedOn")
