"""Dates in the openings of documents, in the languages that official documents are in."""

from pathlib import Path

import pytest

from indexer.document import Block, Document, Kind, Metadata
from indexer.readers import read
from indexer.readers.common.dates import find_date, is_date, normal_date
from indexer.readers.common.furniture import clean
from indexer.readers.common.opening import opening_date
from tests.helpers.pairs import DATA


def table(name: str) -> list[list[str]]:
    lines = (DATA / "dates" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


OPENINGS = table("openings.tsv")


@pytest.mark.parametrize(("language", "date", "text"), OPENINGS)
def test_openings(language: str, date: str, text: str) -> None:
    data = text.replace(" ¶ ", "\n\n").encode()
    assert read(Path("a.txt"), data).metadata.date == date, language


@pytest.mark.parametrize(("date", "text"), table("mastheads.tsv"))
def test_mastheads(date: str, text: str) -> None:
    lines = [*text.split(" ¶ "), "This text goes on for a while, and says no more of any date."]
    assert opening_date([Block(Kind.PARAGRAPH, line) for line in lines]).date == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("11/08/2020", ""),
        ("27/05/2022", "2022-05-27"),
        ("10/31/2017", "2017-10-31"),
        ("2020. 8. 11.", "2020-08-11"),
        ("May 20-22, 2003", ""),
        ("1949年4月21日至8月12日", ""),
        ("5 and 6 March 2019", ""),
        ("31 February 2019", ""),
        ("11 listopada 2020", ""),  # October in Zagreb, November in Warsaw
        ("5 آذار/أبريل 2019", ""),  # March or April
        ("1st day of May, 1990", "1990-05-01"),
        ("«11» августа 2020 г.", "2020-08-11"),
        ("11η Αυγούστου 2020", "2020-08-11"),
        ("1r de gener de 2020", "2020-01-01"),
        ("elokuun 11. päivänä 2020", "2020-08-11"),
        ("2020(e)ko abuztuaren 11", "2020-08-11"),
        ("11 اغسطس 2020", "2020-08-11"),
        ("11. septembra 2020. godine", "2020-09-11"),
        ("2020. gada 11. augustā", "2020-08-11"),
        ("二○二○年八月十一日", "2020-08-11"),
        ("２０２０年８月１１日", "2020-08-11"),
        ("中華民國109年8月11日", "2020-08-11"),
        ("二〇二〇年十二月二十五日", "2020-12-25"),
        ("Act 2018. 5 March was a Monday", ""),
        ("11 สิงหาคม 2563", "2020-08-11"),
        ("11 August 2563", ""),
        ("2020-08-11", "2020-08-11"),
        ("call 2020-08-11-7", ""),
    ],
)
def test_what_is_a_date(text: str, date: str) -> None:
    assert find_date(text) == date


@pytest.mark.parametrize("text", ["• 5. März 2019", "Mercredi 27 octobre 2021", "le 1er mai 1990"])
def test_a_line_that_is_only_a_date(text: str) -> None:
    assert is_date(text)


def test_a_line_of_an_act_with_its_date_stays_in_the_text() -> None:
    act = "Verordnung über die Häfen\n\nvom 13. Juni 2002\n\nDer Rat hat diese Verordnung erlassen."
    found = read(Path("a.txt"), act.encode())
    assert found.blocks[0].text == "vom 13. Juni 2002"
    assert found.metadata.date == "2002-06-13"


@pytest.mark.parametrize("text", ["5 March 2019 was a Tuesday", "from 5 May 1990 to 6 May 1990"])
def test_a_line_that_says_more(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2020-08", "2020-08"),
        ("2020-13", ""),
        ("11 août 2020", "2020-08-11"),
        ("2020-08-11T10:00:00Z", "2020-08-11"),
        ("11.08.2020", ""),
        ("٢٠٢٠", ""),
    ],
)
def test_stated_dates(value: str, date: str) -> None:
    assert normal_date(value) == date


def document(date: str, origin: str, *texts: str, title: str = "") -> Metadata:
    blocks = tuple(Block(Kind.PARAGRAPH, text) for text in (*texts, "And so on."))
    return clean(
        Document(Metadata(title=title, date=date, origins={"date": origin}), blocks)
    ).metadata


@pytest.mark.parametrize(
    ("date", "origin", "texts", "wanted"),
    [
        ("2021-07-20", "document properties: created", ["Date: 11 May 2011"], "2011-05-11"),
        ("2021-07-20", "document properties: created", ["[2005] EWCA Civ 639"], ""),
        ("2021-07-20", "document properties: created", ["No. 7 of 2020"], "2021-07-20"),
        ("2021-07-20", "document properties: created", ["Nothing"], "2021-07-20"),
        ("2021-07-20", "PDF properties, CreationDate", ["Moscow, 5 May 1990"], "1990-05-05"),
        ("2021-07-20", "meta date", ["Moscow, 21 July 2021"], "2021-07-20"),
        ("2021-07-20", "meta date", ["Act of 5 May 1990"], "1990-05-05"),
        ("2021-07-20", "sidecar", ["Act of 5 May 1990"], "2021-07-20"),
        ("2021-07-20", "meta.xml: date", ["We met on 5 May 1990."], ""),
    ],
)
def test_printed_and_stated(date: str, origin: str, texts: list[str], wanted: str) -> None:
    assert document(date, origin, *texts).date == wanted


def test_a_dotted_date_opens_with_its_day_where_the_text_is_not_english() -> None:
    german = Block(Kind.PARAGRAPH, "Der Rat der Stadt hat beschlossen, die Gebühren zu erhöhen.")
    english = Block(Kind.PARAGRAPH, "The council of the city has decided to raise all the fees.")
    dated = Block(Kind.PARAGRAPH, "02.03.2016")
    assert opening_date([dated, german]).date == "2016-03-02"
    assert not opening_date([dated, english]).date
