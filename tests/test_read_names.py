"""The names that a document gives itself, its title, and characters that are no text."""

from pathlib import Path

import pytest

from indexer.document import Block, Document, Kind, Metadata, NoteMark
from indexer.readers import read
from indexer.readers.common.controls import without_controls
from indexer.readers.common.names import with_names
from indexer.readers.common.titles import usable_publisher, usable_title


def document(*lines: str, metadata: Metadata | None = None) -> Document:
    blocks = tuple(Block(Kind.PARAGRAPH, line) for line in lines)
    return Document(metadata or Metadata(), blocks)


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["S/RES/1591 (2005)"], ["S/RES/1591 (2005)"]),
        (["United Nations A/RES/75/1", "General Assembly Distr.: General"], ["A/RES/75/1"]),
        (["Joint letter", "A/75/982–S/2021/735"], ["A/75/982", "S/2021/735"]),
        (["CCPR/C/GC/34"], ["CCPR/C/GC/34"]),
        (["E/CN.4/2004/7/Add.1"], ["E/CN.4/2004/7/Add.1"]),
        (["Security Council", "Resolution 2170 (2014)"], ["S/RES/2170 (2014)"]),
        (["General Assembly", "75/1. Declaration on the anniversary"], ["A/RES/75/1"]),
        (["Neutral Citation Number: [2022] EWHC 941 (IPEC)"], ["[2022] EWHC 941 (IPEC)"]),
        (
            ["Hilary Term", "[2021] UKSC 12", "On appeal from: [2019] EWCA Civ 9"],
            ["[2021] UKSC 12"],
        ),
        (["SUPREME COURT", "Citation: 2021 SCC 5"], ["2021 SCC 5"]),
        (["ECLI:EU:C:2019:772", "JUDGMENT OF THE COURT"], ["ECLI:EU:C:2019:772"]),
        (["32013R0575"], ["32013R0575"]),
        (["REGULATION (EU) No 575/2013 OF THE EUROPEAN PARLIAMENT"], ["32013R0575"]),
        (["Verordnung (EU) 2016/679 des Europäischen Parlaments"], ["32016R0679"]),
        (["Commission Implementing Regulation (EU) 2020/12"], ["32020R0012"]),
        (["RICHTLINIE 2014/65/EU"], ["32014L0065"]),
        (["Durchführungsverordnung (EU) 2020/12 der Kommission"], ["32020R0012"]),
        (["Règlement délégué (UE) 2020/12 de la Commission"], ["32020R0012"]),
        (["Directive 95/46/EC of the European Parliament"], ["31995L0046"]),
        (
            ["ELI: http://data.europa.eu/eli/reg/2013/575/oj"],
            ["http://data.europa.eu/eli/reg/2013/575/oj"],
        ),
    ],
)
def test_own_names(lines: list[str], names: list[str]) -> None:
    assert list(with_names(document(*lines, "And so on.")).metadata.names) == names


@pytest.mark.parametrize(
    "lines",
    [
        ["Recalling its resolution S/RES/1591 (2005), and all that was said there,"],
        ["On appeal from: [2019] EWCA Civ 1599"],
        ["On appeal from:", "[2019] EWCA Civ 1599"],
        ["[on the report of the Third Committee (A/75/478)]"],
        ["Case No: A/12/2020"],
        ["Appeal number: UT/2020/0043"],
        ["The law was stated in [2020] AC 12."],
        ["Following [2019] UKSC 4"],
        ["Security Council", "It recalled Resolution 2170 (2014)"],
        ["A/C sold in 30 shops"],
        ["Report on Regulation (EU) No 575/2013"],
        ["Regulation 12/13 of the city"],
        *([*["A line of the text."] * 45, name] for name in ("[2021] UKSC 12", "A/RES/75/1")),
    ],
)
def test_the_names_of_others(lines: list[str]) -> None:
    assert with_names(document(*lines, "And so on.")).metadata.names == ()


def test_a_name_in_the_address_of_the_source() -> None:
    source = "https://eur-lex.example/?uri=CELEX:32002R0006:EN:HTML"
    found = with_names(document("Text", metadata=Metadata(source=source))).metadata
    assert (found.names, found.origins["names"]) == (("32002R0006",), "source")


