"""Documents of a library in; their versions in other languages, and both side by side, out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from threading import Lock

from indexer.document import StoredDocument, StoredPassage
from indexer.naming import name_key
from indexer.store.store import Store
from indexer.works.identity import are_one_work, work_keys
from indexer.works.pair import Ground, Joined, pair

_KEPT = 64  # pairs of documents whose paragraphs are not joined again


@dataclass(frozen=True, slots=True)
class Row:
    """Passages of two versions that say the same; one side may be empty. See `pair.Joined`."""

    left: tuple[StoredPassage, ...]
    right: tuple[StoredPassage, ...]
    ground: Ground
    doubt: float
    conflicts: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Two documents as they stand, paragraph by paragraph; `is_one_work` if they are known as one.

    What is not is joined as if it were.
    """

    left: StoredDocument
    right: StoredDocument
    rows: tuple[Row, ...]
    is_one_work: bool

    def row_of(self, local_id: str) -> Row | None:
        """The row with the passage of the left document that has this id, if it stands there."""
        return next((r for r in self.rows if any(e.passage.id == local_id for e in r.left)), None)


class Works:
    """What a library knows of works. Methods raise `StoreUnavailable`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._kept: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[Joined, ...]] = {}

    def versions(
        self, documents: Collection[StoredDocument]
    ) -> dict[str, tuple[StoredDocument, ...]]:
        """The other versions of each of `documents` in the corpus, by its slug; by language."""
        keys = {document.slug: work_keys(document.metadata) for document in documents}
        named = self._store.versions.named(frozenset().union(*keys.values()))
        by_key: dict[str, list[StoredDocument]] = {}
        for other in named:
            for key in work_keys(other.metadata):
                by_key.setdefault(key, []).append(other)
        return {
            each.slug: _others(each, [o for key in keys[each.slug] for o in by_key.get(key, ())])
            for each in documents
        }

    def of(self, document: StoredDocument) -> tuple[StoredDocument, ...]:
        """The other versions of one document."""
        return self.versions([document])[document.slug]

    def named(self, name: str) -> tuple[StoredDocument, ...]:
        """The documents in the corpus that a person may mean by `name`, by slug."""
        key = name_key(name)
        return self._store.versions.named([key]) if key else ()

    def beside(self, left: StoredDocument, right: StoredDocument) -> Beside:
        """Two documents with the passages that stand in them in their editions, joined."""
        here = self._store.passages(left.slug, left.edition)
        there = self._store.passages(right.slug, right.edition)
        rows = tuple(
            Row(
                tuple(here[at] for at in each.left),
                tuple(there[at] for at in each.right),
                each.ground,
                each.doubt,
                each.conflicts,
            )
            for each in self._joined(here, there)
        )
        return Beside(left, right, rows, are_one_work(left.metadata, right.metadata))

    def _joined(
        self, here: Sequence[StoredPassage], there: Sequence[StoredPassage]
    ) -> tuple[Joined, ...]:
        """By the keys of the passages, each of which means one text for ever."""
        key = tuple(each.key for each in here), tuple(each.key for each in there)
        found = self._kept.get(key)
        if found is None:
            found = pair([each.passage for each in here], [each.passage for each in there])
            with self._lock:
                if len(self._kept) >= _KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = found
        return found


def _others(
    document: StoredDocument, found: Collection[StoredDocument]
) -> tuple[StoredDocument, ...]:
    """Those of `found` that are versions of `document`, each once."""
    others = {
        each.slug: each
        for each in found
        if each.slug != document.slug and are_one_work(document.metadata, each.metadata)
    }
    return tuple(sorted(others.values(), key=lambda each: (each.metadata.language, each.slug)))
