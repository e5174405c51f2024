"""What a file does to its reader costs that file, and none of the others."""

import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from indexer import readers
from indexer.config import Settings
from indexer.corpus.corpus import Corpus
from indexer.library import Library, open_library
from indexer.reading.pool import Readers, read_all
from indexer.reading.protocol import Limits, Parsed, Refused
from indexer.store.databases import sqlite_address
from indexer.store.store import Store
from indexer.sync.apply import Means, apply
from indexer.sync.plan import make_plan
from tests.conftest import Write
from tests.helpers.processes import children

TABLE = readers.READERS | {
    f".{name}": f"tests.helpers.hostile.{name}"
    for name in (
        *("loop", "wait", "allocate", "hoard", "crash", "leave", "write", "scratch", "connect"),
        "chatter",
    )
}
SHORT = Limits(seconds=1, patience=15, megabytes=400)
AMPLE = replace(SHORT, seconds=20)  # where the memory ends first, on a busy machine too
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")


def read(
    corpus: Path, limits: Limits = SHORT, table: Mapping[str, str] = TABLE
) -> dict[str, Parsed | Refused]:
    there = Corpus(corpus, frozenset(table))
    results = read_all(there, list(there.files()), limits=limits, table=table)
    return {file.path: result for file, result in results}


def hostile(folder: Path) -> Corpus:
    """The corpus in `folder`, the hostile files too."""
    return Corpus(folder, frozenset(TABLE))


def texts(result: Parsed | Refused) -> list[str]:
    assert isinstance(result, Parsed)
    return [passage.text for passage in result.passages]


@pytest.mark.parametrize(
    ("name", "limits", "reason"),
    [
        pytest.param("loop", SHORT, "takes more than 1 s of work to read", marks=posix),
        pytest.param("wait", SHORT, "gave nothing for 15 s", marks=pytest.mark.slow),
        pytest.param("allocate", AMPLE, "takes more than 400 MB of memory to read", marks=posix),
        pytest.param("crash", AMPLE, "its reader crashed (exit status -11)", marks=posix),
        ("leave", AMPLE, "its reader crashed (exit status 3)"),
    ],
)
def test_a_hostile_file_among_others_costs_itself_alone(
    corpus: Path, write: Write, name: str, limits: Limits, reason: str
) -> None:
    for number in range(20):
        write(f"{number:02}.txt", f"Herring {number} swims.\n")
    write(f"07.{name}", "x")
    write(f"13.{name}", "x")
    results = read(corpus, limits)
    assert list(results) == sorted(results)
    for path in (f"07.{name}", f"13.{name}"):
        assert str(results.pop(path)).startswith(reason)
    assert [texts(result) for result in results.values()] == [
        [f"Herring {number} swims."] for number in range(20)
    ]


@posix
def test_a_file_does_not_pay_for_the_memory_that_others_took(corpus: Path, write: Write) -> None:
    for number in range(20):
        write(f"{number:02}.hoard", f"Herring {number} swims.")
    assert [texts(result) for result in read(corpus, AMPLE).values()] == [
        [f"Herring {number} swims."] for number in range(20)
    ]


