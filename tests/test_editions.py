"""Which ids stay, and with which text, when a document changes."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.document import Kind, Passage
from indexer.editions import align, similarity
from indexer.labels import local_id, split_label


def passages(*texts: str) -> list[Passage]:
    made = []
    for order, text in enumerate(texts, start=1):
        label, rest = split_label(text)
        made.append(Passage(order, Kind.PARAGRAPH, rest, label, natural_id=local_id(label)))
    return made


def first_edition(*texts: str) -> tuple[Passage, ...]:
    return align([], passages(*texts))


def ids(old: tuple[Passage, ...], *texts: str) -> list[str]:
    return [passage.id for passage in align(old, passages(*texts))]


FOUR = first_edition(
    "1. The parties shall meet once a year in the capital of one of them.",
    "2. The chair shall rotate among the parties in the order of their names.",
    "Nothing in this text prevents a party from withdrawing at any time.",
    "3. The depositary shall inform all parties of every ratification received.",
)


def test_first_ids_come_from_labels_else_from_the_order() -> None:
    assert [p.id for p in FOUR] == ["para-1", "para-2", "p3", "para-3"]


def test_a_label_used_twice_gives_its_id_once() -> None:
    assert [p.id for p in first_edition("1. One.", "2. Two.", "1. Another one.")] == [
        "para-1",
        "para-2",
        "p3",
    ]


def test_nothing_changed() -> None:
    assert align(FOUR, FOUR) == FOUR


def test_ids_follow_the_text_when_a_paragraph_is_inserted_and_the_numbers_shift() -> None:
    shifted = ids(
        FOUR,
        "1. A quite different opening was put before all the others.",
        "2. The parties shall meet once a year in the capital of one of them.",
        "3. The chair shall rotate among the parties in the order of their names.",
        "Nothing in this text prevents a party from withdrawing at any time.",
        "4. The depositary shall inform all parties of every ratification received.",
    )
    assert shifted == ["p4", "para-1", "para-2", "p3", "para-3"]


def test_a_reworded_paragraph_keeps_its_id() -> None:
    changed = ids(
        FOUR,
        "1. The parties shall meet twice a year in the capital of one of them.",
        FOUR[1].label + " " + FOUR[1].text,
        "Nothing in this agreement prevents any party from withdrawing at any time.",
        FOUR[3].label + " " + FOUR[3].text,
    )
    assert changed == ["para-1", "para-2", "p3", "para-3"]


def test_a_retired_id_is_not_given_again() -> None:
    without = align(FOUR, passages("1. " + FOUR[0].text, "2. " + FOUR[1].text))
    used = {p.id for p in FOUR}
    again = align(
        without, [*without, *passages("x", "y", "3. Brand new words stand here.")[2:]], used
    )
    assert [p.id for p in again] == ["para-1", "para-2", "p4"]


def test_equal_texts_stay_apart_and_in_order() -> None:
    old = first_edition("Agreed.", "First things come first.", "Agreed.")
    assert ids(old, "Agreed.", "First things come first.", "New.", "Agreed.") == [
        "p1",
        "p2",
        "p4",
        "p3",
    ]


def test_a_moved_paragraph_keeps_its_id() -> None:
    old = first_edition("Alpha comes first.", "Beta comes second.", "Gamma comes third.")
    assert ids(old, "Gamma comes third.", "Alpha comes first.", "Beta comes second.") == [
        "p3",
        "p1",
        "p2",
    ]


def test_similarity_is_of_words() -> None:
    assert similarity("a b c d", "a b c d") == 1
    assert similarity("a b c d", "a b x d") == 0.75
    assert similarity("a b c d", "e f g h") == 0


TEXTS = st.lists(
    st.text("abc ", min_size=1, max_size=12).map(lambda text: text.strip() or "a"), max_size=8
)


@given(editions=st.lists(TEXTS, min_size=1, max_size=5))
def test_over_any_history_ids_are_unique_and_never_change_hands(editions: list[list[str]]) -> None:
    old: tuple[Passage, ...] = ()
    used: set[str] = set()
    for texts in editions:
        new = align(old, passages(*texts), used)
        given_ids = [p.id for p in new]
        assert len(set(given_ids)) == len(given_ids)
        assert [p.text for p in new] == [p.text for p in passages(*texts)]
        fresh = set(given_ids) - {p.id for p in old}
        assert not fresh & used
        used |= set(given_ids)
        old = new
