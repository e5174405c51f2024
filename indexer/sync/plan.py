"""Decides what a sync is going to do, from what the corpus has and what the store knows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace

from indexer import readers
from indexer.corpus.content import content_hash
from indexer.corpus.corpus import Corpus
from indexer.corpus.walk import FoundFile
from indexer.document import Failure, FileRecord
from indexer.errors import DocumentError
from indexer.readers.recognition import OFF, Recognition
from indexer.reading.protocol import Limits, Refused, refusal
from indexer.store.store import Store


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sync is going to do; `unread` are files that are known not to be readable.

    `touched` have another time but the content they had; `moved` pairs what was known with where
    the same content lies now. `mended` are files that could not be read before, and are gone or
    have their last content again. `slugs` are those of files that are documents, or were.
    """

    new: tuple[FoundFile, ...] = ()
    changed: tuple[FoundFile, ...] = ()
    moved: tuple[tuple[FileRecord, FoundFile], ...] = ()
    removed: tuple[FileRecord, ...] = ()
    touched: tuple[FoundFile, ...] = ()
    unchanged: int = 0
    unread: Mapping[str, Failure] = field(default_factory=dict)
    mended: frozenset[str] = frozenset()
    slugs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Differences:
    """How a corpus folder and the store differ, told without opening a file.

    `there` are the paths of files to be read, `gone` those of files that were there; `found` is
    how many files lie there now, `known` how many documents have one, as far as the store knows.
    """

    there: tuple[str, ...]
    gone: tuple[str, ...]
    found: int
    known: int


@dataclass(frozen=True, slots=True)
class Hashed:
    """The content of a file was looked at, and has this hash."""

    hash: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """The content of a file cannot be read."""

    failure: Failure


class Unseen:
    """The content of a file was not looked at, since it can only be new."""


Look = Hashed | Refusal | Unseen


def make_plan(
    store: Store,
    corpus: Corpus,
    found: Sequence[FoundFile],
    limits: Limits,
    concerned: Callable[[str], bool] | None = None,
) -> Plan:
    """Compares the files `found` in `corpus` with what the store knows; changes nothing.

    `concerned` tells by its path which file was looked for, where it was not all of them. Content
    is read only where a known file's size or time has changed, and where a new file may be one
    that is gone from its place, or one that could not be read; and not where it was tried before
    without success.
    """
    known, failed = store.files(), store.failures()
    refused = _by_content(failed, limits)
    looked_at = _looked_at(found, concerned)
    known = {p: each for p, each in known.items() if looked_at(p) or not each.present}
    paths = {file.path for file in found}
    may_have_moved = any(path not in paths for path in known)
    looks: dict[str, Look] = {}
    for file in found:
        if same_hint(file, known.get(file.path), limits.recognition):
            continue
        if failure := known_failure(file, failed, limits):
            looks[file.path] = Refusal(failure)
        elif may_have_moved or refused or file.path in known:
            looks[file.path] = _look(corpus, file, limits, refused)
        else:
            looks[file.path] = Unseen()
    made = plan(found, known, looks, limits.recognition)
    open_still = {*made.unread, *(file.path for file in (*made.new, *made.changed))}
    return replace(made, mended=frozenset(filter(looked_at, failed)) - open_still)


def differences(store: Store, found: Sequence[FoundFile], limits: Limits) -> Differences:
    """Compares the files `found` with what the store knows, by size and time alone."""
    known, failed = store.files(), store.failures()
    looked_at = _looked_at(found, None)
    paths = {file.path for file in found}
    present = [path for path, record in known.items() if record.present]
    return Differences(
        there=tuple(
            file.path
            for file in found
            if not (
                same_hint(file, known.get(file.path), limits.recognition)
                or known_failure(file, failed, limits)
            )
        ),
        gone=tuple(p for p in (*present, *failed) if p not in paths and looked_at(p)),
        found=len(found),
        known=len(present),
    )


