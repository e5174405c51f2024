"""An index is rebuilt beside the live one, and switched to once it agrees with the store."""

import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from indexer.config import Settings
from indexer.errors import IndexUnavailable, Locked
from indexer.index.engine import Engine, Entry
from indexer.index.engines import LOCAL
from indexer.index.fields import Field
from indexer.library import Library
from indexer.store.databases import sqlite_address
from indexer.store.store import Store
from indexer.sync.maintenance import Maintenance
from tests.conftest import EVERY_ENGINE, Write, put
from tests.helpers.engines import keys
from tests.helpers.inline import open_inline

pytestmark = EVERY_ENGINE

FILES = 40  # more than are asked of the store at once


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """FILES documents of two paragraphs, in each of which herrings swim, synced to each engine."""
    folder = tmp_path_factory.mktemp("herrings")
    for number in range(FILES):
        text = f"Herrings swim in sea{number}.\n\nThey swim on, herrings.\n"
        put(folder / "corpus", f"{number:02}.txt", text.encode())
    for name in LOCAL:
        with open_inline(Settings(folder / "corpus", folder / "data", engine=name)) as library:
            library.maintenance.sync()
    return folder


@pytest.fixture
def herrings(origin: Path, settings: Settings) -> Iterator[Library]:
    """A library of those documents, to do with as one likes."""
    for folder in (settings.corpus, settings.data):
        shutil.copytree(origin / folder.name, folder, dirs_exist_ok=True)
    with open_inline(settings) as library:
        yield library


def interrupt(at: int) -> object:
    """A tick that ends what it watches."""

    def tick(_what: str, done: int, _total: int) -> None:
        if done >= at:
            raise KeyboardInterrupt

    return tick


def generations(library: Library) -> list[str]:
    folder = library.settings.data / library.settings.engine
    return sorted(path.name for path in folder.glob("gen-*"))


def live_files(library: Library) -> list[Path]:
    folder = library.settings.data / library.settings.engine
    generation = folder / (folder / "CURRENT").read_text().strip()
    return [path for path in generation.iterdir() if path.name not in ("FINGERPRINT", "POSITION")]


@pytest.fixture
def small_batches(herrings: Library) -> None:
    """Commits after every sixteen documents, as a large corpus would after some thousands."""
    herrings.engine.batch_size = 1


def test_others_search_and_sync_while_an_index_is_made_anew(
    herrings: Library, write: Write
) -> None:
    seen: list[tuple[int, int]] = []
    with open_inline(herrings.settings) as other:

        def tick(_what: str, done: int, _total: int) -> None:
            if done > 16:  # once for each time that the change log is followed
                return
            write(f"new-{done}.txt", f"Cod swims in new{done}.\n")
            with suppress(Locked):  # for the last moments
                other.maintenance.sync()
                seen.append((other.search("herrings").total, other.search(f"new{done}").total))

        before = generations(herrings)
        herrings.maintenance.rebuild(tick)
        assert len(seen) == 2
        assert set(seen) == {(2 * FILES, 1)}
        assert other.search("cod").total == len(seen)
        assert other.search("herrings").total == 2 * FILES
        assert other.maintenance.check().holds
    assert len(generations(herrings)) == 1
    assert generations(herrings) != before


@pytest.mark.usefixtures("small_batches")
def test_an_interrupted_rebuild_goes_on_where_it_was(herrings: Library) -> None:
    left: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        herrings.maintenance.rebuild(interrupt(32))  # type: ignore[arg-type]
    assert herrings.search("herrings").total == 2 * FILES
    assert len(generations(herrings)) == 2
    herrings.maintenance.rebuild(lambda _what, _done, total: left.append(total))
    assert set(left) == {FILES - 32}
    assert herrings.maintenance.check().holds
    assert len(generations(herrings)) == 1


