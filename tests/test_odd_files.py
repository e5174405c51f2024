"""Files and folders that the system has trouble with cost themselves only, and are named."""

import errno
import os
import socket
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.corpus.corpus import Corpus
from indexer.corpus.walk import FoundFile
from indexer.errors import Unopened
from indexer.library import Library
from indexer.readers import SUFFIXES
from indexer.terminal import report as lines_of
from tests.conftest import Write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")

UNNAMED = "has a name, or lies in a folder with one, that is not UTF-8; rename it"
LOOP = "cannot be opened: Too many levels of symbolic links"


def found(library: Library, query: str) -> list[str]:
    return sorted(hit.passage.address for hit in library.search(query).hits)


def failures(library: Library, write: Write) -> dict[str, str]:
    """What could not be read, if one good file is among the others and is found."""
    write("good.txt", "Herrings swim.\n")
    report = library.maintenance.sync()
    assert "/d/good/p1" in found(library, "herrings")
    assert library.maintenance.check().holds
    assert library.info().failures.items() >= report.failures.items()
    again = library.maintenance.sync()
    assert again.failures == report.failures
    assert again.plan.removed == ()
    return dict(report.failures)


def make(corpus: Path, name: bytes, content: bytes = b"Cod swims.\n") -> None:
    path = os.path.join(os.fsencode(corpus), name)  # noqa: PTH118 - of bytes
    os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
    Path(os.fsdecode(path)).write_bytes(content)


@pytest.mark.skipif(sys.platform == "darwin", reason="names are UTF-8 there")
@pytest.mark.parametrize(
    ("name", "named"),
    [
        (b"bad\xff.txt", r"bad\xff.txt"),
        (b"caf\xe9/menu.txt", r"caf\xe9/menu.txt"),
        (b"\xed\xa0\x80.md", r"\xed\xa0\x80.md"),
    ],
)
def test_a_name_that_is_not_utf8(library: Library, write: Write, name: bytes, named: str) -> None:
    make(library.settings.corpus, name)
    assert failures(library, write) == {named: UNNAMED}


@pytest.mark.skipif(sys.platform == "darwin", reason="names are UTF-8 there")
def test_a_name_that_is_not_utf8_and_has_no_reader(library: Library, write: Write) -> None:
    make(library.settings.corpus, b"bad\xff.bin")
    make(library.settings.corpus, b"good.txt.\xff.meta.yaml", b"title: x")
    assert failures(library, write) == {}
    assert library.maintenance.ignored() == [r"bad\xff.bin"]


def test_links_that_lead_to_themselves(library: Library, write: Write) -> None:
    corpus = library.settings.corpus
    write("good.txt", "Herrings swim.\n")
    for name, target in (
        ("loop", "loop"),
        ("loop.txt", "loop.txt"),
        ("one.txt", "two.txt"),
        ("two.txt", "one.txt"),
        ("self", "."),
        ("gone.txt", "nowhere.txt"),
        ("good.txt.meta.yaml", "good.txt.meta.yaml"),
    ):
        (corpus / name).symlink_to(target)
    assert library.maintenance.sync().failures == {
        "good.txt": LOOP,
        "loop.txt": LOOP,
        "one.txt": LOOP,
        "two.txt": LOOP,
    }
    (corpus / "good.txt.meta.yaml").unlink()
    assert failures(library, write) == {"loop.txt": LOOP, "one.txt": LOOP, "two.txt": LOOP}


def test_a_document_that_became_a_loop_keeps_what_it_said(library: Library, write: Write) -> None:
    path = write("a.txt", "Herrings swim.\n")
    library.maintenance.sync()
    path.unlink()
    path.symlink_to("a.txt")
    assert failures(library, write) == {"a.txt": LOOP}
    assert found(library, "herrings") == ["/d/a/p1", "/d/good/p1"]


def test_what_is_no_file_is_passed_over(library: Library, write: Write) -> None:
    corpus = library.settings.corpus
    write("folder.txt/in.txt", "Cod swims.\n")
    os.mkfifo(corpus / "pipe.txt")
    here = os.open(".", os.O_RDONLY)
    os.chdir(corpus)  # since the path of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as plug:
            plug.bind("plug.txt")
    finally:
        os.fchdir(here)
        os.close(here)
    assert failures(library, write) == {}
    assert found(library, "cod") == ["/d/folder-txt-in/p1"]


