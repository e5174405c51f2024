"""What every search asks of the store, in each kind of database."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from indexer.document import FileRecord, Kind, Metadata, Passage
from indexer.errors import StoreUnavailable
from indexer.store.store import Store
from tests.helpers.stores import STORES, store_of


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    beside = f"sqlite:///{tmp_path / 'pilcrow.db'}"
    with store_of(request.param) as address, closing(Store(address or beside)) as opened:
        yield opened


def put(store: Store, slug: str, date: str) -> None:
    with store.writing() as transaction:
        record = FileRecord(f"{slug}.txt", slug, "", slug, "", present=True)
        metadata = Metadata(title="The Rules", date=date)
        transaction.put(record, metadata, (), [Passage(1, Kind.PARAGRAPH, slug, id="p1")])


def test_passages_are_found_by_any_number_of_keys_with_their_documents(store: Store) -> None:
    for number in range(3):
        put(store, f"rules-{number}", f"200{number}")
        assert store.position() == number + 1
    assert store.found([]) == {}
    (only,) = store.found([2]).values()
    assert (only.key, only.text, only.slug) == (2, "rules-1", "rules-1")
    assert only.document() == store.document("rules-1")
    assert only.document().present is True
    assert only.passage() == store.passages("rules-1")[0]
    found = store.found([3, 9, 1])
    assert {key: row.text for key, row in found.items()} == {1: "rules-0", 3: "rules-2"}


def test_a_store_without_documents_is_at_the_beginning_of_its_log(store: Store) -> None:
    assert store.position() == 0


def test_documents_of_one_name_come_with_the_newest_first(store: Store) -> None:
    for number in range(4):
        put(store, f"rules-{number}", f"200{number}")
    with store.writing() as transaction:
        transaction.remove("rules-3")
    assert [each.slug for each in store.named("the rules", 2)] == ["rules-2", "rules-1"]
    assert store.named("the ruler", 2) == ()


def test_what_the_driver_raises_is_an_error_of_the_store(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'pilcrow.db'}"
    with closing(Store(address)) as store:
        database = sa.create_engine(address)
        with database.begin() as connection:
            connection.exec_driver_sql("DROP TABLE names")
        database.dispose()
        with pytest.raises(StoreUnavailable, match="no such table"):
            store.named("the rules", 2)
