"""The marks on a text are why it was found, and the fragments of a long text show them."""

import itertools
import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.config import Settings
from indexer.library import Library
from indexer.search.service import Hit
from tests.conftest import Keep, Write, put
from tests.helpers.inline import open_inline

Span = tuple[int, int]


def marked(hit: Hit) -> list[str]:
    text = hit.passage.passage.text
    return [text[start:end] for start, end in hit.marks]


MARKS = [
    # words, by their stems
    ("en", "They were talking; he talks.", "talk", ["talking", "talks"]),
    ("en", "TALK of talks.", "talks", ["TALK", "talks"]),
    ("en", "The ministers' talks.", "minister's talk", ["ministers", "talks"]),
    ("en", "No marks for nothing.", "nothing -everything", ["nothing"]),
    ("en", "Salt or pepper.", "salt OR sugar", ["Salt"]),
    ("en", "Salt and sugar.", "salt -(pepper OR honey)", ["Salt"]),
    ("de", "Die Häuser am Fluss.", "haus", ["Häuser"]),
    ("", "The talks.", "talks", ["talks"]),
    # accents
    ("en", "A café here.", "cafe", ["café"]),
    ("en", "A cafe\u0301 here.", "cafe", ["cafe\u0301"]),
    ("en", "A cafe here.", "café", ["cafe"]),
    ("fr", "Les cafés fermés.", "cafe ferme", ["cafés", "fermés"]),
    ("en", "A café, a cafe.", '"café"', ["café"]),
    ("en", "ＦＵＬＬ width.", "full", ["ＦＵＬＬ"]),
    ("en", "The oﬃce.", "office", ["oﬃce"]),
    # phrases: as one, and only whole
    ("en", "A red lamp, a lamp, red lamp.", '"red lamp"', ["red lamp", "red lamp"]),
    ("en", "Red, lamp.", '"red lamp"', ["Red, lamp"]),
    ("en", "Red lamps and a red lamp.", '"red lamp"', ["red lamp"]),
    ("en", "See A/RES/70/1 of 70.", "A/RES/70/1", ["A/RES/70/1"]),
    ("en", "Red red red.", '"red red"', ["Red red red"]),
    ("en", "One two three.", '"one two" "two three"', ["One two three"]),
    ("en", "Red lamp.", 'lamp "red lamp"', ["Red lamp"]),
    # near: the words, not what is between
    ("en", "Red and blue lamp.", '"lamp red"~2', ["Red", "lamp"]),
    ("en", "Red lamp and a b c d red.", '"red lamp"~1', ["Red", "lamp"]),
    ("en", "A lamp and a lamp.", '"lamp lamp"~2', ["lamp", "lamp"]),
    # wildcards and fuzzy words: what they stand for
    ("en", "Deposits of a depot.", "depo*", ["Deposits", "depot"]),
    ("en", "Deposits of a depot.", "dep?t", ["depot"]),
    ("en", "Deposits of a depot.", "*its", ["Deposits"]),
    ("en", "The harbour and the labour.", "harbuor~", ["harbour"]),
    ("en", "Cafés and cafe.", "caf*", ["Cafés", "cafe"]),
    # scripts without spaces: the span
    ("zh", "我们在北京大学学习。", "北京大学", ["北京大学"]),
    ("zh", "我们在北京大学学习。", "大学", ["大学"]),
    ("zh", "我们在北京大学学习。", '"北京大学"', ["北京大学"]),
    ("zh", "北京和大学。", "北京 大学", ["北京", "大学"]),
    ("ja", "東京都に住む。", "東京都*", ["東京都"]),
    ("th", "การประชุมสันติภาพ.", "สันติภาพ", ["สันติภาพ"]),
    # filters mark nothing
    ("en", "The lamp.", "lamp lang:en", ["lamp"]),
    ("en", "The lamp.", "title:lamp OR lamp", ["lamp"]),
]


