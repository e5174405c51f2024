"""A quotation beside a text: the verdict, what differs, and what denies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.quotations.compare import Comparison, compare
from indexer.quotations.negations import denying
from indexer.quotations.pieces import PieceKind
from indexer.quotations.text import Quoted, Source
from indexer.quotations.verdicts import SOUND, Verdict
from indexer.quotations.words import Words

TEXT = (
    "Decides that all Member States shall not take any of the measures, and shall report to the "
    "Council; and requests the Secretary-General to “inform” the Committee within 90 days of every "
    "such measure, as from 1 March 2004, without delay."
)


def judged(quotation: str, text: str = TEXT, language: str = "en") -> Comparison:
    return compare(Quoted(quotation), Source(text, language))


@pytest.mark.parametrize(
    ("quotation", "verdict"),
    [
        ("all Member States shall not take any of the measures", Verdict.AS_WRITTEN),
        ("all Member States\nshall  not take any", Verdict.AS_WRITTEN),
        ("shall not take any of the measures.", Verdict.AS_WRITTEN),  # a stop at the end
        ("to “inform” the Committee within 90 days", Verdict.AS_WRITTEN),
        ("ALL Member States shall not take any", Verdict.TYPOGRAPHY),
        ("[a]ll member States shall not take any", Verdict.TYPOGRAPHY),
        ("the Secretary General to ‘inform’ the Com-\nmittee", Verdict.TYPOGRAPHY),
        ("all Member States, shall not take any", Verdict.TYPOGRAPHY),
        ("as from 1 March ２００４, without delay", Verdict.TYPOGRAPHY),
        ("all Member States shall … the measures", Verdict.SHORTENED),
        ("all Member States [...] report to the Council", Verdict.SHORTENED),
        ("take any of the measures, and shall report", Verdict.SHORTENED),  # "not" before it
        ("all Member States shall take any of the measures", Verdict.ALTERED),
        ("shall not take any of the steps", Verdict.ALTERED),
        ("as from 1 March 2005, without delay", Verdict.ALTERED),
        ("all Member States [of the Union] shall not take any of the measures", Verdict.ALTERED),
        ("shall report to the Council all Member States shall not take", Verdict.STITCHED),
        ("report to the Council … all Member States shall not take", Verdict.STITCHED),
        ("the price of fish in all of the ports has risen", Verdict.ABSENT),
    ],
)
def test_the_verdict(quotation: str, verdict: Verdict) -> None:
    assert judged(quotation).verdict is verdict


def test_what_an_ellipsis_swallowed_is_shown_and_said_loudly_if_it_denies() -> None:
    quotation = "all Member States shall … take any of the measures"
    found = judged(quotation)
    (cut,) = (piece for piece in found.pieces if piece.kind is PieceKind.CUT)
    assert TEXT[slice(*cut.source)] == "not"
    assert cut.denies
    assert found.denies


def test_a_denial_just_before_the_quotation_is_said() -> None:
    found = judged("take any of the measures, and shall report")
    assert [TEXT[slice(*place)] for place in found.denied] == ["not"]


def test_a_denial_in_another_sentence_denies_nothing_of_it() -> None:
    assert (
        judged("all States must report", "They did not. But all States must report.").verdict
        in SOUND
    )
    text = "It is not so; all States must report at once."
    assert judged("all States must report at once", text).verdict is Verdict.AS_WRITTEN


def test_words_in_square_brackets_are_the_writers_own_and_said_to_be() -> None:
    found = judged("all Member States [of the Union] shall not take any of the measures")
    assert found.is_declared
    assert not judged("all Member States of the Union shall not take any").is_declared


def test_a_silent_cut_is_an_alteration_with_what_is_missing() -> None:
    quotation = (
        "all Member States shall not take any of the measures requests the Secretary-General"
    )
    (missing,) = (p for p in judged(quotation).pieces if p.kind is PieceKind.MISSING)
    assert TEXT[slice(*missing.source)] == "and shall report to the Council; and"


def test_a_space_alone_does_not_make_one_word_of_two() -> None:
    assert (
        judged("then they go no where at all here", "Then they go nowhere at all here.").verdict
        is Verdict.ALTERED
    )
    text = "Calls for co-operation of all States in this field."
    assert judged("cooperation of all States in this field", text).verdict is Verdict.TYPOGRAPHY


def test_numbers_are_told_apart_by_every_sign() -> None:
    text = "a sum of 1,000 dollars and 10⁶ grains for each"
    assert judged("a sum of 1.000 dollars and", text).verdict is Verdict.ALTERED
    assert judged("dollars and 106 grains for each", text).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("text", "with_it", "without", "language"),
    [
        (
            "All States shall not use force here",
            "shall not use force here",
            "shall use force here",
            "en",
        ),
        (
            "Les États n'emploient pas la force ici",
            "États n'emploient pas la force ici",
            "États emploient la force ici",
            "fr",
        ),
        (
            "Los Estados no usarán la fuerza aquí",
            "Estados no usarán la fuerza aquí",
            "Estados usarán la fuerza aquí",
            "es",
        ),
        (
            "Все государства не применяют силу здесь",
            "государства не применяют силу здесь",
            "государства применяют силу здесь",
            "ru",
        ),
        ("各国在此不得使用任何武力。", "各国在此不得使用任何武力", "各国在此得使用任何武力", "zh"),
        (
            "على جميع الدول ألا تستخدم القوة هنا",
            "جميع الدول ألا تستخدم القوة هنا",
            "جميع الدول تستخدم القوة هنا",
            "ar",
        ),
        (
            "Die Staaten wenden hier keine Gewalt an",
            "Staaten wenden hier keine Gewalt an",
            "Staaten wenden hier Gewalt an",
            "de",
        ),
    ],
)
def test_a_changed_denial_is_an_alteration_and_is_said(
    text: str, with_it: str, without: str, language: str
) -> None:
    assert judged(with_it, text, language).verdict is Verdict.AS_WRITTEN
    left_out = judged(without, text, language)
    assert left_out.verdict is Verdict.ALTERED
    assert left_out.denies
    put_in = judged(with_it, text.replace(with_it, without), language)
    assert put_in.verdict is Verdict.ALTERED
    assert put_in.denies


def test_signs_that_deny_are_told_from_words_that_contain_them() -> None:
    assert not denying(Words("非洲国家不仅在莫桑比克，未来亦然").keys, "zh")
    assert denying(Words("未经同意不得使用").keys, "zh") == [0, 4]


def test_denials_of_an_unknown_language_are_those_of_any() -> None:
    assert denying(["we", "do", "not"], "xx") == [2]
    assert denying(["they", "don", "t"], "en") == [2]
    assert denying(["ولا", "يجوز", "وليس"], "ar") == [0, 2]


_WORDS = st.lists(
    st.sampled_from(
        [
            "all",
            "States",
            "shall",
            "not",
            "take",
            "any",
            "of",
            "the",
            "measures",
            "and",
            "report",
            "to",
            "Council",
        ]
    ),
    min_size=12,
    max_size=40,
)


@given(_WORDS, st.data())
def test_what_is_copied_is_as_written(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 5))
    end = data.draw(st.integers(start + 5, len(words)))
    found = judged(" ".join(words[start:end]), " ".join(words))
    assert found.verdict in {Verdict.AS_WRITTEN, Verdict.SHORTENED}
    assert found.verdict is Verdict.AS_WRITTEN or found.denied


@given(_WORDS, st.data())
def test_with_another_word_in_it_nothing_is_sound(words: list[str], data: st.DataObject) -> None:
    changed = words.copy()
    at = data.draw(st.integers(0, len(words) - 1))
    change = data.draw(st.sampled_from(["replaced", "added"]))
    changed[at : at + (change == "replaced")] = ["never"]
    found = judged(" ".join(changed), " ".join(words))
    assert found.verdict not in SOUND


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(quotation: str, text: str) -> None:
    quoted = Quoted(quotation)
    found = compare(quoted, Source(text))
    for piece in found.pieces:
        assert 0 <= piece.quoted[0] <= piece.quoted[1] <= len(quotation)
        assert 0 <= piece.source[0] <= piece.source[1] <= len(text)
