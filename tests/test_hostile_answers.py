"""What hostile authors write harms no program that reads our answers, and no terminal."""

import csv
import io
import json
import re
import unicodedata
from xml.etree import ElementTree

import bibtexparser
import pytest
import rispy
from click.testing import CliRunner
from flask.testing import FlaskClient
from markdown_it import MarkdownIt

from indexer.cli import main
from indexer.library import Library
from tests.helpers.vectors import VECTORS
from web.app import create_app

pytestmark = pytest.mark.slow

ATOM = "{http://www.w3.org/2005/Atom}"
COLOUR = re.compile(r"\x1b\[\d*(;\d+)*m")
FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


@pytest.fixture(scope="module")
def client(hostile: Library) -> FlaskClient:
    return create_app(hostile).test_client()


def exported(client: FlaskClient, form: str, query: str = "lamp") -> str:
    answer = client.get(f"/search/export?q={query}&format={form}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return str(answer.data, "utf-8-sig")


@pytest.mark.parametrize("place", ["/documents.atom", "/search.atom?q=lamp", "/feed/all"])
def test_feeds_are_well_formed(client: FlaskClient, place: str) -> None:
    feed = ElementTree.fromstring(client.get(place).data)
    assert feed.findall(f"{ATOM}entry")
    for text in feed.iter():
        if text.get("type") in ("html", "xhtml"):
            assert "<" not in (text.text or "")
        assert not str(text.get("href", "/")).lower().startswith(("java", "data", "vb"))


@pytest.mark.parametrize(
    "vector", ["every quote", "header", "end of a script", "report of a terminal"]
)
def test_feeds_of_a_hostile_search(client: FlaskClient, vector: str) -> None:
    answer = client.get("/search.atom", query_string={"q": f"lamp {VECTORS[vector]}"})
    assert ElementTree.fromstring(answer.data).tag == f"{ATOM}feed"
    assert "X-Lamp" not in answer.headers


def test_json_is_no_page(client: FlaskClient) -> None:
    for place in ("/api/v1/search?q=lamp&size=100", "/api/v1/suggest?q=lamp", "/api/v1/coverage"):
        answer = client.get(place)
        assert answer.mimetype == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert json.loads(answer.data)


def test_texts_come_back_as_they_were_written(client: FlaskClient) -> None:
    found = [json.loads(line) for line in exported(client, "jsonl").splitlines()]
    written = "".join(each["text"] for each in found)
    for name in ("image error", "end of a script", "every quote", "javascript", "escaped twice"):
        assert VECTORS[name] in written


def test_no_cell_is_a_formula(client: FlaskClient) -> None:
    table = list(csv.reader(io.StringIO(exported(client, "csv"), newline="")))
    assert len({len(row) for row in table}) == 1
    assert len(table) > 300
    assert [cell for row in table for cell in row if FORMULA.match(cell)] == []


def test_records_are_not_broken_out_of(client: FlaskClient) -> None:
    rows = len(exported(client, "jsonl", "burns").splitlines())
    assert rows > 150
    assert len(bibtexparser.loads(exported(client, "bibtex", "burns")).entries) == rows
    ris = rispy.loads(exported(client, "ris", "burns"))
    assert len(ris) == rows
    assert {entry["type_of_reference"] for entry in ris} == {"RPRT"}
    assert len(json.loads(exported(client, "csl", "burns"))) == rows


def test_quotations_in_markdown_hold_no_markup(client: FlaskClient) -> None:
    page = MarkdownIt("commonmark").render(exported(client, "markdown"))
    assert not re.search(r"<(?!/?(p|blockquote|strong|em|a|code|br)\b)", page)
    assert not re.search(r'href="(?!https?:)', page)


@pytest.mark.parametrize(
    "words",
    [
        ("search", "lamp", "--size", "100"),
        ("search", "lamp", "--json"),
        ("search", "\x1b]0;lamp\x07\x9b2J lamp nothing:\x1b[2J"),
        ("show", "all"),
        ("show", "all", "--json"),
        ("history", "all/p1"),
        ("cite", "all/p1"),
        ("info",),
        ("info", "--json"),
        ("sync", "--json"),
        ("search", "\x9b2J lamp", "--json"),
        ("sync",),
        ("sync", "--dry-run"),
        ("check",),
        ("compare", "all@1", "all@2"),
        ("languages", "all"),
        ("wording", "all/p1"),
        ("show", "\x1b]0;lamp\x07\x9b2J"),
        ("export",),
    ],
    ids=" ".join,
)
def test_a_terminal_is_told_nothing(hostile: Library, words: tuple[str, ...]) -> None:
    settings = hostile.settings
    folders = {"PILCROW_CORPUS": str(settings.corpus), "PILCROW_DATA": str(settings.data)}
    done = CliRunner().invoke(main, words, env=folders, color=True)
    assert done.exit_code in (0, 1, 2)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    said = COLOUR.sub("", done.output)
    assert {each for each in said if unicodedata.category(each) == "Cc"} <= {"\n"}
