"""A database in, one with the tables of this version out: a new store, or an older one brought up.

Each step is written once, as the tables then were, and never changed: it knows nothing of
`schema`, which says what the tables are now. A step is kept whole or not at all.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import sqlalchemy as sa

from indexer.errors import StoreOutdated, StoreUnavailable
from indexer.store import databases, locks, schema

Step = Callable[[sa.Connection], None]


def version(connection: sa.Connection) -> str:
    """The version of the store in a database; empty where there is none."""
    if not sa.inspect(connection).has_table(schema.facts.name):
        return ""
    f = schema.facts.c
    return str(connection.scalar(sa.select(f.value).where(f.name == schema.SCHEMA)) or "")


def prepare(engine: sa.Engine, upgrades: bool, making: Callable[[], None]) -> None:
    """Makes the tables where there are none, and brings up older ones if it `upgrades`.

    `making` is called before a store is made. Raises `StoreOutdated` for an older one unless it
    upgrades, and `StoreUnavailable` for a newer one or one too old; neither is touched.
    """
    found = ""
    if databases.is_there(engine):
        with engine.connect() as connection:
            found = version(connection)
    if found == schema.VERSION:
        return
    _refuse(found, upgrades)
    if not found:
        making()
        databases.make_place(engine)
    with locks.exclusive(engine, locks.ALONE, 0), alone(engine) as connection:
        found = version(connection)  # another process may have been first
        _refuse(found, upgrades)
        if not found:
            _make(connection)
        elif found != schema.VERSION:
            _bring_up(connection, int(found))


def is_known(found: str) -> bool:
    """Whether a store of this version can be used, or brought up."""
    return found.isdecimal() and min(_STEPS) <= int(found) + 1 <= int(schema.VERSION) + 1


def renew(connection: sa.Connection) -> str:
    """Gives the store another identity, so that no index fits that followed it before."""
    f, identity = schema.facts, uuid.uuid4().hex
    renewed = sa.update(f).where(f.c.name == schema.IDENTITY).values(value=identity)
    connection.execute(renewed)
    return identity


def _refuse(found: str, upgrades: bool) -> None:
    if not found or found == schema.VERSION:
        return
    if not found.isdecimal() or int(found) > int(schema.VERSION):
        raise StoreUnavailable(
            f"the store has schema {found}, of a later version of Pilcrow; this one knows "
            f"{schema.VERSION} at most: use the version that the store was made with, or a later "
            "one. Nothing in it was changed"
        )
    if not is_known(found):
        raise StoreUnavailable(
            f"the store has schema {found}, which is too old to be brought up to "
            f"{schema.VERSION}; use the version it was made with, or another data folder"
        )
    if not upgrades:
        raise StoreOutdated(
            f"the store has schema {found}, of an earlier version of Pilcrow, and this one wants "
            f"{schema.VERSION}: back it up, then run 'pilcrow sync', which brings it up"
        )


@contextmanager
def alone(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that no other writer is beside, in which tables can be made and changed."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":  # whose driver would begin at the first row written
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        locks.alone(connection)
        yield connection
        connection.commit()


def _make(connection: sa.Connection) -> None:
    schema.metadata.create_all(connection)
    made = {schema.SCHEMA: schema.VERSION, schema.IDENTITY: uuid.uuid4().hex}
    rows = [{"name": name, "value": value} for name, value in made.items()]
    connection.execute(databases.insert_new(connection, schema.facts), rows)


def _bring_up(connection: sa.Connection, found: int) -> None:
    for number in range(found + 1, int(schema.VERSION) + 1):
        _STEPS[number](connection)
    f = schema.facts
    version_now = sa.update(f).where(f.c.name == schema.SCHEMA).values(value=schema.VERSION)
    connection.execute(version_now)


def _to_6(connection: sa.Connection) -> None:
    """Stores of version 5 were given, each when it was opened, some or all of these."""
    there = sa.inspect(connection)
    wide, name = ("BIGINT", 'VARCHAR COLLATE "C"')
    number = "BIGSERIAL"
    if connection.dialect.name == "sqlite":
        wide, name, number = "INTEGER", "VARCHAR", "INTEGER"
    if not there.has_table("absences"):
        connection.exec_driver_sql(
            f"CREATE TABLE absences (id {number} NOT NULL PRIMARY KEY, "
            f"document {wide} NOT NULL REFERENCES documents (id), "
            f"gone {name} NOT NULL, back {name} NOT NULL)"
        )
        connection.exec_driver_sql("CREATE INDEX ix_absences_document ON absences (document)")
    columns = {each["name"] for each in there.get_columns("changes")}
    for column, kind in (
        ("document", wide),
        ("happening", name),
        ("edition", "INTEGER"),
        ("at", name),
    ):
        if column not in columns:
            connection.exec_driver_sql(f"ALTER TABLE changes ADD COLUMN {column} {kind}")
    for index, on in (
        ("passages_by_order", 'passages (document, "order")'),
        ("changes_by_document", "changes (document, seq)"),
    ):
        connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS {index} ON {on}")


def _to_7(connection: sa.Connection) -> None:
    """Editions that came in before have no digest: what they said then nobody knows for sure."""
    name = "VARCHAR" if connection.dialect.name == "sqlite" else 'VARCHAR COLLATE "C"'
    connection.exec_driver_sql(f"ALTER TABLE editions ADD COLUMN digest {name}")


_STEPS: Mapping[int, Step] = {6: _to_6, 7: _to_7}  # by the version that each leads to
