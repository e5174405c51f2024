"""Markdown's links, recognised in a time that does not grow with the square of their brackets.

The parser looks through the whole rest of a paragraph for the end of each bracket, and does so for
every kind of link. Here the brackets of a paragraph are paired once.
"""

import re
from functools import lru_cache

from markdown import Markdown
from markdown.inlinepatterns import (
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)

_BRACKET = re.compile(r"[\[\]]")
_NEAR = 200  # characters; most brackets close within


def register(md: Markdown) -> None:
    """Puts the links of this file in the place of the parser's own."""
    for name, (kind, priority) in _LINKS.items():
        pattern = md.inlinePatterns[name].pattern
        md.inlinePatterns.register(kind(pattern, md), name, priority)


class _Paired(LinkInlineProcessor):
    """Any kind of link; the one below it in the order of classes says which."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        """The text from behind the bracket before `index` to the one that closes it."""
        close = _closing(data[index : index + _NEAR])
        end = index + close if close >= 0 else _pairs(data).get(index - 1, -1)
        return (data[index:end], end + 1, True) if end >= 0 else ("", index, False)

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        """The target between round brackets; there is none where nothing closes them."""
        if data.find("(", index, index + 1) < 0 or data.find(")", index) < 0:
            return "", None, index, False
        return super().getLink(data, index)


def _closing(near: str) -> int:
    """Where the bracket that is open at the start of `near` closes, or -1."""
    if "]" not in near:
        return -1
    depth = 1
    for bracket in _BRACKET.finditer(near):
        depth += 1 if bracket[0] == "[" else -1
        if not depth:
            return bracket.start()
    return -1


@lru_cache(maxsize=4)
def _pairs(data: str) -> dict[int, int]:
    """Where each bracket that opens in `data` closes."""
    opened: list[int] = []
    pairs: dict[int, int] = {}
    for bracket in _BRACKET.finditer(data):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif opened:
            pairs[opened.pop()] = bracket.start()
    return pairs


class _Image(_Paired, ImageInlineProcessor):
    pass


class _Reference(_Paired, ReferenceInlineProcessor):
    pass


class _ImageReference(_Paired, ImageReferenceInlineProcessor):
    pass


class _ShortReference(_Paired, ShortReferenceInlineProcessor):
    pass


class _ShortImageReference(_Paired, ShortImageReferenceInlineProcessor):
    pass


# By the parser's names and with its priorities.
_LINKS: dict[str, tuple[type[_Paired], int]] = {
    "reference": (_Reference, 170),
    "link": (_Paired, 160),
    "image_link": (_Image, 150),
    "image_reference": (_ImageReference, 140),
    "short_reference": (_ShortReference, 130),
    "short_image_ref": (_ShortImageReference, 125),
}
