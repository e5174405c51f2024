"""What is sent in, what waits to be kept or discarded out: a folder for each file, never served.

DATA/uploads/ID/.content      the file while it comes in
DATA/uploads/ID/NAME          the same when it is there, as a corpus of one file to be read
DATA/uploads/ID/.upload.json  whose it is, and what is known of it
"""

import hashlib
import io
import json
import re
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any

from indexer import atomic
from indexer.errors import Full, NotFound, TooLarge

MOST = 200  # uploads that wait at once
_LARGEST = 10  # times the largest file that all of them may have together
_FORGOTTEN = 24 * 3600  # seconds that an upload waits
_BROKEN_OFF = 3600  # seconds after the last byte of one that did not come in whole

_ID = re.compile(r"[0-9a-f]{32}")
_CONTENT, _MANIFEST = ".content", ".upload.json"


class State(StrEnum):
    """What has become of an upload."""

    WAITING = "waiting"
    REFUSED = "refused"
    KEPT = "kept"


class Standing(StrEnum):
    """What an upload is to the corpus."""

    NEW = "new"
    SAME = "same"
    EDITION = "edition"


@dataclass(frozen=True, slots=True)
class Preview:
    """What was read of an upload, and what keeping it would do.

    `file` is the document's file where the upload is the `SAME` as one or an `EDITION` of one.
    Of an edition, the last four say how many paragraphs stay, change, come and go.
    """

    title: str
    date: str
    publisher: str
    language: str
    paragraphs: int
    opening: tuple[str, ...]
    notes: tuple[str, ...]
    standing: Standing
    file: str = ""
    stay: int = 0
    change: int = 0
    come: int = 0
    go: int = 0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent by `owner`; `path` is where it will lie, or lies, in the corpus.

    `hash` is the SHA-256 of its content.

    `problem` is the reason of a refusal, or what stood in the way of keeping it.
    """

    id: str
    owner: str
    path: str
    hash: str
    state: State = State.WAITING
    problem: str = ""
    preview: Preview | None = None
    arrived: float = 0.0  # seconds since 1970

    @property
    def is_edition(self) -> bool:
        """Whether it was read and is an edition of a file that is there."""
        return self.preview is not None and self.preview.standing is Standing.EDITION

    @property
    def can_be_kept(self) -> bool:
        """Whether it was read, waits, and is no copy of what is there."""
        is_other = self.preview is not None and self.preview.standing is not Standing.SAME
        return self.state is State.WAITING and is_other


class Incoming(io.FileIO):
    """A file that is coming in. Raises `TooLarge` as soon as there is more than there may be."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        folder.mkdir(parents=True)
        super().__init__(folder / _CONTENT, "x+")
        self._hash = hashlib.sha256()
        self.folder = folder
        self._left = max_bytes
        self._max = max_bytes

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """All of `data`."""
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge(f"a file may have {self._max / 1e6:.0f} MB; split it")
        self._hash.update(data)
        written = 0
        while written < len(data):
            written += super().write(data[written:])
        return written

    def hand_over(self, name: str) -> Path:
        """The folder in which what has come in lies as `name` now; it still goes with `drop`."""
        self.close()
        (self.folder / _CONTENT).replace(self.folder / name)
        return self.folder

    @property
    def hash(self) -> str:
        """SHA-256 of what has come in, in hexadecimal."""
        return self._hash.hexdigest()