def test_names_of_a_reader_come_first_and_are_not_repeated() -> None:
    metadata = Metadata(names=("/akn/un/1", "S/RES/1591(2005)"), origins={"names": "FRBR"})
    found = with_names(document("S/RES/1591 (2005)", "ECLI:EU:C:2019:772", metadata=metadata))
    assert found.metadata.names == ("/akn/un/1", "S/RES/1591(2005)", "ECLI:EU:C:2019:772")
    assert found.metadata.origins["names"] == "FRBR, opening lines of the text"


def test_names_in_a_sidecar_stand_alone() -> None:
    found = read(Path("a.txt"), b"Notes\n\nS/RES/1591 (2005)\n\nText.", b"names: [S/RES/7 (1946)]")
    assert found.metadata.names == ("S/RES/7 (1946)",)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "High Court Judgment Template",
            "Urteil Vorlage",
            "Template v2",
            "tmp-4760",
            "Untitled 3",
        ),
        *("L_2013176EN.01000101.xml", "* * * * *", "_____", "report_final_2", "32002R0006", "3 O"),
        *("Transformed document", "EUR-Lex - 32002R0006 - EN", "Microsoft Word - a.doc", "Home"),
        *("Introduction", "TABLE OF CONTENTS", "Draft", "Préambule", "Schedules", "CO/1892/2003"),
        *("his page intentionally left blank.", "0f8fad5b-d9cb-469f-a165-70867728950e"),
    ],
)
def test_what_is_no_title(text: str) -> None:
    assert usable_title(text) == ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Council Period 16 | D.C. Law Library", "Council Period 16"),
        ("Fisheries Act - legislation.gov.uk", "Fisheries Act"),
        ("Water and Land – Wikipedia", "Water and Land"),
        (
            "Guidance on the Use of the Contract Template",
            "Guidance on the Use of the Contract Template",
        ),
        ("COVID-19", "COVID-19"),
        ("Introduction to Law", "Introduction to Law"),
        ("A/RES/75/1", "A/RES/75/1"),
        ("Order 2023 - Part 1", "Order 2023 - Part 1"),
        ("Titles of Nobility", "Titles of Nobility"),
        ("公報", "公報"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert usable_title(text) == title


@pytest.mark.parametrize(
    "text", ["www.example.org", "https://example.org/", "WordPress 6.1", "admin", "Microsoft", "-"]
)
def test_what_is_no_publisher(text: str) -> None:
    assert usable_publisher(text) == ""


@pytest.mark.parametrize("text", ["The National Archives", "OPOCE", "Ministry of User Affairs"])
def test_publishers(text: str) -> None:
    assert usable_publisher(text) == text


def test_a_publisher_that_is_none_goes() -> None:
    page = b"<meta property=og:site_name content=www.example.org><title>A law</title><p>Text."
    assert read(Path("a.html"), page).metadata.publisher == ""


@pytest.mark.parametrize("piece", ["_", "1_ ", "a.", " | a", "a-1"])
def test_long_titles_are_titles(piece: str) -> None:
    """Quadratic time would be minutes here."""
    assert usable_title("a" + piece * 200_000 + " b").startswith("a")


def test_a_curators_title_stands() -> None:
    found = read(Path("a.txt"), b"Some text. And more.", b"title: Template")
    assert found.metadata.title == "Template"


def test_control_characters_and_halves_of_characters_are_taken_out() -> None:
    metadata = Metadata(title="A\x00 \ud800title\x1b", tags=("a\x07b",), names=("n\x01",))
    block = Block(Kind.NOTE, "te\x02xt", label="1\x03", note_marks=(NoteMark(5, "n1"),))
    found = without_controls(Document(metadata, (block, Block(Kind.CODE, "a\n\tb\xa0c"))))
    assert found.metadata == Metadata(title="A title", tags=("ab",), names=("n",))
    assert found.blocks[0] == Block(Kind.NOTE, "text", label="1", note_marks=(NoteMark(4, "n1"),))
    assert found.blocks[1].text == "a\n\tb\xa0c"


def test_halves_of_characters_in_a_sidecar() -> None:
    found = read(Path("a.txt"), b"Some text. And more.", rb'title: "A\ud800 b\u0007"')
    assert found.metadata.title == "A b"
