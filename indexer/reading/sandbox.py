"""A process's own rights in, fewer of them out: memory, files and network."""

import os
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = frozenset(
    (
        *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"),
        *("socket.getaddrinfo", "socket.gethostbyname"),
        *("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn"),
        *("os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown"),
    )
)
_INSIDE = frozenset(("os.mkdir", "os.remove", "os.rename", "os.rmdir"))  # their first is a path

Hook = Callable[[str, tuple[Any, ...]], None]


def limit_memory(megabytes: int) -> None:
    """Lets no allocation go beyond `megabytes`, where the system can do so (Windows cannot)."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    # Data, and not address space: libraries reserve much more of that than they use.
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    size = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (size, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def forbid_writing_and_network(scratch: Path, programs: Collection[str] = ()) -> None:
    """From here on Python code opens no socket, starts no process, writes only below `scratch`.

    The exception are `programs`, by their paths; they inherit the limit of memory.

    This holds for what goes through Python, which is enough to catch a library that fetches a
    style sheet or keeps a cache; it is no wall against machine code.
    """
    sys.addaudithook(_hook(scratch.resolve(), frozenset(programs)))


def _hook(scratch: Path, programs: frozenset[str]) -> Hook:
    def outside(path: object) -> bool:
        if isinstance(path, int):  # a file that is open already
            return False
        return not Path(os.fsdecode(path)).resolve().is_relative_to(scratch)  # type: ignore[arg-type]

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            if args[2] & _WRITING and args[0] != os.devnull and outside(args[0]):
                raise PermissionError(f"a reader may not write {args[0]}")
        elif event == "subprocess.Popen" and args[0] in programs:
            return
        elif event in _FORBIDDEN or (event in _INSIDE and outside(args[0])):
            raise PermissionError(f"a reader may not do {event}")

    return hook
