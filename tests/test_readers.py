"""Readers who search on and on while a writer syncs and another process rebuilds the index."""

import random
import sys
import threading
from multiprocessing.connection import Connection

import pytest

from indexer.config import Settings
from indexer.library import Library
from tests.conftest import EVERY_ENGINE
from tests.helpers.growing import Growing, assert_complete, assert_one_revision
from tests.helpers.inline import open_inline
from tests.helpers.killing import PATIENCE, Worker, rebuild

pytestmark = [
    EVERY_ENGINE,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are forked here"),
]

_DOCUMENTS = 12
_THREADS = 2  # that search in each process


class Reader(threading.Thread):
    """Searches for one document after another, each of which must be whole at every moment."""

    def __init__(self, library: Library, stopped: threading.Event) -> None:
        super().__init__()
        self._library = library
        self._stopped = stopped
        self._seen: dict[int, int] = {}
        self.searches = 0
        self.error: Exception | None = None

    def run(self) -> None:
        chance = random.Random(id(self))
        try:
            while not self._stopped.is_set():
                self._search(chance.randrange(_DOCUMENTS))
                self.searches += 1
        except Exception as error:  # told by whoever waits for this thread
            self.error = error

    def _search(self, number: int) -> None:
        for query in (f"doc{number}", f"doc{number} doc{number}x2"):
            results = self._library.search(query, size=100)
            found = (*results.hits, *results.partial)
            revision = assert_one_revision(number, [hit.passage.passage.text for hit in found])
            assert revision >= self._seen.get(number, 1)
            self._seen[number] = revision


def read(library: Library, parent: Connection) -> None:
    """Work: to read until word comes, with several threads."""
    stopped = threading.Event()
    readers = [Reader(library, stopped) for _ in range(_THREADS)]
    for reader in readers:
        reader.start()
    parent.recv()
    stopped.set()
    for reader in readers:
        reader.join()
        if reader.error:
            raise reader.error
        assert reader.searches


@pytest.mark.parametrize(
    ("processes", "rebuilds"), [(1, 1), pytest.param(4, 4, marks=pytest.mark.slow)]
)
def test_readers_see_whole_documents_and_never_less(
    settings: Settings, processes: int, rebuilds: int
) -> None:
    corpus = Growing(settings.corpus, random.Random(rebuilds))
    corpus.add(_DOCUMENTS)
    with open_inline(settings) as library:
        library.maintenance.sync()
        workers = [Worker(read, settings) for _ in range(processes)]
        for _ in range(rebuilds):
            corpus.change(3)
            library.maintenance.sync()
            rebuilding = Worker(rebuild, settings)
            corpus.change(3)
            library.maintenance.sync(wait=PATIENCE)
            assert rebuilding.ends_within(PATIENCE)
    corpus.synced()
    for worker in workers:
        worker.tell()
    assert all(worker.ends_within(PATIENCE) for worker in workers)
    assert_complete(settings, corpus)
