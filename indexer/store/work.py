"""What one worker does to a store that others may write to as well: claim files, and write."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from indexer.document import Failure, FileRecord
from indexer.store import databases, locks
from indexer.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Claim:
    """Files that a worker has claimed, with what is known of them, by path."""

    files: set[str]
    records: Mapping[str, FileRecord]
    failures: Mapping[str, Failure]


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

    def claim(self, files: Collection[str]) -> Claim:
        """Claims those of `files` that no other worker has, until they are released.

        What is known of them is read after that: it is all that others have written of them.
        """
        with databases.errors(self._engine), self._connection.begin():
            claimed = locks.claim(self._connection, files) if self.is_shared else set(files)
            now = Transaction(self._connection)
            return Claim(claimed, now.records(claimed), now.failures(claimed))

    def release(self, files: Collection[str]) -> None:
        """Gives up claims."""
        if self.is_shared and files:
            with databases.errors(self._engine), self._connection.begin():
                locks.release(self._connection, files)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction: all that is done in it is kept, or nothing. Nobody else writes then."""
        with databases.errors(self._engine), self._connection.begin():
            locks.alone(self._connection)
            transaction = Transaction(self._connection)
            yield transaction
            transaction.flush()
