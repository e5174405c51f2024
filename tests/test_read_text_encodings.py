"""Plain text in legacy encodings and without marks: read right, and told where it is a guess."""

import pytest

from indexer.errors import Unreadable
from indexer.readers.common.encoding import decoded

TEXTS = {
    "ru": "Все люди рождаются свободными и равными в своём достоинстве и правах.\n",
    "ja": "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。\n",
    "zh": "人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心。\n",
    "zh-Hant": "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心。\n",
    "de": "Alle Menschen sind frei und gleich an Würde und Rechten geboren.\n",
    "pl": "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw.\n",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.\n",
    "ar": "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.\n",
    "tr": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar.\n",
}
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
LEGACY = {
    "ru": ("cp1251", "koi8-r", "iso8859-5"),
    "ja": ("shift_jis", "euc_jp", "iso2022_jp"),
    "zh": ("gb18030",),
    "zh-Hant": ("big5",),
    "de": ("cp1252", "iso8859-15"),
    "pl": ("cp1250", "iso8859-2"),
    "el": ("cp1253", "iso8859-7"),
    "ar": ("cp1256", "iso8859-6"),
    "tr": ("cp1254", "iso8859-9"),
}


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("language", ["ru", "ja", "zh", "zh-Hant", "de", "ar"])
def test_unicode_without_a_mark_is_certain(language: str, encoding: str) -> None:
    text = TEXTS[language] * 4
    assert decoded(text.encode(encoding)) == (text, ())


@pytest.mark.parametrize(
    ("language", "encoding"), [(lang, each) for lang, known in LEGACY.items() for each in known]
)
def test_legacy_encodings(language: str, encoding: str) -> None:
    text = TEXTS[language] * 4
    assert decoded(text.encode(encoding)).text == text


def test_a_guess_is_noted() -> None:
    (note,) = decoded((TEXTS["de"] * 4).encode("cp1252")).notes
    assert note == "read as Windows-1252, which is a guess; save it as UTF-8 to be sure"


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40,
        b"\x89PNG\r\n\x1a\n" + bytes(range(255, -1, -1)) * 40,
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(0, 256, 7)) * 100,
        bytes(2000),
    ],
    ids=["program", "picture", "archive", "zeros"],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="encoding"):
        decoded(data)


@pytest.mark.parametrize("language", ["ru", "zh", "de", "ar"])
def test_one_bad_byte_costs_one_character(language: str) -> None:
    line = TEXTS[language]
    text, (note,) = decoded(line.encode() + b"\xff" + line.encode())
    assert text == f"{line}\ufffd{line}"
    assert "not UTF-8" in note


def test_half_a_character_of_utf_16_costs_itself() -> None:
    line = TEXTS["de"]
    text, (note,) = decoded(line.encode() + b"\xed\xa0\x80" + line.encode())
    assert text.replace("\ufffd", "") == line * 2
    assert "not UTF-8" in note


def test_a_byte_that_is_no_letter_in_plain_english() -> None:
    text, (note,) = decoded(b"All human beings are born\xff free.")
    assert (text, "not UTF-8" in note) == ("All human beings are born\ufffd free.", True)


def test_a_letter_of_windows_in_plain_english() -> None:
    assert decoded(b"It was said in the caf\xe9 of the town.").text.endswith("café of the town.")


def test_a_bad_byte_far_into_plain_english() -> None:
    text, (note,) = decoded(b"All human beings are born free. " * 4000 + b"\xff and equal.")
    assert text.endswith("free. \ufffd and equal.")
    assert "byte 128000" in note


@pytest.mark.parametrize("language", ["ru", "zh", "de", "ar"])
@pytest.mark.parametrize(
    ("sign", "instead"),
    [("\0", ""), ("\x1b", ""), ("\x01", ""), ("\0\0\0", " "), ("\x1b[31;1m", "")],
)
def test_control_signs_are_left_out(language: str, sign: str, instead: str) -> None:
    text = TEXTS[language]
    found, (note,) = decoded((text[:5] + sign + text[5:]).encode())
    assert (found, note) == (
        text[:5] + instead + text[5:],
        "left out control signs, which are no text",
    )
