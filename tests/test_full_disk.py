"""A disk that is full or takes nothing: an error that says so, and all is right once it does."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.config import Settings
from indexer.credentials import Tokens
from tests.conftest import EVERY_ENGINE, Write
from tests.helpers.disks import Disk, small_disk
from tests.helpers.inline import open_inline
from tests.test_web_uploads import send
from web.app import create_app

Run = Callable[..., "subprocess.CompletedProcess[str]"]

HERRINGS = "\n\n".join(f"{n}. Herrings swim in sea {n}, and word{n} swims." for n in range(1, 60))
NO_ROOM = "there is no room on the disk"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk") as mounted:
        yield mounted


@pytest.fixture
def settings(corpus: Path, disk: Disk, engine_name: str) -> Settings:
    """Two documents, synced to the small disk."""
    for name in ("a", "b"):
        (corpus / f"{name}.txt").write_text(f"1. Herrings swim in sea {name}.\n")
    settings = Settings(corpus, disk.place / "data", engine=engine_name)
    with open_inline(settings, upgrades=True) as library:
        library.maintenance.sync()
    return settings


@pytest.fixture
def run(settings: Settings) -> Run:
    """Runs `pilcrow`, each time in a process of its own."""
    place = ["--corpus", str(settings.corpus), "--data", str(settings.data)]
    place += ["--engine", settings.engine]

    def run_command(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-c", "from indexer.cli import main; main()", *words, *place]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run_command


def more(settings: Settings) -> None:
    for number in range(40):
        text = HERRINGS.replace("word", f"word{number}x")
        (settings.corpus / f"{number:02}.txt").write_text(text)


def assert_told(done: "subprocess.CompletedProcess[str]", said: str) -> None:
    assert "Traceback" not in done.stderr
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr


def assert_whole(settings: Settings, paragraphs: int) -> None:
    with open_inline(settings, upgrades=True) as library:
        library.maintenance.sync()
        assert library.maintenance.check().holds
        assert library.search("herrings").total == paragraphs


@pytest.mark.slow
@EVERY_ENGINE
@pytest.mark.parametrize("left", [200_000, 500_000])
def test_a_sync_that_finds_no_room(settings: Settings, disk: Disk, run: Run, left: int) -> None:
    more(settings)
    disk.fill(left)
    assert_told(run("sync"), NO_ROOM)
    assert "Herrings" in run("search", "sea").stdout
    disk.free()
    disk.remount("size=30m")
    assert_whole(settings, 2 + 40 * 59)


@pytest.mark.slow
@EVERY_ENGINE
@pytest.mark.parametrize("left", [0, 20_000, 60_000])
def test_a_rebuild_that_finds_no_room(settings: Settings, disk: Disk, run: Run, left: int) -> None:
    disk.fill(left)
    done = run("rebuild")
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or NO_ROOM in done.stderr
    disk.free()
    assert run("rebuild").returncode == 0
    assert_whole(settings, 2)


@pytest.mark.slow
def test_nothing_works_without_any_room_and_says_so(
    settings: Settings, disk: Disk, run: Run
) -> None:
    disk.fill()
    for words in (["search", "herrings"], ["sync"], ["check"], ["info"], ["token", "x"]):
        assert_told(run(*words), NO_ROOM)
    disk.free()
    assert_whole(settings, 2)


def test_a_backup_to_a_full_disk_leaves_nothing(
    settings: Settings, run: Run, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "other", "64k") as other:
        assert_told(run("backup", str(other.place / "kept.db")), NO_ROOM)
        assert list(other.place.iterdir()) == []
    assert_whole(settings, 2)


@pytest.mark.slow
@pytest.mark.parametrize("full", ["data", "corpus"])
def test_an_upload_that_finds_no_room(
    settings: Settings, disk: Disk, tmp_path: Path, full: str
) -> None:
    if full == "corpus":
        (disk.place / "corpus").mkdir()
        settings = replace(settings, corpus=disk.place / "corpus", data=tmp_path / "data")
    text = HERRINGS * 40
    with open_inline(settings, upgrades=True) as library:
        token = Tokens(settings.data).make("one")
        client = create_app(library).test_client()
        disk.fill(20_000)
        answer = send(client, token, [("new.txt", text)])
        assert answer.status_code == 507
        assert "room" in answer.get_json()["detail"]
        assert not list(settings.corpus.glob("**/*new*"))
        disk.free()
        assert send(client, token, [("new.txt", text)]).status_code == 201


@pytest.mark.slow
@EVERY_ENGINE
def test_a_disk_that_takes_nothing(settings: Settings, disk: Disk, run: Run, write: Write) -> None:
    """As one that the system has set read-only for its errors."""
    write("c.txt", "1. Herrings rest.\n")
    disk.remount("ro")
    for words in (["sync"], ["rebuild"], ["token", "x"]):
        assert_told(run(*words), "read-only")
    shown = run("search", "herrings")
    assert "2 paragraphs" in shown.stdout or "read-only" in shown.stderr
    disk.remount("rw")
    assert_whole(settings, 3)
