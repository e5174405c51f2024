"""Text and the terms it gives."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.analyzer import analyze, joined, plain, terms
from indexer.analysis.tokenizer import is_intricate


@pytest.mark.parametrize(
    ("text", "language", "exact", "stem"),
    [
        ("The Ministers agreed", "en", ["the", "ministers", "agreed"], ["the", "minist", "agre"]),
        ("Ministers", "", ["ministers"], ["ministers"]),
        ("ministers", "en-GB", ["ministers"], ["minist"]),
        ("café CAFE", "fr", ["café", "cafe"], ["caf", "caf"]),
        ("Straße STRASSE", "de", ["strasse", "strasse"], ["strass", "strass"]),
        ("Japan’s COVID-19", "en", ["japan", "s", "covid", "19"], ["japan", "s", "covid", "19"]),
        ("snake_case", "en", ["snake", "case"], ["snake", "case"]),
        ("ﬁne ＡＢＣ", "", ["fine", "abc"], ["fine", "abc"]),
        ("Łódź", "pl", ["łódź"], ["lodz"]),
        ("世界人权", "zh", ["世界", "界人", "人权"], ["世界", "界人", "人权"]),
        ("人 abc", "zh", ["人", "abc"], ["人", "abc"]),
        ("हिन्दी", "", ["हिन्दी"], ["हिन्दी"]),
        ("", "en", [], []),
        ("?! —", "en", [], []),
    ],
)
def test_terms(text: str, language: str, exact: list[str], stem: list[str]) -> None:
    assert terms(text, language) == (exact, stem)


def test_a_decomposed_accent_is_the_same_word() -> None:
    assert terms("cafe\u0301", "fr") == terms("café", "fr")


@given(text=st.text(max_size=60), language=st.sampled_from(["", "en", "ar", "zh", "xx"]))
def test_spans_are_where_the_terms_stand(text: str, language: str) -> None:
    found = analyze(text, language)
    assert (found.exact, found.stem) == terms(text, language)
    every = range(len(found.exact))
    spans = found.spans(every)
    assert spans == sorted(spans)
    assert found.spans(every[::2]) == spans[::2]
    for (start, end), word in zip(spans, found.exact, strict=True):
        alone = analyze(text[start:end], language)
        assert (alone.exact, alone.spans([0])) == ([word], [(0, end - start)])


@given(
    text=st.text(max_size=60) | st.text("aB ._-–’é\u0301ﷺ人" + "x" * 9, max_size=150),
    language=st.sampled_from(["", "en", "fr", "zh"]),
)
def test_the_fast_ways_give_the_same_terms(text: str, language: str) -> None:
    slow = [each[0] for each in slowly(text, language)]
    assert terms(text, language)[0] == slow
    assert terms(text, language)[1] == [each[1] for each in slowly(text, language)]
    assert tuple(each.split() for each in joined(text, language)) == terms(text, language)
    if plain(text):
        assert [word for word in plain(text).split() if len(word) <= 100] == slow


def slowly(text: str, language: str) -> list[tuple[str, str]]:
    """The terms of `text` with a mark that belongs to no word at its end, which is never plain."""
    found = analyze(text + " \u0301", language)
    return list(zip(found.exact, found.stem, strict=True))


def test_a_word_that_is_too_long_is_no_term() -> None:
    assert terms(f"a {'b' * 101} c", "")[0] == ["a", "c"]
    assert joined(f"a {'b' * 101} c", "en") == ("a c", "a c")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The *Ministers*", "the  ministers "),
        ("l’État, c’est", "l état  c est"),
        ("Ὀδυσσεύς_a", "ὀδυσσεύσ a"),
        ("Straße", ""),
        ("cafe\u0301", ""),
        ("世界", ""),
        ("ﬁne", ""),
    ],
)
def test_plain_texts_keep_their_offsets(text: str, folded: str) -> None:
    assert plain(text) == folded


def test_whatever_has_a_combining_mark_is_intricate() -> None:
    marks = [c for c in map(chr, range(0x20000)) if unicodedata.category(c) in ("Mn", "Mc")]
    assert all(map(is_intricate, marks))
    assert not any(map(is_intricate, ("", "The *Ministers*", "l’État, c’est", "Ὀδυσσεύς", "съезд")))


def test_no_term_contains_white_space() -> None:
    assert terms("ﷺ", "ar")[0] == ["صلىاللهعليهوسلم"]
