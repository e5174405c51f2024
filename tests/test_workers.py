"""Several workers that share one store in PostgreSQL: what they do is what one would have done.

python -m tests.cluster pytest tests/test_workers.py
"""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from indexer.config import Settings
from indexer.library import Library
from indexer.store.log import Happening
from indexer.store.store import Store
from indexer.watching.watcher import Watcher
from tests.conftest import Write, put
from tests.helpers.crew import Pace, at_once, crew, wait_until
from tests.helpers.inline import open_inline
from tests.helpers.said import said
from tests.helpers.unruly import Unruly

FILES = 150


@pytest.fixture
def store_name() -> str:
    return "postgresql"


@pytest.fixture(params=["one data folder", "a data folder each"])
def machines(request: pytest.FixtureRequest, settings: Settings) -> list[Settings]:
    """Three workers' settings."""
    if request.param == "one data folder":
        return [settings] * 3
    return [replace(settings, data=settings.data / str(number)) for number in range(3)]


@pytest.fixture
def alone(settings: Settings, tmp_path: Path) -> Iterator[Library]:
    """A library of the same corpus that one worker keeps."""
    with open_inline(replace(settings, data=tmp_path / "alone", store="")) as opened:
        yield opened


def test_several_share_the_reading_and_each_file_is_in_once(
    machines: list[Settings], write: Write, alone: Library, tmp_path: Path
) -> None:
    for number in range(FILES):
        write(f"{number % 7}/{number}.txt", f"1. Herring {number}.\n\n2. Cod {number}.\n")
    pace = Pace(tmp_path / "pace", meets=3, slow=0.004)
    with crew(machines, pace) as members, followed(machines[0]) as positions:
        reports = at_once(members)
    new = [{file.path for file in report.plan.new} for report in reports]
    assert all(new)
    assert sum(map(len, new)) == len(set.union(*new)) == FILES
    assert [report.others for report in reports] == [FILES - len(each) for each in new]
    assert Counter(read(pace)) == dict.fromkeys(set.union(*new), 1)
    alone.maintenance.sync()
    for each in machines:
        with open_inline(each) as library:
            library.maintenance.sync()
            assert library.maintenance.check().holds
            assert library.search("herring").total == FILES
            assert said(library) == said(alone)
            assert positions == [event.seq for event in library.log.between(0, 10**9)]


def test_what_a_killed_worker_had_claimed_is_read_by_the_others(
    machines: list[Settings], write: Write, alone: Library, tmp_path: Path
) -> None:
    for number in range(60):
        write(f"{number}.txt", f"1. Herring {number}.\n")
    quick, slow = Pace(tmp_path / "quick", slow=0.01), Pace(tmp_path / "slow", stops=9)
    with crew(machines[:1], slow) as (doomed,), crew(machines[1:], quick) as others:
        doomed.begin()
        wait_until((slow.place / "stopped").exists)
        for member in others:
            member.begin()
        wait_until(lambda: len(read(quick)) > 30)  # its own are waited for
        assert doomed.process.pid
        os.kill(doomed.process.pid, signal.SIGKILL)
        reports = [member.report() for member in others]
    assert {file.path for report in reports for file in report.plan.new} >= set(read(slow)[-1:])
    alone.maintenance.sync()
    with open_inline(machines[1]) as library:
        assert said(library) == said(alone)
        library.maintenance.sync()
        assert library.maintenance.check().holds
        assert library.search("herring").total == 60


def test_two_that_see_the_same_changed_file_make_one_edition(
    machines: list[Settings], write: Write, tmp_path: Path
) -> None:
    write("a.txt", "1. The first herring.\n")
    with crew(machines, Pace(tmp_path / "pace", slow=0.1)) as members:
        at_once(members)
        for number in range(2, 6):
            write("a.txt", f"1. Herring number {number}.\n")
            reports = at_once(members)
            assert sum(len(report.plan.changed) for report in reports) == 1
    with closing(Store(machines[0].store)) as store:
        assert store.document("a").edition == 5


def test_what_differs_in_its_time_alone_is_no_edition_of_a_copy(
    settings: Settings, tmp_path: Path
) -> None:
    """Machines may have copies of the corpus that were not made with their times."""
    copies = [replace(settings, corpus=tmp_path / name, data=tmp_path / name) for name in "xy"]
    for number, each in enumerate(copies):
        put(each.corpus, "a.txt", b"1. A herring.\n")
        os.utime(each.corpus / "a.txt", ns=(1, 1 + number))
    with crew(copies, Pace(tmp_path / "pace", slow=0.1)) as members:
        reports = at_once(members)
        assert sum(len(report.plan.new) for report in reports) == 1
        at_once(members)
    with closing(Store(settings.store)) as store:
        assert store.document("a").edition == 1


