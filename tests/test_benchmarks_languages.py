"""The language of a judged collection is what its folder's name says, or it is refused."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    code = (
        "import sys; from pathlib import Path; from judged import language_of; "
        "print(language_of(Path(sys.argv[1])))"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT / 'benchmarks'}:{ROOT}", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "language"), [("adi", "en"), ("judged_de", "de"), ("news_of_2020_zh", "zh")]
)
def test_a_folder_says_its_language(name: str, language: str) -> None:
    assert run(Path(name)).stdout.strip() == language


@pytest.mark.parametrize("name", ["letters_vienna", "judged_", "judged_2020"])
def test_what_is_no_language_is_refused(name: str) -> None:
    done = run(Path(name))
    assert done.returncode == 1
    assert "is no language; name the folder NAME_LANGUAGE" in done.stderr
