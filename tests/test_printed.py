"""What is printed can be printed: no control characters of names, no halves of characters."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from indexer.cli import main
from indexer.library import Library
from indexer.printed import named, printable, typed
from tests.conftest import Write
from tests.test_odd_files import make

Run = Callable[..., Result]

no_bytes = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names are UTF-8 there")


@pytest.fixture
def run(library: Library) -> Run:
    """Runs `pilcrow` on the library's corpus, with a terminal of the encoding `charset`."""
    settings = library.settings
    folders = {"PILCROW_CORPUS": str(settings.corpus), "PILCROW_DATA": str(settings.data)}

    def run_command(*words: str, charset: str = "utf-8", **environ: str) -> Result:
        runner = CliRunner(charset=charset)
        return runner.invoke(main, words, env=folders | environ, catch_exceptions=False)

    return run_command


@given(st.binary())
def test_any_name_can_be_stored_and_shown(name: bytes) -> None:
    path = os.fsdecode(name)
    assert named(path).isprintable()
    assert printable(path).encode() or not name
    assert typed(path) == name.decode(errors="replace")
    assert printable(printable(path)) == printable(path)


@pytest.mark.parametrize("command", ["show", "history"])
def test_an_address_of_any_bytes(run: Run, write: Write, command: str) -> None:
    write("a.txt", "Cod swims.\n")
    assert run("sync").exit_code == 0
    done = run(command, os.fsdecode(b"bad\xff"))
    assert done.exit_code == 1
    assert done.stderr == "Error: there is no document 'bad�'\n"


def test_a_query_of_any_bytes(run: Run, write: Write) -> None:
    write("a.txt", "Cod swims.\n")
    assert run("sync").exit_code == 0
    found = run("search", "--json", os.fsdecode(b"cod \xff\xed\xa0\x80"))
    assert json.loads(found.stdout_bytes)["query"] == "cod ����"


@no_bytes
def test_folders_of_any_bytes(run: Run, tmp_path: Path) -> None:
    make(tmp_path, b"c\xff/a.txt")
    corpus, data = (os.fsdecode(os.fsencode(tmp_path) + name) for name in (b"/c\xff", b"/d\xff"))
    folders = ["--corpus", corpus, "--data", data]
    assert run("sync", *folders).exit_code == 0
    assert rf"corpus: {tmp_path}/c\xff" in run("info", *folders).stdout
    told = json.loads(run("info", "--json", *folders).stdout_bytes)
    assert (told["corpus"], told["data"]) == (rf"{tmp_path}/c\xff", rf"{tmp_path}/d\xff")
    missing = run("sync", "--corpus", f"{corpus}\x1b[31m", "--data", data)
    assert missing.exit_code == 2
    assert r"\x1b[31m is not there" in missing.stderr


@pytest.mark.parametrize("folder", ["c" * 300, "c/" * 3000])
def test_a_corpus_folder_with_a_name_too_long(run: Run, folder: str) -> None:
    done = run("sync", "--corpus", folder)
    assert done.exit_code == 2
    assert "is not there; create it or give --corpus DIR" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such names")
def test_names_are_shown_without_what_a_terminal_obeys(run: Run, write: Write) -> None:
    write("two\nlines\x1b[31m\u202e.txt", "Cod swims.\n")
    shown = r"two\nlines\x1b[31m\u202e.txt"
    for words in (["sync"], ["search", "cod"], ["show", "two-lines-31m"], ["info"]):
        done = run(*words)
        assert done.exit_code == 0
        assert "\x1b" not in done.stdout
        assert "\u202e" not in done.stdout
        assert (shown in done.stdout) is (words[0] in ("search", "show"))
    assert rf"history {shown}" not in run("history", "two-lines-31m/p1").stdout
    assert shown in run("history", "two-lines-31m/p1").stdout
    (file,) = {
        passage["file"] for passage in json.loads(run("search", "cod", "--json").stdout)["passages"]
    }
    assert file == "two\nlines\x1b[31m\u202e.txt"


def test_a_terminal_without_the_signs(run: Run, write: Write) -> None:
    write("a.txt", "Cod é 漢 🐟 swims.\n")
    assert run("sync", charset="latin-1").exit_code == 0
    assert "Cod é \\u6f22 \\U0001f41f swims." in run("show", "a", charset="latin-1").stdout
    for words in (["search", "cod", "--json"], ["export"]):
        told = run(*words, charset="latin-1")
        assert "Cod é 漢 🐟 swims." in json.dumps(json.loads(told.stdout), ensure_ascii=False)


@no_bytes
def test_a_name_that_is_printed_as_another_is(run: Run, write: Write, library: Library) -> None:
    write(r"bad\xff.txt", "Cod swims.\n")
    make(library.settings.corpus, b"bad\xff.txt", b"Cod rests.\n")
    assert run("sync").exit_code == 0
    assert [hit.passage.passage.text for hit in library.search("cod").hits] == ["Cod swims."]
