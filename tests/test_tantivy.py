"""What is known to go wrong with Tantivy: files left behind, torn commits, panics."""

import os
from pathlib import Path

import pytest

from indexer.errors import IndexUnavailable
from indexer.index.engine import Engine, Entry
from indexer.index.engines import open_engine
from indexer.index.fields import Field
from indexer.index.matches import Adjacent, Term
from indexer.index.request import Request
from indexer.library import Library
from tests.conftest import EVERY_ENGINE, Write
from tests.helpers.engines import count, search
from tests.helpers.inline import open_inline


def text(words: str) -> dict[Field, str]:
    return {Field.STEM: words, Field.EXACT: words}


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    made = open_engine("tantivy", tmp_path, {"store": "a-store"})
    with made.rebuild() as fresh, fresh.update() as batch:
        batch.put("doc", [Entry(1, text("some words"))])
        batch.commit(1)
    return made


def generation(folder: Path) -> Path:
    return next((folder / "tantivy").glob("gen-*"))


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in generation(folder).iterdir())


@pytest.mark.parametrize("syncs", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_many_small_syncs_leave_no_files_behind(tmp_path: Path, syncs: int) -> None:
    def entries(document: int, sync: int) -> list[Entry]:
        key = 1 + document * 1000 + sync * 100_000
        words = " ".join(f"w{(document * 31 + n * 7 + sync) % 997}" for n in range(60))
        return [Entry(key + n, text(words)) for n in range(50)]

    made = open_engine("tantivy", tmp_path, {"store": "a-store"})
    with made.rebuild() as fresh, fresh.update() as batch:
        for document in range(20):
            batch.put(f"doc-{document}", entries(document, 0))
        batch.commit(1)
    live = size(tmp_path)
    reader = open_engine("tantivy", tmp_path, {"store": "a-store"})
    for sync in range(1, syncs + 1):
        with made.update() as batch:
            batch.put(f"doc-{sync % 20}", entries(sync % 20, sync))
            batch.commit(sync)
        assert count(reader) == 1000
    assert size(tmp_path) <= 2 * live


@pytest.mark.parametrize("content", [None, b"", b'{"segments": [', b"{}"])
def test_a_torn_commit_is_an_error_with_a_way_out(
    engine: Engine, tmp_path: Path, content: bytes | None
) -> None:
    engine.close()
    commit = generation(tmp_path) / "meta.json"
    if content is None:
        commit.unlink()
    else:
        commit.write_bytes(content)
    files = sorted(commit.parent.iterdir())
    again = open_engine("tantivy", tmp_path, {"store": "a-store"})
    for use in (lambda: count(again), lambda: search(again, Request(Term(Field.STEM, "some")))):
        with pytest.raises(IndexUnavailable, match="pilcrow rebuild"):
            use()
    with pytest.raises(IndexUnavailable), again.update() as batch:
        batch.drop("doc")
    assert sorted(commit.parent.iterdir()) == files
    with again.rebuild() as fresh, fresh.update() as batch:
        batch.put("doc", [Entry(2, text("other words"))])
        batch.commit(2)
    assert count(again) == 1


def test_a_commit_torn_under_an_open_reader_is_an_error(engine: Engine, tmp_path: Path) -> None:
    assert count(engine) == 1
    (generation(tmp_path) / "meta.json").write_bytes(b"{")
    with pytest.raises(IndexUnavailable):
        count(engine)


def test_a_panic_is_an_error_like_any_other(engine: Engine) -> None:
    """A phrase over a field without places makes Tantivy fail in its own way."""
    with pytest.raises(IndexUnavailable) as caught:
        search(
            engine, Request(Adjacent(Field.STEM, ("some", "words")), offset=1 << 62, limit=1 << 62)
        )
    assert caught.value.__cause__ is not None
    assert count(engine) == 1


@EVERY_ENGINE
def test_another_engine_is_filled_from_the_store(library: Library, write: Write) -> None:
    path = write("a.txt", "The first words.")
    library.maintenance.sync()
    stat = path.stat()
    path.write_text("The other stuff.", encoding="utf-8")  # as long, and no look will be taken
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    for name in ("tantivy", "whoosh"):
        settings = library.settings
        other = type(settings)(settings.corpus, settings.data, engine=name)
        with open_inline(other) as opened:
            opened.maintenance.sync()
            assert opened.search("first").total == 1
            assert opened.maintenance.check().holds
