"""Reads posting lists, lengths and columns of all segments of a Whoosh index as arrays."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.structfile import StructFile
from whoosh.matching import Matcher
from whoosh.reading import IndexReader, TermNotFound
from whoosh.searching import Searcher
from whoosh.util.numeric import byte_to_length

from indexer.index.bm25 import K1, B
from indexer.index.engines.whoosh_codec import Numbers, Packed, PackedMatcher, together, unpacked
from indexer.index.engines.whoosh_lexicon import Lexicon

_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], float)  # Whoosh's, of a byte
_NONE = Packed(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint8))


class _Leaf:
    """One segment; `base` is the number of its first document, `gone` are those deleted."""

    def __init__(self, reader: IndexReader, base: int, lexicon: Lexicon) -> None:
        self.reader = reader
        self.base = base
        self.gone = np.array(sorted(reader.segment().deleted_docs()), np.int64)
        self._lexicon = lexicon
        self._file: StructFile | None = None  # of the posting lists

    def read(self, field: str, term: str) -> Packed | None:
        """The posting list of a term, if it is in this segment.

        Its place in the file is known if the terms of the field have been read; else Whoosh finds
        it, which takes longer.
        """
        words = self._lexicon.known(self.reader, field)
        if words and words.starts:
            start = words.start(term)
            return None if start is None else self._there(unpacked(self._opened(field), start))
        try:
            return self._there(_packed(self._matcher(field, term.encode())))
        except TermNotFound:
            return None

    def together(self, field: str, terms: Sequence[str]) -> tuple[Numbers, Numbers, Numbers]:
        """The postings of several terms: documents, counts, and which of the terms each is of."""
        words = self._lexicon.of(self.reader, field)
        if not words.starts:  # an index that is yet to be rebuilt
            found = [(at, self.read(field, term)) for at, term in enumerate(terms)]
            lists = [(at, each) for at, each in found if each]
            which = np.repeat([at for at, _ in lists], [len(each.ids) for _, each in lists])
            ids = np.concatenate([_NONE.ids, *(each.ids for _, each in lists)])
            counts = np.concatenate([_NONE.ids, *(each.counts for _, each in lists)])
            return ids, counts, which.astype(np.int64)
        starts = [
            (at, start) for at, t in enumerate(terms) if (start := words.start(t)) is not None
        ]
        ids, counts, lengths = together(self._opened(field), [start for _, start in starts])
        which = np.repeat(np.array([at for at, _ in starts], np.int64), lengths)
        if len(self.gone):
            kept = ~np.isin(ids, self.gone)
            ids, counts, which = ids[kept], counts[kept], which[kept]
        return ids + self.base, counts, which

    def terms(self, field: str) -> list[str]:
        """All terms of a field."""
        return self._lexicon.of(self.reader, field).names

    def _matcher(self, field: str, term: bytes) -> Matcher:
        matcher = self.reader.postings(field, term)
        return matcher.child if len(self.gone) else matcher

    def _opened(self, field: str) -> StructFile:
        """The file that the reader has open: to open it again would copy it into memory."""
        if self._file is None:
            first = next(iter(self.reader.lexicon(field)))
            self._file = self._matcher(field, first).file
        return self._file

    def _there(self, found: Packed) -> Packed:
        """`found` without what is deleted, by numbers through all segments."""
        ids, counts, places = found
        if len(self.gone):
            kept = ~np.isin(ids, self.gone)
            places = places[np.repeat(kept, counts)] if len(places) else places
            ids, counts = ids[kept], counts[kept]
        return Packed(ids + self.base, counts, places)


class Postings:
    """What an open Whoosh reader, which never changes, has of terms and documents.

    Documents are numbered through all segments; `count` of them, with those that are deleted.
    """

    def __init__(self, searcher: Searcher, lexicon: Lexicon) -> None:
        self._searcher = searcher
        reader: IndexReader = searcher.reader()
        self.count = int(reader.doc_count_all())
        self._leaves: list[_Leaf] = []
        if self.count:
            self._leaves = [_Leaf(leaf, base, lexicon) for leaf, base in reader.leaf_readers()]
        self._norms: dict[str, NDArray[np.float64]] = {}

    def everything(self) -> Numbers:
        """All documents that are not deleted."""
        there = np.ones(self.count, bool)
        for leaf in self._leaves:
            there[leaf.base + leaf.gone] = False
        return np.flatnonzero(there)

    def of(self, field: str, term: str) -> Packed:
        """The posting list of a term, without documents that are deleted."""
        parts = [each for leaf in self._leaves if (each := leaf.read(field, term))]
        if len(parts) == 1:
            return parts[0]
        joined = zip(*parts, strict=True)
        return Packed(*map(np.concatenate, joined)) if parts else _NONE

    def together(self, field: str, terms: Sequence[str]) -> tuple[Numbers, Numbers, Numbers]:
        """All postings of `terms`: the document, how often it has the term, and which it is."""
        parts = [leaf.together(field, terms) for leaf in self._leaves] or [(_NONE.ids,) * 3]
        ids, counts, which = (
            np.concatenate([_NONE.ids, *each]) for each in zip(*parts, strict=True)
        )
        return ids, counts, which

    def values(self, field: str) -> tuple[list[str], Numbers, Numbers]:
        """All terms of a field; each pair of a document and the ordinal of a term that it has."""
        terms = sorted({term for leaf in self._leaves for term in leaf.terms(field)})
        ids, _, which = self.together(field, terms)
        return terms, ids, which

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
