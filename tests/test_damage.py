"""What a disk does to the files of an index: right answers, or an error with a way out."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from indexer.config import Settings
from indexer.errors import IndexUnavailable
from indexer.index.engines import LOCAL, sums
from indexer.library import Library
from indexer.sync.maintenance import Maintenance
from indexer.watching.watcher import Watcher
from tests.conftest import put
from tests.helpers.inline import open_inline

FILES = 30
QUERIES = ("herrings", "sea7 herrings", '"swim in"', "swi*", "they")
Damage = Callable[[Path], None]

# Whoosh leaves a file open when what it reads there makes no sense.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings(
        "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
    ),
]


@pytest.fixture(scope="module", params=LOCAL)
def origin(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """FILES documents of two paragraphs, indexed in two commits."""
    folder = tmp_path_factory.mktemp(request.param)
    settings = Settings(folder / "corpus", folder / "data", engine=request.param)
    for first in (0, FILES // 2):
        for number in range(first, first + FILES // 2):
            text = f"Herrings swim in sea{number}.\n\nThey swim on, herrings.\n"
            put(settings.corpus, f"{number:02}.txt", text.encode())
        with open_inline(settings) as library:
            library.maintenance.sync()
    return settings


@pytest.fixture
def settings(origin: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(origin.corpus.parent, tmp_path / "copy")
    return Settings(tmp_path / "copy/corpus", tmp_path / "copy/data", engine=origin.engine)


@pytest.fixture
def expected(origin: Settings) -> list[object]:
    with open_inline(origin) as library:
        return answers(library)


def answers(library: Library) -> list[object]:
    found = [library.search(query, size=100) for query in QUERIES]
    return [(each.total, {hit.passage.key for hit in each.hits}) for each in found]


def flip(path: Path) -> None:
    """Turns one bit in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x04
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def files(settings: Settings) -> Iterator[Path]:
    folder = settings.data / settings.engine
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.parametrize(
    "damage",
    [cut, *(pytest.param(each, marks=pytest.mark.slow) for each in (flip, empty, Path.unlink))],
)
def test_each_file_of_an_index(settings: Settings, expected: list[object], damage: Damage) -> None:
    kept = settings.data.with_name("kept")
    shutil.copytree(settings.data, kept)
    silent, unmended = [], []
    for path in [path.relative_to(settings.data) for path in files(settings)]:
        shutil.rmtree(settings.data)
        shutil.copytree(kept, settings.data)
        if not (settings.data / path).stat().st_size:
            continue
        damage(settings.data / path)
        with open_inline(settings) as library:
            with suppress(IndexUnavailable):
                if answers(library) != expected:
                    silent.append(path.name)
            if not library.maintenance.repair().holds or answers(library) != expected:
                unmended.append(path.name)
        with open_inline(settings) as library:
            library.maintenance.sync()
            assert answers(library) == expected
    assert (silent, unmended) == ([], [])


def test_damage_is_found_where_an_index_is_too_large_to_be_read_at_once(
    settings: Settings, expected: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sums, "_AT_ONCE", 0)
    lists = max(files(settings), key=lambda path: path.suffix in (".idx", ".seg"))
    flip(lists)
    with open_inline(settings) as library:
        assert library.engine.damage() == [lists.name]
        with pytest.raises(IndexUnavailable, match="pilcrow rebuild"):
            library.search("herrings")
        library.maintenance.sync()  # which rebuilds what is known to be damaged
        assert answers(library) == expected


def test_a_sync_that_is_killed_is_no_damage(settings: Settings, expected: list[object]) -> None:
    """Between the engine's commit and the note of it, files have changed that were noted."""
    with open_inline(settings) as library:
        batch = library.engine.update()
        with pytest.raises(KeyboardInterrupt), batch as open_batch:
            open_batch.drop("07")
            open_batch.commit(library.engine.position())
            raise KeyboardInterrupt
    generation = next((settings.data / settings.engine).glob("gen-*"))
    sums.begin(generation, ("meta.json",))
    with open_inline(settings) as library:
        assert library.engine.damage() == []
        assert library.maintenance.check().missing == ("07",)
        assert library.maintenance.repair().holds
        assert answers(library) == expected


def test_readers_that_look_while_another_writes(settings: Settings) -> None:
    """Files come and go with each commit, which is no damage."""
    with open_inline(settings) as reader, open_inline(settings) as writer:
        for number in range(12):
            put(settings.corpus, "05.txt", f"Cod {number} swims.\n".encode())
            writer.maintenance.sync(only=["05.txt"])
            assert reader.engine.damage() == []
            assert reader.search("cod").total == 1


def test_two_processes_keep_sums_of_one_index(settings: Settings) -> None:
    for number in range(3):
        put(settings.corpus, f"new{number}.txt", b"Cod swims.\n")
        with open_inline(settings) as library:
            assert isinstance(library.maintenance, Maintenance)
            library.maintenance.sync()
    with open_inline(settings) as library:
        assert library.engine.damage() == []
        assert library.maintenance.check().holds


def test_who_follows_the_folder_makes_a_damaged_index_anew(
    settings: Settings, expected: list[object]
) -> None:
    flip(max(files(settings), key=lambda path: path.suffix in (".idx", ".seg")))
    stop, told = Event(), list[str]()
    watcher = Watcher(settings, told.extend, stop)
    thread = Thread(target=watcher.run)
    thread.start()
    try:
        with open_inline(settings) as library:
            while not library.maintenance.is_searchable():
                assert thread.is_alive(), told
                stop.wait(0.1)
            assert answers(library) == expected
    finally:
        stop.set()
        thread.join()
    assert any("is damaged" in line and "made anew" in line for line in told)
