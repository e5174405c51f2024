"""Reads posting lists, lengths and columns of all segments of a Whoosh index as arrays."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.matching import Matcher
from whoosh.reading import IndexReader, TermNotFound
from whoosh.searching import Searcher
from whoosh.util.numeric import byte_to_length

from indexer.index.bm25 import K1, B
from indexer.index.engines.whoosh_codec import Numbers, Packed, PackedMatcher

_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], float)  # Whoosh's, of a byte
_NONE = Packed(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint8))


class _Leaf(NamedTuple):
    """One segment; `base` is the number of its first document, `gone` are those deleted."""

    reader: IndexReader
    base: int
    gone: Numbers


class Postings:
    """What an open Whoosh reader, which never changes, has of terms and documents.

    Documents are numbered through all segments; `count` of them, with those that are deleted.
    """

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        reader: IndexReader = searcher.reader()
        self.count = int(reader.doc_count_all())
        self._leaves = [*_leaves(reader)] if self.count else []
        self._norms: dict[str, NDArray[np.float64]] = {}

    def everything(self) -> Numbers:
        """All documents that are not deleted."""
        there = np.ones(self.count, bool)
        for leaf in self._leaves:
            there[leaf.base + leaf.gone] = False
        return np.flatnonzero(there)

    def of(self, field: str, term: str) -> Packed:
        """The posting list of a term, without documents that are deleted."""
        name = term.encode()
        parts = [each for leaf in self._leaves if (each := _read(leaf, field, name))]
        if len(parts) == 1:
            return parts[0]
        joined = zip(*parts, strict=True)
        return Packed(*map(np.concatenate, joined)) if parts else _NONE

    def norms(self, field: str) -> NDArray[np.float64]:
        """What BM25 adds to the frequency in each document, below the line, for its length."""
        if field not in self._norms:
            lengths = _LENGTHS[self._column(f"_{field}_len", "u1")]
            average = self._searcher.avg_field_length(field) or 1
            self._norms[field] = K1 * (1 - B + B * lengths / average)
        return self._norms[field]

    def column(self, name: str) -> Numbers:
        """The number that each document has in a column of 32 bits."""
        return self._column(name, ">u4").astype(np.int64)

    def _column(self, name: str, kind: str) -> NDArray[np.unsignedinteger]:
        found = np.zeros(self.count, kind)
        for leaf in self._leaves:
            storage = leaf.reader.storage()
            file_name = W3Codec.column_filename(leaf.reader.segment(), name)
            if storage.file_exists(file_name):  # else none of its documents has a value
                file = storage.open_file(file_name)
                part = np.frombuffer(file.get(0, storage.file_length(file_name)), kind)
                file.close()
                found[leaf.base : leaf.base + len(part)] = part
        return found


def _leaves(reader: IndexReader) -> Iterator[_Leaf]:
    for leaf, base in reader.leaf_readers():
        gone = np.array(sorted(leaf.segment().deleted_docs()), np.int64)
        yield _Leaf(leaf, base, gone)


def _read(leaf: _Leaf, field: str, name: bytes) -> Packed | None:
    """The posting list in one segment, if the term is in it."""
    try:
        matcher = leaf.reader.postings(field, name)
    except TermNotFound:
        return None
    ids, counts, places = _packed(matcher.child if len(leaf.gone) else matcher)
    if len(leaf.gone):
        kept = ~np.isin(ids, leaf.gone)
        places = places[np.repeat(kept, counts)] if len(places) else places
        ids, counts = ids[kept], counts[kept]
    return Packed(ids + leaf.base, counts, places)


def _packed(matcher: Matcher) -> Packed:
    """What `matcher` goes through; one after another in an index that is yet to be rebuilt."""
    if isinstance(matcher, PackedMatcher):
        return matcher.packed
    ids: list[int] = []
    counts: list[int] = []
    places: list[int] = []
    is_placed = matcher.supports("positions")
    while matcher.is_active():
        ids.append(matcher.id())
        counts.append(int(matcher.weight()))
        places += matcher.value_as("positions") if is_placed else []
        matcher.next()
    return Packed(np.array(ids, np.int64), np.array(counts, np.int64), np.array(places, np.uint32))
