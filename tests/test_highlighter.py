"""The highlighter by itself: a text, and what is wanted in it."""

import pytest

from indexer.analysis import analyzer
from indexer.search.clauses import Wanted
from indexer.search.highlighter import Highlighter, Highlights


def inflected(word: str, language: str = "en") -> Wanted:
    return Wanted(stems=frozenset(analyzer.stems(word, [language])))


def as_written(*words: str) -> Wanted:
    return Wanted(words=frozenset(words))


def phrase(words: str, slop: int | None = None) -> Wanted:
    return Wanted(runs=((tuple(words.split()), slop),))


def marked(text: str, found: Highlights) -> list[str]:
    return [text[start:end] for start, end in found.spans]


def shown(text: str, found: Highlights) -> list[str]:
    return [text[start:end] for start, end in found.fragments]


@pytest.mark.parametrize(
    ("language", "text", "wanted", "marks"),
    [
        ("en", "They were talking; he talks.", [inflected("talk")], ["talking", "talks"]),
        ("en", "TALK of talks.", [as_written("talk")], ["TALK"]),
        ("de", "Die Häuser am Fluss.", [inflected("haus", "de")], ["Häuser"]),
        ("en", "A cafe\u0301 here.", [as_written("café")], ["cafe\u0301"]),
        ("en", "Red, lamp.", [phrase("red lamp")], ["Red, lamp"]),
        ("en", "A red light, and a lamp.", [phrase("red lamp")], []),
        ("en", "One two three.", [phrase("one two"), phrase("two three")], ["One two three"]),
        ("en", "Red and blue lamp.", [phrase("lamp red", 2)], ["Red", "lamp"]),
        ("en", "Red a b c lamp.", [phrase("lamp red", 2)], []),
        ("en", "Deposits of a depot.", [as_written("deposits", "depot")], ["Deposits", "depot"]),
        ("zh", "我们在北京大学学习。", [phrase("北京 京大 大学")], ["北京大学"]),
        ("en", "Nothing here.", [], []),
        ("en", "", [as_written("lamp")], []),
    ],
)
def test_marks(language: str, text: str, wanted: list[Wanted], marks: list[str]) -> None:
    assert marked(text, Highlighter(wanted)(text, language)) == marks


def test_what_has_no_mark_is_missing() -> None:
    wanted = [as_written("lamp"), as_written("zebra"), phrase("red lamp")]
    assert Highlighter(wanted)("A lamp.", "en").missing == (1, 2)


def long_text(**words: str) -> str:
    """A text of 200 words, `w000` to `w199`, with others in the place of some of them."""
    return " ".join(words.get(f"w{n:03}", f"w{n:03}") for n in range(200)) + "."


@pytest.mark.parametrize("count", [1, 79, 80])
def test_a_short_text_is_shown_whole(count: int) -> None:
    text = " ".join(["lamp", *(f"w{n}" for n in range(count - 1))]) + "."
    assert shown(text, Highlighter([as_written("lamp")])(text, "en")) == [text]


def test_a_long_text_without_a_mark_is_shown_from_its_start() -> None:
    text = long_text()
    (fragment,) = shown(text, Highlighter([as_written("lamp")])(text, "en"))
    assert text.startswith(fragment)
    assert len(fragment.split()) == 30


@pytest.mark.parametrize(
    ("words", "query", "fragments"),
    [
        ({"w100": "lamp"}, "lamp", [("w095", "w124")]),
        ({"w000": "lamp"}, "lamp", [("lamp", "w029")]),
        ({"w199": "lamp"}, "lamp", [("w170", "lamp.")]),
        ({"w050": "lamp", "w150": "rope"}, "lamp rope", [("w045", "w074"), ("w145", "w174")]),
        ({"w150": "lamp", "w050": "rope"}, "lamp rope", [("w045", "w074"), ("w145", "w174")]),
        ({"w050": "lamp", "w060": "rope", "w150": "rope"}, "lamp rope", [("w045", "w074")]),
        ({"w050": "lamp", "w100": "lamp", "w110": "lamp"}, "lamp", [("w095", "w124")]),
    ],
)
def test_fragments(words: dict[str, str], query: str, fragments: list[tuple[str, str]]) -> None:
    text = long_text(**words)
    found = Highlighter([as_written(word) for word in query.split()])(text, "en")
    assert [(each.split()[0], each.split()[-1]) for each in shown(text, found)] == fragments


def test_a_fragment_does_not_cut_through_a_mark() -> None:
    text = long_text()
    words = " ".join(f"w{n:03}" for n in range(60, 100))
    found = Highlighter([phrase(words)])(text, "en")
    assert marked(text, found) == [words]
    assert any(words in fragment for fragment in shown(text, found))
