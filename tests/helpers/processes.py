"""Which processes a process has started, as the system lists them."""

import subprocess


def children(parent: int) -> dict[int, str]:
    """The processes that `parent` has started, with their commands."""
    # Without -ww, ps cuts a command at the width of the terminal where COLUMNS gives one.
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
    return {int(process): args for process, of, args in rows if int(of) == parent}