def test_files_leave_and_move_while_another_works(
    machines: list[Settings], write: Write, corpus: Path, alone: Library, tmp_path: Path
) -> None:
    for name in ("leaves", "moves", "stays"):
        write(f"{name}.txt", f"1. It {name}.\n")
    for library in (alone, open_inline(machines[0])):
        library.maintenance.sync()
    library.close()
    for number in range(40):
        write(f"new/{number}.txt", f"1. Herring {number}.\n")
    (corpus / "new" / "0.txt").rename(corpus / "out-of-the-way")
    pace = Pace(tmp_path / "pace", slow=0.05)
    with crew(machines, pace) as (busy, other, late):
        busy.begin()
        wait_until((pace.place / "read").exists)
        (corpus / "leaves.txt").unlink()
        (corpus / "moves.txt").rename(corpus / "new" / "0.txt")
        (report,) = at_once([other])
        assert [record.file for record in report.plan.removed] == ["leaves.txt"]
        assert [file.path for _, file in report.plan.moved] == ["new/0.txt"]
        busy.report()
        assert at_once([late])[0].others == 0
    alone.maintenance.sync()
    with open_inline(machines[0]) as library:
        assert said(library) == said(alone)
        library.maintenance.sync()
        assert library.maintenance.check().holds


def test_a_file_that_goes_while_it_is_read_does_not_stay(
    settings: Settings, write: Write, corpus: Path, tmp_path: Path
) -> None:
    """Who hears of it looks before it is written, and finds nothing to do."""
    write("a.txt", "1. A herring.\n")
    pace = Pace(tmp_path / "pace", meets=2)
    with crew([settings], pace) as (busy,), open_inline(settings) as library:
        busy.begin()
        wait_until(lambda: len(list(pace.place.glob("met-*"))) == 1)
        (corpus / "a.txt").unlink()
        assert library.maintenance.sync(only=["a.txt"]).plan.removed == ()
        (pace.place / "met-here").touch()
        report = busy.report()
        assert [record.file for record in report.plan.removed] == ["a.txt"]
        assert not library.documents()


def test_a_file_that_cannot_be_read_is_tried_once_and_told_by_all(
    machines: list[Settings], write: Write, tmp_path: Path
) -> None:
    write("broken.docx", "no document of Word")
    for number in range(20):
        write(f"{number}.txt", f"1. Herring {number}.\n")
    pace = Pace(tmp_path / "pace", slow=0.02)
    with crew(machines, pace) as members:
        reports = at_once(members)
    assert {tuple(report.failures) for report in reports} == {("broken.docx",)}
    assert read(pace).count("broken.docx") == 1
    with closing(Store(machines[0].store)) as store:
        assert list(store.failures()) == ["broken.docx"]
        assert store.failures()["broken.docx"].reason == reports[0].failures["broken.docx"]


def test_addresses_are_given_in_the_order_of_paths(
    machines: list[Settings], write: Write, alone: Library, tmp_path: Path
) -> None:
    """Also where several files want one, and the first of them cannot be read."""
    for number in range(30):
        write(f"{number}.docx", "no document of Word")
        for name in (f"{number}.md", f"{number}.txt", f"{number}-txt.md", f"{number}_txt.md"):
            write(name, f"1. Herring of {name}.\n")
    with crew(machines, Pace(tmp_path / "pace", meets=3, slow=0.002)) as members:
        at_once(members)
    alone.maintenance.sync()
    with open_inline(machines[0]) as library:
        assert said(library) == said(alone)


def test_a_rebuild_goes_on_beside_the_workers_and_has_all_that_they_write(
    machines: list[Settings], write: Write, tmp_path: Path
) -> None:
    write("a.txt", "1. A herring.\n")
    with open_inline(machines[0]) as library:
        library.maintenance.sync()
        for number in range(60):
            write(f"{number}.txt", f"1. Herring {number}.\n")
        with crew(machines[1:], Pace(tmp_path / "pace", slow=0.02)) as members:
            for member in members:
                member.begin()
            while len(library.documents()) < 61:
                library.maintenance.rebuild()
            for member in members:
                member.report()
        library.maintenance.sync()
        assert library.maintenance.check().holds
        assert library.search("herring").total == 61


