"""What differs between the databases that a store can be in: SQLite in a file, PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from indexer import disks
from indexer.errors import BadSetting, StoreUnavailable
from indexer.store import sqlite

_POSTGRES = "postgresql"
# A connection that the server has given up is noticed, and another is taken. Whoever has waited for
# a lock sees what was written meanwhile.
_OPTIONS = {_POSTGRES: {"pool_pre_ping": True, "isolation_level": "READ COMMITTED"}}


def sqlite_address(folder: Path) -> str:
    """The address of the SQLite store in the data folder."""
    return f"sqlite:///{folder / 'pilcrow.db'}"


def address_of(store: str, folder: Path) -> str:
    """The address of the store: what the setting says, else SQLite in the data folder."""
    return store or sqlite_address(folder)


def named_address(address: str) -> str:
    """What a message calls the database at `address`; never with its password."""
    return named(sa.make_url(address))


def opened(address: str, password_file: str = "") -> sa.Engine:
    """The database at `address`, with the password that is in a file. Raises `BadSetting`."""
    try:
        url = sa.make_url(address)
        if url.password or "password" in url.query:
            raise BadSetting("store has a password in it; put it into a file: store_password_file")
        if password_file:
            password = Path(password_file).read_text(encoding="utf-8").strip()
            url = url.set(password=password)
        engine = sa.create_engine(url, **_OPTIONS.get(url.get_backend_name(), {}))
    except (ArgumentError, NoSuchModuleError) as error:
        raise BadSetting(
            "store is no address of a database; one looks like "
            "postgresql+psycopg://pilcrow@db.example.org/pilcrow"
        ) from error
    except ModuleNotFoundError as error:
        raise BadSetting(
            "the store needs a package that is not installed; "
            "run: pip install 'pilcrow[postgresql]'"
        ) from error
    except OSError as error:
        raise BadSetting(f"store_password_file cannot be read: {error.strerror}") from error
    if engine.dialect.name == "sqlite":
        sqlite.prepare(engine)
    return engine


def named(url: sa.URL) -> str:
    """What a message calls a database; never with its password."""
    return url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string()


def is_there(engine: sa.Engine) -> bool:
    """Whether there is a database at all; what is in it is another question."""
    return engine.dialect.name != "sqlite" or Path(str(engine.url.database)).exists()


def make_place(engine: sa.Engine) -> None:
    """Makes the empty file of a new store, in a database that is a file."""
    if engine.dialect.name == "sqlite":
        sqlite.make_place(Path(str(engine.url.database)))


def settle(engine: sa.Engine) -> None:
    """Chooses what the database is to do by itself, once it is known to be a store of ours."""
    if engine.dialect.name == "sqlite":
        sqlite.settle(engine)


def ways_out(url: sa.URL) -> str:
    """What to do about a store that is damaged."""
    return (
        sqlite.WAYS_OUT if url.get_backend_name() == "sqlite" else "docs/backup.md tells what to do"
    )


@contextmanager
def errors(engine: sa.Engine) -> Iterator[None]:
    """Turns what the database raises into `StoreUnavailable`, with a way out where one is known."""
    try:
        yield
    except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error) as error:
        cause, where = getattr(error, "orig", None) or error, named(engine.url)
        said = f"the store {where} cannot be used: {cause}"
        if sqlite.is_damaged(cause):
            said = f"the store {where} is damaged ({cause}): {sqlite.WAYS_OUT}"
        elif lacks := disks.wanting(error, Path(engine.url.database or "")):
            said = f"{said}: {lacks}"
        raise StoreUnavailable(said) from error


def insert_new(connection: sa.Connection, table: sa.Table) -> sa.Insert:
    """Inserts a row unless one with its key is there."""
    if connection.dialect.name == _POSTGRES:
        # It takes a tenth of a second to import, which those on SQLite need not wait for.
        from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415

        return insert(table).on_conflict_do_nothing()
    return sqlite_insert(table).on_conflict_do_nothing()


def copies(
    connection: sa.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> bool:
    """Adds rows in the way that a database has for many, if it has one; whether it has.

    COPY takes half of the time of INSERT. JSON is given as text.
    """
    if connection.dialect.driver != "psycopg":
        return False
    quote = connection.dialect.identifier_preparer.quote
    order = f"COPY {quote(table)} ({', '.join(map(quote, columns))}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(order) as copy:
        for row in rows:
            copy.write_row(row)
    return True
