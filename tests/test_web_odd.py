"""Queries that break programs: each gets a page and an answer in JSON, never an error."""

from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from indexer.library import Library
from tests.conftest import ROOT
from web.app import create_app

NAUGHTY = ROOT.parent / "shared" / "data" / "naughty-strings.txt"

ODD = {
    "quotation mark alone": '"',
    "quotation mark unclosed": '"grant aid',
    "quotation marks in a row": '"' * 301,
    "mixed quotation marks": "“grant aid\" «health'",
    "phrase of nothing": '"" "  " "?!"',
    "bracket unclosed": "(health",
    "bracket unopened": "health)",
    "500 brackets": "(" * 500,
    "500 brackets with a word": "(" * 500 + "health" + ")" * 500,
    "brackets of nothing": "() (()) health",
    "star alone": "*",
    "stars": "* ** *? ?* ???",
    "star before and after": "*a*",
    "stars within": "a*a*a*a*a*a*a*a*a*a*b",
    "tilde alone": '~ ~~ ~5 ""~5',
    "tilde with a number of 5,000 digits": "health~" + "9" * 5000,
    "slop of 5,000 digits": '"health aid"~' + "9" * 5000,
    "AND alone": "AND",
    "OR alone": "OR",
    "NOT alone": "NOT",
    "NOT OR x": "NOT OR x",
    "signs in a row": "AND OR NOT AND OR NOT",
    "300 NOTs": "NOT " * 300 + "health",
    "minus signs": "- -- --- -health --health",
    "only what is left out": "-health",
    "colon alone": ": :: a: :b title: title::x",
    "field of a field": "title:title:title:health",
    "unknown field": "nothing:health",
    "date that is none": "date:2020-13-45 date:x date:.. date:2021..2020",
    "document that is none": "in:../../etc/passwd",
    "label of signs": "label:((( label:*",
    "NUL": "health\0aid",
    "control characters": "".join(map(chr, range(1, 32))) + "health\x7f\x85",
    "right-to-left marks": "\u202ehealth\u202c \u200fgrant\u200e \u2066aid\u2069",
    "byte order mark": "\ufeffhealth\ufeff",
    "noncharacters": "\ufffe \uffff \U0010ffff",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 health 🇯🇵",
    "combining marks": "h" + "\u0301" * 500,
    "tag": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "template": "{{ 7 * 7 }} {% for x in y %} ${7*7} #{7*7}",
    "SQL": "'; DROP TABLE passages; --",
    "format": "%s %d %n {0} {x.__class__}",
    "path": "../../../etc/passwd",
    "line ends": "health\r\nSet-Cookie: a=b\r\n\r\nhealth",
    "100 KB of letters": "a" * 100_000,
    "100 KB of words": "health " * 14_000,
    "100 KB of quotation marks": '"' * 100_000,
    "languages": "日本語の段落 ข้อความภาษาไทย النص العربي Ελληνικά ß ﬁ İ ſ",
}
BYTES = {
    "lone surrogate": "%ED%A0%80",
    "lone surrogate in a field": "in:%ED%A0%80%20title:%ED%BF%BF",
    "cut UTF-8": "%E2%82",
    "Latin-1": "caf%E9",
    "overlong": "%C0%AF",
    "percent alone": "%",
    "plus signs": "+++",
}
ASKED = {name: quote(text) for name, text in ODD.items()} | BYTES


@pytest.fixture(scope="module")
def client(seeds: Library) -> FlaskClient:
    return create_app(seeds).test_client()


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_odd_query_gets_its_page(client: FlaskClient, asked: str) -> None:
    response = client.get(f"/search?q={asked}")
    assert response.status_code == 200
    assert response.text.count('role="status"') == 1
    assert "<script>" not in response.text
    assert "<img" not in response.text


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_odd_query_gets_its_json(client: FlaskClient, asked: str) -> None:
    response = client.get(f"/api/v1/search?q={asked}")
    assert response.status_code == 200
    assert response.json is not None
    assert response.json["total"] >= len(response.json["passages"])


def test_template_in_a_query_is_not_run(client: FlaskClient) -> None:
    page = client.get(f"/search?q={ASKED['template']}").text
    assert 'value="{{ 7 * 7 }} {% for x in y %} ${7*7} #{7*7}"' in page


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("quotation mark unclosed", "A quotation mark is missing"),
        ("bracket unclosed", "A closing bracket is missing"),
        ("bracket unopened", "A closing bracket that nothing opened"),
        ("500 brackets", "Brackets go 8 deep at most"),
        ("star alone", "stands for every word"),
        ("AND alone", "AND joins what is beside it"),
        ("NOT OR x", "NOT joins what is beside it"),
        ("unknown field", "There is no field nothing:"),
        ("date that is none", "is no date and was left out"),
        ("NUL", "Invisible characters were left out."),
        ("right-to-left marks", "Invisible characters were left out."),
        ("100 KB of letters", "Only the first 1,000 characters"),
        ("100 KB of words", "Only the first 32 clauses"),
    ],
)
def test_repair_is_named_on_the_page(client: FlaskClient, name: str, sentence: str) -> None:
    page = client.get(f"/search?q={ASKED[name]}").text
    notices = page[page.index('<ul class="notices"') :]
    assert sentence in notices[: notices.index("</ul>")]


def naughty() -> list[str]:
    """The strings of the file, one a line; lines that begin with # are about them."""
    lines = NAUGHTY.read_text(encoding="utf-8").split("\n") if NAUGHTY.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.slow
def test_naughty_strings_get_their_pages(client: FlaskClient) -> None:
    if not NAUGHTY.exists():
        pytest.skip(f"there is no {Path('..', *NAUGHTY.parts[-3:])} beside this checkout")
    for text in naughty():
        for address in ("/search", "/api/v1/search"):
            response = client.get(address, query_string={"q": text})
            assert (response.status_code, text) == (200, text)
