"""What others do to a store in PostgreSQL between the plan of a worker and what it writes.

python -m tests.cluster pytest tests/test_workers_meanwhile.py
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from indexer.config import Settings
from indexer.corpus.corpus import Corpus
from indexer.corpus.walk import FoundFile
from indexer.errors import Locked, StoreUnavailable
from indexer.intake.service import keep, look, staging
from indexer.library import Library, open_library
from indexer.processes.lock import writer_lock
from indexer.reading.protocol import Limits, Parsed, Refused, Wanted, every
from indexer.safekeeping.restoring import renew
from indexer.store.locks import ALONE
from indexer.store.log import Happening
from indexer.store.store import Store
from indexer.store.work import Work
from indexer.sync.apply import settle
from indexer.watching.watcher import Watcher
from tests.conftest import Write, put
from tests.helpers.crew import BOUND, wait_until
from tests.helpers.inline import Inline, open_inline


@pytest.fixture
def store_name() -> str:
    return "postgresql"


@dataclass
class Late:
    """Readers that let something `happen` when it is planned what they are to read."""

    happen: Callable[[], object]

    def __call__(self, corpus: Corpus, limits: Limits) -> "_Late":
        return _Late(self, corpus, limits)


class _Late(Inline):
    def __init__(self, late: Late, corpus: Corpus, limits: Limits) -> None:
        super().__init__(corpus, limits)
        self._late = late

    def read(
        self, files: Sequence[FoundFile], wanted: Wanted = every
    ) -> Iterator[tuple[FoundFile, Parsed | Refused]]:
        self._late.happen()
        yield from super().read(files, wanted)


def test_a_copy_that_another_has_read_meanwhile_is_not_written_again(
    settings: Settings, tmp_path: Path
) -> None:
    copy = replace(settings, corpus=tmp_path / "copy", data=tmp_path / "other")
    for number, each in enumerate((settings, copy)):
        put(each.corpus, "a.txt", b"1. A herring.\n")
        os.utime(each.corpus / "a.txt", ns=(1, 1 + number))
    with open_inline(copy) as other:
        late = Late(other.maintenance.sync)
        with open_library(settings, readers=late) as library:
            report = library.maintenance.sync()
            assert (report.plan.new, report.others) == ((), 1)
            assert [event.happening for event in library.log.of("a")] == [Happening.NEW]


def test_an_address_that_another_has_given_meanwhile_is_not_given_again(
    settings: Settings, write: Write
) -> None:
    write("a/b.txt", "1. A herring.\n")

    def happen() -> None:
        write("a-b.txt", "1. A cod.\n")
        with open_inline(settings) as other:
            other.maintenance.sync(only=["a-b.txt"])

    with open_library(settings, readers=Late(happen)) as library:
        library.maintenance.sync()
        assert {each.slug: each.file for each in library.documents()} == {
            "a-b": "a-b.txt",
            "a-b-txt": "a/b.txt",
        }


def test_what_is_not_as_it_was_planned_for_is_planned_again(
    settings: Settings, write: Write, corpus: Path
) -> None:
    write("a.txt", "1. A herring.\n")
    write("b.txt", "1. A cod.\n")
    with open_inline(settings) as library, closing(Store(settings.store)) as store:
        library.maintenance.sync()
        (corpus / "a.txt").rename(corpus / "c.txt")
        (corpus / "b.txt").unlink()
        planned = library.maintenance.plan()
        assert (len(planned.moved), len(planned.removed)) == (1, 1)
        write("b.txt", "1. Another cod.\n")
        library.maintenance.sync(only=["b.txt"])
        before = store.position()
        with store.working() as work:
            assert not settle(work, planned)
            assert store.position() == before
            assert settle(work, library.maintenance.plan())
        assert {each.slug for each in library.documents()} == {"b", "c"}


def test_what_another_still_reads_is_waited_for_as_long_as_one_wants(
    settings: Settings, write: Write
) -> None:
    write("a.txt", "1. A herring.\n")
    write("b.txt", "1. A cod.\n")
    with open_inline(settings) as library, closing(Store(settings.store)) as store:
        with store.working() as work:
            work.claim(["a.txt"])
            report = library.maintenance.sync(patience=0)
            assert ([file.path for file in report.plan.new], report.left) == (["b.txt"], ("a.txt",))
            waiting = threading.Thread(target=library.maintenance.sync)
            waiting.start()
            waiting.join(1)
            assert waiting.is_alive()
        waiting.join()
        assert {each.slug for each in library.documents()} == {"a", "b"}


def test_what_is_sent_in_while_another_reads_it_is_told_to_come(
    settings: Settings, library: Library
) -> None:
    incoming = staging(settings).receive()
    incoming.write(b"1. A herring.\n")
    (upload,) = look(settings, [staging(settings).add(incoming, "me", "a.txt")])
    with closing(Store(settings.store)) as store, store.working() as work:
        work.claim(["a.txt"])
        (kept,) = keep(settings, [upload], patience=0)
        assert "will be found after the next sync" in kept.problem
    library.maintenance.sync()
    assert library.search("herring").total == 1


def test_an_index_that_another_brings_up_is_brought_up_later(
    settings: Settings, write: Write
) -> None:
    write("a.txt", "1. A herring.\n")
    with open_inline(settings) as library:
        library.maintenance.sync()
        write("b.txt", "1. Another herring.\n")
        with writer_lock(settings.data):
            assert "is writing to" in library.maintenance.sync(patience=0).awaits
            assert "is writing to" in library.maintenance.bring_up(patience=0)
            assert library.search("herring").total == 1
        assert library.maintenance.bring_up() == ""
        assert library.search("herring").total == 2


def test_who_follows_a_folder_tries_again_to_bring_up_the_index(
    settings: Settings, write: Write
) -> None:
    told: list[str] = []
    stop = threading.Event()
    watcher = threading.Thread(target=Watcher(settings, told.extend, stop).run, daemon=True)
    with open_inline(settings) as library:
        library.maintenance.sync()
        watcher.start()
        wait_until(lambda: any("Following" in line for line in told))
        with writer_lock(settings.data, BOUND):
            write("a.txt", "1. A herring.\n")
            wait_until(lambda: any("new a.txt" in line for line in told))
            assert library.search("herring").total == 0
        wait_until(lambda: library.search("herring").total == 1)
        stop.set()
        watcher.join()


def test_nobody_writes_while_an_index_is_switched(settings: Settings, write: Write) -> None:
    write("a.txt", "1. A herring.\n")
    with open_inline(settings) as library, closing(Store(settings.store)) as store:
        syncing = threading.Thread(target=library.maintenance.sync)
        with store.quiet():
            syncing.start()
            syncing.join(0.5)
            assert syncing.is_alive()
            assert not store.documents()
        syncing.join()
        assert store.documents()


def test_a_restored_store_is_not_given_to_workers_at_work(settings: Settings) -> None:
    with open_inline(settings, upgrades=True), closing(Store(settings.store)) as store:
        with store.working(), pytest.raises(Locked, match="restoring or upgrading"):
            renew(settings)
        with store.exclusive(ALONE, 0), pytest.raises(Locked), store.working():
            pass
        renew(settings)
        with store.working():
            pass


def test_claims_end_with_their_session_and_so_does_the_right_to_write(settings: Settings) -> None:
    with (
        closing(Store(settings.store)) as one,
        closing(Store(settings.store)) as other,
        other.working() as later,
    ):
        with pytest.raises(StoreUnavailable), one.working() as lost:
            assert lost.claim(["a.txt", "b.txt"]).files == {"a.txt", "b.txt"}
            lost.release(["b.txt"])
            assert later.claim(["a.txt", "b.txt", "c.txt"]).files == {"b.txt", "c.txt"}
            end_session(settings, lost)
            with lost.writing():
                pytest.fail("it writes")
        assert later.claim(["a.txt"]).files == {"a.txt"}


def test_the_server_asks_whether_a_worker_is_still_there(settings: Settings) -> None:
    """Else a machine that is gone would keep its claims for two hours."""
    with closing(Store(settings.store)) as store, store.working() as work:
        with work._connection.begin():
            idle = work._connection.scalar(sa.text("SHOW tcp_keepalives_idle"))
        if idle == "0":
            pytest.skip("the server is not reached by TCP")
        assert idle == "20"


def end_session(settings: Settings, work: Work) -> None:
    """Ends a worker's session of the database, as a broken connection would."""
    with work._connection.begin():
        number = work._connection.scalar(sa.select(sa.func.pg_backend_pid()))
    database = sa.create_engine(settings.store)
    with database.connect() as connection:
        connection.execute(sa.select(sa.func.pg_terminate_backend(number, 10_000)))
    database.dispose()