@pytest.fixture(scope="module")
def examples(kept: Keep) -> Library:
    """A document for each text of MARKS, called by its place there."""
    files: dict[str, str] = {}
    for at, (language, text, _, _) in enumerate(MARKS):
        files[f"{at}.txt"] = f"{text}\n\nOther things stand here."
        files[f"{at}.txt.meta.yaml"] = f"language: {language}\n" if language else ""
    return kept(files)


@pytest.mark.parametrize("at", range(len(MARKS)), ids=lambda at: MARKS[at][2])
def test_marks(examples: Library, at: int) -> None:
    _, text, query, marks = MARKS[at]
    results = examples.search(f"in:{at} {query}")
    assert [hit.passage.passage.text for hit in results.hits] == [text]
    assert marked(results.hits[0]) == marks


def test_an_incomplete_phrase_is_not_marked(write: Write, library: Library) -> None:
    write("doc.txt", "A red light, and a lamp.\n\nThe end of it.")
    library.maintenance.sync()
    (hit,) = library.search('light OR "red lamp"').hits
    assert marked(hit) == ["light"]


def test_the_second_tier_marks_what_is_there(write: Write, library: Library) -> None:
    write("doc.txt", "A red light, and a lamp.\n\nThe end of it.")
    library.maintenance.sync()
    (hit,) = library.search("lamp zebra").partial
    assert marked(hit) == ["lamp"]
    assert hit.missing == ("zebra",)


WORDS = [
    "lamp",
    "lamps",
    "rope",
    "ropes",
    "café",
    "cafe",
    "burning",
    "burned",
    "the",
    "of",
    "北京大学",
]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=120).map(" ".join)
word = st.sampled_from(WORDS)
phrase = st.lists(word, min_size=1, max_size=3).map(lambda words: '"' + " ".join(words) + '"')
clause = st.one_of(
    word,
    phrase,
    phrase.map(lambda text: text + "~2"),
    word.map(lambda text: text[:2] + "*"),
    word.map(lambda text: text + "~"),
    st.tuples(word, word).map(" OR ".join),
    st.tuples(word, phrase).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
)
queries = st.tuples(
    clause, st.lists(st.one_of(clause, word.map(lambda text: f"-{text}")), max_size=2)
)


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library whose one document says something else with each example."""
    folder = tmp_path_factory.mktemp("changing")
    put(folder / "corpus", "doc.txt.meta.yaml", b"language: en\n")
    changed = Settings(corpus=folder / "corpus", data=folder / "data")
    with open_inline(changed) as library:
        yield library


@given(texts=st.lists(sentences, min_size=1, max_size=4), query=queries)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_hit_is_marked_and_every_mark_finds_it(
    changing: Library, texts: list[str], query: tuple[str, list[str]]
) -> None:
    said = "\n\n".join(f"{text}." for text in texts)
    put(changing.settings.corpus, "doc.txt", said.encode())
    random.seed()  # Hypothesis makes it say the same each time, and Whoosh names its files by it
    changing.maintenance.sync()
    for hit in changing.search(" ".join([query[0], *query[1]])).hits:
        assert hit.marks
        assert not hit.missing
        text = hit.passage.passage.text
        assert_apart_and_within(hit.marks, text)
        assert_apart_and_within(hit.fragments, text)
        assert any(
            start <= mark[0] and mark[1] <= end
            for start, end in hit.fragments
            for mark in hit.marks
        )
        for start, end in hit.fragments:
            assert not {text[start - 1 : start], text[end : end + 1]} - {"", " "} or "北" in text
        for quoted in set(marked(hit)):
            found = changing.search(f'"{quoted}"').hits
            assert hit.passage.key in [each.passage.key for each in found]


def assert_apart_and_within(spans: tuple[Span, ...], text: str) -> None:
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
    assert spans[0][0] >= 0
    assert spans[-1][1] <= len(text)
