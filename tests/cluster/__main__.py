"""Runs a command beside real servers, whose addresses it has in its environment.

    python -m tests.cluster pytest -k "opensearch or postgresql"

Where a server cannot be started, the reason is printed and the command runs without it: the tests
that need it skip.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from tests.cluster.database import database
from tests.cluster.nodes import CannotStart, cluster
from tests.helpers.engines import CLUSTER
from tests.helpers.stores import DATABASE


def main() -> int:
    """The command's own exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are stopped too
    environment = dict(os.environ)
    with ExitStack() as servers:
        for name, start in ((CLUSTER, _nodes), (DATABASE, database)):
            if address := _started(servers, start):
                environment[name] = address
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


@contextmanager
def _nodes() -> Iterator[str]:
    with cluster(1) as started:
        yield started.urls


def _started(servers: ExitStack, start: Callable[[], AbstractContextManager[str]]) -> str:
    try:
        return servers.enter_context(start())
    except CannotStart as error:
        print(f"without one of the servers: {error}", file=sys.stderr)
        return ""


if __name__ == "__main__":
    sys.exit(main())
