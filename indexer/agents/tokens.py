"""An answer in, how much of a model's attention it takes out; and as much of a list as fits.

Each model cuts text in its own way. This counts as the common ones do before they join anything:
four letters of a word, three digits, or any other sign are one token. They join more than that, so
that the count is rather too high than too low.
"""

import json
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

MOST = 6_000  # tokens of an answer
_SPARE = 100  # of these for what the protocol puts around it
LETTERS, _DIGITS = 4, 3  # in one token
_PARTS = re.compile(r"([A-Za-z]+)|([0-9]+)|\s|.", re.DOTALL)

T = TypeVar("T")


def tokens(value: object) -> int:
    """How many tokens the JSON of `value` takes, about."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return sum(map(_count, _PARTS.finditer(text)))


def _count(part: re.Match[str]) -> int:
    if part[1]:
        return -(-len(part[1]) // LETTERS)
    if part[2]:
        return -(-len(part[2]) // _DIGITS)
    return 0 if part[0] == " " else 1


def fitting(answer: object, items: Sequence[T], smaller: Callable[[T, int], T]) -> list[T]:
    """As many of `items`, from the first, as `answer` has room for.

    `smaller` gives an item with texts of at most so many characters; it is asked where not even the
    first one fits.
    """
    room = MOST - _SPARE - tokens(answer)
    taken: list[T] = []
    for item in items:
        room -= (need := tokens(item) + 1)
        if room < 0:
            return taken or [_made_to_fit(item, room + need, smaller)]
        taken.append(item)
    return taken


def _made_to_fit(item: T, room: int, smaller: Callable[[T, int], T]) -> T:
    size = MOST * LETTERS
    while tokens(shrunk := smaller(item, size)) > room and size > 1:
        size //= 2
    return shrunk
