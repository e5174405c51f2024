"""What a sync does about files that are new, changed, moved, removed or cannot be read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.config import Settings
from indexer.errors import BadSetting, Locked, NotFound
from indexer.index.answer import Answer
from indexer.index.engine import Searcher
from indexer.index.request import Request
from indexer.library import Library
from indexer.processes.lock import writer_lock
from indexer.search.service import Search
from indexer.sync.apply import Report
from tests.conftest import Write
from tests.helpers.inline import open_inline
from tests.helpers.stores import STORES


@pytest.fixture(params=STORES)
def store_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def paths(report: Report) -> dict[str, list[str]]:
    plan = report.plan
    found = {
        "new": [file.path for file in plan.new],
        "changed": [file.path for file in plan.changed],
        "moved": [f"{record.file} > {file.path}" for record, file in plan.moved],
        "removed": [record.file for record in plan.removed],
        "touched": [file.path for file in plan.touched],
    }
    return {name: files for name, files in found.items() if files}


def found(library: Library, query: str) -> list[str]:
    return [hit.passage.address for hit in library.search(query).hits]


def test_a_new_file_is_found_and_an_unchanged_one_is_not_read_again(
    library: Library, write: Write
) -> None:
    write("a.txt", "Herrings swim.\n\nCod swims too.\n")
    assert paths(library.maintenance.sync()) == {"new": ["a.txt"]}
    assert found(library, "herrings") == ["/d/a/p1"]
    write("deep/er/b.txt", "Salmon swims.\n")
    report = library.maintenance.sync()
    assert paths(report) == {"new": ["deep/er/b.txt"]}
    assert report.plan.unchanged == 1
    assert found(library, "salmon") == ["/d/deep-er-b/p1"]
    assert paths(library.maintenance.sync()) == {}
    assert library.maintenance.check().holds


def test_only_the_changed_file_is_read_again(library: Library, write: Write) -> None:
    write("a.txt", "Herrings swim.\n\nCod swims too.\n")
    write("b.txt", "Salmon swims.\n")
    library.maintenance.sync()
    write("a.txt", "Herrings swim.\n\nCod flies too.\n")
    report = library.maintenance.sync()
    assert paths(report) == {"changed": ["a.txt"]}
    assert report.plan.unchanged == 1
    assert found(library, "flies") == ["/d/a/p2"]
    assert found(library, "cod swims") == []
    assert library.document("a").document.edition == 2
    assert library.maintenance.check().holds


def test_a_touched_file_gives_no_new_edition(library: Library, write: Write) -> None:
    path = write("a.txt", "Herrings swim.\n")
    library.maintenance.sync()
    os.utime(path, ns=(1, 1))
    assert paths(library.maintenance.sync()) == {"touched": ["a.txt"]}
    assert paths(library.maintenance.sync()) == {}
    assert library.document("a").document.edition == 1


def test_the_same_size_and_another_time_is_read_by_content(library: Library, write: Write) -> None:
    path = write("a.txt", "Herrings swim.\n")
    library.maintenance.sync()
    path.write_text("Herrings sing.\n")
    assert paths(library.maintenance.sync()) == {"changed": ["a.txt"]}
    assert library.search("sing").total == 1
    assert library.search("swim").total == 0


def test_a_removed_file_is_no_longer_found_and_comes_back_with_its_ids(
    library: Library, write: Write
) -> None:
    path = write("a.txt", "1. Herrings swim.\n2. Cod swims too, and further.\n")
    library.maintenance.sync()
    path.unlink()
    assert paths(library.maintenance.sync()) == {"removed": ["a.txt"]}
    assert found(library, "herrings") == []
    with pytest.raises(NotFound, match="no longer in the corpus"):
        library.document("a")
    assert library.maintenance.check().holds
    write("a.txt", "1. Herrings swim.\n2. Cod swims too, and further.\n")
    assert paths(library.maintenance.sync()) == {"new": ["a.txt"]}
    assert found(library, "herrings") == ["/d/a/para-1"]
    assert library.maintenance.check().holds


def test_a_file_that_was_cut_short_for_a_while_gives_its_ids_back(
    library: Library, write: Write
) -> None:
    whole = (
        "1. Herrings swim in the north.\n\n2. Cod swims.\n\nNo fish walks.\n\n3. Salmon leaps.\n"
    )
    write("a.txt", whole)
    library.maintenance.sync()
    before = [stored.address for stored in library.document("a").passages]
    write("a.txt", whole[:45])
    library.maintenance.sync()
    write("a.txt", whole)
    library.maintenance.sync()
    assert [stored.address for stored in library.document("a").passages] == before


def test_a_moved_file_keeps_its_document_and_the_old_address_leads_to_the_new(
    library: Library, write: Write, corpus: Path
) -> None:
    path = write("a.txt", "Herrings swim.\n")
    library.maintenance.sync()
    path.rename(corpus / "z.txt")
    assert paths(library.maintenance.sync()) == {"moved": ["a.txt > z.txt"]}
    assert found(library, "herrings") == ["/d/z/p1"]
    assert library.moved("a") == "z"
    (corpus / "z.txt").rename(corpus / "a.txt")
    library.maintenance.sync()
    assert found(library, "herrings") == ["/d/a/p1"]
    assert (library.moved("z"), library.moved("a")) == ("a", "")
    assert library.maintenance.check().holds


def test_a_new_file_never_takes_an_address_that_leads_elsewhere(
    library: Library, write: Write, corpus: Path
) -> None:
    path = write("a.txt", "Herrings swim.\n")
    library.maintenance.sync()
    path.rename(corpus / "z.txt")
    library.maintenance.sync()
    write("a.txt", "Salmon swims.\n")
    write("a.md", "Cod swims.\n")
    library.maintenance.sync()
    assert library.moved("a") == "z"
    assert found(library, "salmon") == ["/d/a-txt/p1"]
    assert found(library, "cod") == ["/d/a-md/p1"]


def test_two_files_with_the_same_content_are_two_documents(
    library: Library, write: Write, corpus: Path
) -> None:
    write("a.txt", "Herrings swim.\n")
    write("b.txt", "Herrings swim.\n")
    library.maintenance.sync()
    assert sorted(found(library, "herrings")) == ["/d/a/p1", "/d/b/p1"]
    (corpus / "a.txt").rename(corpus / "c.txt")
    (corpus / "b.txt").rename(corpus / "d.txt")
    library.maintenance.sync()
    assert sorted(found(library, "herrings")) == ["/d/c/p1", "/d/d/p1"]
    assert library.maintenance.check().holds


def test_bad_files_are_reported_by_name_and_reason_and_stop_nothing(
    library: Library, write: Write
) -> None:
    write("empty.txt", "")
    write("random.txt", bytes(range(256)) * 40)
    write("broken.md", "---\ntitle: [unclosed\n---\n")
    write("good.txt", "Herrings swim.\n")
    write("sidecar.txt", "Cod swims.\n")
    write("sidecar.txt.meta.yaml", "{")
    report = library.maintenance.sync()
    assert {name: reason.split(";")[0][:40] for name, reason in report.failures.items()} == {
        "empty.txt": "is empty",
        "random.txt": "is not text in any known encoding",
        "broken.md": "has no text",
        "sidecar.txt": "sidecar is not valid YAML: expected the ",
    }
    assert found(library, "herrings") == ["/d/good/p1"]
    assert set(library.info().failures) == set(report.failures)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_reported(library: Library, write: Write) -> None:
    write("secret.txt", "Herrings swim.\n").chmod(0)
    write("good.txt", "Cod swims.\n")
    report = library.maintenance.sync()
    assert "Permission denied" in report.failures["secret.txt"]
    assert found(library, "cod") == ["/d/good/p1"]


def test_a_file_that_breaks_keeps_what_it_said(library: Library, write: Write) -> None:
    write("a.txt", "Herrings swim.\n")
    library.maintenance.sync()
    write("a.txt", bytes(range(256)) * 40)
    report = library.maintenance.sync()
    assert list(report.failures) == ["a.txt"]
    assert found(library, "herrings") == ["/d/a/p1"]
    write("a.txt", "Herrings fly.\n")
    assert not library.maintenance.sync().failures
    assert not library.info().failures


def test_a_file_that_cannot_be_read_is_tried_again_only_when_it_or_the_limits_change(
    library: Library, settings: Settings, write: Write
) -> None:
    write("good.txt", "Herrings swim.\n")
    bad = write("bad.txt", bytes(range(256)) * 40)
    first = library.maintenance.sync()
    assert paths(first) == {"new": ["bad.txt", "good.txt"]}
    os.utime(bad, ns=(1, bad.stat().st_mtime_ns))
    again = library.maintenance.sync()
    assert paths(again) == {}
    assert again.plan.unchanged == 1
    assert again.failures == first.failures == library.info().failures
    assert bad.stat().st_atime_ns == 1
    with open_inline(replace(settings, read_mb=900)) as other:
        assert paths(other.maintenance.sync()) == {"new": ["bad.txt"]}
    write("bad.txt", "Cod swims.\n")
    assert paths(library.maintenance.sync()) == {"new": ["bad.txt"]}
    assert not library.info().failures


def test_content_that_cannot_be_read_is_not_tried_again_wherever_it_lies(
    library: Library, settings: Settings, write: Write
) -> None:
    content = bytes(range(256)) * 40
    bad = write("bad.txt", content)
    write("good.txt", "Herrings swim.\n")
    reason = library.maintenance.sync().failures["bad.txt"]
    os.utime(bad, (1, 1))
    for name in ("copy.txt", "other/name.txt"):
        write(name, content)
    again = library.maintenance.sync()
    assert paths(again) == {}
    assert again.failures == dict.fromkeys(("bad.txt", "copy.txt", "other/name.txt"), reason)
    bad.unlink()
    write("copy.txt", "Cod swims.\n")
    last = library.maintenance.sync()
    assert (paths(last), list(last.failures)) == ({"new": ["copy.txt"]}, ["other/name.txt"])
    with open_inline(replace(settings, read_mb=900)) as other:
        assert paths(other.maintenance.sync()) == {"new": ["other/name.txt"]}


def test_a_document_that_broke_is_looked_at_once(library: Library, write: Write) -> None:
    write("a.txt", "Herrings swim.\n")
    library.maintenance.sync()
    bad = write("a.txt", bytes(range(256)) * 40)
    first = library.maintenance.sync()
    os.utime(bad, ns=(1, bad.stat().st_mtime_ns))
    assert library.maintenance.sync().failures == first.failures
    assert bad.stat().st_atime_ns == 1
    assert found(library, "herrings") == ["/d/a/p1"]


def test_a_file_larger_than_the_limit_is_refused(settings: Settings, write: Write) -> None:
    write("big.txt", "word " * 250_000)
    with open_inline(Settings(settings.corpus, settings.data, max_file_mb=1)) as library:
        assert "the limit is 1 MB" in library.maintenance.sync().failures["big.txt"]


def test_a_sidecar_adds_what_the_text_cannot_say(library: Library, write: Write) -> None:
    write("a.txt", "Herrings swim.\n")
    write("a.txt.meta.yaml", "publisher: Ministry of Fish\ndate: 2020-08\ntags: [sea, cold]\n")
    library.maintenance.sync()
    metadata = library.document("a").document.metadata
    assert metadata.publisher == "Ministry of Fish"
    assert metadata.date == "2020-08"
    assert metadata.tags == ("sea", "cold")
    assert metadata.origins["publisher"] == "sidecar"
    write("a.txt.meta.yaml", "publisher: Ministry of Whales\nauthor: X\n")
    assert paths(library.maintenance.sync()) == {"changed": ["a.txt"]}
    document = library.document("a").document
    assert document.metadata.publisher == "Ministry of Whales"
    assert any("author is not used" in note for note in document.notes)


def test_a_removed_file_that_turns_up_elsewhere_was_moved(library: Library, write: Write) -> None:
    path = write("a.txt", "Herrings swim.\n")
    library.maintenance.sync()
    path.unlink()
    library.maintenance.sync()
    write("z.txt", "Herrings swim.\n")
    assert paths(library.maintenance.sync()) == {"moved": ["a.txt > z.txt"]}
    assert found(library, "herrings") == ["/d/z/p1"]
    assert library.moved("a") == "z"


def test_a_sync_of_some_paths_looks_at_nothing_else(library: Library, write: Write) -> None:
    write("a.txt", "Herrings swim.\n")
    write("deep/b.txt", "Cod swims.\n")
    write("deep/c.txt", bytes(range(256)) * 40)
    assert paths(library.maintenance.sync(only=["a.txt"])) == {"new": ["a.txt"]}
    assert paths(library.maintenance.sync(only=["deep"])) == {"new": ["deep/b.txt", "deep/c.txt"]}
    write("a.txt", "Herrings fly.\n")
    write("deep/b.txt", "Cod flies.\n").rename(library.settings.corpus / "d.txt")
    assert paths(library.maintenance.sync(only=["nowhere", "deep/b.txt"])) == {
        "removed": ["deep/b.txt"]
    }
    assert list(library.info().failures) == ["deep/c.txt"]
    assert found(library, "swim") == ["/d/a/p1"]
    assert paths(library.maintenance.sync()) == {"new": ["d.txt"], "changed": ["a.txt"]}


@pytest.mark.parametrize("sidecar", ["a.txt.meta.yaml", "a.meta.yaml"])
def test_a_sync_of_a_sidecar_is_one_of_its_file(
    library: Library, write: Write, sidecar: str
) -> None:
    write("deep/a.txt", "Herrings swim.\n")
    write("deep/b.txt", "Cod swims.\n")
    library.maintenance.sync()
    path = write(f"deep/{sidecar}", "title: On Fish\n")
    assert paths(library.maintenance.sync(only=[f"deep/{sidecar}"])) == {"changed": ["deep/a.txt"]}
    assert library.document("deep-a").document.metadata.title == "On Fish"
    path.unlink()
    assert paths(library.maintenance.sync(only=[f"deep/{sidecar}"])) == {"changed": ["deep/a.txt"]}


@pytest.mark.parametrize(
    "path", ["../outside.txt", ".git/x.txt", "link/x.txt", "link", "file.png/x.txt", ""]
)
def test_a_sync_of_some_paths_stays_within_the_corpus(
    library: Library, write: Write, corpus: Path, path: str
) -> None:
    (corpus.parent / "outside.txt").write_text("Secrets swim.\n")
    (corpus.parent / "other").mkdir()
    (corpus.parent / "other" / "x.txt").write_text("Secrets swim.\n")
    (corpus / "link").symlink_to(corpus.parent / "other")
    write(".git/x.txt", "Secrets swim.\n")
    write("file.png", b"\x89PNG")
    assert paths(library.maintenance.sync(only=[path])) == {}


def test_a_plan_changes_nothing(library: Library, write: Write) -> None:
    write("a.txt", "Herrings swim.\n")
    assert [file.path for file in library.maintenance.plan().new] == ["a.txt"]
    assert library.info().documents == 0


def test_links_out_of_the_corpus_and_hidden_files_are_passed_over(
    library: Library, write: Write, corpus: Path, tmp_path: Path
) -> None:
    (tmp_path / "outside.txt").write_text("Secrets swim.\n")
    (corpus / "link.txt").symlink_to(tmp_path / "outside.txt")
    write(".hidden.txt", "Hidden.\n")
    write("picture.png", b"\x89PNG")
    write("good.txt", "Herrings swim.\n")
    assert paths(library.maintenance.sync()) == {"new": ["good.txt"]}
    assert library.maintenance.ignored() == ["picture.png"]


def test_a_missing_corpus_folder_is_the_askers_mistake(settings: Settings) -> None:
    missing = Settings(settings.corpus / "nowhere", settings.data)
    with open_inline(missing) as library, pytest.raises(BadSetting, match="create it"):
        library.maintenance.sync()


def test_two_syncs_at_once_are_kept_apart(
    library: Library, settings: Settings, store_name: str, write: Write
) -> None:
    """In a store that is shared, from writing to the index alone."""
    library.maintenance.sync()
    write("a.txt", "Herrings swim.\n")
    with writer_lock(settings.data):
        if store_name == "sqlite":
            with pytest.raises(Locked, match=f"process {os.getpid()}"):
                library.maintenance.sync()
        else:
            report = library.maintenance.sync(patience=0)
            assert paths(report) == {"new": ["a.txt"]}
            assert f"process {os.getpid()}" in report.awaits
            assert found(library, "herrings") == []
    library.maintenance.sync()
    assert found(library, "herrings") == ["/d/a/p1"]


def test_a_lost_index_is_made_again_from_the_store_without_reading_a_file(
    library: Library, settings: Settings, write: Write
) -> None:
    path = write("a.txt", "Herrings swim.\n")
    library.maintenance.sync()
    (settings.data / "whoosh" / "CURRENT").unlink()
    before = path.stat().st_atime_ns
    assert paths(library.maintenance.sync()) == {}
    assert found(library, "herrings") == ["/d/a/p1"]
    assert path.stat().st_atime_ns == before


def test_a_rebuild_gives_the_same_answers(library: Library, write: Write) -> None:
    write("a.txt", "Herrings swim.\n\nCod swims.\n")
    library.maintenance.sync()
    before = library.search("swims")
    library.maintenance.rebuild()
    assert library.search("swims") == before


def test_a_page_shows_one_commit_only(library: Library, write: Write) -> None:
    """A sync between the two tiers of a search does not mix what was with what is."""
    write("a.txt", "Herrings swim before.\n\nHerrings are before.\n")
    library.maintenance.sync()

    class Syncing:
        """A searcher; when it has answered for the first time, the corpus changes."""

        def __init__(self, searcher: Searcher) -> None:
            self._searcher = searcher

        def __getattr__(self, name: str) -> object:
            return getattr(self._searcher, name)

        def search(self, request: Request) -> Answer:
            answer = self._searcher.search(request)
            if request.limit and library.engine.position() == 1:
                write("a.txt", "Herrings swim behind.\n\nHerrings are behind.\n")
                library.maintenance.sync()
            return answer

    class Engine:
        """The engine of the library, with such searchers."""

        @contextmanager
        def searcher(self) -> Iterator[Syncing]:
            with library.engine.searcher() as searcher:
                yield Syncing(searcher)

    service = Search(library._store, Engine())  # type: ignore[arg-type]
    said = [
        {hit.passage.passage.text.split()[-1] for hit in (*found.hits, *found.partial)}
        for found in (service("herrings swim", 1, 10) for _ in range(2))
    ]
    assert said == [{"before."}, {"behind."}]


def test_where_nothing_is_asked_for_no_index_is_needed(library: Library) -> None:
    assert library.search(" ?").total == 0
