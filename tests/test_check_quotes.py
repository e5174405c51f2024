"""The command that checks quotations: from a file or standard input, for people and programs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import main
from indexer.library import Library
from tests.conftest import Keep
from tests.test_checking import FILES

DRAFT = (
    "It says “there can be a military solution to the conflict in Darfur”, and “Decides to remain "
    "seized of the matter.” and “the price of fish in Iceland has risen by a quarter”.\n"
)
Check = Callable[..., Result]


@pytest.fixture(scope="module")
def kept_here(kept: Keep) -> Library:
    return kept(FILES)


@pytest.fixture
def check(kept_here: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    monkeypatch.chdir(tmp_path)
    settings = kept_here.settings
    folders = {"PILCROW_CORPUS": str(settings.corpus), "PILCROW_DATA": str(settings.data)}

    def run(*words: str, given: str = "") -> Result:
        return CliRunner().invoke(
            main, ["check-quotes", *words], env=folders, input=given, catch_exceptions=False
        )

    return run


def test_standard_input_is_checked_in_lines(check: Check) -> None:
    found = check("-", given=DRAFT)
    assert found.exit_code == 0
    assert "3 quotations" in found.stdout
    assert "1. ALTERED" in found.stdout
    assert "! A word that denies was changed: “a” in place of “no”." in found.stdout
    assert "there can be [-no-]{+a+} military solution" in found.stdout
    assert "“Resolution 1591 (2005)”" in found.stdout
    assert "also: /d/1706/para-2" in found.stdout
    assert "3. NOT IN THIS CORPUS" in found.stdout
    assert "The collection has 4 documents" in found.stdout


def test_a_file_is_read_by_its_reader(check: Check, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(
        "As it says:\n\n> there can be no military solution to the conflict in Darfur\n"
    )
    found = json.loads(check("draft.md", "--json").stdout)
    (quotation,) = found["quotations"]
    assert quotation["verdict"] == "as written"
    assert quotation["parts"][0]["place"]["paragraphs"] == ["/d/1591/para-1@1"]


def test_a_file_that_is_none_or_cannot_be_read_is_told(check: Check, tmp_path: Path) -> None:
    assert check("nowhere.md").exit_code == 2
    (tmp_path / "draft.exe").write_text("MZ")
    found = check("draft.exe")
    assert found.exit_code == 1
    assert "cannot be read" in found.stderr
    (tmp_path / "draft.docx").write_text("no zip")
    assert check("draft.docx").exit_code == 1
