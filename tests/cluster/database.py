"""Starts a PostgreSQL server in a folder of its own, on loopback."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cluster.nodes import CannotStart, as_user, free_ports, give_away

_OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=off"  # nothing in it outlives the tests


@contextmanager
def database() -> Iterator[str]:
    """The address of a server that runs until the context ends. Raises `CannotStart`."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="pilcrow-database-"))
    data, (port,) = folder / "data", free_ports(1)
    options = f"{_OPTIONS} -p {port} -c unix_socket_directories={folder}"
    control = [*as_user(), str(programs / "pg_ctl"), "-D", str(data), "-w"]
    try:
        give_away(folder)
        made = ["initdb", "-D", str(data), "-A", "trust", "-U", "pilcrow", "--locale=C.UTF-8"]
        _run([*as_user(), str(programs / made[0]), *made[1:], "-E", "UTF8"])
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield f"postgresql+psycopg://pilcrow@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder of the newest server that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    on_path = shutil.which("initdb")
    if not (found or on_path):
        raise CannotStart("PostgreSQL is not installed (Debian: postgresql)")
    return found[-1] if found else Path(str(on_path)).parent


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=tempfile.gettempdir()
    )
    if done.returncode:
        raise CannotStart(f"{Path(command[-1]).name}: {(done.stderr or done.stdout)[-300:]}")
