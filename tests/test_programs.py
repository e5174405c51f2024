"""The examples of docs/programs.md, run on a real server over the documents that come with us."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.config import Settings
from tests.conftest import ROOT
from tests.helpers.inline import open_inline
from tests.helpers.serving import served

_EXAMPLE = re.compile(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```", re.DOTALL | re.MULTILINE)
_TEXT = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
_SHOWN = "http://localhost:8000"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data: Path = tmp_path_factory.mktemp("programs")
    with open_inline(Settings(corpus=ROOT / "corpus", data=data)) as library:
        library.maintenance.sync()
        with served(library) as started:
            yield started


@pytest.mark.parametrize(("code", "expected"), _EXAMPLE.findall(_TEXT))
def test_an_example_prints_what_it_says(address: str, code: str, expected: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", code.replace(_SHOWN, address)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.replace(address, _SHOWN) == expected, run.stderr


def test_every_part_has_an_example() -> None:
    parts = re.split(r"^## ", _TEXT, flags=re.MULTILINE)[1:]
    assert parts
    assert all(_EXAMPLE.search(each) for each in parts)
