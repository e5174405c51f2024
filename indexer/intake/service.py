"""Uploads in; what is read of them, and the documents that they become in the corpus, out.

These functions open a library of their own, so that they can be worked out by another process.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.config import Settings
from indexer.corpus.content import load_sidecar
from indexer.corpus.corpus import Corpus
from indexer.document import StoredDocument
from indexer.editions.align import align
from indexer.errors import (
    BadName,
    CorpusUnwritable,
    DocumentError,
    Locked,
    NotFound,
    PilcrowError,
    Taken,
    Unreadable,
)
from indexer.intake.staging import Preview, Staging, Standing, State, Upload
from indexer.library import Library, open_library
from indexer.readers import SUFFIXES
from indexer.reading.protocol import Parsed, Refused, refusal

_OPENING, _SHOWN = 3, 300  # paragraphs shown of an upload, characters of each
_PATIENCE = 5.0  # seconds that another process which writes is waited for
_WAITS = "the file is kept and will be found after the next sync; another one is running"


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an upload that was to be kept.

    `document` is None where it is not found yet: then `problem` says why. `landed` is whether the
    file was put into the corpus folder, `refusal` why it could not be.
    """

    upload: Upload
    document: StoredDocument | None
    landed: bool
    problem: str = ""
    refusal: PilcrowError | None = None


def staging(settings: Settings) -> Staging:
    """Where uploads wait."""
    return Staging(settings.data, settings.max_file_mb * 1_000_000)


def look(settings: Settings, uploads: Sequence[Upload]) -> list[Upload]:
    """Reads `uploads`: each with its preview, or refused with the reason."""
    with closing(open_library(settings)) as library:
        return _look(library, uploads)


def _look(library: Library, uploads: Sequence[Upload]) -> list[Upload]:
    place = staging(library.settings)
    contents = {place.content(upload): upload for upload in uploads}
    problems = {
        content: _borrow_sidecar(library.settings, content, upload)
        for content, upload in contents.items()
    }
    only = [content.relative_to(place.folder).as_posix() for content in contents]
    read = {
        place.folder / file.path: what
        for file, what in library.maintenance.read(place.folder, only)
    }
    seen = [
        _seen(library, upload, problems[content] or read.get(content))
        for content, upload in contents.items()
    ]
    for upload in seen:
        place.save(upload)
    return seen


def _seen(library: Library, upload: Upload, read: Parsed | Refused | None) -> Upload:
    if isinstance(read, Parsed):
        return replace(upload, preview=_preview(library, upload, read))
    reason = str(read or "has gone; send it again")
    return replace(upload, state=State.REFUSED, problem=reason)


def _borrow_sidecar(settings: Settings, content: Path, upload: Upload) -> Refused | None:
    """Lays the sidecar that waits for the file in the corpus beside it, as it will be read."""
    place = Corpus(settings.corpus, SUFFIXES).sidecar_of(upload.path)
    if place is None:
        return None
    try:
        sidecar = load_sidecar(place, settings.max_file_mb * 1_000_000)
    except DocumentError as error:
        return refusal(error)
    content.with_name(place.name).write_bytes(sidecar)
    return None


def _preview(library: Library, upload: Upload, parsed: Parsed) -> Preview:
    known, path = parsed.metadata, upload.path
    preview = Preview(
        title=known.title,
        date=known.date,
        publisher=known.publisher,
        language=known.language,
        paragraphs=len(parsed.passages),
        opening=tuple(f"{p.label} {p.text[:_SHOWN]}".strip() for p in parsed.passages[:_OPENING]),
        notes=parsed.notes,
        standing=Standing.NEW,
    )
    if same := library.with_content((parsed.hash, upload.hash)):
        return replace(preview, standing=Standing.SAME, file=same.file)
    if document := library.of_file(path):
        return _against(library, document, parsed, preview)
    if (library.settings.corpus / path).exists():  # it lies there, and no sync has read it
        return replace(preview, standing=Standing.EDITION, file=path)
    return preview