def test_a_reader_writes_to_its_temporary_folder_and_nowhere_else(
    corpus: Path, write: Write, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    write("a.write", str(outside))
    write("b.scratch", "Herrings swim.")
    before = set(Path(tempfile.gettempdir()).iterdir())
    results = read(corpus)
    assert "a reader may not write" in str(results["a.write"])
    assert texts(results["b.scratch"]) == ["Herrings swim."]
    assert not list(outside.iterdir())
    assert not {p for p in set(Path(tempfile.gettempdir()).iterdir()) - before if p.is_file()}


def test_a_reader_reaches_no_network(corpus: Path, write: Write) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        write("a.connect", str(server.getsockname()[1]))
        assert "a reader may not do socket." in str(read(corpus)["a.connect"])
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_reader_that_prints_or_asks_disturbs_nothing(corpus: Path, write: Write) -> None:
    write("a.chatter", "Herrings swim.")
    write("b.txt", "Cod swims.\n")
    results = read(corpus)
    assert texts(results["a.chatter"]) == ["Herrings swim."]
    assert texts(results["b.txt"]) == ["Cod swims."]


def test_a_large_file_is_refused_without_being_read(corpus: Path, write: Write) -> None:
    with write("big.txt", "").open("wb") as file:
        file.truncate(2_000_000_000)  # a hole: it takes no room on the disk
    started = time.monotonic()
    assert "has 2000 MB, and the limit is 100 MB" in str(read(corpus)["big.txt"])
    assert time.monotonic() - started < 10


def test_more_than_is_read_ahead_comes_out_whole_and_in_order(corpus: Path, write: Write) -> None:
    for number in range(300):
        write(
            f"{number:03}.txt", f"Herring {number} swims.\n\n" * (3000 if number % 50 == 0 else 3)
        )
    results = read(corpus, Limits())
    assert list(results) == sorted(results)
    assert [texts(result)[0] for result in results.values()] == [
        f"Herring {number} swims." for number in range(300)
    ]


def test_a_reader_that_is_not_there_is_told_for_each_file(corpus: Path, write: Write) -> None:
    write("a.gone", "x")
    write("b.txt", "Cod swims.\n")
    results = read(corpus, table=TABLE | {".gone": "tests.helpers.hostile.gone"})
    assert "ModuleNotFoundError" in str(results["a.gone"])
    assert texts(results["b.txt"]) == ["Cod swims."]


def keys(store: Store) -> list[tuple[int, str, str]]:
    return [
        (stored.key, stored.address, stored.passage.text)
        for document in store.documents()
        for stored in store.passages(document.slug)
    ]


@pytest.mark.slow
def test_two_syncs_of_the_same_files_give_the_same_keys(
    corpus: Path, write: Write, tmp_path: Path
) -> None:
    for number in range(60):
        write(f"{number % 3}/{number:02}.txt", f"Herring {number} swims.\n\n" * (1 + number % 7))
        write(f"{number % 3}/{number:02}.md", f"Cod {number} swims.\n")
    write("1/10.loop", "x")
    stores = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        store = Store(sqlite_address(tmp_path / name))
        there = Corpus(corpus, frozenset(TABLE))
        plan = make_plan(store, there, list(there.files()), SHORT)
        read = partial(read_all, there, limits=SHORT, table=TABLE)
        with store.working() as work:
            report = apply(store, work, plan, lambda *_: None, Means(SHORT, read, lambda _: ""))
        assert list(report.failures) == ["1/10.loop"]
        stores.append(keys(store))
        store.close()
    assert len(stores[0]) > 120
    assert stores[0] == stores[1]


def test_a_new_file_is_hashed_beforehand_only_where_it_may_have_moved(
    library: Library, write: Write, corpus: Path
) -> None:
    path = write("a.txt", "Herrings swim.\n")
    library.maintenance.sync()
    other = write("b.txt", "Cod swims.\n")
    os.utime(other, ns=(1, 1))
    library.maintenance.plan()
    assert other.stat().st_atime_ns == 1
    path.rename(corpus / "c.txt")
    assert [file.path for _, file in library.maintenance.plan().moved] == ["c.txt"]
    assert other.stat().st_atime_ns != 1


@pytest.mark.slow
@posix
@pytest.mark.parametrize(
    ("name", "limits", "reason"),
    [
        ("large.txt", {"read_seconds": 1}, "takes more than 1 s of work to read"),
        ("large.txt", {"read_mb": 150}, "takes more than 150 MB of memory to read"),
        ("large.html", {"read_mb": 150}, "takes more than 150 MB of memory to read"),
    ],
)
def test_the_limits_are_those_of_the_settings(
    settings: Settings, write: Write, name: str, limits: dict[str, Any], reason: str
) -> None:
    write(name, "".join(f"<p>Herrings swim in sea {at}.\n" for at in range(1_000_000)))
    write("small.txt", "Cod swims.\n")
    with open_library(replace(settings, **limits)) as library:
        assert library.maintenance.sync().failures == {
            name: f"{reason}; split it, or raise {next(iter(limits))}"
        }


@pytest.mark.slow
@posix
def test_a_reader_that_stays_reads_on_whatever_the_file_before_did(
    corpus: Path, write: Write
) -> None:
    for name in ("b.loop", "c.crash", "d.allocate"):
        write(name, "x")
    write("a.txt", "Herrings swim.\n")
    with closing(Readers(hostile(corpus), SHORT, TABLE, stay=True)) as some:
        for name in ("b.loop", "c.crash", "d.allocate"):
            assert isinstance(read_by(some, corpus, name), Refused)
            assert texts(read_by(some, corpus, "a.txt")) == ["Herrings swim."]


@posix
def test_one_reader_stays_until_all_is_closed(corpus: Path, write: Write) -> None:
    write("a.txt", "Herrings swim.\n")
    with closing(Readers(hostile(corpus), SHORT, TABLE, stay=True)) as some:
        read_by(some, corpus, "a.txt")
        (process,) = workers()
        read_by(some, corpus, "a.txt")
        assert workers() == [process]
        os.kill(process, signal.SIGKILL)
        assert texts(read_by(some, corpus, "a.txt")) == ["Herrings swim."]
    assert workers() == []


@posix
def test_a_reader_that_was_started_ahead_is_the_one_that_reads(corpus: Path, write: Write) -> None:
    write("a.txt", "Herrings swim.\n")
    with closing(Readers(hostile(corpus), SHORT, TABLE)) as some:
        some.start()
        (process,) = workers()
        some.start()
        for _, result in some.read(list(hostile(corpus).files())):
            assert texts(result) == ["Herrings swim."]
            assert workers() == [process]
        assert workers() == []
        some.start()
        (process,) = workers()
        os.kill(process, signal.SIGKILL)
        assert texts(read_by(some, corpus, "a.txt")) == ["Herrings swim."]
        some.start()
    assert workers() == []


def read_by(some: Readers, corpus: Path, path: str) -> Parsed | Refused:
    ((_, result),) = some.read(list(hostile(corpus).files([path])))
    return result


def workers() -> list[int]:
    """The processes of this one that read."""
    found = children(os.getpid()).items()
    return [process for process, command in found if "indexer.reading.worker" in command]
