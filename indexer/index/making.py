"""Documents of the store in, the entries of each out, made by several processes where many are."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from indexer.document import StoredDocument, StoredPassage
from indexer.errors import IndexUnavailable
from indexer.index.engine import Entry
from indexer.index.entries import entries
from indexer.processes.crew import Crew, Ended

_MANY = 20_000  # passages for which it pays to start processes, which takes half a second of each
_MOST = 8  # processes; the one that writes keeps up with no more

Standing = Mapping[str, tuple[StoredDocument, Sequence[StoredPassage]]]
Made = Mapping[str, Sequence[Entry]]
Make = Callable[[Iterable[Standing]], Iterator[Made]]


@contextmanager
def maker(passages: float) -> Iterator[Make]:
    """What makes entries, in order, where there are about so many passages.

    What it gives raises `IndexUnavailable` where one of its processes is ended.
    """
    many = min(_MOST, os.cpu_count() or 1)
    if passages < _MANY or many == 1:
        yield _here
        return
    with Crew(made, many) as crew:
        yield lambda some: _aside(crew, some)


def made(standing: Standing) -> Made:
    """The entries of each document, by its slug."""
    return {slug: list(entries(*each)) for slug, each in standing.items()}


def _here(some: Iterable[Standing]) -> Iterator[Made]:
    return map(made, some)


def _aside(crew: Crew[Standing, Made], some: Iterable[Standing]) -> Iterator[Made]:
    try:
        yield from crew.map(some)
    except Ended as error:
        raise IndexUnavailable(f"{error} while entries were made; run 'pilcrow sync'") from error
