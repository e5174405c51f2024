"""Which ids stay, and with which text, when a document changes."""

from collections.abc import Mapping

from indexer.document import Kind, Passage
from indexer.editions.align import align
from indexer.labels import local_id, split_label


def passages(*texts: str) -> list[Passage]:
    made = []
    for order, text in enumerate(texts, start=1):
        label, rest = split_label(text)
        made.append(Passage(order, Kind.PARAGRAPH, rest, label, natural_id=local_id(label)))
    return made


def first_edition(*texts: str) -> tuple[Passage, ...]:
    return align([], passages(*texts))


def ids(
    old: tuple[Passage, ...], *texts: str, retired: Mapping[str, str] | None = None
) -> list[str]:
    return [passage.id for passage in align(old, passages(*texts), retired)]


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


def test_a_retired_id_is_not_given_to_another() -> None:
    without = align(FOUR, passages("1. " + FOUR[0].text, "2. " + FOUR[1].text))
    retired = {p.id: p.text for p in FOUR[2:]}
    again = align(
        without, [*without, *passages("x", "y", "3. Brand new words stand here.")[2:]], retired
    )
    assert [p.id for p in again] == ["para-1", "para-2", "p4"]


def test_a_text_that_comes_back_word_for_word_gets_its_id_back() -> None:
    said = [f"{p.label} {p.text}".strip() for p in FOUR]
    without = align(FOUR, passages(*said[:2]))
    retired = {p.id: p.text for p in FOUR[2:]}
    assert ids(without, "7. Wholly new.", *said, retired=retired) == [
        "para-7",
        *(p.id for p in FOUR),
    ]


def test_copies_of_a_text_come_back_one_after_the_other() -> None:
    retired = {"p1": "Agreed.", "p2": "Agreed."}
    assert ids((), "Agreed.", "Agreed.", "Agreed.", retired=retired) == ["p1", "p2", "p3"]


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


def test_the_label_that_a_passage_has_now_stands_beside_the_id_it_has_for_good() -> None:
    shifted = align(FOUR, passages("1. Wholly new.", "2. " + FOUR[0].text))
    assert [(p.id, p.label) for p in shifted] == [("p4", "1."), ("para-1", "2.")]


def test_another_text_under_a_label_does_not_take_its_id() -> None:
    assert ids(
        FOUR,
        "1. The parties shall meet once a year in the capital of one of them.",
        "2. Disputes go to a court that the parties agree upon.",
        "3. The chair shall rotate among the parties in the order of their names.",
    ) == ["para-1", "p4", "para-2"]


def test_a_text_reworded_by_half_keeps_its_id_under_the_same_label() -> None:
    text = "the chair shall rotate every spring among those parties that wish it"
    assert ids(FOUR, f"2. {text}") == ["para-2"]
    assert ids(FOUR, f"7. {text}") == ["para-7"]


def test_a_label_is_evidence_wherever_it_has_moved_to() -> None:
    old = first_edition("Sea.", "Ice.", "Sun.", "Fog.", "Dew.", f"2. {FOUR[1].text}", "End.")
    changed = "2. the chair shall rotate every spring among those parties that wish it"
    assert ids(old, "Fir.", changed, "Oak.", "Ash.", "Elm.", "Yew.", "Box.")[1] == "para-2"


def test_a_text_reworded_by_half_keeps_its_id_beside_the_same_neighbour() -> None:
    old = first_edition(
        "This stands before it and is left as it was.",
        "The chair shall rotate among the parties in the order of their names.",
    )
    changed = "The chair shall rotate every spring among those parties that wish it."
    assert ids(old, "This stands before it and is left as it was.", changed) == ["p1", "p2"]
    assert ids(old, "Something.", changed, "Something else.") == ["p3", "p4", "p5"]


def test_a_text_reworded_in_a_script_without_spaces_keeps_its_id() -> None:
    old = first_edition("人人生而自由，在尊严和权利上一律平等。", "任何人不得使为奴隶或奴役。")
    new = "任何人都不得被使为奴隶或者奴役。", "人人生来自由，在尊严与权利上一律平等。"
    assert ids(old, *new) == ["p2", "p1"]


SPLIT = (
    "The secretariat prepares the agenda for each meeting and sends it to every party.",
    "A party may add a subject until two weeks before the day on which the meeting opens.",
    "Late subjects wait.",
)


def test_a_split_passage_leaves_its_id_to_the_piece_that_is_most_like_it() -> None:
    old = first_edition(" ".join(SPLIT))
    assert ids(old, *SPLIT) == ["p2", "p1", "p3"]


