"""A file that was sent lands in the corpus whole, under a plain name, and never outside."""

import os
import sys
import unicodedata
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.corpus.corpus import Corpus
from indexer.corpus.landing import land
from indexer.corpus.names import LONGEST
from indexer.errors import BadName, CorpusUnwritable, NoReader, PilcrowError, Taken
from indexer.readers import SUFFIXES
from tests.conftest import Write


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


symlinks = pytest.mark.skipif(sys.platform == "win32", reason="links want rights on Windows")

HOSTILE = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                *("..", ".", "/", "\\", "a", "CON", "nul", " ", "\0", "\u202e", "\u200f", "ü"),
                *("\u0308", ".txt", ".meta.yaml", ":", "~", "\ud800", "\n", "com1", "x" * 90),
            ]
        ),
        max_size=12,
    ).map("".join),
)


def path_of(name: str, folder: str = "") -> str:
    return Corpus(Path(), SUFFIXES).path_for(name, folder)


@given(HOSTILE, HOSTILE)
@example("../../etc/passwd.txt", "")
@example("a.txt", "../..")
@example("a.txt", "/etc")
@example("a.txt", "a/..")
@example(".\u200f..txt", "\u200f..")
def test_any_name_is_made_plain_or_refused(name: str, folder: str) -> None:
    try:
        path = path_of(name + ".txt", folder)
    except (BadName, NoReader):
        return
    parts = path.split("/")
    assert PurePosixPath(path).parts == tuple(parts)
    for part in parts:
        assert part == unicodedata.normalize("NFC", part).strip()
        assert part[0] != "."
        assert part[-1] not in ". "
        assert part.isprintable() or any(unicodedata.category(c)[0] == "Z" for c in part)
        assert not set(part) & set("\\/\0\n\r\u202e\u200f\u2028")
        assert len(part.encode()) <= LONGEST
        assert part.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


@given(HOSTILE, HOSTILE)
def test_whatever_the_name_the_file_lands_inside_and_is_found(
    tmp_path_factory: pytest.TempPathFactory, name: str, folder: str
) -> None:
    around = tmp_path_factory.mktemp("around")
    corpus, content = around / "corpus", around / "content"
    corpus.mkdir()
    content.write_text("text")
    try:
        path = path_of(name + ".txt", folder)
    except (BadName, NoReader):
        return
    land(corpus, path, content, replace=False)
    found = [file.path for file in Corpus(corpus, SUFFIXES).files()]
    assert found == [path]
    assert sorted(path.name for path in around.iterdir()) == ["content", "corpus"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\note.TXT", "note.TXT"),
        ("  .hidden.txt ", "hidden.txt"),
        ("u\u0308ber.txt", "über.txt"),
        ("re\u202efdp.txt", "refdp.txt"),
        ("a\0b\n.txt", "ab.txt"),
        ("Statement (final), v2.pdf", "Statement (final), v2.pdf"),
    ],
)
def test_names_as_they_come(name: str, path: str) -> None:
    assert path_of(name) == path
    assert path_of(name, "treaties//1945/") == f"treaties/1945/{path}"


@pytest.mark.parametrize(
    ("name", "folder", "error"),
    [
        ("", "", BadName),
        ("...", "", BadName),
        ("CON.txt", "", BadName),
        ("com¹.txt", "", BadName),
        ("x" * 200 + ".txt", "", BadName),
        ("a.txt", "..", BadName),
        ("a.txt", "a/../b", BadName),
        ("a.txt", "aux", BadName),
        ("a.txt", "/".join("abcdefghi"), BadName),
        ("a.txt.meta.yaml", "", NoReader),
        ("a.exe", "", NoReader),
        ("etc", "", NoReader),
    ],
)
def test_names_that_are_refused(name: str, folder: str, error: type[PilcrowError]) -> None:
    with pytest.raises(error):
        path_of(name, folder)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    path = tmp_path / "content"
    path.write_text("new")
    return path


def test_another_file_is_replaced_only_where_that_was_asked_for(
    corpus: Path, write: Write, content: Path
) -> None:
    write("a/b.txt", "old")
    with pytest.raises(Taken):
        land(corpus, "a/b.txt", content, replace=False)
    assert (corpus / "a/b.txt").read_text() == "old"
    land(corpus, "a/b.txt", content, replace=True)
    assert (corpus / "a/b.txt").read_text() == "new"
    land(corpus, "a/b.txt", content, replace=False)  # there already
    assert names(corpus / "a") == ["b.txt"]


@pytest.mark.parametrize("replace", [True, False])
def test_files_and_folders_do_not_take_each_others_place(
    corpus: Path, write: Write, content: Path, *, replace: bool
) -> None:
    write("file.txt", "old")
    write("folder.txt/a.txt", "old")
    for path in ("file.txt/a.txt", "folder.txt"):
        with pytest.raises(Taken):
            land(corpus, path, content, replace=replace)
    assert (corpus / "file.txt").read_text() == "old"
    assert names(corpus / "folder.txt") == ["a.txt"]


@symlinks
@pytest.mark.parametrize("replace", [True, False])
def test_no_link_leads_out_of_the_corpus(
    corpus: Path, write: Write, content: Path, tmp_path: Path, *, replace: bool
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("kept")
    write("inside/a.txt", "old")
    for name, target in (("out", outside), ("in", corpus / "inside"), ("gone", "nowhere")):
        (corpus / name).symlink_to(target)
    (corpus / "file.txt").symlink_to(outside / "kept.txt")
    for path in ("out/a.txt", "out/b/a.txt", "in/a.txt", "gone/a.txt"):
        with pytest.raises((BadName, Taken)):
            land(corpus, path, content, replace=replace)
    try:
        land(corpus, "file.txt", content, replace=replace)
    except Taken:
        assert not replace
    assert names(outside) == ["kept.txt"]
    assert (outside / "kept.txt").read_text() == "kept"
    assert (corpus / "inside/a.txt").read_text() == "old"


@symlinks
def test_the_corpus_itself_may_be_a_link(corpus: Path, content: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(corpus)
    land(tmp_path / "link", "a/b.txt", content, replace=False)
    assert (corpus / "a/b.txt").read_text() == "new"


def test_what_a_killed_process_left_goes_when_its_time_is_over(
    corpus: Path, write: Write, content: Path
) -> None:
    left, busy = write(".upload-left", "half"), write(".upload-busy", "half")
    os.utime(left, (0, 0))
    land(corpus, "a.txt", content, replace=False)
    assert not left.exists()
    assert busy.exists()


def test_a_corpus_that_is_not_there_is_told(tmp_path: Path, content: Path) -> None:
    with pytest.raises(CorpusUnwritable):
        land(tmp_path / "nowhere", "a.txt", content, replace=False)