def _against(
    library: Library, document: StoredDocument, parsed: Parsed, preview: Preview
) -> Preview:
    """How many paragraphs of `document` stay, change, come and go."""
    old = [stored.passage for stored in library.document(document.slug).passages]
    texts = {passage.id: passage.text for passage in old}
    new = align(old, parsed.passages)
    fates = Counter(texts.get(passage.id) == passage.text for passage in new if passage.id in texts)
    return replace(
        preview,
        standing=Standing.EDITION,
        file=document.file,
        stay=fates[True],
        change=fates[False],
        come=len(new) - fates.total(),
        go=len(old) - fates.total(),
    )


def take(settings: Settings, uploads: Sequence[Upload], *, may_replace: bool) -> list[Kept]:
    """Reads `uploads` and keeps all of them or, where something is wrong with one, none.

    What is the same as a document of the corpus needs no keeping: that document comes back.
    Raises `Unreadable`, `Taken`, `BadName` and `CorpusUnwritable`.
    """
    with closing(open_library(settings)) as library:
        seen = _look(library, uploads)
        for upload in seen:
            _check(upload, seen, may_replace=may_replace)
        fresh = [upload for upload in seen if upload.can_be_kept]
        kept = {each.upload.id: each for each in _keep(library, fresh, may_replace, _PATIENCE)}
        for each in kept.values():
            if each.refusal is not None:
                raise each.refusal
        return [kept.get(upload.id) or _there(library, upload) for upload in seen]


def _check(upload: Upload, all_of_them: Sequence[Upload], *, may_replace: bool) -> None:
    paths = [each.path for each in all_of_them]
    if upload.state is State.REFUSED:
        raise Unreadable(f"{upload.path} {upload.problem}")
    if paths.count(upload.path) > 1:
        raise Taken(f"{upload.path} was sent twice; send one of the two")
    if upload.is_edition and not may_replace:
        raise Taken(
            f"{upload.path} lies there with another content; send replace=1 to put this in its "
            "place as a new edition"
        )


def _there(library: Library, upload: Upload) -> Kept:
    file = upload.preview.file if upload.preview else ""
    return Kept(upload, library.of_file(file), landed=False)


def keep(
    settings: Settings, uploads: Sequence[Upload], *, patience: float = _PATIENCE
) -> list[Kept]:
    """Puts `uploads` into the corpus and syncs them; a document comes back when it is found.

    Another process that writes is waited for `patience` seconds.
    A file that lies there is replaced where the preview said that this is going to happen.
    """
    with closing(open_library(settings)) as library:
        return _keep(library, uploads, None, patience)


def _keep(
    library: Library, uploads: Sequence[Upload], may_replace: bool | None, patience: float
) -> list[Kept]:
    """`keep`; where `may_replace` is given it weighs more than what the preview said."""
    place = staging(library.settings)
    landed = [_landed(library.settings, place, upload, may_replace) for upload in uploads]
    paths = [kept.upload.path for kept in landed if kept.landed]
    if not paths:
        return landed
    try:
        report = library.maintenance.sync(only=paths, wait=patience, patience=patience)
    except Locked:
        return [replace(kept, problem=_WAITS if kept.landed else "") for kept in landed]
    problems = {**dict.fromkeys(report.left, _WAITS), **report.failures}
    return [_found(library, kept, problems.get(kept.upload.path, "")) for kept in landed]


def _landed(settings: Settings, place: Staging, upload: Upload, may_replace: bool | None) -> Kept:
    if not place.content(upload).exists():
        gone = NotFound("this upload was kept or discarded meanwhile")
        return Kept(upload, None, landed=False, refusal=gone)
    over = upload.is_edition if may_replace is None else may_replace
    try:
        Corpus(settings.corpus, SUFFIXES).land(upload.path, place.content(upload), replace=over)
    except (BadName, CorpusUnwritable, Taken) as error:
        place.save(replace(upload, problem=str(error)))
        return Kept(upload, None, landed=False, refusal=error)
    place.done(upload)
    return Kept(upload, None, landed=True)


def _found(library: Library, kept: Kept, failure: str) -> Kept:
    if not kept.landed:
        return kept
    document = library.of_file(kept.upload.path)
    if failure or document is None:
        return replace(kept, problem=failure or "another process took the file away again")
    if library.search(f"in:{document.slug}", size=1).total < document.passages:
        return replace(kept, problem="the file is kept and will be found after the next sync")
    return replace(kept, document=document)
