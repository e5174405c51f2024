"""The examples of docs/programs.md, run on a real server over our own documents."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.config import Settings
from tests.conftest import ROOT
from tests.helpers.inline import open_inline
from tests.helpers.serving import served

pytestmark = pytest.mark.slow

_TEXT = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
_EXAMPLE = re.compile(r"^```(python|sh)\n(.*?)^```\n\n```text\n(.*?)^```", re.DOTALL | re.MULTILINE)
_SHOWN = "http://localhost:8000"
_RUN = {"python": [sys.executable, "-c"], "sh": ["sh", "-euc"]}


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What examples run in: `pilcrow` and `python3` are ours, over the library that is served."""
    data: Path = tmp_path_factory.mktemp("programs")
    with open_inline(Settings(corpus=ROOT / "corpus", data=data)) as library:
        library.maintenance.sync()
        with served(library) as address:
            programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
            yield os.environ | {
                "PATH": programs,
                "PILCROW_CORPUS": str(ROOT / "corpus"),
                "PILCROW_DATA": str(data),
                "SERVED": address,
            }


@pytest.mark.parametrize(("language", "code", "expected"), _EXAMPLE.findall(_TEXT))
def test_an_example_prints_what_it_says(
    environ: dict[str, str], language: str, code: str, expected: str
) -> None:
    if "curl" in code and not shutil.which("curl"):
        pytest.skip("there is no curl")
    if "mcp" in code:
        pytest.importorskip("mcp", reason="the extra mcp is not installed")
    address = environ["SERVED"]
    run = subprocess.run(
        [*_RUN[language], code.replace(_SHOWN, address)],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.replace(address, _SHOWN) == expected, run.stderr


def test_every_part_has_an_example() -> None:
    parts = re.split(r"^## ", _TEXT, flags=re.MULTILINE)[1:]
    assert parts
    assert all(_EXAMPLE.search(each) for each in parts)
