"""A store that is backed up, lost or damaged, and restored: each way out that the docs name."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli import main
from indexer.config import Settings
from indexer.errors import BadSetting, IndexUnavailable, StoreMissing, StoreUnavailable
from indexer.library import Library
from indexer.safekeeping import backups, restoring
from indexer.store import copies
from tests.conftest import EVERY_ENGINE, Write
from tests.helpers.inline import open_inline


def opened(settings: Settings, *, new_store: bool = False) -> Library:
    """As 'pilcrow sync' opens it."""
    return open_inline(settings, upgrades=True, new_store=new_store)


def sync(settings: Settings) -> None:
    with opened(settings) as library:
        library.maintenance.sync()


@pytest.fixture
def kept(settings: Settings, write: Write, tmp_path: Path) -> Path:
    """A backup of two editions of a document; the store has a third since, and another document."""
    for word in ("first", "second"):
        write("a.txt", f"1. The {word} lamp.\n")
        sync(settings)
    target = tmp_path / "kept.db"
    backups.backup(settings, target)
    write("a.txt", "1. The third lamp.\n")
    write("b.txt", "1. A harbour.\n")
    sync(settings)
    return target


def store(settings: Settings) -> Path:
    return settings.data / "pilcrow.db"


def delete(settings: Settings) -> None:
    for each in settings.data.glob("pilcrow.db*"):
        each.unlink()


def assert_as_backed_up_and_caught_up(settings: Settings) -> None:
    """The editions of the backup have their addresses, and what came later is in again."""
    with opened(settings) as library:
        library.maintenance.sync()
        assert library.maintenance.check().holds
        for edition, word in enumerate(("first", "second", "third"), start=1):
            (passage,) = library.document("a", edition).passages
            assert passage.passage.text == f"The {word} lamp."
        for word, slug in (("third", "a"), ("harbour", "b")):
            (hit,) = library.search(word).hits
            assert hit.document.slug == slug
        assert library.search("second").total == 0


@EVERY_ENGINE
def test_a_backup_takes_the_place_of_a_store_that_is_gone(settings: Settings, kept: Path) -> None:
    delete(settings)
    restored = restoring.restore(settings, kept, force=False)
    assert (restored.contents.documents, restored.contents.editions) == (1, 2)
    assert restored.replaced is None
    assert_as_backed_up_and_caught_up(settings)


@EVERY_ENGINE
def test_an_index_that_followed_what_is_lost_answers_nothing(
    settings: Settings, kept: Path, write: Write
) -> None:
    """Its keys may soon mean other passages."""
    restoring.restore(settings, kept, force=True)
    write("c.txt", "1. A tide.\n\n2. A ship.\n")
    with opened(settings) as library:
        with pytest.raises(IndexUnavailable, match="for another store"):
            library.search("harbour")
        assert library.document("a").document.edition == 2
    assert_as_backed_up_and_caught_up(settings)


@EVERY_ENGINE
def test_a_copy_that_was_put_back_by_hand_is_noticed(
    settings: Settings, kept: Path, write: Write
) -> None:
    """The index is ahead; were the store written to first, that could not be seen any more."""
    delete(settings)
    shutil.copy(kept, store(settings))
    write("c.txt", "1. A tide.\n")
    write("d.txt", "1. A ship.\n")
    assert_as_backed_up_and_caught_up(settings)
    with opened(settings) as library:
        assert [hit.document.slug for hit in library.search("tide").hits] == ["c"]


def test_a_store_is_not_overwritten_unasked(settings: Settings, kept: Path) -> None:
    with pytest.raises(BadSetting, match=r"2 documents in 4 editions.* 2 writes would be lost"):
        restoring.restore(settings, kept, force=False)
    restored = restoring.restore(settings, kept, force=True)
    assert restored.replaced is not None
    assert copies.contents(restored.replaced).editions == 4


def test_a_server_that_runs_sees_that_the_store_was_replaced(
    settings: Settings, kept: Path
) -> None:
    with open_inline(settings) as library:
        assert library.search("third").total == 1
        restoring.restore(settings, kept, force=True)
        with pytest.raises(StoreUnavailable, match="replaced while this was running"):
            library.document("a")
        delete(settings)
        with pytest.raises(StoreUnavailable, match="is gone"):
            library.document("a")
        assert not store(settings).exists()


def spoil(damage: str) -> Callable[[Path], None]:
    def cut(path: Path) -> None:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    def overwrite(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[4096 : 5 * 4096] = b"\xaa" * 4 * 4096
        path.write_bytes(content)

    def head(path: Path) -> None:
        path.write_bytes(b"nonsense" * 512 + path.read_bytes()[4096:])

    return {"cut": cut, "overwritten": overwrite, "headless": head}[damage]


DAMAGES = pytest.mark.parametrize("damage", ["cut", "overwritten", "headless"])


@DAMAGES
def test_a_damaged_store_is_an_error_with_a_way_out(
    settings: Settings, kept: Path, damage: str
) -> None:
    spoil(damage)(store(settings))
    runner = CliRunner()
    place = ["--corpus", str(settings.corpus), "--data", str(settings.data)]
    done = runner.invoke(main, ["check", *place])
    assert done.exit_code == 1
    assert "is damaged" in done.output
    assert "'pilcrow restore FILE'" in done.output
    refused = runner.invoke(main, ["restore", str(kept), *place])
    assert "it cannot be read" in refused.output
    assert runner.invoke(main, ["restore", str(kept), "--force", *place]).exit_code == 0
    assert_as_backed_up_and_caught_up(settings)


@DAMAGES
def test_a_damaged_backup_is_refused(settings: Settings, kept: Path, damage: str) -> None:
    spoil(damage)(kept)
    before = store(settings).read_bytes()
    with pytest.raises(StoreUnavailable, match="damaged"):
        restoring.restore(settings, kept, force=True)
    assert store(settings).read_bytes() == before


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="there is no sqlite3 (Debian: sqlite3)")
def test_what_sqlite_saves_of_a_damaged_store_can_be_restored(
    settings: Settings, kept: Path
) -> None:
    kept.unlink()  # there is no backup
    with closing(sqlite3.connect(store(settings))) as database:
        (page,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'passages_by_order'"
        ).fetchone()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(store(settings).read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xaa" * 4096
    store(settings).write_bytes(content)
    with opened(settings) as library, pytest.raises(StoreUnavailable, match="damaged"):
        library.maintenance.check()
    recovered = settings.data / "recovered.db"
    words = f"sqlite3 {store(settings)} .dump | sed 's/^ROLLBACK;.*/COMMIT;/' | sqlite3 {recovered}"
    subprocess.run(words, shell=True, check=True)
    restoring.restore(settings, recovered, force=True)
    assert_as_backed_up_and_caught_up(settings)


def test_a_missing_store_is_never_made_anew_in_silence(
    settings: Settings, kept: Path, tmp_path: Path
) -> None:
    delete(settings)
    backed_up = replace(settings, backup_folder=str(tmp_path))
    kept.rename(tmp_path / "pilcrow-2026-01-02.db")
    for upgrades in (False, True):
        with pytest.raises(StoreMissing, match=r"every citation .* 'pilcrow sync --new-store'"):
            open_inline(settings, upgrades=upgrades)
        with pytest.raises(StoreMissing, match=r"restore .*pilcrow-2026-01-02.db'"):
            open_inline(backed_up, upgrades=upgrades)
    assert not store(settings).exists()
    for sign in ("whoosh", "STORE"):
        there = settings.data / sign
        shutil.rmtree(there) if there.is_dir() else there.unlink()
        with pytest.raises(StoreMissing):
            open_inline(backed_up)
    open_inline(settings).close()  # of which nothing tells any more


def test_an_empty_file_is_a_missing_store(settings: Settings, kept: Path) -> None:
    delete(settings)
    store(settings).touch()
    with pytest.raises(StoreMissing):
        opened(settings)
    restoring.restore(settings, kept, force=True)
    assert_as_backed_up_and_caught_up(settings)


@EVERY_ENGINE
def test_a_new_store_is_made_where_that_is_wanted(settings: Settings, kept: Path) -> None:
    delete(settings)
    with opened(settings, new_store=True) as library:
        library.maintenance.sync()
        assert library.maintenance.check().holds
        assert library.search("third").total == 1
        assert library.document("a").document.edition == 1
    assert kept.exists()


def test_a_backup_is_one_moment_of_a_store_that_is_written_to(
    settings: Settings, write: Write, tmp_path: Path
) -> None:
    over = threading.Event()

    def write_on() -> None:
        with opened(settings) as library:
            for number in range(200):
                if over.is_set():
                    return
                write("a.txt", "".join(f"{n}. Lamp {number}.\n\n" for n in range(1, 30)))
                library.maintenance.sync(only=["a.txt"])

    sync(settings)
    writer = threading.Thread(target=write_on)
    writer.start()
    for number in range(5):
        target = tmp_path / f"{number}.db"
        backups.backup(settings, target)
        with closing(sqlite3.connect(target)) as database:
            texts = database.execute("SELECT DISTINCT text FROM passages WHERE until IS NULL")
            assert len(texts.fetchall()) <= 1
    over.set()
    writer.join()


def test_a_backup_replaces_nothing_but_a_backup(settings: Settings, tmp_path: Path) -> None:
    sync(settings)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear friends")
    with pytest.raises(BadSetting, match="is no backup"):
        backups.backup(settings, letter)
    with pytest.raises(BadSetting, match="is a folder"):
        backups.backup(settings, tmp_path)
    with pytest.raises(StoreUnavailable, match="No such file"):
        backups.backup(settings, tmp_path / "nowhere" / "kept.db")
    assert letter.read_text() == "Dear friends"
    for _ in range(2):
        backups.backup(settings, tmp_path / "kept.db")
    assert not list(tmp_path.glob(".kept*"))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such file")
def test_a_disk_that_is_full_leaves_the_last_backup(settings: Settings, kept: Path) -> None:
    before = kept.read_bytes()
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000)); "
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "from indexer.cli import main; main()"
    )
    words = ["backup", str(kept), "--corpus", str(settings.corpus), "--data", str(settings.data)]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=False)
    assert done.returncode == 1
    assert b"cannot be used" in done.stderr
    assert kept.read_bytes() == before
    assert not list(kept.parent.glob(".kept*"))


def test_a_backup_is_made_once_a_day_and_the_newest_are_kept(
    settings: Settings, write: Write, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    wanted = replace(settings, backup_folder=str(folder), backup_keep=2)
    assert backups.daily(settings) is None
    write("a.txt", "1. A lamp.\n")
    sync(settings)
    made = backups.daily(wanted)
    assert made is not None
    assert copies.contents(made).documents == 1
    assert backups.daily(wanted) is None
    for day in (1, 2, 3):
        shutil.copy(made, folder / f"pilcrow-2020-01-0{day}.db")
    shutil.copy(made, folder / "of-mine.db")
    made.unlink()
    assert backups.daily(wanted) == made
    assert [path.name for path in backups.kept(folder)] == ["pilcrow-2020-01-03.db", made.name]
    assert (folder / "of-mine.db").exists()
