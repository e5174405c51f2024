"""Files of all that a search finds: complete, of one commit, and safe to open."""

import csv
import io
import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from indexer.index.request import Order
from indexer.library import Library
from tests.conftest import EVERY_ENGINE, Keep, Write
from web.app import create_app
from web.gate import Gate

MANY = "\n\n".join(f"{n}. Record {n} is about ropes." for n in range(1, 1_200))
SIDECAR = "publisher: Office of Lights\ndate: {}\nlanguage: en\n"
ODD = """\
# Lists

## Sums

### Of sums, and more

1. The lamp said "good, night".

=HYPERLINK("http://example.org","lamp")

＝1+1 is what the lamp cost.

@SUM of lamps, مصباح
"""


@pytest.fixture(scope="module")
def client(kept: Keep) -> FlaskClient:
    files = {
        "many.txt": f"On Ropes\n\n{MANY}\n",
        "many.txt.meta.yaml": SIDECAR.format("2001-02-03"),
        "odd.md": ODD,
        "odd.md.meta.yaml": SIDECAR.format("2003"),
        "later.txt": "On Later Ropes\n\n1. Later ropes.\n",
        "later.txt.meta.yaml": SIDECAR.format("2020-01-01"),
    }
    return create_app(kept(files)).test_client()


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    text = client.get(address).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_file_has_every_paragraph_in_the_order_of_the_pages(client: FlaskClient) -> None:
    found = rows(client, "/search/export?q=ropes&format=csv")
    assert len(found) == len({row["address"] for row in found}) == 1_200
    shown = client.get("/api/v1/search?q=ropes&size=100").json
    assert shown is not None
    urls = [passage["url"] for passage in shown["passages"]]
    assert [row["address"] for row in found[:100]] == urls


def test_a_file_is_in_the_order_that_is_asked_for(client: FlaskClient) -> None:
    assert rows(client, "/search/export?q=ropes&sort=newest")[0]["date"] == "2020-01-01"
    assert rows(client, "/search/export?q=ropes&sort=oldest")[-1]["date"] == "2020-01-01"


def test_a_row_says_what_the_paragraph_is(client: FlaskClient) -> None:
    (row,) = rows(client, '/search/export?q="good+night"')
    assert row == {
        "address": "http://localhost/d/odd/para-1@1",
        "label": "1.",
        "heading": "Sums › Of sums, and more",
        "text": 'The lamp said "good, night".',
        "title": "Lists",
        "publisher": "Office of Lights",
        "date": "2003",
        "language": "en",
        "edition": "1",
        "page": "",
    }


def test_no_cell_is_a_formula(client: FlaskClient) -> None:
    texts = {row["text"] for row in rows(client, "/search/export?q=lamp")}
    assert '\'=HYPERLINK("http://example.org","lamp")' in texts
    assert "'＝1+1 is what the lamp cost." in texts
    assert "'@SUM of lamps, مصباح" in texts


def test_a_spreadsheet_is_told_the_encoding(client: FlaskClient) -> None:
    answer = client.get("/search/export?q=lamp&format=csv")
    assert answer.data.startswith(b"\xef\xbb\xbfaddress,label,")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="pilcrow-lamp.csv"'


