"""What is printed can be typed: numbers of paragraphs and of headings are found, and marked."""

import pytest

from indexer.library import Library
from indexer.search.hits import Hit
from tests.conftest import EVERY_ENGINE, Write

TREATY = """\
On Salmon

Article 5. The Parties shall cooperate on herring.

Article 6. The Parties shall meet as said in Article 5, and article 5, and article 5.

§ 12 Die Behörde prüft den Antrag.

§ 13 Die Behörde nach § 12, § 12 und § 12 prüft nichts.

14. The Secretary keeps 12 seals.

Rule 9.2. Nobody rows alone.
"""
CHARTER = """\
# Charter of Ponds

## Article 11

Everyone may row, as article 12 says, and article 12, and article 12.

## Article 12. Of nets

No net is taken.

2. Nets are mended:

   (a) at dusk.

## 7.3 Oars

Oars are kept dry, and no oar is sold to those who have sold one before.
"""


@pytest.fixture
def texts(write: Write, library: Library) -> Library:
    write("treaty.txt", TREATY)
    write("charter.md", CHARTER)
    library.maintenance.sync()
    return library


def address(hit: Hit) -> str:
    return f"{hit.document.slug}/{hit.passage.passage.id}"


def numbers(hit: Hit) -> list[str]:
    """What is marked in the label of a hit, and in its headings."""
    passage = hit.passage.passage
    headings = zip(passage.heading, hit.heading_marks, strict=True)
    shown = ((passage.label, hit.label_marks), *headings)
    return [text[start:end] for text, marks in shown for start, end in marks]


@EVERY_ENGINE
@pytest.mark.parametrize(
    ("query", "first", "marked"),
    [
        ("Article 5", "treaty/art-5", ["Article 5."]),
        ("article 5", "treaty/art-5", ["Article 5."]),
        ("art. 5", "treaty/art-5", ["Article 5."]),
        ("Art.5", "treaty/art-5", ["Article 5."]),
        ('"Article 5"', "treaty/art-5", ["Article 5"]),
        ("Article 5 herring", "treaty/art-5", ["Article 5."]),
        ("herring article 5", "treaty/art-5", ["Article 5."]),
        ('"Article 5. The Parties"', "treaty/art-5", ["Article 5."]),
        ("Article 5. The Parties shall cooperate on herring.", "treaty/art-5", ["Article 5."]),
        ("§ 12", "treaty/sec-12", ["§ 12"]),
        ("§12", "treaty/sec-12", ["§ 12"]),
        ("12 §", "treaty/sec-12", ["§ 12"]),
        ("section 12", "treaty/sec-12", ["§ 12"]),
        ("§ 12 Behörde", "treaty/sec-12", ["§ 12"]),
        ("14. The Secretary", "treaty/p5", ["14"]),
        ("rule 9.2", "treaty/rule-9-2", ["Rule 9.2."]),
        ("article 12", "charter/art-12", ["Article 12"]),
        ("article 12 net", "charter/art-12", ["Article 12", "nets"]),
        ('"Article 12" net', "charter/art-12", ["Article 12", "nets"]),
        ('"Article 12. No net"', "charter/art-12", ["Article 12"]),
        ("article 12(2)(a)", "charter/art-12-2-a", ["(a)", "Article"]),
        ("12(2)(a)", "charter/art-12-2-a", ["(a)"]),
        ("article 12(2)", "charter/art-12-2", ["2.", "Article", "12"]),
        ("7.3 oars", "charter/para-7-3", ["7.3", "Oars"]),
    ],
)
def test_a_number_is_found_first_and_marked(
    texts: Library, query: str, first: str, marked: list[str]
) -> None:
    hit = texts.search(query).hits[0]
    assert (address(hit), numbers(hit)) == (first, marked)
    assert not hit.missing


@EVERY_ENGINE
@pytest.mark.parametrize(
    ("query", "addresses"),
    [
        ("Parties herring", ["treaty/art-5"]),
        ("salmon herring", ["treaty/art-5"]),  # one in the title
        ("nets dusk", ["charter/art-12-2-a"]),  # one in the heading
        ("ponds article 12 dusk", ["charter/art-12-2-a"]),  # title, heading's number, text
        ("salmon ponds", []),  # none in a text
        ("salmon the", []),  # of the text's own, only a word that says nothing
        ('"salmon herring"', []),  # a phrase is of one place
        ("herring -salmon", ["treaty/art-5"]),  # what is above keeps nothing out
        ("salmon OR dusk", ["charter/art-12-2-a"]),
    ],
)
def test_words_may_be_in_the_title_or_a_heading_but_not_all(
    texts: Library, query: str, addresses: list[str]
) -> None:
    found = texts.search(query)
    assert list(map(address, found.hits)) == addresses
    assert found.total == len(addresses)


@EVERY_ENGINE
def test_what_is_above_a_text_is_said_and_marked(texts: Library) -> None:
    (hit,) = texts.search("salmon herring").hits
    assert (hit.missing, hit.above) == (("salmon",), ("salmon",))
    assert [hit.document.metadata.title[start:end] for start, end in hit.title_marks] == ["Salmon"]


@EVERY_ENGINE
def test_an_amount_in_a_text_is_no_number_of_it(texts: Library) -> None:
    (hit,) = texts.search("secretary 12").hits
    assert (address(hit), numbers(hit)) == ("treaty/p5", [])
