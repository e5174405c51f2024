"""`pilcrow watch` as a process of its own: what happens in the corpus folder is soon found."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from indexer.cli import main
from indexer.config import Settings
from indexer.errors import NotFound
from indexer.library import Library, open_library
from indexer.processes.lock import WATCHER, present, present_since, writer_lock
from tests.conftest import ROOT, put

BOUND = 60.0  # seconds to wait for what takes two on an idle machine
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals"),
]


def wait_for(condition: Callable[[], bool], what: Callable[[], object] = str) -> None:
    end = time.monotonic() + BOUND
    while not condition():
        assert time.monotonic() < end, what()
        time.sleep(0.05)


class Following:
    """A process that follows a corpus, and what can be seen of it from outside."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        self.corpus.mkdir()
        self.settings = Settings(self.corpus, folder / "data")
        self.library = open_library(self.settings)
        self.lines: list[str] = []
        words = ["watch", "--corpus", str(self.corpus), "--data", str(self.settings.data)]
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from indexer.cli import main; main()", *words],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self._listener = Thread(target=self._listen)
        self._listener.start()
        self.told("Following")

    def _listen(self) -> None:
        assert self.process.stdout
        self.lines.extend(iter(self.process.stdout.readline, ""))

    def put(self, name: str, text: str) -> Path:
        return put(self.corpus, name, text.encode())

    def told(self, words: str, times: int = 1) -> None:
        wait_for(lambda: "".join(self.lines).count(words) >= times, lambda: (words, self.lines))

    def finds(self, query: str, *addresses: str) -> None:
        """Waits until a search in another process finds exactly the passages at `addresses`."""
        wait_for(lambda: found(self.library, query) == set(addresses), lambda: (query, self.lines))

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(BOUND)
        self._listener.join()
        assert self.process.stdout
        self.process.stdout.close()
        self.library.close()
        return status


def found(library: Library, query: str) -> set[str]:
    if not library.maintenance.is_searchable():
        return set()
    return {hit.passage.address for hit in library.search(query, size=100).hits}


@pytest.fixture(scope="module")
def following(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Following]:
    """One watcher for all tests of this module, each with words and files of its own."""
    following = Following(tmp_path_factory.mktemp("following"))
    try:
        yield following
    finally:
        status = following.stop()
    assert status == 0
    assert "Traceback" not in "".join(following.lines)


def test_a_file_arrives_changes_moves_and_goes(following: Following) -> None:
    path = following.put("gulls/a.txt", "Gulls dive.\n")
    following.finds("gulls", "/d/gulls-a/p1")
    beside = following.put("gulls/.a.txt.swp", "Gulls soar.\n")
    beside.rename(path)  # as editors save
    following.finds("gulls soar", "/d/gulls-a/p1")
    path.rename(following.corpus / "gulls" / "b.txt")
    following.finds("gulls", "/d/gulls-b/p1")
    assert following.library.moved("gulls-a") == "gulls-b"
    (following.corpus / "gulls" / "b.txt").unlink()
    following.finds("gulls")
    following.told("removed gulls/b.txt")
    told = "".join(following.lines)
    for line in ("new gulls/a.txt", "changed gulls/a.txt", "moved gulls/a.txt → gulls/b.txt"):
        assert told.count(line) == 1


def test_others_see_that_the_folder_is_followed(following: Following) -> None:
    assert present_since(following.settings.data, WATCHER)
    assert status(following.settings).exit_code == 0


def test_of_two_who_follow_the_other_is_seen_when_one_ends(tmp_path: Path) -> None:
    with present(tmp_path, WATCHER) as one_is_seen:
        with present(tmp_path, WATCHER):
            one_is_seen()
            assert present_since(tmp_path, WATCHER)
        assert present_since(tmp_path, WATCHER)
    with ExitStack() as first:
        first.enter_context(present(tmp_path, WATCHER))
        with present(tmp_path, WATCHER) as other_is_seen:
            first.close()
            assert not present_since(tmp_path, WATCHER)
            other_is_seen()
            assert present_since(tmp_path, WATCHER)
    assert not present_since(tmp_path, WATCHER)


def test_that_nobody_follows_the_folder_is_an_exit_code(tmp_path: Path) -> None:
    asked = status(Settings(corpus=tmp_path, data=tmp_path / "data"))
    assert (asked.exit_code, asked.stdout) == (1, "followed by nobody\n")


def status(settings: Settings) -> Result:
    folders = ["--corpus", str(settings.corpus), "--data", str(settings.data)]
    return CliRunner().invoke(main, ["watch", "--status", *folders])


def test_a_folder_arrives_is_renamed_and_goes(following: Following, tmp_path: Path) -> None:
    put(tmp_path, "terns/deep/a.txt", b"Terns dive.\n")
    put(tmp_path, "terns/b.txt", b"Terns soar.\n")
    (tmp_path / "terns").rename(following.corpus / "terns")
    following.finds("terns", "/d/terns-deep-a/p1", "/d/terns-b/p1")
    (following.corpus / "terns").rename(following.corpus / "skuas")
    following.finds("terns", "/d/skuas-deep-a/p1", "/d/skuas-b/p1")
    assert following.library.moved("terns-deep-a") == "skuas-deep-a"
    shutil.rmtree(following.corpus / "skuas")
    following.finds("terns")