def test_the_label_decides_between_pieces_that_are_equally_alike() -> None:
    halves = "one two three four five six", "seven eight nine ten eleven twelve"
    old = first_edition("Above.", "2. " + " ".join(halves))
    assert ids(old, "Above.", "1. " + halves[0], "2. " + halves[1]) == ["p1", "para-1", "para-2"]
    assert ids(old, "Above.", "2. " + halves[0], "3. " + halves[1]) == ["p1", "para-2", "para-3"]


def test_a_passage_split_into_many_is_not_lost() -> None:
    fours = ["a b c d e f g", "h i j k l m n o", "p q r s t u v", "w x y z aa bb cc"]
    assert ids(first_edition(" ".join(fours)), *fours) == ["p2", "p1", "p3", "p4"]


def test_merged_passages_leave_the_id_of_the_one_that_is_most_of_the_text() -> None:
    assert ids(first_edition(*SPLIT), " ".join(SPLIT)) == ["p2"]


def test_sections_change_places() -> None:
    fish = [f"Fish number {n} is described in some words: {'fin ' * n}" for n in range(1, 6)]
    whales = [f"Whale number {n} is described in other words: {'fluke ' * n}" for n in range(1, 4)]
    old = first_edition(*fish, "Agreed.", *whales, "Agreed.")
    moved = ids(old, *whales, "Agreed.", *fish, "Agreed.")
    assert moved == ["p7", "p8", "p9", "p10", "p1", "p2", "p3", "p4", "p5", "p6"]


def test_copies_go_with_their_neighbours_even_where_those_are_reworded() -> None:
    rules = [p.text for p in FOUR[:3]]
    old = first_edition(rules[0], "Agreed.", rules[1], "Agreed.", rules[2], "Agreed.", "Paris.")
    new = rules[0].replace("once", "twice"), "Agreed.", rules[2].replace("text", "rule"), "Agreed."
    assert ids(old, *new, "Geneva.") == ["p1", "p2", "p5", "p6", "p8"]


def test_a_copy_that_was_moved_and_reworded_keeps_its_id() -> None:
    old = first_edition("Ships.", "Each pays ten francs a year.", "Boats.", *FEES)
    new = "Ships.", "Rafts.", *FEES, "Each pays eleven francs a year."
    assert ids(old, *new, "More.") == ["p1", "p7", "p4", "p5", "p6", "p2", "p8"]


FEES = "Each pays ten francs a year.", "Planes.", "Each pays ten francs a year."


def test_rows_that_differ_by_their_numbers_alone_keep_their_order() -> None:
    old = first_edition("Catch.", *(f"tons of fish landed {n}" for n in range(100)))
    new = "New.", "Catch.", *(f"tons of fish landed {n + 1000}" for n in range(100))
    assert ids(old, *new) == ["p102", "p1", *(f"p{n + 2}" for n in range(100))]


def test_equally_alike_texts_are_looked_for_at_their_place_first() -> None:
    rows = [f"tons of fish landed {n}" for n in range(5)]
    old = first_edition(*rows[:3], "Catch of the south.", *rows[3:])
    new = "tons of fish landed 10", "Catch of the south.", "tons of fish landed 11", "Annex."
    assert ids(old, *new) == ["p1", "p4", "p5", "p7"]


def test_copies_between_copies_keep_their_order() -> None:
    old = first_edition("yes", "no", "no", "yes", "no", "yes", "no")
    now = ids(old, "no", "yes", "no", "no", "yes", "no", "yes", "no", "perhaps")
    assert now == ["p8", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p9"]


def test_of_alike_texts_each_keeps_its_own_id() -> None:
    old = first_edition(*(f"{n}. The quota of {name} is {n}00 tons." for n, name in QUOTAS))
    new = [f"{n + 1}. The quota of {name} is {n}50 tons." for n, name in QUOTAS]
    assert ids(old, "1. The quota of Aruba is 50 tons.", *new) == [
        "p1",
        *(f"para-{n}" for n, _ in QUOTAS),
    ]


QUOTAS = [(1, "Belize"), (2, "Canada"), (3, "Denmark"), (4, "Estonia")]


def test_nothing_of_a_rewritten_document_is_aligned() -> None:
    rewritten = ids(
        FOUR,
        "1. Fish of the northern waters is counted each spring by vessels sent for that purpose.",
        "2. Vessels carry an observer who writes down what was caught and where.",
        "No vessel fishes at night.",
        "3. What was written down is public from the first day of the next year.",
    )
    assert rewritten == ["p4", "p5", "p6", "p7"]


def test_an_empty_edition_retires_all_and_one_from_nothing_is_all_new() -> None:
    assert align(FOUR, []) == ()
    retired = {"para-1": "Other.", "p9": "Another."}
    assert [p.id for p in align([], passages("1. One."), retired)] == ["p10"]
