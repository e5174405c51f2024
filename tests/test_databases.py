"""The store in PostgreSQL: what only it has, on a real server."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from indexer.document import FileRecord, Kind, Metadata, Passage
from indexer.errors import BadSetting, Locked, StoreUnavailable
from indexer.store.databases import opened
from indexer.store.store import Store
from tests.helpers.stores import store_of


@pytest.fixture
def address() -> Iterator[str]:
    with store_of("postgresql") as made:
        yield made


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "no address of a database"),
        ("postgresql+psycopg://me:secret@127.0.0.1/x", "store_password_file"),
        ("oracle+nothing://me@127.0.0.1/x", "no address of a database"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(address: str, said: str) -> None:
    with pytest.raises(BadSetting, match=said) as refused:
        opened(address)
    assert "secret" not in str(refused.value)


def test_a_password_is_read_from_its_file_and_never_told(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("secret\n")
    nowhere = "postgresql+psycopg://me@127.0.0.1:9/x?connect_timeout=1"
    with pytest.raises(StoreUnavailable) as unavailable:
        Store(nowhere, str(tmp_path / "password"))
    assert "secret" not in str(unavailable.value)
    with pytest.raises(BadSetting, match="cannot be read"):
        Store(nowhere, str(tmp_path / "nowhere"))


def test_only_one_at_a_time_does_what_is_exclusive(address: str) -> None:
    with closing(Store(address)) as one, closing(Store(address)) as other:
        assert one.identity == other.identity
        with one.exclusive("writing", 0):
            with pytest.raises(Locked, match="another machine is writing"):
                other.exclusive("writing", 0).__enter__()
            with other.exclusive("rebuilding", 0):
                pass
        with other.exclusive("writing", 0):
            pass


def put(store: Store, slug: str, pause: float = 0) -> None:
    with store.writing() as transaction:
        record = FileRecord(f"{slug}.txt", slug, "", slug, "", present=True)
        transaction.put(
            record, Metadata(title=slug), (), [Passage(1, Kind.PARAGRAPH, "x", id="p1")]
        )
        transaction.flush()
        time.sleep(pause)


def test_no_change_becomes_visible_before_one_with_a_lower_number(address: str) -> None:
    """What follows the log would pass over it for ever."""
    with closing(Store(address)) as one, closing(Store(address)) as other:
        slow = threading.Thread(target=put, args=(one, "slow", 0.4))
        slow.start()
        time.sleep(0.1)
        seen: list[list[tuple[int, str]]] = []
        quick = threading.Thread(target=put, args=(other, "quick"))
        quick.start()
        while quick.is_alive() or slow.is_alive():
            seen.append(other.changes(after=0))
            time.sleep(0.02)
        seen.append(other.changes(after=0))
        slow.join()
        quick.join()
    assert [slug for _, slug in seen[-1]] == ["slow", "quick"]
    for earlier, later in pairwise(seen):
        assert later[: len(earlier)] == earlier
