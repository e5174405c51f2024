"""Citations of eight kinds of documents in all styles, and records that programs can read back."""

import json
import warnings
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.citing.formats import NAMES, RECORDS, TEXTS, citation
from indexer.citing.source import Numbering, Source, source
from indexer.document import Kind, Metadata, Passage, StoredDocument
from tests.conftest import ROOT

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of a library that pyparsing has outgrown
    import bibtexparser
    import rispy

DAY = date(2026, 11, 27)


def at(place: str) -> str:
    return f"https://l.example/d/{place}"


SOURCES = {
    "resolution": Source(
        *("The situation in the Sudan", "¶ 3", at("sres-1591/para-3@1"), 1, DAY),
        *("Security Council", "S/RES/1591 (2005)", "2005-03-29", "en"),
    ),
    "judgment": Source(
        *("R (Miller) v The Prime Minister", "¶ 34", at("miller/para-34@1"), 1, DAY),
        *("UK Supreme Court", "[2019] UKSC 41", "2019-09-24", "en"),
    ),
    "treaty": Source(
        *("Vienna Convention on the Law of Treaties", "Art. 31(1)", at("vclt/art-31-1@2"), 2, DAY),
        *("United Nations", "", "1969-05-23", "en"),
    ),
    "regulation": Source(
        *("Regulation (EU) No 575/2013", "Art. 4(1)(b)", at("crr/art-4-1-b@1"), 1, DAY),
        *("European Union", "32013R0575", "2013-06-26", "en"),
    ),
    "act": Source(
        *("Interpretation Act", "§ 12", at("act/sec-12@1"), 1, DAY),
        *("Republic of Examples", "", "1978", "en"),
    ),
    "report": Source(
        *("Ports & “Piers”: 50 % <more>", "¶ 5(a)", at("ports/para-5-a@3"), 3, DAY),
        *("Office of {Lights} & Co_", "", "2020-08", "en", 12),
    ),
    "scan": Source(
        *("Lettre du consul", "[¶ 3]", at("lettre/p3@1"), 1, DAY),
        *("", "", "1912-01-05", "fr", 2),
        ("machine-read, confidence 93 %", "unofficial translation"),
    ),
    "page": Source("notes.html", "[¶ 1]", at("notes/p1@1"), 1, DAY),
}


def golden() -> dict[tuple[str, str], str]:
    """The citations of tests/data/citations.txt by kind and style."""
    found, kind = {}, ""
    for line in (ROOT / "tests" / "data" / "citations.txt").read_text("utf-8").splitlines():
        style, _, text = line.partition(" ")
        if text:
            found[kind, style] = text.strip()
        else:
            kind = line
    return found


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("style", NAMES)
def test_citations(kind: str, style: str) -> None:
    assert citation(SOURCES[kind], style) == golden()[kind, style]


def test_titles_are_italic_and_addresses_links_where_text_has_forms() -> None:
    report = SOURCES["report"]
    assert citation(report, "bluebook", "markdown") == (
        "Office of {Lights} & Co\\_, *Ports & “Piers”: 50 % \\<more\\>*, at 12, ¶ 5(a) (Aug. 2020)"
        ", <https://l.example/d/ports/para-5-a@3> (last visited Nov. 27, 2026)."
    )
    html = citation(report, "chicago", "html")
    assert "<i>Ports &amp; ‘Piers’: 50 % &lt;more&gt;</i>, August 2020" in html
    assert f'<a href="{report.url}">{report.url}</a>' in html


@pytest.mark.parametrize("kind", SOURCES)
def test_bibtex_is_read_back(kind: str) -> None:
    cited = SOURCES[kind]
    (entry,) = bibtexparser.loads(citation(cited, form="bibtex")).entries
    assert entry["ENTRYTYPE"] == "techreport"
    assert entry["url"] == cited.url
    assert entry.get("number", "") == cited.number
    assert entry.get("date", "") == cited.issued
    assert cited.place in entry["note"]
    assert f"edition {cited.edition}" in entry["note"]
    for caveat in cited.caveats:
        assert caveat.replace("%", r"\%") in entry["note"]


