"""Drafts are checked on a page and by programs, pasted or sent as files, and nothing is kept."""

import io
import json
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.library import Library
from indexer.quotations.verdicts import FOLDED, MEANINGS
from tests.conftest import Keep, Write
from tests.helpers.office import docx, p, r
from tests.test_checking import FILES
from web.app import create_app
from web.checking import LONGEST

API = "/api/v1/quotations"
RIGHT = "there can be no military solution to the conflict in Darfur"
DRAFT = f"It says “{RIGHT}” and “there can be a military solution to the conflict in <Darfur>”."


@pytest.fixture(scope="module")
def checked_in(kept: Keep) -> Library:
    return kept(FILES)


@pytest.fixture
def client(checked_in: Library) -> FlaskClient:
    return create_app(checked_in).test_client()


def left(library: Library) -> list[Path]:
    """What lies where uploads wait."""
    return [path for path in (library.settings.data / "uploads").glob("*") if path.is_dir()]


def test_the_page_says_what_verdicts_mean_and_what_is_folded(client: FlaskClient) -> None:
    page = client.get("/check").text
    for said in (*MEANINGS.values(), *(each for some in FOLDED.values() for each in some)):
        assert said in unescape(page)
    assert '<form class="check" action="/check" method="post"' in page


def test_a_pasted_text_comes_back_with_a_verdict_for_each_quotation(client: FlaskClient) -> None:
    answer = client.post("/check", data={"text": DRAFT})
    assert answer.status_code == 200
    page = " ".join(answer.text.split())
    assert "2 quotations found: 1 as written, 1 altered." in page
    assert '<a href="/d/1591/para-1#para-1">1</a>' in page
    assert "A word that denies was changed: “a” in place of “no”." in page
    assert "missing: </span>no</del>" in page
    assert "/d/1591/para-1@1, accessed" in page
    assert "&lt;Darfur&gt;" in page
    assert "<Darfur>" not in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_text_without_quotations_is_told(client: FlaskClient) -> None:
    assert "No quotation was found" in client.post("/check", data={"text": "Nothing."}).text


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"text": DRAFT}},
        {"data": {"text": DRAFT}},
        {"data": DRAFT.encode(), "content_type": "text/plain"},
    ],
    ids=["json", "form", "text"],
)
def test_programs_send_text_in_three_ways(client: FlaskClient, sent: dict[str, object]) -> None:
    answer = client.post(API, **sent)
    assert answer.json
    assert answer.json["counts"] == {"as written": 1, "altered": 1}
    first, second = answer.json["quotations"]
    assert first["text"] == RIGHT
    (part,) = first["parts"]
    assert part["place"]["paragraphs"] == ["/d/1591/para-1@1"]
    assert part["place"]["citation"].startswith("“Resolution 1591 (2005)”, 29 March 2005, ¶ 1, ")
    assert part["pieces"] == [
        {"kind": "same", "quoted": RIGHT, "source": RIGHT, "denies": False, "declared": False}
    ]
    assert second["loud"] == ["A word that denies was changed: “a” in place of “no”."]
    assert answer.json["corpus"]["documents"] == 4


@pytest.mark.parametrize("body", ["[]", '{"text": 5}', '{"text": " "}', "{}"])
def test_what_is_no_draft_is_refused(client: FlaskClient, body: str) -> None:
    assert client.post(API, data=body, content_type="application/json").status_code == 400
    assert client.post("/check", data={"text": ""}).status_code == 400


def test_a_text_that_is_too_long_is_refused(client: FlaskClient) -> None:
    assert client.post(API, json={"text": "a" * (LONGEST + 1)}).status_code == 413
    text = "“" + "ж" * 300_000 + "” "
    assert client.post("/check", data={"text": text}).status_code == 200


def test_files_are_read_as_uploads_are_and_nothing_of_them_is_left(
    client: FlaskClient, checked_in: Library
) -> None:
    file = docx(p(r(f"It says “{RIGHT}”.")))
    for path in (API, "/check"):
        sent = {"file": (io.BytesIO(file), "../my draft.docx"), "text": ""}
        answer = client.post(path, data=sent)
        assert answer.status_code == 200, answer.text
        assert RIGHT in answer.text
    assert not left(checked_in)
    assert not list(checked_in.settings.corpus.glob("**/*draft*"))


def test_quotations_that_are_set_off_in_a_file_are_found(client: FlaskClient) -> None:
    file = io.BytesIO(f"As it says:\n\n> {RIGHT}\n\nThus.\n".encode())
    answer = client.post(API, data={"file": (file, "draft.md")})
    assert answer.json
    assert [each["verdict"] for each in answer.json["quotations"]] == ["as written"]


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [("draft.exe", b"MZ", 415), ("draft", b"text", 415), ("draft.docx", b"no zip", 422)],
)
def test_files_that_cannot_be_read_are_refused_and_go(
    client: FlaskClient, checked_in: Library, name: str, content: bytes, status: int
) -> None:
    answer = client.post(API, data={"file": (io.BytesIO(content), name)})
    assert answer.status_code == status
    assert not left(checked_in)


def test_a_draft_is_in_no_log(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    client.post("/check", data={"text": DRAFT})
    client.post(API, data={"file": (io.BytesIO(b"no zip Darfur"), "draft.docx")})
    out, err = capfd.readouterr()
    assert "Darfur" not in caplog.text + out + err


def test_page_and_json_give_the_same(client: FlaskClient) -> None:
    found = json.loads(client.post(API, json={"text": DRAFT}).text)
    page = client.post("/check", data={"text": DRAFT}).text
    for each in found["quotations"]:
        for part in each["parts"]:
            assert part["place"]["citation"] in page


def test_words_of_an_earlier_edition_lead_to_that(library: Library, write: Write) -> None:
    for hour in ("dawn", "noon"):
        write("gate.txt", f"1. The gate of the canal opens at {hour} and closes at nightfall.\n")
        library.maintenance.sync()
    text = "The note says “The gate of the canal opens at dawn and closes”."
    page = create_app(library).test_client().post("/check", data={"text": text}).text
    assert "Only in edition 1" in page
    assert "Its words are as written in edition 1; the paragraph says something else now" in page
    assert '<a href="/d/gate/para-1@1">1</a> of edition 1' in page
