"""A data folder in, who may add documents out: tokens, of which only the hashes are kept.

DATA/tokens/NAME.token   the SHA-256 of a token and when it was made, for the owner's eyes only
DATA/session.key         what the web processes sign their cookies with
"""

import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from indexer import atomic
from indexer.errors import BadSetting, NotFound, Taken

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}")
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")
_SUFFIX = ".token"
_BYTES = 32  # of randomness in a token and in a key


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token: `digest` is its SHA-256 in hexadecimal, `made` a date (ISO 8601)."""

    name: str
    digest: str
    made: str


class Tokens:
    """The tokens of a data folder. Every call looks at the folder, so that all processes agree."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "tokens"

    def exist(self) -> bool:
        """Whether there are any."""
        try:
            with os.scandir(self._folder) as entries:
                return any(entry.name.endswith(_SUFFIX) for entry in entries)
        except FileNotFoundError:
            return False

    def all(self) -> list[Token]:
        """All of them, by name."""
        paths = sorted(self._folder.glob(f"*{_SUFFIX}"))
        return [token for path in paths if (token := _read(path))]

    def make(self, name: str) -> str:
        """A new token, which is shown this once. Raises `Taken` and `BadSetting`."""
        if not _NAME.fullmatch(name):
            raise BadSetting(f"{name!r} is no name for a token; use letters, digits, . _ @ and -")
        token = secrets.token_urlsafe(_BYTES)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = f"{_digest(token)} {datetime.now(UTC):%Y-%m-%d}\n"
        if not atomic.write_once(self._path(name), text):
            raise Taken(f"there is a token {name!r} already; revoke it or use another name")
        return token

    def revoke(self, name: str) -> None:
        """Takes a token back, at once and in every process. Raises `NotFound`."""
        if not any(token.name == name for token in self.all()):
            raise NotFound(f"there is no token {name!r}; 'pilcrow token --list' prints them")
        self._path(name).unlink(missing_ok=True)

    def bearer(self, text: str) -> Token | None:
        """The token that a sender shows."""
        return self.of_digest(_digest(text))

    def of_digest(self, digest: str) -> Token | None:
        """The token with this digest. How long it takes does not depend on which it is."""
        found = None
        for token in self.all():
            if hmac.compare_digest(token.digest.encode(), digest.encode()):
                found = token
        return found

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{_SUFFIX}"


def session_key(data: Path) -> str:
    """The key that cookies are signed with: made once, the same for all processes.

    One that is not as it was made, and could be guessed, gives way to a new one: sessions end.
    """
    path = data / "session.key"
    if not path.exists():
        atomic.write_once(path, secrets.token_urlsafe(_BYTES))
    if (key := _key(path)) is None:
        with FileLock(data / "session.key.lock"):
            if (key := _key(path)) is None:
                path.unlink(missing_ok=True)
                key = secrets.token_urlsafe(_BYTES)
                atomic.write_once(path, key)
    return key


def _key(path: Path) -> str | None:
    """What is in `path`, if it can be a key."""
    text = path.read_bytes().decode("ascii", "replace")
    return text if _KEY.fullmatch(text) else None


def _read(path: Path) -> Token | None:
    """What a file holds; None where it has gone meanwhile, or holds no token."""
    try:
        digest, made = path.read_text(encoding="ascii").split()
    except (FileNotFoundError, ValueError):
        return None
    return Token(path.name.removesuffix(_SUFFIX), digest, made)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
