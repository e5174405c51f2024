"""What one worker does to a store that others may write to as well: claim files, and write."""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager

import sqlalchemy as sa

from indexer.store import databases, locks
from indexer.store.transaction import Transaction


class Work:
    """One worker's claims and its transactions; made by `Store.working`.

    Both are of one session of the database: who has lost its claims, since the connection broke,
    writes nothing more either. Methods raise `StoreUnavailable`.
    """

    def __init__(self, engine: sa.Engine, connection: sa.Connection) -> None:
        self._engine = engine
        self._connection = connection
        self.is_shared = locks.is_shared(engine)

    def beside(self, name: str, wait: float) -> AbstractContextManager[None]:
        """See `locks.beside`; all claims end with it."""
        return locks.beside(self._connection, name, wait)

    def claim(self, files: Collection[str]) -> set[str]:
        """Those of `files` that no other worker has: they are this one's until it releases them.

        Once it has a file it sees all that others have written of it.
        """
        with databases.errors(self._engine):
            return locks.claim(self._connection, files) if self.is_shared else set(files)

    def release(self, files: Collection[str]) -> None:
        """Gives up claims."""
        if self.is_shared and files:
            with databases.errors(self._engine):
                locks.release(self._connection, files)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction: all that is done in it is kept, or nothing. Nobody else writes then."""
        with databases.errors(self._engine), self._connection.begin():
            locks.alone(self._connection)
            transaction = Transaction(self._connection)
            yield transaction
            transaction.flush()
