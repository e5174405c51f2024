"""The dense view: a line for each hit, the word in the middle, sorted by what is beside it."""

import re

import pytest
from flask.testing import FlaskClient

from indexer.search import lines as lines_module
from indexer.search.lines import Lines, Side
from tests.conftest import EVERY_ENGINE, Keep
from tests.test_web import said
from web import lines as web_lines
from web.app import create_app

SEA = """\
On Lamps

1. A bright lamp burns. The dark Lamp burnt, and every lamp.

2. Zealous keepers lit lamps at noon.

3. Nothing burns here.

4. In Arabic it is called المصباح.
"""
LONG = f"Of Oil\n\n1. {'Before it came nothing. ' * 20}The Lamp {'burns all night, ' * 20}\n"
ARABIC = "في المصابيح\n\n1. يضيء المصباح القديم كل ليلة في الميناء.\n"
FILES = {
    "sea.txt": SEA,
    "sea.txt.meta.yaml": "date: 2001-02-03\nlanguage: en\n",
    "long.txt": LONG,
    "long.txt.meta.yaml": "date: 1999\nlanguage: en\n",
    "arabic.txt": ARABIC,
    "arabic.txt.meta.yaml": "date: 2020\nlanguage: ar\n",
}


@pytest.fixture(scope="module")
def client(kept: Keep) -> FlaskClient:
    return create_app(kept(FILES)).test_client()


def triples(found: Lines) -> list[tuple[str, str, str]]:
    return [(line.before, line.word, line.after) for line in found.shown(0, 100)]


@EVERY_ENGINE
def test_a_passage_with_several_hits_has_several_lines(kept: Keep, engine_name: str) -> None:
    found = kept(FILES, engine_name).lines("lamp burns in:sea")
    assert (found.total, found.passages, found.is_cut) == (4, 2, False)
    assert set(triples(found)) == {
        ("A bright ", "lamp burns", ". The dark Lamp burnt, and every lamp."),
        ("A bright lamp burns. The dark ", "Lamp", " burnt, and every lamp."),
        ("A bright lamp burns. The dark Lamp burnt, and every ", "lamp", "."),
        ("Nothing ", "burns", " here."),  # the other word is in the title
    }


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        (Side.BEFORE, ["bright ", "dark ", "every ", "lit "]),
        (Side.AFTER, [" at noon.", " burns.", " burnt,", "."]),
    ],
)
def test_lines_are_sorted_by_the_words_beside_the_hit(
    kept: Keep, side: Side, expected: list[str]
) -> None:
    found = triples(kept(FILES).lines("lamp in:sea", side=side))
    beside = [line[0] if side is Side.BEFORE else line[2] for line in found]
    for text, word in zip(beside, expected, strict=True):
        assert text.endswith(word) if side is Side.BEFORE else text.startswith(word)


def test_long_contexts_are_cut_between_words(kept: Keep) -> None:
    ((before, word, after),) = triples(kept(FILES).lines("lamp in:long"))
    assert (before, word) == ("…Before it came nothing. Before it came nothing. The ", "Lamp")
    assert re.fullmatch(r" burns all night,( burns all night,)* ?\w*( all)?( night,)?…", after)
    assert max(len(before), len(after)) <= lines_module.WIDTH + 1


def test_a_line_per_passage_where_nothing_in_the_text_is_meant(kept: Keep) -> None:
    found = kept(FILES).lines("date:2001")
    assert [line[:2] for line in triples(found)] == [("", "")] * 4
    assert triples(found)[2][2] == "Nothing burns here."


def test_the_cut_is_said(kept: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "MOST", 2)
    found = kept(FILES).lines("lamp", side=Side.AFTER)
    assert (found.total, found.is_cut) == (2, True)


def test_what_is_marked_is_what_results_mark(kept: Keep) -> None:
    library = kept(FILES)
    for query in ("lamp burns", '"dark lamp"', "lam*", "lamp OR keepers", "المصباح"):
        results = library.search(query, size=100)
        marked = sorted(
            hit.passage.passage.text[start:end] for hit in results.hits for start, end in hit.marks
        )
        words = [line.word for line in library.lines(query).shown(0, 100)]
        assert sorted(" ".join(words).split()) == sorted(" ".join(marked).split())


def test_the_page_is_a_table_of_links_to_the_paragraphs(client: FlaskClient) -> None:
    page = client.get("/search?view=lines&q=lamp&sort=before").text
    assert "5 lines from 3 paragraphs" in said(page)
    (body,) = re.findall(r'<table class="lines">.*(<tbody>.*</tbody>)', page, re.DOTALL)
    assert body.count("<tr") == body.count("<mark>") == 5
    assert 'href="/d/sea/para-1?q=lamp#para-1"' in body
    assert [name for name in ("Before", "Hit", "After", "Document") if name not in said(page)] == []


def test_many_paragraphs_fill_a_page_and_more(kept: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_lines, "SHOWN", 10)
    text = "\n\n".join(f"{n}. Lamp {n} burns." for n in range(1, 26))
    library = kept({"many.txt": f"Many\n\n{text}\n"})
    client = create_app(library).test_client()
    pages = [client.get(f"/search?view=lines&q=lamp&page={n}").text for n in (1, 2, 3)]
    assert "25 lines from 25 paragraphs · page 1 of 3" in said(pages[0])
    assert "a page" not in said(pages[0])
    assert [page.count("<mark>") for page in pages] == [10, 10, 5]
    assert 'href="/search?q=lamp&amp;view=lines&amp;page=2"' in pages[0]


def test_right_to_left_texts_run_so(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"view": "lines", "q": "المصباح"}).text
    assert re.search(r'<tr lang="ar" dir="rtl">', page)
    assert re.search(r'<tr lang="en" dir="ltr">', page)  # an Arabic word in an English text


def test_filters_and_orders_keep_the_view(client: FlaskClient) -> None:
    page = client.get("/search?view=lines&q=lamp&sort=after").text
    links = re.findall(r'href="(/search\?[^"]*)"', page)
    narrowing = [link for link in links if "in%3A" in link or "lang%3A" in link]
    assert narrowing
    assert all("view=lines&amp;sort=after" in link for link in narrowing)
    narrowed = client.get("/search?view=lines&q=lamp&sort=after&from=2001&to=2001")
    assert narrowed.location == "/search?q=lamp+date%3A2001&view=lines&sort=after"
    assert "/search?q=lamp&amp;view=lines" in client.get("/search?q=lamp").text


@pytest.mark.parametrize("query", ["zeppelin", "%28", "lamp+zeppelin"])
def test_nothing_found_is_said(client: FlaskClient, query: str) -> None:
    page = client.get(f"/search?view=lines&q={query}").text
    assert "No paragraph has all of this." in said(page)
    assert "<tbody>" not in page


def test_a_page_that_there_is_not_leads_to_the_last(client: FlaskClient) -> None:
    page = client.get("/search?view=lines&q=lamp&page=9").text
    assert "There is no page 9" in said(page)


def test_no_text_opens_a_tag(kept: Keep) -> None:
    library = kept({"odd.txt": 'Odd\n\n1. Before <b>"lamp"</b> & <i>after</i>.\n'})
    page = create_app(library).test_client().get("/search?view=lines&q=lamp").text
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
