"""YAML of sidecars and front matter: what can be used of it, and what is malformed."""

import pytest

from indexer.errors import BadMetadata
from indexer.readers.common.metadata import parse_yaml

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
    f"{name}: &{name} [{','.join(['*' + above] * 9)}]"
    for above, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def test_a_yaml_bomb_is_refused() -> None:
    with pytest.raises(BadMetadata, match=r"write out what \*name stands for"):
        parse_yaml(BOMB, "sidecar")


@pytest.mark.parametrize("text", ["[" * 5000, "title: [", "- a\n- b", "text", r'a: "\U00110000"'])
def test_what_is_no_mapping(text: str) -> None:
    with pytest.raises(BadMetadata, match="sidecar"):
        parse_yaml(text, "sidecar")


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2020-08-11", "2020-08-11"),
        ("2020-08-11T10:00:00Z", "2020-08-11"),
        ("2020-08-11 10:00:00", "2020-08-11"),
        ("2020-08", "2020-08"),
        ("2020", "2020"),
        ("11 August 2020", "2020-08-11"),
    ],
)
def test_dates(written: str, date: str) -> None:
    assert parse_yaml(f"date: {written}", "sidecar")[0].date == date


@pytest.mark.parametrize("written", ["2020-13-45", "11/08/2020", "soon"])
def test_a_bad_date_costs_itself(written: str) -> None:
    metadata, (note,) = parse_yaml(f"title: A\ndate: {written}", "front matter")
    assert (metadata.title, metadata.date) == ("A", "")
    assert note.startswith(f"front matter: date '{written}' cannot be used")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("no", "no"),
        ("007", "007"),
        ("1e3", "1e3"),
        ("0x" + "f" * 5000, "0x" + "f" * 5000),
        ("!!bool maybe", "maybe"),
        ("!!int ''", ""),
        ("!!python/object/apply:os.system x", "x"),
        ("~", ""),
        ("null", ""),
        ("", ""),
    ],
)
def test_values_are_taken_as_they_were_written(written: str, title: str) -> None:
    metadata, notes = parse_yaml(f"title: {written}", "sidecar")
    assert (metadata.title, notes) == (title, ())


def test_what_is_malformed_is_told_with_its_place() -> None:
    with pytest.raises(BadMetadata) as caught:
        parse_yaml("title: A\ntags: [a, b\nnames: c\n", "sidecar")
    assert str(caught.value) == (
        "sidecar is not valid YAML: expected ',' or ']', but got ':' (line 3, column 6)"
    )


def test_control_characters() -> None:
    assert parse_yaml("title: A\x00\x07 b", "sidecar")[0].title == "A b"