def test_who_follows_the_folder_on_several_machines_shares_what_happens(
    settings: Settings, write: Write, corpus: Path
) -> None:
    machines = [replace(settings, data=settings.data / name) for name in ("one", "other")]
    told: list[str] = []
    stop = threading.Event()
    watchers = [threading.Thread(target=Watcher(m, told.extend, stop).run) for m in machines]
    for watcher in watchers:
        watcher.start()
    try:
        wait_until(lambda: sum("Following" in line for line in told) == 2)
        path = write("a.txt", "1. A herring.\n")
        wait_until(lambda: found_by(machines, "herring") == 2)
        path.write_text("1. A cod.\n")
        wait_until(lambda: found_by(machines, "cod") == 2)
        path.rename(corpus / "b.txt")
        wait_until(lambda: any("moved" in line for line in told))
        (corpus / "b.txt").unlink()
        wait_until(lambda: found_by(machines, "cod") == 0)
    finally:
        stop.set()
        for watcher in watchers:
            watcher.join()
    words = ("new a.txt", "changed a.txt", "moved a.txt → b.txt", "removed b.txt")
    assert [sum(each in line for line in told) for each in words] == [1, 1, 1, 1]


def found_by(machines: list[Settings], query: str) -> int:
    """On how many machines something is found."""
    found = 0
    for each in machines:
        with open_inline(each) as library:
            if library.maintenance.is_searchable():
                found += library.search(query).total
    return found


# A few by default; the slow one goes on for longer.
@pytest.mark.parametrize(("seed", "rounds"), [(1, 6), pytest.param(2, 60, marks=pytest.mark.slow)])
def test_whatever_happens_it_is_as_if_one_had_worked(
    machines: list[Settings], corpus: Path, alone: Library, tmp_path: Path, seed: int, rounds: int
) -> None:
    folder = Unruly(corpus, random.Random(seed))
    with crew(machines, Pace(tmp_path / "pace", slow=0.003)) as members:
        for _ in range(rounds):
            folder.happen(25)
            at_once(members)
            alone.maintenance.sync()
            with open_inline(machines[0]) as library:
                assert said(library) == said(alone)
                assert not library.maintenance.plan().new
    for each in machines:
        with open_inline(each) as library:
            library.maintenance.sync()
            assert library.maintenance.check().holds


@pytest.mark.parametrize(("seed", "rounds"), [(3, 4), pytest.param(4, 40, marks=pytest.mark.slow)])
def test_what_happens_while_they_work_and_die_comes_to_the_same_documents(
    machines: list[Settings], corpus: Path, tmp_path: Path, seed: int, rounds: int
) -> None:
    chance = random.Random(seed)
    folder, pace = Unruly(corpus, chance), Pace(tmp_path / "pace", slow=0.003)
    for _ in range(rounds):
        with crew(machines, pace) as members:
            for member in members:
                member.begin()
                folder.happen(12)
                time.sleep(chance.uniform(0, 0.2))
            members[0].process.kill()
            folder.happen(4)
            for member in members[1:]:
                member.report()
        with open_inline(machines[1]) as library:
            library.maintenance.sync()
            there = [record for record in library._store.files().values() if record.present]
            assert sorted(record.file for record in there) == folder.readable()
            assert len(library.documents()) == len(there)  # no path has two documents
            assert library.maintenance.check().holds
            assert_lives_make_sense(library)


def assert_lives_make_sense(library: Library) -> None:
    """That each document's log begins with its arrival and tells each edition once."""
    for record in library._store.files().values():
        events = library._store.log.of(record.slug)
        assert [event.happening for event in events].count(Happening.NEW) == 1
        assert events[0].happening is Happening.NEW
        numbers = [event.edition.number for event in events]
        assert numbers == sorted(numbers)
        assert set(numbers) == set(range(1, library._store.document(record.slug).edition + 1))
        for one, next_one in pairwise(events):
            gone = one.happening is Happening.WITHDRAWN
            assert (next_one.happening is Happening.RETURNED) == gone


@contextmanager
def followed(settings: Settings) -> Iterator[list[int]]:
    """The positions of the change log that one sees who follows it all the while."""
    seen: list[int] = []
    over = threading.Event()

    def follow() -> None:
        with closing(Store(settings.store)) as store:
            last = False
            while not last:
                last = over.is_set()
                after = seen[-1] if seen else 0
                seen.extend(event.seq for event in store.log.between(after, 10**9))

    follower = threading.Thread(target=follow)
    follower.start()
    try:
        yield seen
    finally:
        over.set()
        follower.join()


def read(pace: Pace) -> list[str]:
    """The files that were read, in the order in which they were."""
    log = pace.place / "read"
    return log.read_text("utf-8").splitlines() if log.exists() else []
