"""Stores and indexes that earlier versions have left, and what this one does with them."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from indexer.config import Settings
from indexer.errors import IndexUnavailable, StoreOutdated, StoreUnavailable
from indexer.index.engines import LOCAL
from indexer.store import schema
from indexer.store.store import Store
from tests.helpers.inline import open_inline
from tests.helpers.kept_store import STORES, addresses
from tests.helpers.stores import STORES as DATABASES
from tests.helpers.stores import store_of

VERSIONS = sorted(path.name for path in STORES.iterdir())


@pytest.fixture(params=VERSIONS)
def left(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """What a version has left."""
    folder = tmp_path / "left"
    shutil.copytree(STORES / request.param, folder)
    return Settings(corpus=folder / "corpus", data=folder / "data")


def content(settings: Settings) -> str:
    return hashlib.sha256((settings.data / "pilcrow.db").read_bytes()).hexdigest()


def said(settings: Settings) -> dict[str, str]:
    text = (settings.data.parent / "said.json").read_text(encoding="utf-8")
    known: dict[str, str] = json.loads(text)
    return known


def test_what_this_version_leaves_is_among_them() -> None:
    assert schema.VERSION in VERSIONS, "run: python -m tests.helpers.kept_store"


@pytest.mark.parametrize("engine", LOCAL)
def test_what_a_version_left_is_taken_over_by_the_next_sync(left: Settings, engine: str) -> None:
    settings = replace(left, engine=engine)
    with open_inline(settings, upgrades=True) as library:
        assert addresses(library) == said(settings)
        with suppress(IndexUnavailable):  # of an engine that cannot read what an earlier one wrote
            assert library.search("herrings").total == 1
        report = library.maintenance.sync()
        # What could not be read is tried again where the file has another time.
        assert {file.path for file in report.plan.new} <= {"empty.docx"}
        assert (report.plan.removed, report.plan.moved) == ((), ())
        assert addresses(library) == said(settings)
        assert library.maintenance.check().holds
        assert [str(hit.passage.passage.id) for hit in library.search("noon").hits] == ["para-1"]
        assert library.document("harbour").document.edition >= 2


def test_who_only_reads_does_not_bring_a_store_up(left: Settings) -> None:
    before = content(left)
    if version(left) == schema.VERSION:
        open_inline(left).close()
        return
    with pytest.raises(StoreOutdated, match="run 'pilcrow sync', which brings it up"):
        open_inline(left)
    assert content(left) == before


def version(settings: Settings) -> str:
    with closing(sqlite3.connect(settings.data / "pilcrow.db")) as database:
        found = database.execute("SELECT value FROM facts WHERE name = 'schema'").fetchone()
        return str(found[0])


@pytest.mark.parametrize(("made_by", "words"), [("999", "later version"), ("4", "too old")])
def test_a_store_that_cannot_be_used_is_refused_and_not_touched(
    tmp_path: Path, made_by: str, words: str
) -> None:
    settings = Settings(corpus=tmp_path, data=tmp_path / "data")
    open_inline(settings).close()
    with closing(sqlite3.connect(settings.data / "pilcrow.db")) as database, database:
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("UPDATE facts SET value = ? WHERE name = 'schema'", [made_by])
    before = content(settings)
    for upgrades in (False, True):
        with pytest.raises(StoreUnavailable, match=words):
            open_inline(settings, upgrades=upgrades)
    assert content(settings) == before


@pytest.mark.parametrize("name", DATABASES)
def test_a_store_that_was_brought_up_has_the_tables_of_a_new_one(name: str, tmp_path: Path) -> None:
    with store_of(name) as fresh, store_of(name) as old:
        addresses = [
            fresh or f"sqlite:///{tmp_path / 'fresh.db'}",
            old or f"sqlite:///{tmp_path / 'old.db'}",
        ]
        for address in addresses:
            Store(address).close()
        make_older(addresses[1])
        with pytest.raises(StoreOutdated):
            Store(addresses[1])
        Store(addresses[1], upgrades=True).close()
        one, other = map(tables, addresses)
        assert one == other


def test_a_store_is_brought_up_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'old.db'}"
    Store(address).close()
    make_older(address)
    with closing(sqlite3.connect(tmp_path / "old.db")) as database:
        database.execute("CREATE TABLE passages_by_order (in_the_way)")
    before = tables(address)
    with pytest.raises(StoreUnavailable, match="passages_by_order"):
        Store(address, upgrades=True)
    assert tables(address) == before


def make_older(address: str) -> None:
    """Takes from a store what version 5 did not have at first."""
    database = sa.create_engine(address)
    with database.begin() as connection:
        for each in (
            "DROP TABLE absences",
            "DROP INDEX changes_by_document",
            "DROP INDEX passages_by_order",
            "ALTER TABLE editions DROP COLUMN digest",
            *(
                f"ALTER TABLE changes DROP COLUMN {column}"
                for column in ("document", "happening", "edition", "at")
            ),
            "UPDATE facts SET value = '5' WHERE name = 'schema'",
        ):
            connection.exec_driver_sql(each)
    database.dispose()


def tables(address: str) -> dict[str, Any]:
    """All that is known of the tables, in words that can be compared."""
    database = sa.create_engine(address)
    look = sa.inspect(database)
    found = {
        table: (
            sorted(
                (c["name"], str(c["type"]), c["nullable"], getattr(c["type"], "collation", None))
                for c in look.get_columns(table)
            ),
            sorted((str(i["name"]), i["column_names"]) for i in look.get_indexes(table)),
            look.get_pk_constraint(table)["constrained_columns"],
            [key["referred_table"] for key in look.get_foreign_keys(table)],
        )
        for table in look.get_table_names()
    }
    database.dispose()
    return found
