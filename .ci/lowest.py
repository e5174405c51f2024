"""The requirements of setup.cfg in, a constraints file with the lowest version of each out.

python .ci/lowest.py setup.cfg > constraints.txt
"""

import sys
from configparser import ConfigParser
from pathlib import Path

from packaging.requirements import Requirement


def lowest(setup: str) -> list[str]:
    """A line `name==version` for each requirement that has a lower bound."""
    config = ConfigParser(interpolation=None)
    config.read_string(setup)
    groups = [config["options"]["install_requires"], *config["options.extras_require"].values()]
    lines = [line.strip() for group in groups for line in group.splitlines()]
    wanted = [Requirement(line) for line in lines if line and line[0] not in "#%"]
    return sorted(
        {
            f"{each.name}=={bound.version}"
            for each in wanted
            for bound in each.specifier
            if bound.operator == ">="
        }
    )


if __name__ == "__main__":
    print("\n".join(lowest(Path(sys.argv[1]).read_text(encoding="utf-8"))))
