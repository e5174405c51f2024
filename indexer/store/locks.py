"""What keeps writers out of each other's way where several machines share a store: PostgreSQL.

A store in SQLite is on one machine, where the lock in the data folder is enough: there all of this
does nothing. The database gives up the locks of a session that has ended, however that happened.
"""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from indexer.errors import Locked

# What one worker does at a time; each is a name of its lock, and what a message says of its owner.
PLANNING, BUILDING = "planning a sync", "rebuilding the index"
FOLLOWING = "bringing the index up to the store"
# What no worker may be beside. Who has the lock is one of several workers, or alone.
ALONE = "in a sync, or restoring or upgrading the store"

Lock = Callable[[sa.Function[int]], sa.Function[bool]]  # a function of the database

_WRITES = "writes"  # the lock of each transaction that writes
_PAUSE = 0.2  # seconds between two looks at a lock that another machine holds
# Seconds after which the server asks whether a machine is still there, between two such questions,
# and how many remain unanswered until its locks are given up.
_ALIVE = {"tcp_keepalives_idle": "20", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "4"}
# It is no sign of death that nothing is asked for: a long file is being read.
_PATIENT = {"idle_session_timeout": "0"}


def is_shared(engine: sa.Engine) -> bool:
    """Whether several machines can write to this database."""
    return engine.dialect.name == "postgresql"


def alone(connection: sa.Connection) -> None:
    """Lets one transaction write at a time, as SQLite does by itself.

    So the numbers of the change log become visible in their order: none is taken before another
    and committed after it, which what follows the log would pass over. And what a transaction has
    read of the store stays so until it is over.
    """
    if is_shared(connection.engine):
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_number(_WRITES))))


@contextmanager
def quiet(engine: sa.Engine) -> Iterator[None]:
    """Lets nobody write meanwhile: whoever begins to waits. It waits for the one that writes.

    The lock is that of `alone`, for which the database has a queue, so that this one's turn comes
    however many write.
    """
    if not is_shared(engine):
        yield
        return
    with _session(engine) as connection:
        connection.execute(sa.select(sa.func.pg_advisory_lock(_number(_WRITES))))
        yield


@contextmanager
def exclusive(engine: sa.Engine, name: str, wait: float) -> Iterator[None]:
    """Keeps other machines from doing what `name` says with the store, as long as this lasts.

    Waits at most `wait` seconds, for ever if that is negative. Raises `Locked`.
    """
    if not is_shared(engine):
        yield
        return
    with _session(engine) as connection:
        _wait_for(connection, sa.func.pg_try_advisory_lock(_number(name)), name, wait)
        yield


@contextmanager
def beside(connection: sa.Connection, name: str, wait: float) -> Iterator[None]:
    """The same for any number at once, which keeps from it only who wants it `exclusive`.

    All locks of the `connection` end with it.
    """
    if not is_shared(connection.engine):
        yield
        return
    with _locks_end(connection):
        _wait_for(connection, sa.func.pg_try_advisory_lock_shared(_number(name)), name, wait)
        yield


def claim(connection: sa.Connection, files: Collection[str]) -> set[str]:
    """Those of `files` that no other session has claimed; they are this one's from now on."""
    return _each(connection, files, sa.func.pg_try_advisory_lock)


def release(connection: sa.Connection, files: Collection[str]) -> None:
    """Gives up the claims to `files`."""
    _each(connection, files, sa.func.pg_advisory_unlock)


def _each(connection: sa.Connection, files: Collection[str], function: Lock) -> set[str]:
    """Those of `files` for whose locks the function says yes."""
    given = sa.func.unnest(sa.literal(list(files), sa.ARRAY(sa.Text)))
    asked = given.table_valued("file").render_derived()
    said = function(_number("file", asked.c.file))
    return {row[0] for row in connection.execute(sa.select(asked.c.file, said)) if row[1]}


def _number(*name: str | sa.ColumnElement[str]) -> sa.Function[int]:
    """The number of a lock: of its name, and the schema, since a database can have many stores."""
    parts = ("pilcrow", sa.func.current_schema(), *name)
    return sa.func.hashtextextended(sa.func.concat_ws(" ", *parts), 0)


def _wait_for(connection: sa.Connection, lock: sa.Function[bool], name: str, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        with connection.begin():
            if connection.scalar(sa.select(lock)):
                return
        if wait >= 0 and time.monotonic() >= until:
            raise Locked(
                f"another machine is {name}; try again when it is done, or with --wait SECONDS"
            )
        time.sleep(_PAUSE)


@contextmanager
def _session(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection without transactions, whose locks end with it."""
    with engine.connect() as made:
        connection = made.execution_options(isolation_level="AUTOCOMMIT")
        with _locks_end(connection):
            yield connection


@contextmanager
def _locks_end(connection: sa.Connection) -> Iterator[None]:
    """Has the locks of a session given up at the end, and by the server if its machine is gone."""
    with connection.begin():
        for name, value in {**_ALIVE, **_PATIENT}.items():
            connection.execute(sa.select(sa.func.set_config(name, value, sa.false())))
    try:
        yield
    finally:
        try:
            with connection.begin():
                connection.execute(sa.select(sa.func.pg_advisory_unlock_all()))
        except SQLAlchemyError:
            connection.invalidate()  # if it is not gone already, it goes with its locks