def test_a_sidecar_adds_to_its_file(following: Following) -> None:
    following.put("auks.txt", "Auks dive.\n")
    following.finds("auks", "/d/auks/p1")
    following.put("auks.meta.yaml", "title: On Auks\n")
    following.told("changed auks.txt")
    assert following.library.document("auks").document.metadata.title == "On Auks"


def test_a_file_written_in_pieces_gives_one_edition_and_holds_up_no_other(
    following: Following,
) -> None:
    with (following.corpus / "ducks.txt").open("w") as file:
        for number in range(2):
            file.write(f"Ducks {number} dive.\n\n")
            file.flush()
            following.put(f"teals{number}.txt", "Teals dive.\n")
            following.finds("teals", *(f"/d/teals{n}/p1" for n in range(number + 1)))
        assert found(following.library, "ducks") == set()
    following.finds("ducks", *(f"/d/ducks/p{n}" for n in range(1, 3)))
    assert following.library.document("ducks").document.edition == 1


def test_what_cannot_be_read_is_told_once(following: Following) -> None:
    bad = put(following.corpus, "bad.txt", bytes(range(256)) * 40)
    following.told("not read: bad.txt: is not text in any known encoding")
    os.utime(bad, ns=(1, 1))
    following.put("coots.txt", "Coots dive.\n")
    following.finds("coots", "/d/coots/p1")
    assert "".join(following.lines).count("bad.txt") == 1


def test_another_writer_is_waited_for(following: Following) -> None:
    with writer_lock(following.settings.data, BOUND):
        following.put("geese.txt", "Geese dive.\n")
        following.told(f"process {os.getpid()}")
        following.put("swans.txt", "Swans dive.\n")
    following.finds("geese", "/d/geese/p1")
    following.finds("swans", "/d/swans/p1")


def test_a_burst_is_synced_in_few_goes(following: Following) -> None:
    before = "".join(following.lines).count("new ")
    for number in range(100):
        following.put(f"loons/{number}.txt", "Loons dive.\n")
    following.finds("loons", *(f"/d/loons-{number}/p1" for number in range(100)))
    assert "".join(following.lines).count("new ") - before <= 10


def test_a_broken_index_is_told_and_tried_again_until_it_is_mended(tmp_path: Path) -> None:
    following = Following(tmp_path)
    following.put("a.txt", "Gulls dive.\n")
    following.finds("gulls", "/d/a/p1")
    (position,) = following.settings.data.glob("whoosh/gen-*/POSITION")
    with writer_lock(following.settings.data, BOUND):
        position.write_text("nonsense")
    following.put("b.txt", "Gulls soar.\n")
    following.told("the search index is damaged")
    following.told("trying again in 2 s")
    with open_library(following.settings) as library:
        library.maintenance.rebuild(wait=BOUND)
    following.put("c.txt", "Gulls swim.\n")
    following.finds("gulls", "/d/a/p1", "/d/b/p1", "/d/c/p1")
    assert following.stop() == 0


def test_a_corpus_folder_that_vanishes_takes_no_document_along(following: Following) -> None:
    following.put("rails.txt", "Rails dive.\n")
    following.finds("rails", "/d/rails/p1")
    held = len(following.library.documents())
    away = following.corpus.rename(following.corpus.with_name("away"))
    following.told("is not there")
    following.corpus.mkdir()  # a mount point with nothing mounted
    following.told("nothing is removed")
    assert len(following.library.documents()) == held
    following.corpus.rmdir()
    away.rename(following.corpus)
    following.told("Following", times=3)
    following.put("crakes.txt", "Crakes dive.\n")
    following.finds("crakes", "/d/crakes/p1")
    assert len(following.library.documents()) == held + 1


def test_what_happened_before_it_started_is_caught_up_with(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    settings = Settings(tmp_path / "corpus", tmp_path / "data")
    for name in ("a", "b", "c"):
        put(settings.corpus, f"{name}.txt", f"Finch {name} dives.\n".encode())
    with open_library(settings) as library:
        library.maintenance.sync()
    (settings.corpus / "a.txt").rename(settings.corpus / "z.txt")
    (settings.corpus / "b.txt").unlink()
    put(settings.corpus, "c.txt", b"Finch c soars.\n")
    (settings.corpus).rename(tmp_path / "kept")
    following = Following(tmp_path)
    following.told("nothing is removed")
    settings.corpus.rmdir()
    (tmp_path / "kept").rename(settings.corpus)
    following.finds("finch", "/d/z/p1", "/d/c/p1")
    assert following.library.moved("a") == "z"
    with pytest.raises(NotFound):
        following.library.document("b")
    assert following.stop() == 0


@pytest.mark.skipif(sys.platform == "darwin", reason="names are UTF-8 there")
def test_names_that_are_not_utf8_and_loops_end_no_watcher(tmp_path: Path) -> None:
    following = Following(tmp_path)
    try:
        for name in (b"bad\xff.txt", b"bad\xfe/in.txt"):
            path = Path(os.fsdecode(os.fsencode(following.corpus) + b"/" + name))
            path.parent.mkdir(exist_ok=True)
            path.write_text("Rails run.\n")
        (following.corpus / "loop.txt").symlink_to("loop.txt")
        following.told("cannot tell what happens there; rename it")
        following.told("not read: loop.txt: cannot be opened: Too many levels of symbolic links")
        good = following.put("rails.txt", "Rails run.\n")
        following.finds("rails", "/d/rails/p1")
        good.unlink()
        following.finds("rails")
    finally:
        status = following.stop()
    assert status == 0
    assert "Traceback" not in "".join(following.lines)
