"""What a library consists of beside its search; each is imported when it is first asked for.

So a search from the terminal need not wait for what reads files, checks quotations and the like.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from indexer.config import Settings
from indexer.index.engine import Engine
from indexer.store.store import Store

if TYPE_CHECKING:
    from indexer.agreed.service import Agreed
    from indexer.checking.service import Quotations
    from indexer.mementos import Mementos
    from indexer.reading.protocol import Open
    from indexer.search.cited import Citations
    from indexer.sync.maintenance import Maintenance
    from indexer.works.service import Works


class Parts:
    """The parts that work on one store and one engine.

    With `stay` a process that reads waits between two syncs; `readers` opens what reads files, if
    not processes of its own.
    """

    def __init__(
        self, settings: Settings, store: Store, engine: Engine, *, stay: bool, readers: Open | None
    ) -> None:
        self.settings = settings
        self.engine = engine
        self._store = store
        self._stay, self._readers = stay, readers

    @cached_property
    def maintenance(self) -> Maintenance:
        """What is done to the library, as opposed to what is asked of it."""
        from indexer.reading.pool import Readers  # noqa: PLC0415
        from indexer.sync.maintenance import Maintenance  # noqa: PLC0415

        readers = self._readers or Readers
        return Maintenance(
            self.settings, self._store, self.engine, stay=self._stay, readers=readers
        )

    @cached_property
    def works(self) -> Works:
        """Versions of one work, in several languages."""
        from indexer.works.service import Works  # noqa: PLC0415

        return Works(self._store)

    @cached_property
    def mementos(self) -> Mementos:
        """The states of documents and paragraphs, as Memento has them."""
        from indexer.mementos import Mementos  # noqa: PLC0415

        return Mementos(self._store)

    @cached_property
    def quotations(self) -> Quotations:
        """Checks quotations."""
        from indexer.checking.service import Quotations  # noqa: PLC0415

        return Quotations(self._store, self.engine)

    @cached_property
    def citations(self) -> Citations:
        """What is cited, and by whom."""
        from indexer.search.cited import Citations  # noqa: PLC0415

        return Citations(self._store.cited, self.engine)

    @cached_property
    def wording(self) -> Agreed:
        """Agreed language."""
        from indexer.agreed.service import Agreed  # noqa: PLC0415

        return Agreed(self._store, self.engine)

    def load(self) -> None:
        """Imports and makes all of them, so that nobody who asks for one has to wait."""
        for name in ("maintenance", "works", "mementos", "quotations", "citations", "wording"):
            getattr(self, name)

    def close_parts(self) -> None:
        """Ends the processes of those that have some."""
        if "maintenance" in self.__dict__:
            self.maintenance.close()
