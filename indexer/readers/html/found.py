"""A block of a web page, and what tells whether it is content."""

from typing import NamedTuple

from selectolax.lexbor import LexborNode

from indexer.document import Block


class Found(NamedTuple):
    """A block, and what tells whether it is content.

    `linked` is the share of its text that is in links; `beside` says whether it is hidden or in an
    element that is named as something beside the content, such as comments; `start` is the first
    piece of its text; `raised` is a raised number that it opens with, as a note may.
    """

    block: Block
    linked: float
    beside: bool
    start: LexborNode
    raised: str = ""