class Staging:
    """The uploads of a data folder that wait."""

    def __init__(self, data: Path, max_bytes: int) -> None:
        self.folder = data / "uploads"
        self._max_bytes = max_bytes

    def receive(self) -> Incoming:
        """A place for a file to come in. Raises `Full`."""
        self.sweep()
        sizes = [sum(map(_size, folder.iterdir())) for folder in self._folders()]
        if len(sizes) >= MOST or sum(sizes) > _LARGEST * self._max_bytes:
            raise Full("too many uploads wait; keep or discard some, or try again tomorrow")
        return Incoming(self.folder / secrets.token_hex(16), self._max_bytes)

    def add(self, incoming: Incoming, owner: str, path: str) -> Upload:
        """The upload that has come in whole, to lie at `path`."""
        incoming.close()
        upload = Upload(incoming.folder.name, owner, path, incoming.hash, arrived=time.time())
        (incoming.folder / _CONTENT).replace(self.content(upload))
        self.save(upload)
        return upload

    def refuse(self, incoming: Incoming, owner: str, name: str, reason: str) -> Upload:
        """Notes that what came in is not taken; its content goes."""
        incoming.close()
        (incoming.folder / _CONTENT).unlink()
        upload = Upload(
            incoming.folder.name,
            owner,
            name,
            incoming.hash,
            State.REFUSED,
            reason,
            arrived=time.time(),
        )
        self.save(upload)
        return upload

    def drop(self, incoming: Incoming) -> None:
        """Removes what did not come in whole; nothing where it has become an upload."""
        incoming.close()
        if not (incoming.folder / _MANIFEST).exists():
            shutil.rmtree(incoming.folder, ignore_errors=True)

    def uploads(self, owner: str) -> list[Upload]:
        """The uploads of `owner` that have been looked at, as they came."""
        found = (_read(folder) for folder in self._folders())
        mine = [upload for upload in found if upload and upload.owner == owner]
        mine = [each for each in mine if each.preview or each.state is not State.WAITING]
        return sorted(mine, key=lambda upload: upload.arrived)

    def find(self, name: str, owner: str) -> Upload:
        """The upload of `owner` with this id. Raises `NotFound`."""
        upload = _read(self.folder / name) if _ID.fullmatch(name) else None
        if upload is None or upload.owner != owner:
            raise NotFound("this upload is no longer there; send the file again")
        return upload

    def save(self, upload: Upload) -> None:
        """Notes what is known of it now."""
        text = json.dumps(asdict(upload), ensure_ascii=False)
        with suppress(FileNotFoundError):  # it was discarded meanwhile
            atomic.write(self.folder / upload.id / _MANIFEST, text)

    def done(self, upload: Upload) -> None:
        """Notes that it is kept; its content is in the corpus now, and no longer here."""
        self.save(replace(upload, state=State.KEPT, problem=""))
        self.content(upload).unlink(missing_ok=True)

    def discard(self, upload: Upload) -> None:
        """Forgets it."""
        shutil.rmtree(self.folder / upload.id, ignore_errors=True)

    def content(self, upload: Upload) -> Path:
        """Where the file itself is; what else lies in that folder is about it."""
        return self.folder / upload.id / PurePosixPath(upload.path).name

    def sweep(self) -> None:
        """Removes what has waited too long, and what never came in whole."""
        now = time.time()
        for folder in self._folders():
            with suppress(FileNotFoundError):
                whole = (folder / _MANIFEST).exists()
                last = max(path.stat().st_mtime for path in (folder, *folder.iterdir()))
                if last < now - (_FORGOTTEN if whole else _BROKEN_OFF):
                    shutil.rmtree(folder, ignore_errors=True)

    def _folders(self) -> list[Path]:
        with suppress(FileNotFoundError):
            return [path for path in self.folder.iterdir() if _ID.fullmatch(path.name)]
        return []


def _size(path: Path) -> int:
    with suppress(FileNotFoundError):
        return path.stat().st_size
    return 0


def _read(folder: Path) -> Upload | None:
    """The upload in `folder`; None if there is none, or the note of it is not as it was written."""
    try:
        return _upload(json.loads((folder / _MANIFEST).read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, TypeError, KeyError):
        return None  # it goes when its time is over; its sender is asked to send it again


def _upload(values: dict[str, Any]) -> Upload:
    if seen := values["preview"]:
        seen |= {"opening": tuple(seen["opening"]), "notes": tuple(seen["notes"])}
        values["preview"] = Preview(**seen | {"standing": Standing(seen["standing"])})
    return Upload(**values | {"state": State(values["state"])})
