"""Gives local ids to passages: the one that the official position asks for, else `p7`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.document import Passage

_PLAIN = re.compile(r"p(\d+)")


class Ids:
    """The local ids of one document, of which each is given once; `taken` were given before."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        numbers = (int(m[1]) for name in self._taken if (m := _PLAIN.fullmatch(name)))
        self._highest = max(numbers, default=0)

    def new(self, passage: Passage) -> str:
        """An id for `passage` that no passage has or had."""
        name = passage.natural_id
        if not name or name in self._taken:
            self._highest = max(self._highest + 1, passage.order)
            name = f"p{self._highest}"
        self._taken.add(name)
        return name


def first_ids(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The passages of a document that is new, each with its id."""
    ids = Ids()
    return (replace(passage, id=ids.new(passage)) for passage in passages)
