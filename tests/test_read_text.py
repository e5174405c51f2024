"""Plain text in its many layouts and encodings."""

from pathlib import Path

import pytest

from indexer.errors import Unreadable
from indexer.readers import read
from indexer.readers.common.encoding import decode
from indexer.reading.passages import split
from tests.helpers.pairs import cases, expected, outcome

RUSSIAN = "Все люди рождаются свободными и равными в своём достоинстве и правах."
JAPANESE = "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。"


@pytest.mark.parametrize("path", cases("text"), ids=lambda path: path.stem)
def test_layouts(path: Path) -> None:
    assert outcome(path) == expected(path)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-32"),
        (RUSSIAN * 5, "cp1251"),
        (JAPANESE, "shift_jis"),
        ("Größe und Übermut, würdig für Ämter. " * 5, "cp1252"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (bytes(range(256)) * 20, "not text in any known encoding"),
        (b"\xef\xbb\xbfdamaged \xff\xfe", "damaged at byte"),
        (b"* \n", "no paragraphs"),
    ],
)
def test_what_is_no_text_is_refused_by_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(Path("x.txt"), data)


def test_no_visible_word_is_lost() -> None:
    text = "Title here\n\nOne paragraph. It has two sentences.\n\nA closing line"
    passages = split(read(Path("x.txt"), text.encode()))
    assert [p.text for p in passages] == [
        "One paragraph. It has two sentences.",
        "A closing line",
    ]


def test_lines_of_rare_ideographs_are_joined_without_a_space() -> None:
    """Those beyond the first plane, which names of places and persons are full of."""
    lines = "𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇𠀈𠀉𠀊𠀋𠀌𠀍𠀎𠀏𠀐𠀑𠀒𠀓\n" * 5
    (block,) = read(Path("a.txt"), lines.encode()).blocks
    assert block.text == lines.replace("\n", "")


def test_an_address_to_the_chair_is_no_heading() -> None:
    speech = "Mr. President,\n\n" + "The lamp is lit, and it burns through the night. " * 3
    document = read(Path("speech.txt"), f"Of Lamps\n\n{speech}\n\n{speech}".encode())
    assert all(not passage.heading for passage in split(document))
