"""Every example that the help page gives, executed on the project's own two documents."""

import html
import re

import pytest

from indexer.library import Library
from indexer.query import FilterField
from indexer.query.lexer import MAX_LENGTH
from indexer.query.parser import MAX_CLAUSES, MAX_DEPTH
from indexer.search.vocabulary import MAX_EXPANSIONS
from tests.conftest import ROOT, Write
from web.app import create_app
from web.examples import TOPICS
from web.examples_here import examples_here

EXAMPLES = [example for topic in TOPICS for example in topic.examples]
QUERIES = [example.query for example in EXAMPLES]

# The paragraphs that match in full: para-1 to para-7 of the one document, p1 to p7 of the other.
FOUND = {
    "regional cooperation": "p2 para-2 para-4",
    "minister": "p1 p2 p3 p4 para-1 para-2 para-3 para-4 para-5 para-6 para-7",
    '"minister"': "p3 p4 para-1",
    '"grant aid"': "para-5",
    '"grant aid" health': "para-5",
    '"aid provisions"~5': "para-5",
    "paragraph 5": "para-5",
    '"5. The Ministers"': "para-5",
    "conference avigan": "para-5",
    "co-operation": "p2 para-2 para-3 para-4 para-5",
    "COVID19": "p4 para-2 para-3 para-4",
    "cooperation AND pandemic": "p2 para-3",
    "pandemic OR coronavirus": "p2 p4 p5 para-3",
    "cooperation -pandemic": "para-2 para-4 para-5",
    "cooperation NOT pandemic": "para-2 para-4 para-5",
    "(pandemic OR coronavirus) Tajikistan": "p5 para-3",
    'cooperation -"regional cooperation"': "p2 para-3 para-5",
    "infect*": "p4 p5 para-5",
    "organi?ations": "para-5",
    "Muhridin~": "p3 p6 para-1",
    "solidarty~1": "para-4 para-6",
    "title:videoconference": "p1 p2 p3 p4 p5 p6 p7",
    'title:"chairperson\'s statement" Avigan': "para-5",
    "heading:agenda": "",
    "label:5": "para-5",
    "publisher:Tajikistan anniversary": "p7",
    "lang:en dialogue": "p1 p7 para-1 para-3",
    "tag:COVID-19 energy": "p6",
    "in:central-asia-japan-2020-tajikistan Japan": "p1 p3 p5 p7",
    'cites:"resolution 75/1"': "",
    "date:2020 Avigan": "para-5",
    "date:2020-08 Avigan": "para-5",
    "date:2020-08-11 Avigan": "para-5",
    "date:2019..2021-06 Avigan": "para-5",
    "date:2020.. Avigan": "para-5",
    "date:..2019 Avigan": "",
    "date:2019 OR date:2020 Avigan": "para-5",
}


def found(library: Library, query: str) -> str:
    results = library.search(query, size=100)
    assert results.notices == ()
    assert results.total == len(results.hits)
    return " ".join(sorted(hit.passage.passage.id for hit in results.hits))


@pytest.mark.parametrize("query", QUERIES)
def test_example_finds_what_it_should(seeds: Library, query: str) -> None:
    assert found(seeds, query) == FOUND[query]


def test_nothing_is_expected_of_an_example_that_is_gone() -> None:
    assert list(FOUND) == QUERIES


@pytest.mark.parametrize(
    ("query", "finds"),
    [("heading:agenda", "para-2"), ("heading:agenda oil", ""), ("oil -heading:agenda", "para-1")],
)
def test_heading_example_finds_below_a_heading(
    library: Library, write: Write, query: str, finds: str
) -> None:
    write("lamps.md", "# Lamps\n\n## Supplies\n\n1. Oil.\n\n## Provisional agenda\n\n2. Wicks.\n")
    library.maintenance.sync()
    assert found(library, query) == finds


def test_page_shows_every_example_as_a_link_to_its_search(seeds: Library) -> None:
    client = create_app(seeds).test_client()
    page = client.get("/help").text
    links = re.findall(r'<a href="(/search\?q=[^"]+)"><code>([^<]+)</code></a></td>', page)
    here = [example.query for example in examples_here(seeds)]
    assert [html.unescape(query) for _, query in links] == [*here, *QUERIES]
    for address, query in links:
        assert f'name="q" type="search" value="{query}"' in client.get(html.unescape(address)).text


@pytest.mark.parametrize("place", ["/", "/search?q=oil", "/d/nothing", "/documents", "/help"])
def test_help_is_beside_every_box(seeds: Library, place: str) -> None:
    page = create_app(seeds).test_client().get(place).text
    form = page[page.index("<form") : page.index("</form>")]
    assert 'href="/help"' in form


@pytest.mark.parametrize(
    "sentence",
    [
        f"{MAX_LENGTH:,} characters; what follows is not searched for",
        f"{MAX_CLAUSES} words, phrases and fields; words after them only help the ranking",
        f"{MAX_DEPTH} within each other; deeper ones are left out",
        f"{MAX_EXPANSIONS} words that it stands for, the most frequent ones",
    ],
)
def test_limits_are_told_as_they_are(seeds: Library, sentence: str) -> None:
    assert sentence in create_app(seeds).test_client().get("/help").text
    assert sentence in (ROOT / "docs" / "query.md").read_text(encoding="utf-8")


def test_docs_tell_the_same_as_the_page() -> None:
    docs = (ROOT / "docs" / "query.md").read_text(encoding="utf-8").replace("\\*", "*")
    for topic in TOPICS:
        assert f"## {topic.name} {topic.rule} |" in " ".join(docs.split())
    rows = re.findall(r"^\| `(.+?)` \| (.+) \|$", docs, re.MULTILINE)
    assert [row for row in rows if row in EXAMPLES] == EXAMPLES


@pytest.mark.parametrize("field", [*(field.value for field in FilterField), "date"])
def test_every_field_has_an_example(field: str) -> None:
    assert any(f"{field}:" in query for query in QUERIES)


def test_prose_is_markdown(library: Library) -> None:
    page = create_app(library).test_client().get("/help").text
    assert "<p><code>AND</code>, <code>OR</code> and <code>NOT</code> are signs" in page
    assert "as in\n<code>/d/document/para-5@2</code>" in page


NOTE = "1. The harbour master shall publish the depth of every channel."


@pytest.mark.parametrize("language", ["", "language: en\n"])
def test_examples_are_made_from_the_corpus_at_hand(
    write: Write, library: Library, language: str
) -> None:
    write("a/note (1).md", f"# On Harbours\n\n## Channels\n\n{NOTE}\n\n2. Nothing else.\n")
    write("a/note (1).md.meta.yaml", f"publisher: Office of Ports\ndate: 1998-05\n{language}")
    library.maintenance.sync()
    examples = examples_here(library)
    assert len(examples) == 10
    for example in examples:
        results = library.search(example.query)
        found = [hit.passage.passage.text for hit in results.hits]
        found += [each.passage.passage.text for each in results.destinations if each.passage]
        assert NOTE.removeprefix("1. ") in found, example.query
    page = create_app(library).test_client().get("/help").text
    assert "which are not in this collection" in " ".join(page.split())
    assert page.count('href="/search?q=') == 10


def test_a_corpus_without_a_paragraph_that_will_do_has_no_examples(
    write: Write, library: Library
) -> None:
    write("a.txt", "第一条 国家。\n\n第二条 人民。")
    library.maintenance.sync()
    assert examples_here(library) == ()
    assert create_app(library).test_client().get("/help").status_code == 200
