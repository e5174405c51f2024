"""Documents added through the server, by who may and by who would like to."""

import io
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.config import Settings
from indexer.credentials import Tokens
from indexer.library import Library
from indexer.processes.lock import writer_lock
from tests.conftest import Write
from tests.helpers.inline import open_inline
from tests.test_web import said
from web.app import create_app
from web.delivery import static_path

API = "/api/v1/documents"
KIND = "multipart/form-data; boundary=x"
NOTE = "Note on Lamps\n\n1. Lamps burn all night long.\n\n2. Oil is dear.\n\n3. Boats come.\n"
NEXT = "Note on Lamps\n\n1. Lamps burn all night long.\n\n2. Oil is very dear.\n\n4. Gulls cry.\n"

Files = Iterable[tuple[str, str | bytes]]


@pytest.fixture
def tokens(settings: Settings) -> Tokens:
    return Tokens(settings.data)


@pytest.fixture
def client(library: Library) -> FlaskClient:
    return create_app(library).test_client()


@pytest.fixture
def token(tokens: Tokens) -> str:
    return tokens.make("one")


def form(files: Files, **fields: str) -> dict[str, Any]:
    pairs = [(name, text.encode() if isinstance(text, str) else text) for name, text in files]
    return {**fields, "file": [(io.BytesIO(content), name) for name, content in pairs]}


def send(client: FlaskClient, token: str, files: Files, **fields: str) -> TestResponse:
    headers = {"Authorization": f"Bearer {token}"}
    return client.post(API, data=form(files, **fields), headers=headers)


def csrf(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/upload").text)
    assert found
    return found[1]


def sign_in(client: FlaskClient, token: str, **how: Any) -> TestResponse:
    data = {"csrf_token": csrf(client), "token": token}
    return client.post("/upload/sign-in", data=data, **how)


def waiting(settings: Settings) -> list[str]:
    folder = settings.data / "uploads"
    return [path.name for path in folder.iterdir()] if folder.exists() else []


def test_there_is_nothing_to_see_without_a_token(client: FlaskClient, tokens: Tokens) -> None:
    assert "Add documents" not in client.get("/").text
    assert client.get("/upload").status_code == 403
    answer = client.post(API, data=form([("a.txt", NOTE)]))
    assert answer.status_code == 403
    assert "pilcrow token" in answer.get_json()["detail"]
    tokens.make("one")
    for place in ("/", "/help", "/nothing"):
        assert 'href="/upload">Add documents' in client.get(place).text


def test_documents_are_added_by_a_program(
    client: FlaskClient, token: str, library: Library, corpus: Path
) -> None:
    answer = send(client, token, [("../note.txt", NOTE)], folder="notes")
    assert answer.status_code == 201
    (told,) = answer.get_json()["documents"]
    assert told["file"] == "notes/note.txt"
    assert (told["status"], told["address"], told["edition"]) == ("new", "/d/notes-note", 1)
    assert (told["title"], told["paragraphs"]) == ("Note on Lamps", 3)
    assert "oil" in client.get("/search?q=oil").text.lower()
    again = send(client, token, [("note.txt", NOTE)])
    assert (again.status_code, again.get_json()["documents"][0]["status"]) == (200, "same")
    assert again.get_json()["documents"][0]["address"] == "/d/notes-note"
    taken = send(client, token, [("note.txt", NEXT)], folder="notes")
    assert (taken.status_code, "replace=1" in taken.get_json()["detail"]) == (409, True)
    edition = send(client, token, [("note.txt", NEXT)], folder="notes", replace="1")
    assert (edition.status_code, edition.get_json()["documents"][0]["edition"]) == (201, 2)
    changes = edition.get_json()["documents"][0]["changes"]
    assert changes == {"stay": 1, "change": 1, "come": 1, "go": 1}
    assert library.search("very dear").total == 1
    assert [path.name for path in (corpus / "notes").iterdir()] == ["note.txt"]
    assert waiting(library.settings) == []


@pytest.mark.parametrize(
    ("files", "fields", "status"),
    [
        ([], {}, 400),
        ([("", NOTE)], {}, 400),
        ([("a.exe", NOTE)], {}, 415),
        ([("a.txt.meta.yaml", NOTE)], {}, 415),
        ([("CON.txt", NOTE)], {}, 422),
        ([("a.txt", NOTE)], {"folder": ".."}, 422),
        ([("a.txt", NOTE), ("b.exe", NOTE)], {}, 415),
        ([("a.txt", NOTE)], {"folder": "x" * 200_000}, 413),
    ],
)
def test_requests_that_are_refused_leave_nothing(
    settings: Settings,
    tokens: Tokens,
    corpus: Path,
    files: Files,
    fields: dict[str, str],
    status: int,
) -> None:
    with open_inline(replace(settings, max_file_mb=1)) as library:
        answer = send(create_app(library).test_client(), tokens.make("one"), files, **fields)
    assert answer.status_code == status
    assert set(answer.get_json()) == {"type", "title", "status", "detail"}
    assert waiting(settings) == []
    assert list(corpus.iterdir()) == []


def test_a_file_that_is_too_large_is_refused(settings: Settings, tokens: Tokens) -> None:
    headers = {"Authorization": f"Bearer {tokens.make('one')}"}
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    with open_inline(replace(settings, max_file_mb=1)) as library:
        client = create_app(library).test_client()
        for size, status in ((1_000_001, 413), (30_000_000, 413)):
            body = io.BytesIO(head + b"y" * size + b"\r\n--x--\r\n")
            answer = client.post(API, input_stream=body, content_type=KIND, headers=headers)
            assert answer.status_code == status
    assert body.tell() == 0  # of what is too large in any case, nothing is read
    assert waiting(settings) == []


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    client: FlaskClient, token: str, settings: Settings, corpus: Path
) -> None:
    answer = send(client, token, [("a.txt", NOTE), ("b.pdf", b"%PDF-1.7 nothing")])
    assert answer.status_code == 422
    assert answer.get_json()["detail"].startswith("b.pdf ")
    assert waiting(settings) == []
    assert list(corpus.iterdir()) == []