def test_names_that_a_terminal_would_obey(library: Library, write: Write) -> None:
    write("two\nlines.txt", "Cod swims.\n")
    write("red\x1b[31m.txt", b"\x00\x01\x02" * 50)
    report = library.maintenance.sync()
    assert list(report.failures) == ["red\x1b[31m.txt"]
    assert found(library, "cod") == ["/d/two-lines/p1"]
    said = "\n".join(lines_of(report, [], 1.0))
    assert r"red\x1b[31m.txt" in said
    assert "red\x1b" not in said


def test_a_folder_that_is_too_deep_costs_itself(library: Library, write: Write) -> None:
    """Its path is longer than the system takes, so that it cannot be listed by it."""
    name, depth = "d" * 200, 25
    at = os.open(library.settings.corpus, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=at)
        below = os.open(name, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(at)
    ((folder, reason),) = failures(library, write).items()
    assert set(folder.split("/")) == {name}
    assert reason == "cannot be listed: File name too long; allow it or move it away"


ERRORS = [
    *(errno.EACCES, errno.EIO, errno.ELOOP, errno.ENAMETOOLONG, errno.EPERM, errno.ESTALE),
    *(errno.EBUSY, errno.EINVAL, errno.EMFILE, errno.ENOMEM, errno.ENXIO, errno.EOVERFLOW),
    *(errno.ETIMEDOUT, errno.ENOTCONN, errno.EHOSTDOWN, errno.ENODEV),
]


class Faulty:
    """The system's functions, one of which fails for one path."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch

    def fail(self, where: object, name: str, path: Path, code: int) -> None:
        real: Callable[..., Any] = getattr(where, name)

        def function(asked: Any, *args: Any, **more: Any) -> Any:
            if os.fspath(asked) == str(path):
                raise OSError(code, os.strerror(code), str(path))
            return real(asked, *args, **more)

        self._patch.setattr(where, name, function)


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Faulty:
    return Faulty(monkeypatch)


@pytest.mark.parametrize("code", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize(("where", "name"), [(os, "stat"), (Path, "open")])
def test_a_file_that_cannot_be_looked_at_or_read_keeps_what_it_said(
    library: Library, write: Write, faulty: Faulty, where: object, name: str, code: int
) -> None:
    path = write("a.txt", "Herrings swim.\n")
    library.maintenance.sync()
    path.write_text("Herrings swim on.\n")
    faulty.fail(where, name, path.resolve(), code)
    assert failures(library, write) == {"a.txt": f"cannot be opened: {os.strerror(code)}"}
    assert found(library, "herrings") == ["/d/a/p1", "/d/good/p1"]


@pytest.mark.parametrize("code", ERRORS, ids=errno.errorcode.get)
def test_a_folder_that_cannot_be_listed_keeps_its_documents(
    library: Library, write: Write, faulty: Faulty, code: int
) -> None:
    path = write("far/in/a.txt", "Herrings swim.\n")
    write("farther.txt", "Herrings rest.\n")
    write("far/in/broken.txt", b"\x00\x01\x02" * 50)
    library.maintenance.sync()
    faulty.fail(os, "scandir", path.resolve().parents[1], code)
    assert failures(library, write) == {
        "far": f"cannot be listed: {os.strerror(code)}; allow it or move it away"
    }
    assert set(library.info().failures) == {"far", "far/in/broken.txt"}
    assert found(library, "herrings") == ["/d/far-in-a/p1", "/d/farther/p1", "/d/good/p1"]
    report = library.maintenance.sync(only=["far/in/a.txt", "farther.txt"])
    assert not report.plan.removed
    assert library.maintenance.differences().gone == ()


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="there is no such file")
def test_a_file_that_opens_and_cannot_be_read() -> None:
    with pytest.raises(Unopened, match=r"^cannot be opened: Input/output error$"):
        Corpus(Path("/proc/self"), frozenset()).load(FoundFile("mem", "", 0), 100)


@pytest.mark.parametrize("name", ["a.txt", "a.txt.meta.yaml"])
def test_a_file_or_sidecar_beyond_all_memory(library: Library, write: Write, name: str) -> None:
    """It has no blocks on the disk, and would have all of the memory."""
    write("a.txt", "Cod swims.\n")
    with write(name, "title: Cod\n").open("r+b") as file:
        file.truncate(10**13)
    ((path, reason),) = failures(library, write).items()
    assert path == "a.txt"
    assert reason.endswith(
        "has 10000000 MB, and the limit is 100 MB; split it or raise max_file_mb"
    )
    assert reason.startswith("its sidecar") is (name != path)


@pytest.mark.parametrize("gone", ["stat", "scandir"])
def test_what_vanishes_between_two_looks_is_gone(
    library: Library, write: Write, faulty: Faulty, gone: str
) -> None:
    path = write("in/a.txt", "Cod swims.\n")
    library.maintenance.sync()
    faulty.fail(os, gone, path.resolve() if gone == "stat" else path.resolve().parent, errno.ENOENT)
    write("good.txt", "Herrings swim.\n")
    report = library.maintenance.sync()
    assert [record.file for record in report.plan.removed] == ["in/a.txt"]
    assert report.failures == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_costs_itself(library: Library, write: Write) -> None:
    folder = write("secret/a.txt", "Herrings swim.\n").parent
    library.maintenance.sync()
    folder.chmod(0)
    try:
        assert list(failures(library, write)) == ["secret"]
    finally:
        folder.chmod(stat.S_IRWXU)
    assert found(library, "herrings") == ["/d/good/p1", "/d/secret-a/p1"]


def test_what_a_sidecar_escapes_stops_nothing(library: Library, write: Write) -> None:
    write("a.txt", "Cod swims.\n")
    write("a.txt.meta.yaml", r'"\uD800\x1b[31m": "x"' + "\n" + r'title: "Cod\uDC00\x1b"')
    assert failures(library, write) == {}
    document = library.document("a").document
    assert document.metadata.title == "Cod"
    assert [note.partition(" is not used")[0] for note in document.notes] == ["sidecar: [31m"]


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file that is not of the corpus."""
    place = tmp_path / "outside.yaml"
    place.write_text("title: Stolen\nkey: swordfish\n", "utf-8")
    return place


@pytest.mark.parametrize("name", ["a.txt.meta.yaml", "a.meta.yaml"])
def test_a_sidecar_that_leads_out_is_passed_over(
    library: Library, write: Write, outside: Path, name: str
) -> None:
    write("a.txt", "Cod swims.\n").with_name(name).symlink_to(outside)
    assert failures(library, write) == {}
    document = library.document("a").document
    assert (document.metadata.title, document.notes) == ("", ())


def test_a_sidecar_that_leads_inside_is_read(library: Library, write: Write) -> None:
    write("kept/all.yaml", "title: Herrings\n")
    write("a.txt", "Cod swims.\n").with_name("a.meta.yaml").symlink_to("kept/all.yaml")
    library.maintenance.sync()
    assert library.document("a").document.metadata.title == "Herrings"


def test_an_upload_does_not_borrow_a_sidecar_from_elsewhere(
    library: Library, write: Write, outside: Path
) -> None:
    write("a.txt", "Cod swims.\n").with_name("a.txt.meta.yaml").symlink_to(outside)
    (library.settings.corpus / "way").symlink_to(outside.parent)
    outside.with_name("b.txt.meta.yaml").write_text("title: Stolen\n", "utf-8")
    corpus = Corpus(library.settings.corpus, SUFFIXES)
    assert [corpus.sidecar_of(path) for path in ("a.txt", "way/b.txt")] == [None, None]


def test_a_link_that_is_put_there_after_it_was_found(
    library: Library, write: Write, outside: Path
) -> None:
    path = write("a.txt", "Cod swims.\n")
    corpus = Corpus(library.settings.corpus, SUFFIXES)
    (file,) = corpus.files(["a.txt"])
    path.unlink()
    path.symlink_to(outside)
    with pytest.raises(Unopened, match="leads out of the corpus folder"):
        corpus.load(file, 1_000_000)


@pytest.mark.parametrize(
    ("sidecar", "reason"),
    [
        ("- k: v\n" * 50_000, "sidecar has 350000 characters, and the limit is 100000"),
        ("word " * 1_000, f"not '{('word ' * 12)}…'"),
        ("a: !" + "x" * 5_000 + " [\n", ""),
    ],
)
def test_a_refusal_quotes_a_few_words(
    library: Library, write: Write, sidecar: str, reason: str
) -> None:
    write("a.txt", "Cod swims.\n")
    write("a.txt.meta.yaml", sidecar)
    said = failures(library, write)["a.txt"]
    assert reason in said
    assert len(said) < 200


def test_fields_that_nobody_knows_are_noted_some_of_them(library: Library, write: Write) -> None:
    write("a.txt", "Cod swims.\n")
    write("a.txt.meta.yaml", "".join(f"{'k' * 200}{at}: v\n" for at in range(30)))
    library.maintenance.sync()
    notes = library.document("a").document.notes
    assert (len(notes), notes[-1]) == (21, "sidecar: 10 more fields are not used")
    assert max(map(len, notes)) < 200
