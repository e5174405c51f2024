"""What an edition says in, a digest of it out, by which a changed letter is found.

A database notices a damaged page of its own, not a changed letter in a text.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from indexer.store import rows, schema

Rows = Callable[[sa.Executable], Sequence[sa.Row[Any]]]  # what runs a query

_ORDER = rows.SAID.index("order")
_DOCUMENTS = 200  # whose passages are in memory at once


def digest(metadata: Mapping[str, Any], said: Iterable[Sequence[Any]]) -> str:
    """SHA-256 of the metadata of an edition and the rows of its passages, in hexadecimal digits.

    `said` are values of the columns `rows.SAID`, as they are written, in the order of passages.
    """
    made = hashlib.sha256(json.dumps(metadata, sort_keys=True).encode())
    for row in said:
        made.update(json.dumps(row).encode())
    return made.hexdigest()


def altered(run: Rows, many: int) -> Iterator[str]:
    """At most `many` lines on editions that do not say any more what they said.

    Editions that came in before there were digests are passed over.
    """
    found = 0
    d = schema.documents.c
    slugs = {row.id: row.slug for row in run(sa.select(d.id, d.slug).order_by(d.id))}
    known = list(slugs)
    for at in range(0, len(known), _DOCUMENTS):
        some = known[at : at + _DOCUMENTS]
        for document, number in _altered(run, some[0], some[-1]):
            yield f"{slugs[document]}@{number} has been altered"
            found += 1
            if found == many:
                return


def _altered(run: Rows, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The documents from `first` to `last`, and the numbers of their editions, that differ."""
    e, p = schema.editions.c, schema.passages.c
    metadata = sa.cast(e.metadata, sa.Text)
    editions = (
        sa.select(e.document, e.number, metadata, e.digest)
        .where(e.document.between(first, last), e.digest.is_not(None))
        .order_by(e.document, e.number)
    )
    columns = rows.columns(schema.passages, ("document", "since", "until", *rows.SAID))
    passages = sa.select(*columns).where(p.document.between(first, last)).order_by(p.document)
    found: Iterable[Sequence[Any]] = run(passages)
    of = {key: list(group) for key, group in groupby(found, key=itemgetter(0))}
    kept: Iterable[Sequence[Any]] = run(editions)
    for document, number, said, noted in kept:
        stood = [
            list(row[3:])
            for row in of.get(document, ())
            if row[1] <= number and (row[2] is None or number < row[2])
        ]
        stood.sort(key=itemgetter(_ORDER))
        if not _is(said, stood, noted):
            yield document, number


def _is(metadata: str, said: Iterable[Sequence[Any]], noted: str) -> bool:
    try:
        return digest(json.loads(metadata), said) == noted
    except ValueError:  # no JSON any more
        return False
