"""The blocks of a document in; which of them open within a quotation, out."""

import re
from collections.abc import Sequence

from indexer.document import Block, Kind

_CLOSERS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "《": "》",
    "❝": "❞",
}
OPENING = frozenset((*_CLOSERS, '"'))
_SIGN = re.compile("[" + "".join({*_CLOSERS, *"".join(_CLOSERS.values()), '"'}) + "]")
_LONGEST = 60  # blocks; a quotation that goes on for longer was never closed
_BEFORE_OPENING = " \n\t([{—–-/"


def within_quotations(blocks: Sequence[Block]) -> list[bool]:
    """For each block, whether it opens within a quotation that an earlier one has opened.

    Each paragraph of a quotation may open with the sign again, which opens nothing new. Where no
    closing sign comes, the opening one was no more than a slip.
    """
    within = [False] * len(blocks)
    at = 0
    while at < len(blocks):
        closer = _left_open(blocks[at])
        end = _end(blocks, at, closer) if closer else at
        for inner in range(at + 1, end + 1):
            within[inner] = True
        at = max(end, at + 1)
    return within


def _end(blocks: Sequence[Block], start: int, closers: str) -> int:
    """The block with the closing sign; `start` where there is none."""
    for at in range(start + 1, min(start + _LONGEST, len(blocks))):
        text = blocks[at].text
        if any(sign in text for sign in closers) and not _left_open(blocks[at], closers):
            return at
    return start


def _left_open(block: Block, waiting: str = "") -> str:
    """The closing signs that the text of `block` still waits for at its end."""
    text = block.text
    if block.kind is Kind.CODE or (text.isascii() and '"' not in text):
        return waiting
    for found in _SIGN.finditer(text):
        sign, before = found[0], text[found.start() - 1] if found.start() else " "
        if waiting and sign in waiting and not (sign == '"' and before in _BEFORE_OPENING):
            waiting = ""
        elif not waiting:
            waiting = _opened(sign, before)
    return waiting


def _opened(sign: str, before: str) -> str:
    if sign == '"':
        return '"' if before in _BEFORE_OPENING else ""
    if sign == "»" and before not in _BEFORE_OPENING:
        return ""
    return _CLOSERS.get(sign, "")
