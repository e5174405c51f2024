"""What is sent waits, is read, is told of, and becomes a document, or nothing at all."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.config import Settings
from indexer.errors import Full, NotFound, Taken, TooLarge, Unreadable
from indexer.intake.service import keep, look, staging, take
from indexer.intake.staging import Preview, Staging, Standing, State, Upload
from indexer.library import Library
from indexer.processes.call import aside
from indexer.processes.lock import writer_lock
from tests.conftest import Write

NOTE = "Note on Lamps\n\n1. Lamps burn all night long.\n\n2. Oil is dear.\n\n3. Boats come.\n"
NEXT = "Note on Lamps\n\n1. Lamps burn all night long.\n\n2. Oil is very dear.\n\n4. Gulls cry.\n"
Send = Callable[..., Upload]


@pytest.fixture
def send(settings: Settings) -> Send:
    """Stages a file: `send("a.txt", "text")`."""

    def send_file(path: str, text: str, owner: str = "me") -> Upload:
        incoming = staging(settings).receive()
        incoming.write(text.encode())
        return staging(settings).add(incoming, owner, path)

    return send_file


def preview(upload: Upload) -> Preview:
    assert upload.preview is not None
    return upload.preview


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_was_read_is_told_before_anything_is_kept(
    settings: Settings, library: Library, write: Write, send: Send, corpus: Path
) -> None:
    write("note.txt", NOTE)
    write("note.txt.meta.yaml", "publisher: Office of Lights\n")
    library.maintenance.sync()
    write("unsynced.txt", NOTE)
    gaps = "On Gaps\n\n" + "\n\n".join(f"{n}. Thing number {n}." for n in (14, 15, 17, 18))
    sent = [("new.txt", gaps), ("copy.txt", NOTE), ("note.txt", NOTE), ("empty.txt", "")]
    uploads = [send(*each) for each in (*sent, ("unsynced.txt", NEXT), ("a/note.txt", NEXT))]
    before = sorted(path.name for path in corpus.rglob("*"))
    new, copy, note, empty, unsynced, other = look(settings, uploads)
    assert (preview(new).title, preview(new).paragraphs) == ("On Gaps", 4)
    assert preview(new).opening == tuple(f"{n}. Thing number {n}." for n in (14, 15, 17))
    assert preview(new).notes == ("numbering goes from 15 to 17",)
    assert preview(copy).standing is Standing.NEW  # what it is a copy of has a sidecar
    assert (preview(note).standing, preview(note).file) == (Standing.SAME, "note.txt")
    assert preview(note).publisher == "Office of Lights"
    assert (empty.state, "is empty" in empty.problem) == (State.REFUSED, True)
    assert preview(unsynced).standing is Standing.EDITION
    assert preview(other).standing is Standing.NEW
    assert staging(settings).uploads("me") == [new, copy, note, empty, unsynced, other]
    assert staging(settings).uploads("you") == []
    assert sorted(path.name for path in corpus.rglob("*")) == before


def test_an_edition_is_compared_kept_and_found(
    settings: Settings, library: Library, write: Write, send: Send
) -> None:
    write("note.txt", NOTE)
    library.maintenance.sync()
    fresh = send("folder/new.txt", NOTE.replace("Lamps", "Ropes"))
    seen = look(settings, [send("note.txt", NEXT), fresh])
    told = preview(seen[0])
    assert (told.stay, told.change, told.come, told.go) == (1, 1, 1, 1)
    edition, new = keep(settings, seen)
    assert edition.document is not None
    assert (edition.document.slug, edition.document.edition) == ("note", 2)
    assert new.document is not None
    assert new.document.slug == "folder-new"
    assert library.search("very dear").total == 1
    assert library.search("ropes").total == 1
    assert {upload.state for upload in staging(settings).uploads("me")} == {State.KEPT}


def test_a_conflict_that_came_up_since_is_told_and_nothing_is_lost(
    settings: Settings, write: Write, send: Send, corpus: Path
) -> None:
    (seen,) = look(settings, [send("note.txt", NOTE)])
    write("note.txt", NEXT)
    (kept,) = keep(settings, [seen])
    assert (kept.landed, kept.document) == (False, None)
    assert isinstance(kept.refusal, Taken)
    (again,) = staging(settings).uploads("me")
    assert (again.state, "already" in again.problem) == (State.WAITING, True)
    assert staging(settings).content(again).read_text() == NOTE
    assert (corpus / "note.txt").read_text() == NEXT


def test_a_file_is_kept_while_another_process_writes_and_found_later(
    settings: Settings, library: Library, send: Send
) -> None:
    uploads = look(settings, [send("note.txt", NOTE)])
    with writer_lock(settings.data):
        (kept,) = keep(settings, uploads, patience=0)
    assert (kept.landed, kept.document) == (True, None)
    assert "found after" in kept.problem
    library.maintenance.sync()
    assert library.search("lamps").total == 1


def test_all_of_a_request_is_kept_or_nothing(
    settings: Settings, library: Library, write: Write, send: Send
) -> None:
    write("old.txt", "On Old Things\n\n1. Old.\n")
    library.maintenance.sync()
    for files, error in (
        ([("a.txt", NOTE), ("b.txt", "")], Unreadable),
        ([("a.txt", NOTE), ("a.txt", NEXT)], Taken),
        ([("a.txt", NOTE), ("old.txt", NEXT)], Taken),
    ):
        with pytest.raises(error):
            take(settings, [send(*file) for file in files], may_replace=False)
        assert names(settings.corpus) == ["old.txt"]


def test_a_file_is_refused_as_soon_as_it_is_too_large(tmp_path: Path) -> None:
    place = Staging(tmp_path, max_bytes=10)
    incoming = place.receive()
    assert incoming.write(b"1234567890") == 10
    with pytest.raises(TooLarge):
        incoming.write(b"1")
    place.drop(incoming)
    assert names(tmp_path / "uploads") == []


def test_only_so_much_waits_at_once_and_not_for_ever(tmp_path: Path) -> None:
    place = Staging(tmp_path, max_bytes=1000)
    for _ in range(9):
        incoming = place.receive()
        incoming.write(b"1" * 1000)
        old = place.add(incoming, "me", "a.txt")
    with pytest.raises(Full):
        place.receive()
    for path in (tmp_path / "uploads" / old.id, *(tmp_path / "uploads" / old.id).iterdir()):
        os.utime(path, (0, 0))
    broken_off = place.receive()  # the oldest has waited too long
    with pytest.raises(NotFound):
        place.find(old.id, "me")
    broken_off.close()
    for path in (*broken_off.folder.iterdir(), broken_off.folder):
        os.utime(path, (0, 0))
    place.sweep()
    assert len(names(tmp_path / "uploads")) == 8


def test_an_upload_is_its_owners_alone(settings: Settings, send: Send) -> None:
    upload = send("a.txt", NOTE)
    place = staging(settings)
    assert place.find(upload.id, "me") == upload
    for name, owner in ((upload.id, "you"), ("../uploads", "me"), ("", "me"), ("0" * 32, "me")):
        with pytest.raises(NotFound):
            place.find(name, owner)
    place.discard(upload)
    assert names(settings.data / "uploads") == []
    place.save(upload)  # by who still reads it
    assert names(settings.data / "uploads") == []


def test_another_process_gives_what_a_function_gives_and_raises_what_it_raises(
    settings: Settings, send: Send
) -> None:
    upload = send("a.txt", "On Lamps\n\n1. They burn.\n")
    (seen,) = aside(look, settings, [upload])
    assert preview(seen).title == "On Lamps"
    with pytest.raises(Unreadable):
        aside(_raise, Unreadable("no text"))
    with pytest.raises(RuntimeError, match="status 3"):
        aside(os._exit, 3)


def _raise(error: Exception) -> None:
    raise error


def test_a_sidecar_that_cannot_be_read_costs_its_file(
    settings: Settings, write: Write, send: Send
) -> None:
    with write("note.txt.meta.yaml", "publisher: Office of Lights\n").open("r+b") as file:
        file.truncate(10**13)  # without blocks on the disk
    note, other = look(settings, [send("note.txt", NOTE), send("other.txt", NEXT)])
    assert note.state is State.REFUSED
    assert note.problem.startswith("its sidecar has 10000000 MB, and the limit is 100 MB")
    assert preview(other).standing is Standing.NEW
