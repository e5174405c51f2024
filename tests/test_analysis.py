"""Text and the terms it gives."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.analyzer import analyze, joined, plain, terms
from indexer.analysis.tokenizer import is_intricate


@pytest.mark.parametrize(
    ("text", "language", "exact", "stem"),
    [
        (
            "The Ministers agreed",
            "en",
            ["the", "ministers", "agreed"],
            ["en:the", "en:minist", "en:agre"],
        ),
        ("Ministers", "", ["ministers"], ["ministers"]),
        ("ministers", "en-GB", ["ministers"], ["en:minist"]),
        ("café CAFE", "fr", ["café", "cafe"], ["fr:caf", "fr:caf"]),
        ("Straße STRASSE", "de", ["strasse", "strasse"], ["de:strass", "de:strass"]),
        ("Japan’s COVID-19", "", ["japan", "s", "covid", "19"], ["japan", "s", "covid", "19"]),
        ("snake_case", "", ["snake", "case"], ["snake", "case"]),
        ("ﬁne ＡＢＣ", "", ["fine", "abc"], ["fine", "abc"]),
        ("Łódź", "pl", ["łódź"], ["lodz"]),
        ("世界人权", "zh", ["世界", "界人", "人权"], ["世界", "界人", "人权"]),
        ("人 abc", "zh", ["人", "abc"], ["人", "abc"]),
        ("हिन्दी", "", ["हिन्दी"], ["हिन्दी"]),
        ("arbeid", "nn", ["arbeid"], ["nb:arbeid"]),
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
        assert word in alone.exact
        assert alone.spans([0])[0][1] <= end - start


@given(
    text=st.text(max_size=60) | st.text("aB ._-–’é\u0301ﷺ人" + "x" * 9, max_size=150),
    language=st.sampled_from(["", "en", "fr", "zh"]),
)
def test_the_fast_ways_give_the_same_terms(text: str, language: str) -> None:
    slow = [each[0] for each in slowly(text, language)]
    assert terms(text, language)[0] == slow
    assert terms(text, language)[1] == [each[1] for each in slowly(text, language)]
    found = analyze(text, language)
    more = [each.stem for each in found.others(None)]
    exact, stem = (each.split() for each in joined(text, language))
    assert (exact, sorted(stem)) == (found.exact, sorted([*found.stem, *more]))
    assert stem[: len(exact)] == found.stem
    if plain(text):
        assert [word for word in plain(text).split() if len(word) <= 100] == slow


def slowly(text: str, language: str) -> list[tuple[str, str]]:
    """The terms of `text` with a mark that belongs to no word at its end, which is never plain."""
    found = analyze(text + " \u0301", language)
    return list(zip(found.exact, found.stem, strict=True))


def test_a_word_that_is_too_long_is_no_term() -> None:
    assert terms(f"a {'b' * 101} c", "")[0] == ["a", "c"]
    assert joined(f"a {'b' * 101} c", "en") == ("a c", "en:a en:c")


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


def test_a_sign_for_several_words_is_several_terms() -> None:
    found = analyze("ﷺ 3½", "ar")
    assert found.exact == ["صلى", "الله", "عليه", "وسلم", "3", "1", "2"]
    assert found.spans(range(7)) == [(0, 1)] * 4 + [(2, 3)] + [(3, 4)] * 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("co\u00adoperation", "cooperation"),
        ("co\u200boperation \ufeffand\u200e", "cooperation and"),
        ("mi\u0301o", "mío"),
        ("ﬁnance oﬃce", "finance office"),
        ("شـــكرا", "شكرا"),
        ("مُحَمَّد", "محمد"),
        ("می\u200cخواهم", "میخواهم"),
        ("שָׁלוֹם", "שלום"),
        ("צה״ל", "צהל"),
        ('צה"ל', "צהל"),
        ("ｶﾞｲﾄﾞﾗｲﾝ", "ガイドライン"),
        ("협력", "협력"),
        ("ﾡￂ", "가"),
        ("DIŞİŞLERİ", "dışişleri"),
        ("Qurʼan Hawai\u02bbi", "Qur'an Hawai’i"),
        ("ＣＯＯＰ１２", "coop12"),
    ],
)
def test_typography_is_no_part_of_a_word(one: str, other: str) -> None:
    assert analyze(one, "").exact == analyze(other, "").exact
    assert analyze(one, "tr").stem == analyze(other, "tr").stem


@given(st.text(st.characters(max_codepoint=127), max_size=80))
def test_plain_ascii_is_parted_by_its_signs_alone(text: str) -> None:
    assert analyze(text, "").exact == re.findall("[a-z0-9]+", text.lower())


@pytest.mark.parametrize(
    ("text", "language", "more"),
    [
        ("co-operating", "en", {"en:cooper"}),
        ("co‑operation", "en", {"en:cooper"}),
        ("state-of-the-art", "", {"stateoftheart"}),
        ("COVID–19", "", {"covid19"}),
        ("from 2020-08-11 to A/RES/70/1", "", set()),
        ("1,234,567", "", {"1234567"}),
        ("1.234.567", "en", {"en:1234567"}),
        ("1\u00a0234\u00a0567 and 1’234", "", {"1234567", "1234"}),
        ("1\u202f234\u202f567", "fr", {"fr:1234567"}),
        ("12,34,567", "hi", {"hi:1234567"}),
        ("1.500", "en", set()),
        ("1.500", "de", {"de:1500"}),
        ("1,500", "de", set()),
        ("0,500 and 2010,2011", "", set()),
        ("the U.S.", "en", {"en:us", "en:\x04us"}),
        ("give us and the US", "en", {"en:\x04us"}),
        ("N.A.T.O.", "en", {"en:nato"}),
        ("NATO", "en", set()),
        ("GIVE US FREEDOM", "en", set()),
        ("EE.UU.", "es", {"es:eeuu"}),
        ("Р.Ф.", "ru", {"ru:рф", "ru:\x04рф"}),
        ("Ε.Ε.", "el", {"el:εε", "el:\x04εε"}),
        ("example.org www.un.org", "", set()),
        (
            "有1,000人在US和U.N.的COVID-19会议",
            "zh",
            {"1000", "un", "covid19", "\x04us", "\x04un"},
        ),
        ("회원국은 1,000명, UN은", "ko", {"1000", "\x04un"}),
    ],
)
def test_other_forms_of_words(text: str, language: str, more: set[str]) -> None:
    assert {each.stem for each in analyze(text, language).others(None)} == more


def test_other_forms_stand_for_their_words() -> None:
    found = analyze("Of the U.S. and co-operation", "en")
    assert [tuple(each) for each in found.others(None)] == [
        ("en:us", 2, 3),
        ("en:\x04us", 2, 3),
        ("en:cooper", 5, 6),
    ]
