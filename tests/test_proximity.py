"""Words side by side in a query, and what they add to the score of a text."""

from collections.abc import Sequence

import pytest

from indexer.library import Library
from indexer.search.proximity import Pair, bonus, words
from tests.conftest import EVERY_ENGINE, Write

PAIRS = (Pair(("human", "rights"), 2.0, 1.0),)


def _bonus(text: str, pairs: Sequence[Pair]) -> float:
    return bonus(f" {' '.join(words(text))} ", pairs)


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("Human Rights", 3.0),
        ("human-rights", 3.0),
        ("rights human", 1.0),
        ("human and of all other rights", 1.0),
        ("human 1 2 3 4 5 rights", 0.0),
        ("humans have rights", 0.0),
        ("human", 0.0),
        ("“Human rights” — droits de l’homme, liberté", 3.0),
        ("HUMAN é rights and human rights", 3.0),
    ],
)
def test_bonus(text: str, added: float) -> None:
    assert _bonus(text, PAIRS) == pytest.approx(added)


def test_each_pair_adds() -> None:
    pairs = (*PAIRS, Pair(("rights", "council"), 0.5, 0.25))
    assert _bonus("the human rights council", pairs) == pytest.approx(3.75)
    assert _bonus("council rights", pairs) == pytest.approx(0.25)


@EVERY_ENGINE
def test_neighbours_come_first_and_pages_follow_one_another(library: Library, write: Write) -> None:
    apart = [f"Paragraph {n} on rights that are human. It says word{n}." for n in range(15)]
    beside = [f"Paragraph {n} on human rights that are. It says word{n}." for n in range(15, 25)]
    write("a.txt", "\n\n".join([*apart, *beside]))
    library.maintenance.sync()
    whole = library.search("human rights", size=25)
    ids = [hit.passage.passage.id for hit in whole.hits]
    beside_ids = {f"p{n}" for n in range(16, 26)}
    assert set(ids[: len(beside_ids) // 2]) <= beside_ids
    pages = [library.search("human rights", page=n, size=5).hits for n in range(1, 6)]
    assert [hit.passage.passage.id for page in pages for hit in page] == ids
