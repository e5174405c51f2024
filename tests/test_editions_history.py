"""Over any history of edits ids stay with their paragraphs, and never change hands."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import count
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from indexer.document import Passage
from indexer.editions.align import align
from indexer.editions.similarity import likeness
from tests.test_editions import passages

TEXTS = st.lists(
    st.text("abc ", min_size=1, max_size=12).map(lambda text: text.strip() or "a"), max_size=8
)


@given(editions=st.lists(TEXTS, min_size=1, max_size=5))
def test_over_any_history_ids_are_unique_and_never_change_hands(editions: list[list[str]]) -> None:
    old: tuple[Passage, ...] = ()
    retired: dict[str, str] = {}
    for texts in editions:
        new = align(old, passages(*texts), retired)
        check_ids(old, new, retired)
        assert [p.text for p in new] == [p.text for p in passages(*texts)]
        assert sorted(same_texts(old, new)) == sorted(
            (Counter(p.text for p in old) & Counter(p.text for p in new)).elements()
        )
        retired = retired_after(retired, old, new)
        old = new


def retired_after(
    retired: dict[str, str], old: tuple[Passage, ...], new: tuple[Passage, ...]
) -> dict[str, str]:
    stand = {p.id for p in new}
    known = retired | {p.id: p.text for p in old}
    return {name: text for name, text in known.items() if name not in stand}


def check_ids(old: tuple[Passage, ...], new: tuple[Passage, ...], retired: dict[str, str]) -> None:
    """Each id once, a retired one for its own text alone, and none for a text that is not alike."""
    given_ids = [p.id for p in new]
    assert len(set(given_ids)) == len(given_ids)
    before = {p.id: p.text for p in old}
    assert not before.keys() & retired.keys()
    for p in new:
        assert retired.get(p.id, p.text) == p.text
        if p.id in before and p.text != before[p.id]:
            found = likeness(p.text, before[p.id])
            assert found.alike or found.share >= 0.45


def same_texts(old: tuple[Passage, ...], new: tuple[Passage, ...]) -> list[str]:
    """The texts of the passages that kept both their ids and their texts."""
    before = {p.id: p.text for p in old}
    return [p.text for p in new if before.get(p.id) == p.text]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as its writer knows it: copies have the same origin and stay two paragraphs."""

    name: int
    origin: int
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)


class Writer:
    """Makes the next edition by one edit after another, and knows which paragraph is which."""

    def __init__(self, size: int) -> None:
        self.names = count()
        self.paragraphs = [self.paragraph() for _ in range(size)]
        self.reworded: set[int] = set()  # since the last edition
        self.numbered = True

    def paragraph(self) -> Paragraph:
        name = next(self.names)
        chance = Random(name)
        words = (f"word{chance.randrange(500)}" for _ in range(chance.randrange(6, 30)))
        return Paragraph(name, name, tuple(words))

    def edit(self, what: str, one: int, other: int) -> None:
        texts = self.paragraphs
        at, to = (n % len(texts) for n in (one, other)) if texts else (0, 0)
        if what == "insert" or not texts:
            texts.insert(at, self.paragraph())
        elif what == "relabel":
            self.numbered = not self.numbered
        elif what == "delete":
            del texts[at]
        elif what == "move":
            texts.insert(to, texts.pop(at))
        elif what == "swap":
            texts[at], texts[to] = texts[to], texts[at]
        elif what == "duplicate":
            texts.insert(to, replace(texts[at], name=next(self.names)))
        elif texts[at].name not in self.reworded:
            self.reworded.add(texts[at].name)
            texts[at] = replace(texts[at], words=reworded(texts[at].words, other))

    def edition(self) -> list[Passage]:
        self.reworded.clear()
        numbers = (f"{n}. " if self.numbered else "" for n in count(1))
        return passages(*(n + p.text for n, p in zip(numbers, self.paragraphs, strict=False)))


def reworded(words: tuple[str, ...], seed: int) -> tuple[str, ...]:
    """`words` with up to a third of them replaced, left out or added to."""
    chance = Random(seed)
    for_each = chance.choice([["new"], [], ["new", "{}"]])
    places = set(chance.sample(range(len(words)), k=len(words) // 3))
    changed = (
        [each.format(word) for each in for_each] if at in places else [word]
        for at, word in enumerate(words)
    )
    return tuple(f"new{chance.random()}" if w == "new" else w for part in changed for w in part)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "delete", "reword", "move", "swap", "duplicate", "relabel"]),
        st.integers(0, 1000),
        st.integers(0, 1000),
    ),
    max_size=12,
)


@given(size=st.integers(0, 12), editions=st.lists(EDITS, min_size=1, max_size=4))
def test_over_any_edits_each_paragraph_keeps_its_id(
    size: int, editions: list[list[tuple[str, int, int]]]
) -> None:
    writer = Writer(size)
    was, old = list(writer.paragraphs), align([], writer.edition())
    retired: dict[str, str] = {}
    for edits in editions:
        for edit in edits:
            writer.edit(*edit)
        now, new = list(writer.paragraphs), align(old, writer.edition(), retired)
        check_ids(old, new, retired)
        check_whose(was, old, now, new)
        retired = retired_after(retired, old, new)
        was, old = now, new


def check_whose(
    was: list[Paragraph], old: tuple[Passage, ...], now: list[Paragraph], new: tuple[Passage, ...]
) -> None:
    """An untouched text keeps its id, and so does a reworded one that has no copy."""
    id_before = {w.name: p.id for w, p in zip(was, old, strict=True)}
    id_now = {w.name: p.id for w, p in zip(now, new, strict=True)}
    copies = Counter(w.origin for w in was) | Counter(w.origin for w in now)
    for w in now:
        if copies[w.origin] == 1 and w.name in id_before:
            assert id_now[w.name] == id_before[w.name]
    untouched = Counter(p.text for p in old) & Counter(p.text for p in new)
    assert sorted(same_texts(old, new)) == sorted(untouched.elements())
    fresh = [w for w in now if w.origin == w.name and w.name not in id_before]
    assert not {id_now[w.name] for w in fresh if copies[w.origin] == 1} & set(id_before.values())
