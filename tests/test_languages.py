"""A word in another inflection, or a part of an unspaced sentence, finds its paragraph."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.config import Settings
from indexer.library import Library
from tests.helpers.inline import open_inline

TEXTS = {
    "de": "Ministerinnen besprachen Verträge über Eisenbahnbrücken und Häfen am Schwarzen Meer.",
    "ru": "Министры обсудили строительство новых мостов и железных дорог.",
    "ar": "ناقش الوزراء بناء المدارس الجديدة في القرى البعيدة.",
    "fr": "Les ministres ont signé les accords relatifs aux forêts boréales.",
    "zh": "外交部长在北京讨论了铁路建设和水资源管理。",
    "ja": "外務大臣は東京で環境保護について話し合いました。",
    "th": "รัฐมนตรีหารือเรื่องการค้าชายแดนและสันติภาพ.",
    "hi": "मंत्रियों ने नदियों के पुलों और किताबों पर चर्चा की।",
    "ko": "외교부장관은 서울에서 철도건설을 논의하였다.",
    "en": "The ministers were discussing new railways and fisheries.",
    "es": "Los ministros firmaron los acuerdos sobre las estaciones.",
    "tr": "Bakanlar yeni köprülerin yapımını görüştüler.",
    "el": "Οι υπουργοί συζήτησαν για τους σιδηρόδρομους.",
    "pl": "Ministrowie rozmawiali o nowych mostach w Łodzi.",
}


@pytest.fixture(scope="module")
def babel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One document in each language, in one corpus."""
    folder = tmp_path_factory.mktemp("babel")
    with of_languages(folder, *TEXTS) as library:
        yield library


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Library]]:
    """Gives the corpus of one document in a language, made once."""
    made: dict[str, Library] = {}

    def of(language: str) -> Library:
        if language not in made:
            made[language] = of_languages(tmp_path_factory.mktemp("alone"), language)
        return made[language]

    yield of
    for library in made.values():
        library.close()


def of_languages(folder: Path, *languages: str) -> Library:
    corpus = folder / "corpus"
    corpus.mkdir()
    for language in languages:
        (corpus / f"{language}.txt").write_text(TEXTS[language], "utf-8")
        (corpus / f"{language}.txt.meta.yaml").write_text(f"language: {language!r}\n", "utf-8")
    library = open_inline(Settings(corpus=corpus, data=folder / "data"))
    library.maintenance.sync()
    return library


QUERIES = [
    ("de", "Hafen", ["Häfen"]),
    ("de", "Haefen", ["Häfen"]),
    ("de", "vertrag", ["Verträge"]),
    ("de", "VERTRÄGEN hafen", ["Verträge", "Häfen"]),
    ("de", "schwarzes Meere", ["Schwarzen", "Meer"]),
    ("ru", "мост", ["мостов"]),
    ("ru", "железная дорога", ["железных", "дорог"]),
    ("ru", "МИНИСТРАМИ", ["Министры"]),
    ("ar", "جديدة", ["الجديدة"]),
    ("ar", "المدارس", ["المدارس"]),
    ("fr", "forêt boréale", ["forêts", "boréales"]),
    ("fr", "foret", ["forêts"]),
    ("fr", "l’accord", ["accords"]),
    ("fr", "signée", ["signé"]),
    ("zh", "铁路建设", ["铁路建设"]),
    ("zh", "水资源", ["水资源"]),
    ("zh", "北京 铁路", ["北京", "铁路"]),
    ("ja", "環境保護", ["環境保護"]),
    ("ja", "外務大臣", ["外務大臣"]),
    ("th", "สันติภาพ", ["สันติภาพ"]),
    ("th", "ชายแดน", ["ชายแดน"]),
    ("hi", "किताब", ["किताबों"]),
    ("hi", "नदियाँ", ["नदियों"]),
    ("hi", "किता*", ["किताबों"]),
    ("ko", "철도건설", ["철도건설"]),
    ("ko", "서울", ["서울"]),
    ("en", "railway discussed", ["discussing", "railways"]),
    ("en", "fishery", ["fisheries"]),
    ("es", "estación", ["estaciones"]),
    ("es", "acuerdo", ["acuerdos"]),
    ("tr", "köprü", ["köprülerin"]),
    ("el", "σιδηρόδρομος", ["σιδηρόδρομους"]),
    ("el", "σιδηροδρομος", ["σιδηρόδρομους"]),
    ("pl", "lodzi", ["Łodzi"]),
    ("pl", "mostach", ["mostach"]),
]


def found(library: Library, query: str) -> dict[str, list[str]]:
    """Of each document found, what is marked in it."""
    return {
        hit.document.slug: [hit.passage.passage.text[start:end] for start, end in hit.marks]
        for hit in library.search(query, size=50).hits
    }


@pytest.mark.parametrize(("language", "query", "marks"), QUERIES)
def test_another_form_finds_the_paragraph(
    alone: Callable[[str], Library], language: str, query: str, marks: list[str]
) -> None:
    assert found(alone(language), query) == {language: marks}


@pytest.mark.parametrize(("language", "query", "marks"), QUERIES)
def test_a_mixed_corpus_does_not_lose_it(
    babel: Library, language: str, query: str, marks: list[str]
) -> None:
    assert found(babel, query)[language] == marks


@pytest.mark.parametrize(
    ("query", "languages"),
    [
        ('"Hafen"', set()),
        ('"Häfen"', {"de"}),
        ('"hafen"', set()),
        ('"forets"', set()),
        ('"мостов"', {"ru"}),
        ('"铁路建设"', {"zh"}),
        ('"建设铁路"', set()),
        ('"สันติภาพ"', {"th"}),
        ("铁", {"zh"}),
        ("長", set()),
        ("水", {"zh"}),
        ("京", {"zh", "ja"}),
        ("水 北京", {"zh"}),
        ("*路建*", {"zh"}),
        ("铁路建*", {"zh"}),
        ("мост*", {"ru"}),
        ("lang:zh", {"zh"}),
        ("lang:ja OR lang:ko", {"ja", "ko"}),
        ("railways -lang:en", set()),
    ],
)
def test_operators_in_a_mixed_corpus(babel: Library, query: str, languages: set[str]) -> None:
    assert {hit.document.slug for hit in babel.search(query, size=50).hits} == languages


def test_a_language_without_a_stemmer_is_found_as_written(babel: Library) -> None:
    assert set(found(babel, "MOSTACH")) == {"pl"}
    assert not found(babel, "most")


@pytest.mark.parametrize(
    ("language", "query"),
    [
        pytest.param(
            "ar", "مدرسة", marks=pytest.mark.xfail(reason="a broken plural has another stem")
        ),
        pytest.param(
            "ar",
            "بعيدة",
            marks=pytest.mark.xfail(reason="Snowball takes the first letter for a preposition"),
        ),
        pytest.param("de", "Brücke", marks=pytest.mark.xfail(reason="compounds are not split")),
    ],
)
def test_known_gaps(babel: Library, language: str, query: str) -> None:
    assert language in found(babel, query)
