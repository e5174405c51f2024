"""An address: what is printed can be parsed again, and what is none is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.address import Address

NAMES = st.text(st.characters(exclude_characters="/@", exclude_categories=("Z", "C")), min_size=1)


@given(NAMES, st.just("") | NAMES, st.none() | st.integers(1, 999_999))
def test_what_is_printed_can_be_parsed(slug: str, local_id: str, edition: int | None) -> None:
    address = Address(slug, local_id, edition)
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("/d/treaty/para-5", Address("treaty", "para-5")),
        ("/d/treaty/para-5@2", Address("treaty", "para-5", 2)),
        ("/d/treaty@2", Address("treaty", edition=2)),
        ("d/treaty/", Address("treaty")),
        ("treaty/para-5", Address("treaty", "para-5")),
        (" treaty ", Address("treaty")),
        ("https://example.org/d/treaty/para-5@2?q=x#para-5", Address("treaty", "para-5", 2)),
        ("http://localhost:8000/d/%E6%9D%A1%E7%BA%A6/p7", Address("条约", "p7")),
    ],
)
def test_what_a_person_gives_is_understood(text: str, address: Address) -> None:
    assert Address.parse(text) == address


@pytest.mark.parametrize(
    "text",
    ["", "/", "/d/", "a/b/c", "a@", "a@x", "a@-1", "a@1/b", "a@1234567", "http://example.org/"],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="looks like /d/document/para-5"):
        Address.parse(text)