def plan(
    found: Iterable[FoundFile],
    known: Mapping[str, FileRecord],
    looks: Mapping[str, Look],
    recognition: Recognition = OFF,
) -> Plan:
    """What to do about `found`, given what is `known` by path, and how pictures are read.

    `looks` are what is known of the content of each file that may have changed.
    """
    found = list(found)
    paths = {file.path for file in found}
    lost = [record for path, record in known.items() if path not in paths]
    lost.sort(key=lambda record: (not record.present, record.file))
    unread = {path: look.failure for path, look in looks.items() if isinstance(look, Refusal)}
    moved: list[tuple[FileRecord, FoundFile]] = []
    new, changed, touched = list[FoundFile](), list[FoundFile](), list[FoundFile]()
    for file in found:
        record, look = known.get(file.path), looks.get(file.path)
        if look is None or isinstance(look, Refusal):
            continue
        content = look.hash if isinstance(look, Hashed) else ""
        if record is not None and record.present:
            as_read = is_as_read(record, content, recognition)
            (touched if as_read else changed).append(file)
        elif source := _source(lost, record, content):
            lost.remove(source)
            moved.append((source, file))
        else:
            new.append(file)
    return Plan(
        new=tuple(new),
        changed=tuple(changed),
        moved=tuple(moved),
        removed=tuple(record for record in lost if record.present),
        touched=tuple(touched),
        unchanged=len(found) - len(looks),
        unread=unread,
        slugs={f.path: known[f.path].slug for f in (*new, *changed) if f.path in known},
    )


def _looked_at(
    found: Sequence[FoundFile], concerned: Callable[[str], bool] | None
) -> Callable[[str], bool]:
    """Tells of a path whether a file there would be among `found`.

    It would not if it is in a folder that could not be listed.
    """
    closed = tuple(f"{file.path}/" for file in found if file.is_folder)

    def looked_at(path: str) -> bool:
        return not path.startswith(closed) and (concerned is None or concerned(path))

    return looked_at


def _source(lost: list[FileRecord], record: FileRecord | None, content: str) -> FileRecord | None:
    """The file that was moved here: not in its place, with this content.

    One that was gone before counts too: a move may be seen as a removal first. None where the
    content is what last lay here itself: then it has come back.
    """
    if record is not None and record.hash == content:
        return None
    return next((each for each in lost if each.hash == content), None)


def same_hint(file: FoundFile, record: FileRecord | None, recognition: Recognition) -> bool:
    """Whether what is known of a file was read of it as it is, as far as size and time tell."""
    return (
        record is not None
        and is_as_read(record, record.hash, recognition)
        and record.hint == file.hint
    )


def is_as_read(record: FileRecord, content: str, recognition: Recognition) -> bool:
    """Whether this content was last read of a file, by such readers as there are now."""
    reader = readers.version(record.file, recognition)
    return record.present and record.hash == content and record.reader == reader


def known_failure(file: FoundFile, failed: Mapping[str, Failure], limits: Limits) -> Failure | None:
    """Why this very file could not be read with these readers and limits, if it was tried."""
    failure = failed.get(file.path)
    is_known = failure and failure.tried.startswith(f"{_means(limits)}\n{file.hint}\n")
    return failure if is_known else None


def _by_content(failed: Mapping[str, Failure], limits: Limits) -> dict[str, str]:
    """Why content could not be read with these readers and limits, wherever it lay, by its hash."""
    tried = ((failure.tried.split("\n"), failure.reason) for failure in failed.values())
    return {parts[-1]: why for parts, why in tried if parts[0] == _means(limits) and parts[-1]}


def _means(limits: Limits) -> str:
    """With what a file is read."""
    return f"{readers.VERSION} within {astuple(limits)}"


def _look(corpus: Corpus, file: FoundFile, limits: Limits, refused: Mapping[str, str]) -> Look:
    try:
        content = content_hash(*corpus.load(file, limits.max_bytes))
    except DocumentError as error:
        return Refusal(failure_of(file, refusal(error), limits, ""))
    if content in refused:
        return Refusal(failure_of(file, Refused(refused[content]), limits, content))
    return Hashed(content)


def failure_of(file: FoundFile, refused: Refused, limits: Limits, content: str) -> Failure:
    """What the store keeps of a file that cannot be read, so that it is not tried again.

    `content` is the hash of what it holds, which is not tried elsewhere either, or empty.
    """
    tried = f"{_means(limits)}\n{file.hint}\n{content}"
    return Failure(refused.reason, tried if refused.lasts else "")