@pytest.mark.parametrize("kind", SOURCES)
def test_ris_is_read_back(kind: str) -> None:
    cited = SOURCES[kind]
    (entry,) = rispy.loads(citation(cited, form="ris"))
    assert entry["type_of_reference"] == "RPRT"
    assert entry["title"] == cited.title
    assert entry["urls"] == [cited.url]
    assert entry.get("authors", [""]) == [cited.publisher]
    assert f"SN  - {cited.number}" in citation(cited, form="ris") or not cited.number
    assert cited.place in entry["notes"][0]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(TEXT, TEXT, TEXT, st.sampled_from([*NAMES]), st.sampled_from([*TEXTS, *RECORDS]))
def test_whatever_a_document_says_no_citation_fails_or_breaks_its_form(
    title: str, publisher: str, number: str, style: str, form: str
) -> None:
    cited = Source(title, "¶ 1", at("a/para-1@1"), 1, DAY, publisher, number, "undated", "en")
    said = citation(cited, style, form)
    if form == "csl":
        assert json.loads(said)[0]["URL"] == cited.url
    elif form == "ris":
        assert said.count("\r\n") == len(said.splitlines())
        assert all(line[2:6] == "  - " for line in said.split("\r\n") if line)
    elif form == "bibtex":
        assert said.count("\n}\n") == 1
    else:
        assert cited.url in said
        assert form != "html" or "<script" not in said


def test_a_source_takes_what_is_known_of_a_document() -> None:
    names = ("On Lamps", "A/1/2", "https://x.example/eli/1")
    document = StoredDocument("a", "a.txt", Metadata("On Lamps", names=names), 1, 1, "")
    passage = Passage(1, Kind.PARAGRAPH, "Words", "5.", natural_id="para-5", page=3, confidence=91)
    cited = source(document, passage, Numbering([passage]), at("a/para-5@1"), DAY)
    assert (cited.number, cited.place, cited.page) == ("A/1/2", "¶ 5", 3)
    assert cited.caveats == ("machine-read, confidence 91 %",)
    translated = replace(document, metadata=Metadata(tags=("Unofficial translation",)))
    assert (
        source(translated, passage, Numbering([passage]), "u", DAY).caveats[-1]
        == "unofficial translation"
    )


TITLE = st.text(st.sampled_from([*"ab {}&%$#_^~\\<>\"“”'\n"]), min_size=1, max_size=20)


@given(st.lists(TITLE, min_size=2, max_size=4))
def test_a_title_loses_no_other_entry_of_a_file(titles: list[str]) -> None:
    cited = [Source(title, "¶ 1", at(f"a/p{n}@1"), 1, DAY) for n, title in enumerate(titles)]
    text = "\n".join(citation(each, form="bibtex") for each in cited)
    entries = bibtexparser.loads(text).entries
    assert [entry["url"] for entry in entries] == [each.url for each in cited]
    text = "\r\n".join(citation(each, form="ris") for each in cited)
    assert [entry["urls"] for entry in rispy.loads(text)] == [[each.url] for each in cited]


def test_markdown_shows_what_looks_like_an_entity_as_it_is() -> None:
    cited = Source("Terms &copy; of use", "¶ 1", at("a/p1@1"), 1, DAY)
    assert citation(cited, form="markdown").startswith("“Terms \\&copy; of use”")


def test_keys_of_other_scripts_are_apart() -> None:
    keys = {Source("t", "¶ 1", at(f"{slug}/p1@1"), 1, DAY).key for slug in ("закон", "устав", "a")}
    assert len(keys) == 3
    assert "a-p1-1" in keys


@pytest.mark.parametrize(
    ("title", "plain", "oscola"),
    [
        ("a “b “c” d”", "“a ‘b ‘c’ d’”", "‘a “b “c” d”’"),
        ('On "New" Lamps', "“On ‘New’ Lamps”", "‘On “New” Lamps’"),
    ],
)
def test_quotation_marks_within_a_title(title: str, plain: str, oscola: str) -> None:
    cited = Source(title, "¶ 1", at("a/p1@1"), 1, DAY)
    assert citation(cited).startswith(plain)
    assert citation(cited, "oscola").startswith(oscola)