# Whoosh leaves a file open when what it reads there makes no sense.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("damage", ["content", "position", "fingerprint"])
def test_a_rebuild_begins_anew_where_what_is_left_is_of_no_use(
    herrings: Library, damage: str
) -> None:
    with pytest.raises(KeyboardInterrupt):
        herrings.maintenance.rebuild(interrupt(32))  # type: ignore[arg-type]
    left = herrings.settings.data / herrings.engine.name / generations(herrings)[-1]
    names = {
        "content": ("meta.json", "*.toc"),
        "position": ("POSITION",),
        "fingerprint": ("FINGERPRINT",),
    }
    for path in (path for name in names[damage] for path in left.glob(name)):
        path.write_text("{", encoding="utf-8")
    totals: set[int] = set()
    herrings.maintenance.rebuild(lambda _what, _done, total: totals.add(total))
    assert totals == {FILES}
    assert herrings.maintenance.check().holds


def test_an_old_index_is_swept_though_a_file_appears_in_it(herrings: Library) -> None:
    """As Tantivy's watcher puts a lock file there, a moment after an index was opened."""
    (name,) = generations(herrings)
    old = herrings.settings.data / herrings.settings.engine / name
    for number in range(300):  # it takes a while to remove them
        (old / str(number)).touch()
    ended = threading.Event()

    def put_locks() -> None:
        while not ended.wait(0.0001):
            with suppress(OSError):
                (old / ".lock").touch()

    putting = threading.Thread(target=put_locks)
    putting.start()
    try:
        herrings.maintenance.rebuild()
    finally:
        ended.set()
        putting.join()
    (live,) = generations(herrings)
    assert live != name


def test_what_was_left_is_compared_with_the_store_before_it_is_trusted(herrings: Library) -> None:
    position = herrings.engine.position()
    with pytest.raises(KeyboardInterrupt), herrings.engine.rebuild() as fresh:
        with fresh.update() as batch:
            batch.drop("00")
            batch.commit(position)
        raise KeyboardInterrupt
    totals: set[int] = set()
    herrings.maintenance.rebuild(lambda _what, _done, total: totals.add(total))
    assert totals == {FILES}
    assert herrings.maintenance.check().holds


class Lossy:
    """An engine; an index that it makes lacks the last passage of each document."""

    def __init__(self, engine: Any) -> None:
        self._inner = engine

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def put(self, document: str, entries: Iterable[Entry]) -> None:
        self._inner.put(document, list(entries)[:-1])

    @contextmanager
    def update(self) -> Iterator["Lossy"]:
        with self._inner.update() as batch:
            yield Lossy(batch)

    @contextmanager
    def rebuild(self) -> Iterator["Lossy"]:
        with self._inner.rebuild() as fresh:
            yield Lossy(fresh)


def test_a_new_index_that_lacks_something_is_not_switched_to(herrings: Library) -> None:
    live, settings = generations(herrings), herrings.settings
    with closing(Store(sqlite_address(settings.data))) as store:
        lossy = Maintenance(settings, store, Lossy(herrings.engine))
        with pytest.raises(IndexUnavailable, match="about 40 documents, such as 00, 01, 02;"):
            lossy.rebuild()
    assert generations(herrings) == live
    assert herrings.search("herrings").total == 2 * FILES


def test_a_new_index_that_is_of_no_use_is_thrown_away(herrings: Library) -> None:
    live = generations(herrings)
    with pytest.raises(IndexUnavailable, match="for a reason"), herrings.engine.rebuild():
        assert len(generations(herrings)) == 2
        raise IndexUnavailable("for a reason")
    assert generations(herrings) == live
    assert herrings.search("herrings").total == 2 * FILES


def test_the_keys_of_an_index_are_those_of_one_commit_by_slug(herrings: Library) -> None:
    with herrings.engine.searcher() as searcher:
        read = searcher.keys()
        first = next(read)
        with open_inline(herrings.settings) as other:
            with other.engine.update() as batch:
                batch.drop("39")
                batch.commit(other.engine.position())
            other.maintenance.rebuild()
        rest = list(read)
    slugs = [slug for slug, _ in (first, *rest)]
    assert slugs == [f"{number:02}" for number in range(FILES)]
    assert {len(found) for _, found in (first, *rest)} == {2}


