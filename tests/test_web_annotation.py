"""Paragraphs and words in them as Web Annotations, found again on the pages that they name."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer.config import Settings
from tests.helpers.inline import open_inline
from web.app import create_app
from web.programs.annotations import MEDIA, place_of_words, quoted

HOST = "http://localhost"
FIRST = "1. The keeper lights the lamp, and the lamp is seen from the sea.\n\n2. 燈塔在港口的入口。"
ONCE = " is seen from the sea."
PLACE = "/api/v1/documents/lamps/passages"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("annotated")
    file = folder / "corpus" / "lamps.txt"
    file.parent.mkdir()
    with open_inline(Settings(corpus=file.parent, data=folder / "data")) as library:
        for text in (FIRST, FIRST.replace("lights", "trims")):
            file.write_text(f"On Lamps\n\n{text}\n", encoding="utf-8")
            library.maintenance.sync()
        yield create_app(library).test_client()


def annotation(client: FlaskClient, place: str, **asked: str) -> dict[str, Any]:
    answer = client.get(f"{PLACE}/{place}/annotation", query_string=asked)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == MEDIA
    made: dict[str, Any] = answer.get_json(force=True)
    return made


def test_a_paragraph_in_the_state_in_which_it_stood(client: FlaskClient) -> None:
    made = annotation(client, "para-1", edition="1")
    assert made["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (made["type"], made["id"]) == (
        "Annotation",
        f"{HOST}{PLACE}/para-1/annotation?edition=1",
    )
    target = made["target"]
    assert target["source"] == f"{HOST}/d/lamps/para-1"
    assert target["selector"] == {
        "type": "TextQuoteSelector",
        "exact": "The keeper lights the lamp, and the lamp is seen from the sea.",
    }
    [first] = client.get("/timemap/json/d/lamps@1").get_json()["mementos"]["list"][:1]
    assert target["state"]["cached"] == f"{HOST}/d/lamps/para-1@1"
    assert target["state"]["sourceDate"] == first["datetime"]


@pytest.mark.parametrize(
    ("place", "asked", "before", "exact", "after"),
    [
        ("para-1", {"exact": "trims"}, "The keeper ", "trims", " the lamp, and the lamp is seen "),
        (
            "para-1",
            {"exact": "lamp"},
            "keeper trims the ",
            "lamp",
            ", and the lamp is seen from the ",
        ),
        ("para-1", {"exact": "lamp", "prefix": "and the "}, "lamp, and the ", "lamp", ONCE),
        ("para-1", {"exact": "lamp", "suffix": " is"}, "lamp, and the ", "lamp", ONCE),
        ("para-2-hani", {"exact": "港口"}, "燈塔在", "港口", "的入口。"),
    ],
)
def test_words_are_found_again_on_the_page(
    client: FlaskClient, place: str, asked: dict[str, str], before: str, exact: str, after: str
) -> None:
    target = annotation(client, place, **asked)["target"]
    chosen = target["selector"]
    assert chosen["exact"] == exact
    assert chosen["prefix"].endswith(before)
    assert chosen["suffix"] == after
    page = client.get(target["state"]["cached"].removeprefix(HOST)).text
    [shown] = BeautifulSoup(page, "html.parser").select(".passage.cited .text")
    assert f"{chosen['prefix']}{exact}{chosen['suffix']}" in shown.get_text()


def test_what_does_not_stand_there_is_told(client: FlaskClient) -> None:
    for asked in (
        {"exact": "lights"},
        {"exact": "lamp", "prefix": "no "},
        {"edition": "7"},
    ):
        answer = client.get(f"{PLACE}/para-1/annotation", query_string=asked)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert annotation(client, "para-1", exact="lights", edition="1")


def test_a_page_of_a_paragraph_leads_to_its_annotation(client: FlaskClient) -> None:
    for place in ("/d/lamps/para-1", "/d/lamps/para-1@1", "/d/lamps/para-1@2"):
        page = BeautifulSoup(client.get(place).text, "html.parser")
        [link] = page.select("link[rel=alternate][type^='application/ld+json']")
        made = client.get(str(link["href"])).get_json(force=True)
        edition = place.partition("@")[2] or "2"
        assert made["target"]["state"]["cached"] == f"{HOST}/d/lamps/para-1@{edition}"


@given(st.text("ab ", min_size=1, max_size=30), st.integers(0, 29), st.integers(1, 30))
def test_a_quotation_leads_back_to_its_place(text: str, begins: int, many: int) -> None:
    """Of texts that are no longer than what stands around a quotation."""
    begins = min(begins, len(text) - 1)
    many = min(many, len(text) - begins)
    made = quoted(text, begins, many)
    found = place_of_words(text, made["exact"], made.get("prefix", ""), made.get("suffix", ""))
    assert found == begins
