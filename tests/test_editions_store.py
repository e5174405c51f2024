"""Whatever becomes of a document, the store can show each of its editions as it was."""

from collections import deque
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from indexer.config import Settings
from indexer.document import FileRecord, Metadata, Passage
from indexer.editions.align import align
from indexer.store.databases import sqlite_address
from indexer.store.store import Store
from tests.helpers.inline import open_inline
from tests.test_editions import passages

WORDS = ("lamp", "harbour", "ship", "tide", "pilot")
EDITION = st.lists(
    st.tuples(st.booleans(), st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)), max_size=6
)
RECORD = FileRecord("a.txt", "a", "", "", "", present=True)

Cited = dict[tuple[str, int], tuple[str, str]]  # (id, edition) → (label, text)


def edition(spec: list[tuple[bool, list[str]]]) -> list[Passage]:
    lines = [" ".join(words) for _, words in spec]
    numbers = [f"{n}. " if spec[n - 1][0] else "" for n in range(1, len(spec) + 1)]
    return passages(*(number + line for number, line in zip(numbers, lines, strict=True)))


def put(store: Store, new: list[Passage]) -> None:
    with store.writing() as transaction:
        ids = align(transaction.standing("a"), new, transaction.retired("a"))
        transaction.put(RECORD, Metadata(title="T"), (), ids)


def cited(store: Store, number: int) -> Cited:
    stood = [stored.passage for stored in store.passages("a", number)]
    assert len({passage.id for passage in stood}) == len(stood)
    return {(passage.id, number): (passage.label, passage.text) for passage in stood}


@hypothesis_settings(max_examples=30)
@given(history=st.lists(EDITION, min_size=1, max_size=8))
def test_a_citation_of_any_edition_answers_as_it_did(
    history: list[list[tuple[bool, list[str]]]],
) -> None:
    with TemporaryDirectory() as folder:
        store = Store(sqlite_address(Path(folder)))
        known: Cited = {}
        for spec in history:
            new = edition(spec)
            put(store, new)
            number = store.document("a").edition
            now = cited(store, number)
            assert list(now.values()) == [(p.label, p.text) for p in new]
            known |= now
            again = [cited(store, before) for before in range(1, number + 1)]
            assert {key: said for each in again for key, said in each.items()} == known
        store.close()


def test_a_document_is_read_in_one_edition_while_it_is_written(settings: Settings) -> None:
    with open_inline(settings) as library:
        store = Store(sqlite_address(settings.data))
        put(store, passages("1. Revision 1 of many.", "2. And once more revision 1."))
        editions = [
            passages(f"1. Revision {n} of many.", f"2. And once more revision {n}.")
            for n in range(2, 60)
        ]
        writer = Thread(target=lambda: deque(map(partial(put, store), editions)))
        writer.start()
        while writer.is_alive():
            reading = library.document("a")
            number = f"evision {reading.document.edition}"
            assert all(number in stored.passage.text for stored in reading.passages)
        assert library.document("a").document.edition == 59
        store.close()
