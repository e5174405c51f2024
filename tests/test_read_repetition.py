"""Content that repeats a few signs is refused before a reader works on it."""

import io
import random
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from indexer.errors import Unreadable
from indexer.readers import read

TEXT = b"1. Herrings swim in the North Sea.\n\n2. Cod swims too.\n"
SIZE = 600_000


@pytest.mark.parametrize("unit", [b"\t", b".", b"7", b"$", b"<", b"ab ", b"&#65;", b"- [x] yes\n"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.xml", "a.eml"])
def test_a_few_signs_over_and_over(name: str, unit: bytes) -> None:
    with pytest.raises(Unreadable, match="repeats a few signs"):
        read(Path(name), TEXT + unit * (SIZE // len(unit)) + TEXT)


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
def test_in_an_archive(method: int) -> None:
    packed = io.BytesIO()
    with ZipFile(packed, "w", method) as archive:
        archive.writestr("word/document.xml", b"<w:document>" + b"7" * SIZE + b"</w:document>")
    with pytest.raises(Unreadable, match="repeats a few signs"):
        read(Path("a.docx"), packed.getvalue())


@pytest.mark.parametrize("size", [1_000, 200_000])
def test_a_rule_or_a_gap_is_no_repetition(size: int) -> None:
    document = read(Path("a.txt"), TEXT + b"-" * size + b"\n\n" + TEXT)
    assert document.blocks[0].text.endswith("Herrings swim in the North Sea.")


def test_a_long_table_is_none() -> None:
    """One whose cells hold little, as lists of votes do."""
    number = random.Random(5)
    rows = "".join(
        f"<tr><td>{at}</td><td>{number.choice(['Yes', 'No'])}</td><td></td></tr>\n"
        for at in range(8_000)
    )
    document = read(Path("a.html"), f"<table>{rows}</table>".encode())
    assert len(document.blocks) == 8_000
