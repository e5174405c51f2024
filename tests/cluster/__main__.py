"""Runs a command beside a cluster, whose address it has in its environment.

    python -m tests.cluster pytest -k opensearch

Where no cluster can be started, the reason is printed and the command runs without one.
"""

import os
import signal
import subprocess
import sys

from tests.cluster.nodes import CannotStart, cluster
from tests.helpers.engines import CLUSTER


def main() -> int:
    """The command's own exit code."""
    command = sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the nodes are stopped too
    try:
        with cluster(1) as started:
            return subprocess.run(
                command, env=os.environ | {CLUSTER: started.urls}, check=False
            ).returncode
    except CannotStart as error:
        print(f"without OpenSearch: {error}", file=sys.stderr)
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