@pytest.mark.parametrize("query", ["zeppelin", "", "%28"])
def test_nothing_found_is_a_file_without_rows(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/search/export?q={query}")
    assert answer.status_code == 200
    assert not rows(client, f"/search/export?q={query}")
    assert client.get(f"/search/export?q={query}&format=jsonl").data == b""


def test_a_format_that_there_is_not_is_refused_with_those_there_are(client: FlaskClient) -> None:
    answer = client.get("/search/export?q=lamp&format=xlsx")
    assert answer.status_code == 400
    assert "csv, jsonl" in answer.text


def test_lines_of_json_are_those_of_every_answer(client: FlaskClient) -> None:
    lines = client.get("/search/export?q=lamp&format=jsonl").text.splitlines()
    found = [json.loads(line) for line in lines]
    answer = client.get("/api/v1/search?q=lamp").json
    assert answer is not None
    assert [each["url"] for each in found] == [each["url"] for each in answer["passages"]]
    assert all(set(each) < set(answer["passages"][0]) for each in found)


def test_citations_are_those_of_the_paragraphs(client: FlaskClient) -> None:
    for form in ("bibtex", "ris"):
        whole = client.get(f"/search/export?q=lamp&format={form}").data.decode()
        row, *_ = rows(client, "/search/export?q=lamp")
        one = client.get(f"{row['address']}/cite?format={form}")
        assert one.data.decode().strip() in whole
    items = json.loads(client.get("/search/export?q=lamp&format=csl").data)
    assert len(items) == len({item["id"] for item in items}) == 4
    assert client.get("/search/export?q=zeppelin&format=csl").json == []


def test_markdown_quotes_and_cites(client: FlaskClient) -> None:
    text = client.get('/search/export?q="good+night"&format=markdown').text
    quoted, cited = text.strip().split("\n>\n")
    assert quoted == '> **1.** The lamp said "good, night".'
    assert cited.startswith("> — “Lists”, Office of Lights, 2003, ¶ 1, ")
    assert "<http://localhost/d/odd/para-1@1>" in cited


def test_nothing_in_a_text_is_markdown(kept: Keep) -> None:
    library = kept({"odd.txt": "Odd\n\nThe lamp *burns* <b>here</b>\n\n- 1\\) lamp # of _many_\n"})
    text = create_app(library).test_client().get("/search/export?q=lamp&format=markdown").text
    assert "\\*burns\\* \\<b\\>here\\</b\\>" in text


def test_the_page_of_results_leads_to_the_files(client: FlaskClient) -> None:
    page = client.get("/search?q=ropes&sort=newest").text
    assert 'href="/search/export?q=ropes&amp;sort=newest&amp;format=csv"' in page
    assert "/search/export" not in client.get("/search?q=zeppelin").text


@EVERY_ENGINE
def test_a_file_is_of_one_commit(library: Library, write: Write) -> None:
    write("many.txt", f"On Ropes\n\n{MANY}\n")
    library.maintenance.sync()
    found = library.every("ropes", order=Order.NEWEST)
    first = next(found)
    write("many.txt", "On Ropes\n\n1. Only this is about ropes now.\n")
    library.maintenance.sync()
    texts = [stored.passage.text for _, stored in (first, *found)]
    assert len(set(texts)) == 1_199
    assert "Only this is about ropes now." not in texts
    assert len(list(library.every("ropes"))) == 1


@pytest.mark.parametrize("below", ["", "/texts"])  # a proxy takes the prefix away, or leaves it
def test_readers_are_let_in_between_the_pieces_of_files_and_too_many_files_are_refused(
    below: str,
) -> None:
    given: list[str] = []

    def application(environ: dict[str, str], _: object) -> Iterator[bytes]:
        for piece in range(3):
            given.append(environ["PATH_INFO"])
            yield f"{piece}".encode()

    gate = Gate(application, "/texts")
    told: list[str] = []

    def ask(path: str) -> Iterator[bytes]:
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": below + path}
        return iter(gate(environ, lambda status, *_: told.append(status)))  # type: ignore[arg-type]

    first = ask("/search/export")
    assert next(first) == b"0"
    assert b"".join(ask("/search")) == b"012"
    assert b"Too many" in b"".join(ask("/search/export"))
    assert told == ["503 SERVICE UNAVAILABLE"]
    assert b"".join(first) == b"12"
    first.close()  # type: ignore[attr-defined] # as a server does
    assert b"".join(ask("/search/export")) == b"012"


def test_one_draft_at_once_comes_in_and_keeps_no_upload_out() -> None:
    """Anybody may send one, as slowly as he likes."""
    inside: list[str] = []
    answers: list[bytes] = []

    def application(environ: dict[str, str], _: object) -> list[bytes]:
        inside.append(environ["PATH_INFO"])
        if len(inside) == 1:
            answers.extend(map(post, ("/api/v1/quotations", "/api/v1/documents")))
        inside.pop()
        return [b"done"]

    gate = Gate(application)

    def post(path: str) -> bytes:
        environ = {"REQUEST_METHOD": "POST", "PATH_INFO": path}
        return b"".join(gate(environ, lambda *_: lambda _: None))

    assert post("/check") == b"done"
    assert b"Too many" in answers[0]
    assert answers[1] == b"done"
    assert post("/check") == b"done"
