"""All that a store says and that may not depend on who wrote it, or when."""

from typing import Any

from indexer.library import Library


def said(library: Library) -> dict[str, Any]:
    """Each document by its address, with its editions, its paragraphs and what happened to it."""
    store = library._store
    told: dict[str, Any] = {}
    for record in store.files().values():
        document = store.document(record.slug)
        told[record.slug] = {
            "file": record.file,
            "hash": record.hash,
            "present": document.present,
            "title": document.metadata.title,
            "editions": [
                [(stored.passage.id, stored.passage.text) for stored in passages]
                for number in range(1, document.edition + 1)
                for passages in [store.passages(record.slug, number)]
            ],
            "former": {slug for slug, _ in store.former(record.slug)},
            "happened": [
                (event.happening.value, event.edition.number) for event in store.log.of(record.slug)
            ],
        }
    failed = {path: failure.reason for path, failure in store.failures().items()}
    return {"documents": told, "slugs": store.slugs(), "failures": failed}
