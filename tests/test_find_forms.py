"""What is typed one way and written another, in one language or another → which paragraphs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.config import Settings
from indexer.library import Library
from tests.helpers.engines import STARTED, reached
from tests.helpers.inline import open_inline

# A paragraph a line; its number is its id.
TEXTS = {
    "en": [
        "As a result the budget was met as planned by all.",
        "The ASEAN ministers met in spring.",
        "Regional co-operation is welcome.",
        "Regional cooperation goes on.",
        "Write an e-mail to the office, or to several co‑operators.",
        "An email was sent on COVID-19 in 2020-08-11.",
        "The COVID19 wards are closed.",
        "The envoy of the U.S. spoke with the U.N. staff.",
        "The US delegation left the UN building.",
        "They told us the truth and gave us bread.",
        "A sum of 1,234,567 dollars was paid.",
        "The sum of 1234567 was paid back.",
        "Reading the Qurʼan in the morning.",
        "See https://example.org/page?x=1&y=2 for the page.",
        "MEASUREMENT OF LIQUIDS AND NOT SOLIDS is the title.",
        "Liquids are measured.",
        "The U.S.A. and the U.K. signed; the WHO did not.",
        "Those who came saw the state‐of‐the‐art lamp.",
        "The ﬁnal o\u00adffer of the bank stays.",
        "Naive drivers right the wheel.",
    ],
    "hu": ["Asmus az első, és az ASEAN második.", "A jog szava és a kutya."],
    "fr": ["Le ministre et la paix.", "L’État garantit la paix pour 2\u202f500 villes."],
    "ca": ["El ministre i la pau de l'estat."],
    "ar": ["والأمن في العالم", "السلام بالحرية", "مُحَمَّد يكتب الرســـالة", "كتب للمجلس"],
    "ja": ["ｶﾞｲﾄﾞﾗｲﾝの改定", "ガイドラインの公表"],
    "ko": ["협력 사업", "협력 방안"],
    "he": ["שָׁלוֹם לכם", "שלום עליכם", 'צה"ל הודיע', "צהל מסר"],
    "tr": ["DIŞİŞLERİ BAKANLIĞI açıkladı", "Dışişleri bakanı geldi"],
    "ru": ["Граждане Р.Ф. работают", "Законы РФ действуют", "Слово страны́ звучит"],
    "de": ["Es waren 1.500 Gäste.", "Es kamen 1500 Menschen.", "Der E‑Mail-Dienst fiel aus."],
    "el": ["Η Ε.Ε. αποφάσισε", "Η ΕΕ συμφώνησε"],
    "es": ["Los EE.UU. firmaron", "La EEUU oficina"],
}


@pytest.fixture(scope="module", params=STARTED)
def forms(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("forms")
    corpus = folder / "corpus"
    corpus.mkdir()
    for language, texts in TEXTS.items():
        put(corpus / f"{language}.md", "\n\n".join(texts) + "\n")
        put(corpus / f"{language}.md.meta.yaml", f"title: '{language}'\nlanguage: {language}\n")
    settings = Settings(corpus=corpus, data=folder / "data", **reached(request.param))
    with open_inline(settings) as library:
        library.maintenance.sync()
        yield library


def put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def found(library: Library, query: str) -> set[str]:
    """`en/2` for the second paragraph in English."""
    results = library.search(query, size=50)
    assert all(hit.marks for hit in results.hits)
    return {hit.passage.address.removeprefix("/d/").replace("/p", "/") for hit in results.hits}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        # a stem counts in its language alone
        ("ASEAN", {"en/2", "hu/1"}),
        ("asean", {"en/2", "hu/1"}),
        ("État", {"fr/2"}),
        ("right", {"en/20"}),
        # hyphenated and solid
        ("co-operation", {"en/3", "en/4", "en/5"}),
        ("cooperation", {"en/3", "en/4", "en/5"}),
        ("co–operation", {"en/3", "en/4", "en/5"}),
        ("cooperate regional", {"en/3", "en/4"}),
        ("co-operation -welcome -office", {"en/4"}),
        ('"co-operation"', {"en/3"}),
        ('"cooperation"', {"en/4"}),
        ("e-mail", {"en/5", "en/6", "de/3"}),
        ("email", {"en/5", "en/6"}),
        ("COVID-19", {"en/6", "en/7"}),
        ("covid19", {"en/6", "en/7"}),
        ("stateoftheart", {"en/18"}),
        ("state-of-the-art lamp", {"en/18"}),
        ("2020-08-11", {"en/6"}),
        ("20200811", set()),
        # acronyms
        ("US", {"en/8", "en/9"}),
        ("U.S.", {"en/8", "en/9"}),
        ("US envoy", {"en/8"}),
        ("us bread", {"en/10"}),
        ("UN", {"en/8", "en/9"}),
        ("U.N.", {"en/8", "en/9"}),
        ("USA", {"en/17"}),
        ("uk", {"en/17"}),
        ("WHO", {"en/17"}),
        ("РФ", {"ru/1", "ru/2"}),
        ("Р.Ф.", {"ru/1", "ru/2"}),
        ("ΕΕ", {"el/1", "el/2"}),
        ("Ε.Ε.", {"el/1", "el/2"}),
        ("EE.UU.", {"es/1", "es/2"}),
        ("EEUU", {"es/1", "es/2"}),
        # numbers
        ("1234567", {"en/11", "en/12"}),
        ("1,234,567", {"en/11", "en/12"}),
        ("1.234.567", {"en/11", "en/12"}),
        ("1'234'567", {"en/11", "en/12"}),
        ("2500", {"fr/2"}),
        ("1.500", {"de/1", "de/2"}),
        ("1500", {"de/1", "de/2"}),
        # other scripts
        ("الأمن", {"ar/1"}),
        ("الحرية", {"ar/2"}),
        ("محمد", {"ar/3"}),
        ("الرسالة", {"ar/3"}),
        ("المجلس", {"ar/4"}),
        ("ガイドライン", {"ja/1", "ja/2"}),
        ("ｶﾞｲﾄﾞﾗｲﾝ", {"ja/1", "ja/2"}),
        ("협력", {"ko/1", "ko/2"}),
        ("שלום", {"he/1", "he/2"}),
        ("שָׁלוֹם", {"he/1", "he/2"}),
        ("צהל", {"he/3", "he/4"}),
        ('צה"ל', {"he/3", "he/4"}),
        ("צה״ל", {"he/3", "he/4"}),
        ("DIŞİŞLERİ", {"tr/1", "tr/2"}),
        ("Dışişleri", {"tr/1", "tr/2"}),
        ("страны", {"ru/3"}),
        # signs nobody sees, ligatures, apostrophes
        ("final offer", {"en/19"}),
        ("\ufb01nal", {"en/19"}),
        ("Qur'an", {"en/13"}),
        ("Qur’an", {"en/13"}),
        ("Qurʼan", {"en/13"}),
        # capitals and addresses
        ("MEASUREMENT OF LIQUIDS AND NOT SOLIDS", {"en/15"}),
        ("liquids NOT solids", {"en/16"}),
        ("https://example.org/page?x=1&y=2", {"en/14"}),
        ("example.org/page?x=1", {"en/14"}),
    ],
)
def test_one_way_of_writing_finds_the_other(forms: Library, query: str, ids: set[str]) -> None:
    assert found(forms, query) == ids


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("ASEAN", {"ASEAN"}),
        ("État", {"État"}),
        ("cooperation", {"co-operation", "cooperation", "co‑operators"}),
        ("US", {"U.S", "US"}),
        ("1234567", {"1,234,567", "1234567"}),
        ("الأمن", {"والأمن"}),
        ("ガイドライン", {"ｶﾞｲﾄﾞﾗｲﾝ", "ガイドライン"}),
        ("שלום", {"שָׁלוֹם", "שלום"}),
    ],
)
def test_only_what_was_found_is_marked(forms: Library, query: str, marked: set[str]) -> None:
    hits = forms.search(query).hits
    texts = [(hit.passage.passage.text, hit.marks) for hit in hits]
    assert {text[start:end] for text, marks in texts for start, end in marks} == marked


def test_operators_in_a_query_in_capitals_are_said_to_be_words(forms: Library) -> None:
    assert any("capitals" in notice for notice in forms.search("LIQUIDS AND SOLIDS").notices)
    assert not forms.search("liquids AND solids").notices


def test_an_address_has_no_wildcard(forms: Library) -> None:
    assert not forms.search("https://example.org/page?x=1&y=2").notices
