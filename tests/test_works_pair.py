"""Which paragraph of one language version is which of the other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.document import Kind, Passage
from indexer.works.corridor import corridor
from indexer.works.features import features, figures, label_values
from indexer.works.pair import Ground, pair

ENGLISH = (
    ("", "The Council,"),
    ("", "Recalling its resolution 1591 (2005) and the statement of its President of 12 May,"),
    ("", "Noting with concern the situation of the people who had to leave their homes,"),
    ("1.", "Decides to extend the mandate of the Panel until 12 March 2021;"),
    ("2.", "Requests the Panel:"),
    ("(a)", "to report on its work, with the recommendations that it thinks useful;"),
    ("(b)", "to visit the region;"),
    ("3.", "Decides to remain seized of the matter."),
)
RUSSIAN = (
    ("", "Совет,"),
    ("", "ссылаясь на свою резолюцию 1591 (2005) и заявление своего Председателя от 12 мая,"),
    ("", "отмечая с озабоченностью положение людей, которым пришлось покинуть свои дома,"),
    ("1.", "постановляет продлить мандат Группы до 12 марта 2021 года;"),
    ("2.", "просит Группу:"),
    ("а)", "доложить о своей работе, с рекомендациями, которые она сочтет полезными;"),
    ("b)", "посетить регион;"),
    ("3.", "постановляет продолжать заниматься этим вопросом."),
)


def passages(*said: tuple[str, str]) -> list[Passage]:
    return [Passage(n, Kind.PARAGRAPH, text, label) for n, (label, text) in enumerate(said, 1)]


def places(left: list[Passage], right: list[Passage]) -> list[tuple[tuple[int, ...], ...]]:
    return [(each.left, each.right) for each in pair(left, right)]


def test_versions_with_the_same_paragraphs_are_joined_one_by_one() -> None:
    joined = pair(passages(*ENGLISH), passages(*RUSSIAN))
    assert [(each.left, each.right) for each in joined] == [((n,), (n,)) for n in range(8)]
    assert [each.ground for each in joined[3:]] == [Ground.NUMBER] * 5
    assert {each.ground for each in joined[:3]} == {Ground.ORDER}
    assert joined[3].doubt == 0 < joined[0].doubt


def test_a_paragraph_that_one_version_lacks_has_no_counterpart() -> None:
    shorter = (*RUSSIAN[:2], *RUSSIAN[3:])
    joined = pair(passages(*ENGLISH), passages(*shorter))
    lone = [each for each in joined if not each.right]
    assert [(each.left, each.ground) for each in lone] == [((2,), Ground.NONE)]
    assert ((3,), (2,)) in places(passages(*ENGLISH), passages(*shorter))


def test_a_paragraph_that_one_version_parts_is_joined_to_both_parts() -> None:
    first = "ссылаясь на свою резолюцию 1591 (2005),"
    second = "ссылаясь также на заявление своего Председателя от 12 мая,"
    parted = (RUSSIAN[0], ("", first), ("", second), *RUSSIAN[2:])
    joined = pair(passages(*ENGLISH), passages(*parted))
    (several,) = (each for each in joined if len(each.right) > 1)
    assert (several.left, several.right) == ((1,), (1, 2))
    assert several.doubt > joined[0].doubt


def test_a_heading_that_one_version_prints_as_a_paragraph_moves_nothing() -> None:
    headed = (*RUSSIAN[:3], ("", "Меры"), *RUSSIAN[3:])
    joined = places(passages(*ENGLISH), passages(*headed))
    assert ((), (3,)) in joined
    assert ((3,), (4,)) in joined
    assert ((2,), (2,)) in joined


def test_a_contradiction_raises_the_doubt() -> None:
    one = passages(("1.", "The term ends on 12 March 2021, as resolution 1591 has it."))
    other = passages(("1.", "Le mandat prend fin le 30 juin 1998, selon la résolution 2508."))
    (joined,) = pair(one, other)
    assert joined.ground is Ground.NUMBER
    assert joined.conflicts
    assert joined.doubt > 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.", "1 -"),
        ("(a)", "(أ)"),
        ("(c)", "(ج)"),
        ("(i)", "’1‘"),
        ("(e)", "(هـ)"),
        ("(b)", "㈡"),
        ("(c)", "с)"),
        ("5.", "٥ -"),
        ("3.", "三、"),
        ("Article 3", "第三条"),
        ("5 bis.", "5 bis"),
    ],
)
def test_a_number_is_the_same_in_every_script(one: str, other: str) -> None:
    assert not label_values(one).isdisjoint(label_values(other))


@pytest.mark.parametrize(
    ("one", "other"), [("1.", "2 -"), ("(a)", "(ب)"), ("", "1."), ("5.", "5 bis.")]
)
def test_other_numbers_are_not(one: str, other: str) -> None:
    assert label_values(one).isdisjoint(label_values(other))


def test_figures_are_read_in_every_script_and_however_they_are_grouped() -> None:
    assert figures("1,920 of 13 289 in 2021, 7 of them") == {"1920", "13289", "2021"}
    assert figures("١٩٢٠") == {"1920"}


_WORDS = st.text("abcdef .,", max_size=40)
_TEXTS = st.lists(st.tuples(st.sampled_from(["", "1.", "2.", "(a)", "(i)"]), _WORDS), max_size=14)


@given(_TEXTS, _TEXTS)
def test_every_passage_comes_once_and_in_order(
    left: list[tuple[str, str]], right: list[tuple[str, str]]
) -> None:
    joined = pair(passages(*left), passages(*right))
    assert [at for each in joined for at in each.left] == list(range(len(left)))
    assert [at for each in joined for at in each.right] == list(range(len(right)))
    assert all(0 <= each.doubt <= 1 for each in joined)


@given(_TEXTS)
def test_a_text_is_its_own_translation(said: list[tuple[str, str]]) -> None:
    texts = [(f"{n}.", f"{text} {n + 1000}") for n, (_, text) in enumerate(said)]
    joined = places(passages(*texts), passages(*texts))
    assert joined == [((n,), (n,)) for n in range(len(texts))]


def test_a_long_text_with_a_part_left_out() -> None:
    long = [(f"{n}.", f"Paragraph of the year {n + 1000}, word after word.") for n in range(250)]
    shorter = [*long[:100], *long[140:]]
    joined = places(passages(*long), passages(*shorter))
    assert ((99,), (99,)) in joined
    assert ((140,), (100,)) in joined
    assert sum(not right for _, right in joined) == 40


@pytest.mark.parametrize(("many", "few"), [(400, 3), (3, 400), (0, 5), (5, 0), (0, 0), (1, 300)])
def test_texts_of_very_different_lengths_are_joined_from_end_to_end(many: int, few: int) -> None:
    left = [(f"{n}." if n % 7 == 0 else "", f"Word {n % 5} of this.") for n in range(many)]
    right = [("", f"Autre {n % 3} mot.") for n in range(few)]
    joined = places(passages(*left), passages(*right))
    assert [at for here, _ in joined for at in here] == list(range(many))
    assert [at for _, there in joined for at in there] == list(range(few))


def test_where_little_is_in_common_the_corridor_is_narrower() -> None:
    left, right = (features(passages(*(("", "A word.") for _ in range(n)))) for n in (4000, 3000))
    rows = corridor(left, right)
    assert sum(most - least for least, most in rows) < 300_000
    assert rows[0][0] == 0
    assert rows[-1][1] == 3000
    assert all(one[1] >= other[0] for one, other in pairwise(rows))
