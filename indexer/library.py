"""Settings in, a `Library` out: the one place where the parts are wired together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.address import Address
from indexer.analysis import analyzer
from indexer.config import Settings
from indexer.document import Edition, StoredDocument, StoredPassage
from indexer.errors import IndexUnavailable, NotFound, StoreUnavailable
from indexer.held import Cited, Info, Life, Readiness, Reading
from indexer.index import entries
from indexer.index.engine import Engine
from indexer.index.engines import advice, open_engine
from indexer.index.engines.remote import Remote
from indexer.index.fields import Facet
from indexer.index.request import Order
from indexer.parts import Parts
from indexer.printed import printable
from indexer.references import VERSION as REFERENCES
from indexer.safekeeping.opening import open_store
from indexer.search.completions import Completion
from indexer.search.lines import Lines, Side
from indexer.search.service import PAGE_SIZE, Results, Search, Within
from indexer.store.store import Store

if TYPE_CHECKING:
    from indexer.editions.history import Revision, Successor
    from indexer.reading.protocol import Open


class Library(Parts):
    """All that the command line and the web front end can ask for, and its `maintenance`.

    Methods raise `StoreUnavailable` or `IndexUnavailable` where the data cannot be used.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        engine: Engine,
        *,
        stay: bool = False,
        readers: Open | None = None,
    ) -> None:
        super().__init__(settings, store, engine, stay=stay, readers=readers)
        self.service = Search(store, engine)
        self.log = store.log
        self.listing, self.holdings = store.listing, store.holdings
        self.catalogue, self.everything = store.catalogue, store.everything

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives up files, connections and processes."""
        self.close_parts()
        self.engine.close()
        self._store.close()

    def search(
        self,
        text: str,
        page: int = 1,
        size: int = PAGE_SIZE,
        *,
        order: Order = Order.RELEVANCE,
        facets: Mapping[Facet, int] | None = None,
        as_of: str = "",
    ) -> Results:
        """Page `page`, from 1, of the passages that match what a person typed.

        `facets` are those to count, each with how many of its values. `as_of` is a moment (see
        `indexer.search.past.moment`), to search what stood then. Raises `TooMuchHasChanged`.
        """
        return self.service(text, page, size, order, facets, as_of)

    def every(
        self, text: str, *, order: Order = Order.RELEVANCE, as_of: str = ""
    ) -> Iterator[tuple[StoredDocument, StoredPassage]]:
        """All passages that match in full what a person typed, a few at a time."""
        return self.service.every(text, order, as_of)

    def lines(
        self,
        text: str,
        *,
        order: Order = Order.RELEVANCE,
        side: Side | None = None,
        facets: Mapping[Facet, int] | None = None,
        as_of: str = "",
    ) -> Lines:
        """A line for each hit of what a person typed, in an order or sorted by a side."""
        return self.service.lines(text, order, side, facets, as_of)

    def within(self, document: StoredDocument, text: str) -> Within | None:
        """What a person typed finds in one document as it stands; None if it asks for nothing."""
        return self.service.within(text, document.slug, max(document.passages, 1))

    def beside(
        self, keys: Collection[int]
    ) -> dict[int, tuple[StoredPassage | None, StoredPassage | None]]:
        """The passages before and after each of some, by key; None where there is none."""
        return self._store.beside(keys)

    def completions(self, text: str) -> tuple[Completion, ...]:
        """Titles, headings and words that may be meant by what a person is still typing."""
        return self.service.completions(text)

    def documents(self) -> tuple[StoredDocument, ...]:
        """The documents in the corpus, by slug."""
        return self._store.documents()

    def described(self, slugs: Collection[str]) -> dict[str, StoredDocument]:
        """The documents at those of `slugs` where there is one, by slug."""
        return self._store.described(slugs)

    def newest(self, limit: int, offset: int = 0) -> tuple[StoredDocument, ...]:
        """Some of the documents in the corpus: those of the latest dates first."""
        return self._store.newest(limit, offset)

    def noted(self) -> tuple[StoredDocument, ...]:
        """The documents in the corpus of which something was left out or doubted, by slug."""
        return self._store.noted()

    def document(self, slug: str, edition: int | None = None) -> Reading:
        """A document and its passages, as they stand now or stood in `edition`, from 1.

        Raises `NotFound` where there is none, and, unless an edition is asked for, where its file
        has left the corpus.
        """
        document = self._store.document(slug)
        if edition is not None:
            return self._as_of(document, edition)
        if not document.present:
            raise NotFound(f"the file of document {slug!r} is no longer in the corpus")
        return self._reading(document)

    def to_write(
        self, slug: str, edition: int | None = None
    ) -> tuple[Reading, tuple[Edition, ...]]:
        """A document, now or in an edition, and all its editions up to it. Raises `NotFound`."""
        reading = self.document(slug, edition)
        found = self._store.editions(slug)
        return reading, tuple(e for e in found if e.number <= reading.document.edition)

    def cited(self, reading: Reading, whole: Reading | None = None) -> Cited:
        """What is cited in `reading`, and how often it is cited; `whole` is all of its document.

        A page can be read without an index, so that this is no error where it cannot be asked.
        """
        document = reading.document
        links = self.citations.links(document, reading.passages)
        try:
            counts = self.citations.counts(document, (whole or reading).passages)
        except IndexUnavailable as error:
            return Cited(links, None, str(error))
        return Cited(links, counts)

    def standing(self, slug: str, edition: int) -> tuple[StoredPassage, ...]:
        """What stands in an edition of a document, in order; nothing where there is none."""
        return self._store.passages(slug, edition)

    def locate(self, slug: str, local_id: str, edition: int | None = None) -> StoredPassage:
        """The passage at an address, as it stands or last stood, or as it stood in `edition`.

        Raises `NotFound`.
        """
        document, history = self._store.document(slug), self._store.history(slug, local_id)
        if edition is None:
            return history[-1]
        self._check_edition(document, edition)
        stood = [stored for stored in history if stored.stands_in(edition)]
        if not stood:
            raise NotFound(
                f"{history[0].address} was not in edition {edition}; "
                f"it was first in edition {history[0].since}"
            )
        return stood[0]

    def as_cited(
        self, slug: str, local_id: str, edition: int | None = None
    ) -> tuple[Reading, StoredPassage]:
        """The document and the passage at an address, in `edition` or the last that has it.

        Raises `NotFound`.
        """
        stored = self.locate(slug, local_id, edition)
        if edition is None:
            last = self._store.document(slug).edition
            edition = last if stored.until is None else stored.until - 1
        return self.document(slug, edition), stored

    def life(self, slug: str, local_id: str) -> Life:
        """All that has happened to the passage at an address. Raises `NotFound`."""
        from indexer.editions.history import life  # noqa: PLC0415 - a search can do without

        document, history = self._store.document(slug), self._store.history(slug, local_id)
        moments = life(history, self._store.editions(slug))
        return Life(document, history[-1], moments, self._store.former(slug))

    def revisions(self, slug: str) -> tuple[Revision, ...]:
        """The editions of a document, the first first, each with what it did. Raises `NotFound`."""
        from indexer.editions.history import revisions  # noqa: PLC0415 - a search can do without

        self._store.document(slug)
        revised, untouched = self._store.revised(slug), self._store.untouched(slug)
        return revisions(revised, untouched, self._store.editions(slug))

    def successor(self, retired: StoredPassage) -> Successor | None:
        """Where in its document to look now for a passage that no longer stands, if anywhere."""
        from indexer.editions.history import successor  # noqa: PLC0415 - a search can do without

        slug = retired.document
        if retired.until is None or not self._store.document(slug).present:
            return None
        last = self._store.passages(slug, retired.until - 1)
        return successor(retired, last, self._store.passages(slug))

    def moved(self, slug: str) -> str:
        """The slug that the document once at `slug` has now, or an empty string."""
        return self._store.moved(slug)

    def of_file(self, path: str) -> StoredDocument | None:
        """The document of a file in the corpus folder, if there is one."""
        return self._store.document_of(path)

    def with_content(self, hashes: Collection[str]) -> StoredDocument | None:
        """A document whose file has one of these content hashes, if there is one."""
        return self._store.document_with(hashes)

    def export(self) -> Iterator[Reading]:
        """Every document of the corpus with its passages, by slug."""
        for document in self.documents():
            yield self._reading(document)

    def info(self) -> Info:
        """Counts and places."""
        held = self._store.held()
        behind = self._store.position() - (0 if self.engine.is_stale() else self.engine.position())
        return Info(
            documents=held.documents,
            passages=held.passages,
            engine=self.engine.name,
            behind=behind,
            corpus=printable(str(self.settings.corpus)),
            data=printable(str(self.settings.data)),
            synced_at=held.synced_at,
            failures={file: each.reason for file, each in self._store.failures().items()},
            advice=advice(self.engine.name, held.passages),
        )

    def readiness(self) -> Readiness:
        """Whether store and index can be used; cheap enough to be asked all the time."""
        try:
            position = self._store.position()
        except StoreUnavailable as error:
            return Readiness(store=str(error))
        try:
            passages, followed = self.maintenance.indexed(), self.engine.position()
        except IndexUnavailable as error:
            return Readiness(index=str(error))
        return Readiness(passages=passages, behind=max(0, position - followed))

    def _reading(self, document: StoredDocument) -> Reading:
        """By its edition, so that a sync in between does not give it the passages of the next."""
        return Reading(document, self._store.passages(document.slug, document.edition))

    def _as_of(self, document: StoredDocument, edition: int) -> Reading:
        self._check_edition(document, edition)
        if edition == document.edition:
            return self._reading(document)
        then = self._store.editions(document.slug)[edition - 1]
        passages = self._store.passages(document.slug, edition)
        as_it_was = replace(
            document,
            edition=edition,
            metadata=then.metadata,
            changed_at=then.at,
            passages=len(passages),
            notes=(),  # they are not kept
        )
        return Reading(as_it_was, passages)

    @staticmethod
    def _check_edition(document: StoredDocument, edition: int) -> None:
        if not 1 <= edition <= document.edition:
            newest = f"the newest is {document.edition}"
            raise NotFound(f"{Address(document.slug)} has no edition {edition}; {newest}")


def open_library(
    settings: Settings,
    *,
    stay: bool = False,
    readers: Open | None = None,
    analysis: str = analyzer.VERSION,
    upgrades: bool = False,
    new_store: bool = False,
) -> Library:
    """The library in the data folder that `settings` name; the folder is made if it is missing.

    With `stay` a process that reads waits between two syncs for the next files. `readers` opens
    what reads files, if not processes of its own; `analysis` is the version of the analysis that
    the index must be made by. See `open_store` for the others.
    """
    store = open_store(settings, upgrades=upgrades, new_store=new_store)
    made_for = fingerprint(store, analysis)
    engine = open_engine(settings.engine, settings.data, made_for, _remote(settings))
    return Library(settings, store, engine, stay=stay, readers=readers)


def _remote(settings: Settings) -> Remote:
    return Remote(
        urls=settings.engine_url,
        user=settings.engine_user,
        password_file=settings.engine_password_file,
        authority=settings.engine_ca,
        plain=settings.engine_plain,
        seconds=settings.engine_seconds,
        shards=settings.engine_shards,
        replicas=settings.engine_replicas,
    )


def fingerprint(store: Store, analysis: str = analyzer.VERSION) -> dict[str, str]:
    """What an index of `store` is made for; one made for anything else is stale."""
    return {
        "store": store.identity,
        "analysis": analysis,
        "entries": f"{entries.VERSION} {REFERENCES}",
    }
