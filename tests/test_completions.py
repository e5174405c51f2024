"""What is offered while a person types: titles, headings and words, the same on every engine."""

from pathlib import Path

import pytest

from indexer.library import Library
from tests.conftest import EVERY_ENGINE, Keep, Write
from tests.helpers.engines import STARTED
from web.app import create_app

FILES = {
    "harbours.md": "# Statute of the Harbours\n\n## Lighthouse dues\n\nLamps are lit.\n\n"
    "Lamps are lit again.\n\n### Lights of «old» kinds\n\nLanterns burn, lamps burn.\n",
    "lights.md": "# Lights at Sea\n\n## Lighthouse dues\n\nLanterns burn in the Élysée.\n",
    "plain.txt": "Statutory Lamps\n\n1. Nothing is said of them.\n",
}


@pytest.fixture(scope="module", params=STARTED)
def lamps(request: pytest.FixtureRequest, kept: Keep) -> Library:
    return kept(FILES, request.param)


def offered(library: Library, typed: str, kind: str) -> list[tuple[str, str]]:
    return [(c.text, c.query) for c in library.completions(typed) if c.kind == kind]


def test_words_complete_the_last_one_the_most_frequent_first(lamps: Library) -> None:
    assert offered(lamps, "la", "word") == [("lamps", "lamps"), ("lanterns", "lanterns")]
    assert offered(lamps, "nothing La", "word") == [
        ("nothing Lamps", "nothing Lamps"),
        ("nothing Lanterns", "nothing Lanterns"),
    ]
    assert offered(lamps, '"old LAN', "word") == [('"old LANterns', '"old LANterns')]
    assert [text for text, _ in offered(lamps, "élys", "word")] == ["élysée"]


@pytest.mark.parametrize(
    "typed", ["", " ", "l", "la ", "lamps", "title:la", "la*", "x" * 500, "\0"]
)
def test_no_word_is_offered(lamps: Library, typed: str) -> None:
    assert offered(lamps, typed, "word") == []


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("stat", ["Statute of the Harbours", "Statutory Lamps"]),
        ("Statute of th", ["Statute of the Harbours"]),
        ("the harb", ["Statute of the Harbours"]),
        ("lights", ["Lights at Sea"]),
        ("tute", []),
        ("la", ["Statutory Lamps"]),
    ],
)
def test_titles_are_offered_from_any_of_their_words(
    lamps: Library, typed: str, titles: list[str]
) -> None:
    assert offered(lamps, typed, "title") == [(title, title) for title in titles]


def test_what_a_title_asks_for_is_its_document(lamps: Library) -> None:
    for _, query in offered(lamps, "stat", "title"):
        (found,) = lamps.search(query).destinations
        assert found.document.metadata.title == query


def test_headings_are_offered_the_most_frequent_first(lamps: Library) -> None:
    assert offered(lamps, "li", "heading") == [
        ("Lighthouse dues", 'heading:"Lighthouse dues"'),
        ("Lights of «old» kinds", 'heading:"Lights of old kinds"'),
    ]
    for _, query in offered(lamps, "li", "heading"):
        assert lamps.search(query).total
        assert not lamps.search(query).notices


@EVERY_ENGINE
def test_what_is_gone_is_offered_no_more(library: Library, write: Write, corpus: Path) -> None:
    write("a.md", "# Ropes\n\n## Masts of old\n\nHarbours.\n")
    library.maintenance.sync()
    assert len(library.completions("masts")) == 1
    (corpus / "a.md").unlink()
    write("b.md", "# Ropes\n\n## Sails\n\nHarbours.\n")
    library.maintenance.sync()
    library.maintenance.rebuild()
    assert library.completions("masts") == ()
    assert len(library.completions("sails")) == 1


def test_json_has_what_is_offered(lamps: Library) -> None:
    client = create_app(lamps).test_client()
    assert client.get("/api/v1/suggest?q=lig").json == {
        "query": "lig",
        "suggestions": [
            {"kind": "title", "text": "Lights at Sea", "query": "Lights at Sea"},
            {
                "kind": "heading",
                "text": "Lighthouse dues",
                "query": 'heading:"Lighthouse dues"',
            },
            {
                "kind": "heading",
                "text": "Lights of «old» kinds",
                "query": 'heading:"Lights of old kinds"',
            },
        ],
    }
    assert client.get("/api/v1/suggest").json == {"query": "", "suggestions": []}