def test_a_corpus_folder_that_has_gone_is_told(
    client: FlaskClient, token: str, settings: Settings, corpus: Path
) -> None:
    corpus.rmdir()
    answer = send(client, token, [("a.txt", NOTE)])
    assert (answer.status_code, "No such file" in answer.get_json()["detail"]) == (507, True)
    assert waiting(settings) == []


@pytest.mark.slow
def test_a_file_is_kept_while_another_process_writes(
    client: FlaskClient, token: str, settings: Settings
) -> None:
    with writer_lock(settings.data):
        answer = send(client, token, [("a.txt", NOTE)])
    assert answer.status_code == 202
    (told,) = answer.get_json()["documents"]
    assert (told["status"], told["address"]) == ("waiting", "")
    assert "found after" in told["problem"]


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer é", "bearer \0"])
def test_a_wrong_token_is_refused_before_a_byte_is_read(
    client: FlaskClient, token: str, settings: Settings, shown: str
) -> None:
    headers = {"Authorization": shown}
    answer = client.post(API, environ_overrides=unread(), headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert token not in answer.text
    sign_in(client, token)
    assert client.post(API, data=form([("a.txt", NOTE)])).status_code == 401  # by cookie
    assert waiting(settings) == []


def unread() -> dict[str, Any]:
    """Makes a request one with a long body that nobody may read."""
    return {"wsgi.input": None, "CONTENT_LENGTH": "1000000", "CONTENT_TYPE": KIND}


def test_a_session_is_for_the_upload_page_alone(client: FlaskClient, token: str) -> None:
    answer = sign_in(client, token)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/upload")
    cookie = answer.headers["Set-Cookie"]
    assert "; HttpOnly; Path=/upload; SameSite=Strict" in cookie
    assert "Expires=" in cookie
    assert "Secure" not in cookie
    assert token not in cookie
    page = client.get("/upload")
    assert "Signed in with the token one." in said(page.text)
    assert page.headers["Cache-Control"] == "no-store"
    for place in ("/", "/search?q=lamps", "/documents", "/help", f"{static_path()}/upload.js"):
        with client.get(place) as found:
            assert "Set-Cookie" not in found.headers
            assert "Cookie" not in found.headers.get("Vary", "")
    data = {"csrf_token": csrf(client)}
    assert client.post("/upload/sign-out", data=data).status_code == 303
    assert "Token" in said(client.get("/upload").text)


def test_a_session_is_for_the_upload_page_below_any_prefix(client: FlaskClient, token: str) -> None:
    below = {"base_url": "http://localhost/texts"}
    page = client.get("/upload", **below)
    assert "; Path=/texts/upload;" in page.headers["Set-Cookie"]
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found
    data = {"csrf_token": found[1], "token": token}
    assert client.post("/upload/sign-in", data=data, **below).status_code == 303
    assert "Signed in" in said(client.get("/upload", **below).text)


@pytest.mark.usefixtures("token")
def test_a_session_over_https_stays_there(client: FlaskClient) -> None:
    cookie = client.get("/upload", base_url="https://localhost").headers["Set-Cookie"]
    assert "Secure" in cookie


def test_a_session_ends_with_its_token(client: FlaskClient, token: str, tokens: Tokens) -> None:
    sign_in(client, token)
    data = {"csrf_token": csrf(client), **form([("a.txt", NOTE)])}
    tokens.revoke("one")
    tokens.make("one")  # another one with its name
    assert client.post("/upload", data=data).status_code == 403
    assert "Signed in" not in said(client.get("/upload").text)


def test_a_cookie_that_was_made_up_opens_nothing(client: FlaskClient, token: str) -> None:
    sign_in(client, token)
    cookie = client.get_cookie("pilcrow", path="/upload")
    assert cookie is not None
    said_else = cookie.value[:-9] + ("A" if cookie.value[-9] != "A" else "B") + cookie.value[-8:]
    for value in (said_else, "x", "", "a.b.c"):
        client.set_cookie("pilcrow", value, path="/upload")
        assert "Signed in" not in said(client.get("/upload").text)
        data = form([("a.txt", NOTE)], csrf_token="x")
        assert client.post("/upload", data=data).status_code == 403


@pytest.mark.parametrize("place", ["/upload", "/upload/decide", "/upload/sign-in"])
def test_no_form_of_another_site_is_taken(
    client: FlaskClient, token: str, settings: Settings, place: str
) -> None:
    sign_in(client, token)
    with open_inline(settings) as library:
        stranger = csrf(create_app(library).test_client())
    for forged in ({}, {"csrf_token": "x"}, {"csrf_token": stranger}):
        data = {**form([("a.txt", NOTE)]), "keep": "all", "token": token, **forged}
        if place == "/upload/sign-in":
            del data["file"]
        assert client.post(place, data=data).status_code == 400
    assert waiting(settings) == []


@pytest.mark.parametrize("place", ["/upload", "/upload/decide", "/upload/sign-out"])
@pytest.mark.usefixtures("token")
def test_who_is_not_signed_in_sends_nothing(client: FlaskClient, place: str) -> None:
    assert client.post(place, environ_overrides=unread()).status_code == 403


def test_no_file_is_taken_where_none_belongs(
    client: FlaskClient, token: str, settings: Settings
) -> None:
    data = {"csrf_token": csrf(client), "token": token, **form([("a.txt", NOTE)])}
    assert client.post("/upload/sign-in", data=data).status_code == 400
    assert waiting(settings) == []


def test_wrong_tokens_are_slowed_and_lock_nobody_out(client: FlaskClient, token: str) -> None:
    statuses = [sign_in(client, "wrong").status_code for _ in range(12)]
    assert statuses == [403] * 10 + [429] * 2
    assert "Retry-After" in sign_in(client, "wrong").headers
    assert sign_in(client, token).status_code == 303


def test_a_person_looks_at_documents_and_keeps_or_discards_them(
    client: FlaskClient, token: str, library: Library, write: Write
) -> None:
    write("note.txt", NOTE)
    library.maintenance.sync()
    sign_in(client, token)
    sent = [("note.txt", NEXT), ("a.exe", NOTE), ("b.txt", ""), ("copy.txt", NOTE)]
    sent += [("dated.txt", "On <b>Ropes</b>\n\n11 August 2020\n\n1. Ropes & knots.\n")]
    data = {"csrf_token": csrf(client), **form(sent)}
    assert client.post("/upload", data=data).status_code == 303
    page = client.get("/upload").text
    for text in (
        "2 documents to keep or to discard. 2 files refused.",
        "A new edition of Note on Lamps: of its paragraphs 1 stay and 1 change, 1 come and 1 go.",
        "Refused: files that end in .exe are not read",
        "Refused: is empty",
        "The same as Note on Lamps: there is nothing to keep.",
        "On <b>Ropes</b> dated.txt · 1 paragraph · 11 August 2020",
        "Ropes & knots.",
    ):
        assert text in said(page)
    assert "<b>" not in page
    assert library.search("ropes").total == 0
    decide(client, keep="all")
    page = said(client.get("/upload").text)
    assert "2 documents kept. 2 files refused." in page
    assert "Kept: On <b>Ropes</b>" in page
    assert library.search("ropes").total == library.search("very dear").total == 1
    assert {document.slug for document in library.documents()} == {"note", "dated"}
    decide(client, discard="all")
    assert waiting(library.settings) == []


def decide(client: FlaskClient, **choice: str) -> None:
    data = {"csrf_token": csrf(client), **choice}
    assert client.post("/upload/decide", data=data).status_code == 303


def test_nobody_decides_on_what_others_sent(
    client: FlaskClient, token: str, tokens: Tokens, settings: Settings
) -> None:
    sign_in(client, token)
    client.post("/upload", data={"csrf_token": csrf(client), **form([("a.exe", NOTE)])})
    (upload,) = waiting(settings)
    sign_in(client, tokens.make("two"))
    assert "a.exe" not in client.get("/upload").text
    for name in (upload, "..", "../tokens", "0" * 32, "\0"):
        data = {"csrf_token": csrf(client), "discard": name}
        assert client.post("/upload/decide", data=data).status_code == 404
    decide(client, discard="all")
    assert waiting(settings) == [upload]


@pytest.mark.usefixtures("token")
def test_what_was_kept_is_where_the_page_opens(client: FlaskClient, token: str) -> None:
    sign_in(client, token)
    client.post("/upload", data={"csrf_token": csrf(client), **form([("a.txt", NOTE)])})
    page = client.get("/upload").text
    (card,) = re.findall(r'<li class="card waiting" id="(_card-[^"]+)"', page)
    (kept,) = re.findall(r'name="keep" value="([^"]+)" aria-label', page)
    answer = client.post("/upload/decide", data={"csrf_token": csrf(client), "keep": kept})
    assert answer.headers["Location"] == f"/upload#{card}"
    assert f'<li class="card kept" id="{card}"' in client.get("/upload").text