def test_an_index_of_another_version_is_searched_until_there_is_a_new_one(
    herrings: Library, write: Write
) -> None:
    write("new.txt", "Cod swims.\n")
    found: set[int] = set()
    with open_inline(herrings.settings, analysis="another") as newer:
        assert newer.engine.is_stale()

        def tick(what: str, _done: int, _total: int) -> None:
            found.add(newer.search("herrings").total)
            assert what == "Reading" or newer.search("cod").total == 0

        newer.maintenance.sync(tick)
        assert found == {2 * FILES}
        assert not newer.engine.is_stale()
        assert newer.search("cod").total == 1
        assert newer.maintenance.check().holds


def test_a_sync_leaves_a_new_index_to_whoever_makes_it(herrings: Library, write: Write) -> None:
    said: list[str] = []
    changed = partial(open_inline, herrings.settings, analysis="another")
    with changed() as one, changed() as other:

        def tick(_what: str, done: int, _total: int) -> None:
            if done > 16:
                return
            write(f"new-{done}.txt", "Cod swims.\n")
            with suppress(Locked):  # for the last moments
                said.append(other.maintenance.sync().awaits)

        one.maintenance.rebuild(tick)
        assert all(f"process {os.getpid()} on " in each for each in said)
        assert one.search("cod").total == len(said)
        assert one.maintenance.check().holds
        assert not one.maintenance.sync().awaits


def test_a_rebuild_waits_for_a_writer_at_its_end(herrings: Library, write: Write) -> None:
    """What that one commits while it is waited for is in the new index."""
    write("new.txt", "Cod swims.\n")
    reading, filled = threading.Event(), threading.Event()

    def tick(_what: str, _done: int, _total: int) -> None:
        reading.set()
        filled.wait(30)

    def sync() -> None:
        with open_inline(herrings.settings) as other:
            other.maintenance.sync(tick)

    writer = threading.Thread(target=sync)
    writer.start()
    reading.wait(30)
    herrings.maintenance.rebuild(lambda _what, done, total: filled.set() if done == total else None)
    writer.join()
    assert herrings.search("cod").total == 1
    assert herrings.maintenance.check().holds


def disagree(engine: Engine) -> None:
    """Takes a document out of the index, and puts one in that no store knows."""
    with engine.update() as batch:
        batch.drop("07")
        batch.put("unknown", [Entry(1_000_000, {Field.STEM: "herrings", Field.EXACT: "herrings"})])
        batch.commit(engine.position())


def test_what_disagrees_is_put_right(herrings: Library) -> None:
    indexed, live = keys(herrings.engine), generations(herrings)
    disagree(herrings.engine)
    found = herrings.maintenance.check()
    assert (found.missing, found.surplus) == (("07",), ("unknown",))
    assert herrings.maintenance.repair().holds
    assert keys(herrings.engine) == indexed
    assert herrings.search("herrings").total == 2 * FILES
    assert generations(herrings) == live


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("loss", ["index", "content", "position"])
def test_an_index_that_cannot_be_opened_is_repaired_by_a_new_one(
    herrings: Library, loss: str
) -> None:
    herrings.close()
    files = live_files(herrings)
    if loss == "index":
        (files[0].parent.parent / "CURRENT").unlink()
    elif loss == "position":
        (files[0].parent / "POSITION").unlink()
    else:
        for path in files:
            if path.suffix == ".toc" or path.name == "meta.json":
                path.write_bytes(b"{")
    with open_inline(herrings.settings) as library:
        with pytest.raises(IndexUnavailable):
            library.maintenance.check()
        assert library.maintenance.repair().holds
        assert library.search("herrings").total == 2 * FILES
