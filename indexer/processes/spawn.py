"""A module of ours with a `main` in, how to start a process that runs it out.

The caller's main program is not run again, and what this process can import, the other can.
"""

import os
import sys


def command(module: str, *words: str) -> tuple[str, ...]:
    """The command that runs `main` of `module` with these arguments."""
    return (sys.executable, "-P", "-c", f"from {module} import main; main()", *words)


def environment(**more: str) -> dict[str, str]:
    """The environment of such a process: this one's, and `more`."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | more
