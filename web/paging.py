"""What an address asks for in, the page to show and the page numbers to offer out."""

import re
from itertools import pairwise

_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_BESIDE = 2  # numbers offered on each side of the page shown


def page_number(text: str) -> int | None:
    """The page that `text` names, from 1, or None where it names none that could exist."""
    return int(text) if _NUMBER.fullmatch(text) else None


def offered(page: int, pages: int) -> list[int | None]:
    """The page numbers to link to, in order; None stands for those left out between two."""
    near = range(max(1, page - _BESIDE), min(pages, page + _BESIDE) + 1)
    numbers = sorted({1, *near, pages})
    spaced: list[int | None] = [1]
    for before, number in pairwise(numbers):
        left_out = range(before + 1, number)
        spaced += [*left_out, number] if len(left_out) <= 1 else [None, number]
    return spaced
