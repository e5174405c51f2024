"""What document pages say of acts as ELI has it, read back from the HTML."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from indexer.citing.eli import eli
from indexer.citing.languages import three_letters
from indexer.config import Settings
from indexer.document import Metadata, StoredDocument
from tests.helpers.inline import open_inline
from web.app import create_app

ELI = "http://data.europa.eu/eli"
PLACE = "http://localhost/d/lamps@1"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("eli")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "lamps.txt").write_text("Article 1\n\nA lamp burns at the gate.\n")
    (corpus / "lamps.txt.meta.yaml").write_text(
        "title: 'Regulation (EU) 2031/45 of the Parliament on \"lamps\" & gates'\n"
        "date: 2031-02-03\nlanguage: en\nnames: [32031R0045]\n"
    )
    (corpus / "note.txt").write_text("A Note\n\n1. A lamp burns.\n")
    with open_inline(Settings(corpus=corpus, data=folder / "data")) as library:
        library.maintenance.sync()
        yield create_app(library).test_client()


def said(page: str) -> set[tuple[str, str, str]]:
    """The triples of a page, with the prefix that it declares."""
    html = BeautifulSoup(page, "html.parser")
    root = html.html
    assert isinstance(root, Tag)
    if "prefix" not in root.attrs:
        assert not html.select("meta[about]")
        return set()
    assert "eli: http://data.europa.eu/eli/ontology# " in str(root["prefix"])
    found = set()
    for meta in html.select("head meta[about]"):
        name = meta.get("property", "a")
        value = meta.get("typeof") or meta.get("resource") or meta.get("content")
        found.add((str(meta["about"]), str(name), str(value)))
    return found


def test_an_act_and_the_edition_that_is_here(client: FlaskClient) -> None:
    act = f"{ELI}/reg/2031/45/oj"
    assert said(client.get("/d/lamps").text) == {
        (act, "a", "eli:LegalResource"),
        (act, "eli:id_local", "32031R0045"),
        (act, "eli:type_document", "http://publications.europa.eu/resource/authority/resource-type/REG"),
        (act, "eli:date_document", "2031-02-03"),
        (act, "eli:is_realized_by", PLACE),
        (PLACE, "a", "eli:LegalExpression"),
        (PLACE, "eli:realizes", act),
        (PLACE, "eli:title", 'Regulation (EU) 2031/45 of the Parliament on "lamps" & gates'),
        (PLACE, "eli:language", "http://publications.europa.eu/resource/authority/language/ENG"),
    }  # fmt: skip


def test_what_has_no_such_name_says_nothing(client: FlaskClient) -> None:
    assert not said(client.get("/d/note").text)


@pytest.mark.parametrize(
    ("title", "names", "expected"),
    [
        ("Regulation (EU) 2031/45 on lamps", ("32031R0045",), "reg/2031/45/oj"),
        ("Council Regulation (EC) No 7/2002 on lamps", ("32002R0007",), "reg/2002/7/oj"),
        ("Directive 95/46/EC on lamps", ("31995L0046",), "dir/1995/46/oj"),
        (
            "Commission Implementing Regulation (EU) 2031/45",
            ("32031R0045",),
            "reg_impl/2031/45/oj",
        ),
        (
            "Commission Delegated Directive (EU) 2031/45",
            ("32031L0045",),
            "dir_del/2031/45/oj",
        ),
        (
            "Durchführungsverordnung (EU) 2031/45 der Kommission",
            ("32031R0045",),
            "reg_impl/2031/45/oj",
        ),
        ("Delegierte Verordnung (EU) 2031/45", ("32031R0045",), "reg_del/2031/45/oj"),
        ("Regulation (EU) 2031/45", (f"{ELI}/reg/2031/45/oj/eng/pdf",), "reg/2031/45/oj"),
        ("Regulation", ("https://data.europa.eu/eli/reg/2031/45/oj",), "reg/2031/45/oj"),
        # Not sure, or no act of the Union.
        ("Regulation (EU) 2031/45", ("32031R0046",), None),
        ("Regulation (EU) 2031/45", ("32031R0045", "02031R0045-20320101"), None),
        ("Corrigendum to Regulation (EU) 2031/45", ("32031R0045",), None),
        ("Case C-1/31", ("62031CJ0001",), None),
        ("Lamps Act 2031", ("2031 asp 4",), None),
    ],
)  # fmt: skip
def test_addresses_of_acts(title: str, names: tuple[str, ...], expected: str | None) -> None:
    known = Metadata(title=title, names=names)
    found = eli(StoredDocument("a", "a.txt", known, 1, 1, "2031-01-01T00:00:00Z"), PLACE)
    assert (found and found.resource) == (expected and f"{ELI}/{expected}")


def test_an_address_of_a_country_stays_as_it_is_printed() -> None:
    printed = "http://www.legilux.example/eli/etat/leg/loi/2031/07/17/n1/jo"
    known = Metadata(title="Loi du 17 juillet", names=(printed,), language="fr", date="2031")
    found = eli(StoredDocument("a", "a.txt", known, 1, 1, "2031-01-01T00:00:00Z"), PLACE)
    assert found is not None
    assert found.resource == printed
    assert {each.name for each in found.said} == {"is_realized_by", "realizes", "title", "language"}


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "eng"), ("fr-CA", "fra"), ("zh-Hant", "zho"), ("ar", "ara"), ("lv", "lav"),
        ("et", "est"), ("sq", "sqi"), ("fa", "fas"), ("mn", "mon"), ("sr-Latn", "srp"),
        ("yue", "yue"), ("", ""), ("x", ""),
    ],
)  # fmt: skip
def test_languages_have_codes_of_three_letters(tag: str, code: str) -> None:
    assert three_letters(tag) == code
