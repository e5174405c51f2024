"""The styles of a Word document in; what a paragraph or a run takes from its style out."""

import re
from dataclasses import dataclass

from lxml import etree

from indexer.readers.docx.parts import is_on, number, value, w

_HEADING = re.compile(r"heading (\d)")
_BODY_TEXT = 9  # the outline level that is none
_LONGEST_CHAIN = 20  # of styles based on each other; some are based on themselves
_CONTENTS = re.compile(r"toc (\d|heading)|table of figures|table of authorities")
_KINDS = {
    "title": "title",
    **dict.fromkeys(("quote", "intense quote", "block text"), "quote"),
    **dict.fromkeys(("source code", "macro text"), "code"),
}


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, together with those that it is based on; None is what none of them says.

    Word's own styles have English names in any language. `level` is the outline level, from 0.
    `levels` are the ids of the styles, this one first, each with the level in the list `list_id`
    that it states, if it does.
    """

    name: str = ""
    level: int | None = None
    hides: bool | None = None
    list_id: str = ""
    levels: tuple[tuple[str, str], ...] = ()


class Styles:
    """The styles by id."""

    def __init__(self, root: etree._Element) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._styles: dict[str, Style] = {}
        self._default = ""  # the id of what paragraphs have that name no style
        for style in root.iter(w("style")):
            self._elements.setdefault(value(style, name="styleId"), style)
            if value(style, name="type") == "paragraph" and value(style, name="default") == "1":
                self._default = value(style, name="styleId")

    def of(self, paragraph: etree._Element) -> Style:
        """The style of `paragraph`."""
        return self.named(value(paragraph, "pPr/pStyle") or self._default)

    def named(self, style_id: str) -> Style:
        """The style with the id `style_id`; one that says nothing where there is none."""
        if style_id not in self._styles:
            self._styles[style_id] = self._read(style_id, 0)
        return self._styles[style_id]

    def outline_level(self, paragraph: etree._Element) -> int:
        """1 to 9 for a heading, 0 for other paragraphs."""
        said = self.of(paragraph).level
        level = number(value(paragraph, "pPr/outlineLvl"), _BODY_TEXT if said is None else said)
        return level + 1 if level < _BODY_TEXT else 0

    def hides(self, run: etree._Element) -> bool:
        """Whether the run's text is hidden, by itself, by its style or by its paragraph's."""
        said = is_on(run, "rPr/vanish")
        if said is None:
            said = self.named(value(run, "rPr/rStyle")).hides
        return bool(self.of(run.getparent()).hides if said is None else said)

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph is a line of a table of contents."""
        return bool(_CONTENTS.fullmatch(self.of(paragraph).name))

    def kind(self, paragraph: etree._Element) -> str:
        """`title`, `quote`, `code` or an empty string."""
        return _KINDS.get(self.of(paragraph).name, "")

    def _read(self, style_id: str, depth: int) -> Style:
        element = self._elements.get(style_id)
        if element is None or depth == _LONGEST_CHAIN:
            return Style()
        base = self._read(value(element, "basedOn"), depth + 1)
        name = value(element, "name").lower()
        heading = _HEADING.fullmatch(name)
        level = number(value(element, "pPr/outlineLvl"), int(heading[1]) - 1 if heading else -1)
        hides = is_on(element, "rPr/vanish")
        list_id = value(element, "pPr/numPr/numId")
        return Style(
            name=name,
            level=base.level if level < 0 else level,
            hides=base.hides if hides is None else hides,
            list_id=list_id or base.list_id,
            levels=((style_id, value(element, "pPr/numPr/ilvl")), *base.levels),
        )
