"""How a Whoosh index keeps posting lists: as arrays, each of which is read as a whole.

Whoosh's own codec keeps blocks of 128 postings, a pickle each, with another pickle for the places
in every passage. To read one list took longer than to combine a hundred.
"""

import json
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar, overload

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PostingsWriter, W3TermInfo
from whoosh.fields import FieldType
from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import StructFile
from whoosh.formats import Format
from whoosh.matching import ListMatcher, Matcher
from whoosh.reading import IndexReader

Numbers = NDArray[np.int64]
T = TypeVar("T")
Places = NDArray[np.unsignedinteger]  # as wide as they must be

_HEAD = struct.Struct("<IIIBBB")  # checksum; passages and places; the bytes of each number
_KINDS = {width: np.dtype(f"<u{width}") for width in (1, 2, 4)}  # by the bytes of a number
_PLACE = "I"  # of the array that is the value of a posting
_NAMES = ".nms"  # the file of a segment with a line for each field: its name, terms and counts
_CODING = "utf-8", "surrogateescape"  # of terms; those that Whoosh makes of numbers are no text


class Packed(NamedTuple):
    """A posting list: the documents, ascending; how often each has the term, and where.

    `places` are those in the first document, then those in the second, and so on; empty if the
    field keeps none.
    """

    ids: Numbers
    counts: Numbers
    places: Places

    @property
    def values(self) -> list[bytes]:
        """The value of each posting, as it was given to Whoosh."""
        if not len(self.places):
            return [b""] * len(self.ids)
        parts = np.split(self.places.astype(_PLACE), np.cumsum(self.counts[:-1]))
        return [part.tobytes() for part in parts]


class Vocabulary(NamedTuple):
    """The terms of a field in one segment, sorted.

    For each in how many documents it is, and where in the file of posting lists its own begins.
    """

    names: list[str]
    counts: list[int]
    starts: list[int]

    def starting(self, prefix: str) -> dict[str, int]:
        """The terms that start with `prefix`, with their numbers of documents."""
        first = bisect_left(self.names, prefix)
        last = bisect_left(self.names, prefix + chr(sys.maxunicode), first)
        return dict(zip(self.names[first:last], self.counts[first:last], strict=True))

    def frequency(self, name: str) -> int:
        """In how many documents a term is."""
        at = bisect_left(self.names, name)
        return self.counts[at] if at < len(self.names) and self.names[at] == name else 0

    def start(self, name: str) -> int | None:
        """Where the posting list of a term begins, if it is one of these."""
        at = bisect_left(self.names, name)
        return self.starts[at] if at < len(self.names) and self.names[at] == name else None


def value_of(places: Sequence[int]) -> bytes:
    """What Whoosh is given as the value of a posting with `places`."""
    return array(_PLACE, places).tobytes()


def packed(ids: Sequence[int], counts: Sequence[float], values: Sequence[bytes]) -> bytes:
    """The bytes of a posting list; `values` are those of its postings, none without places."""
    places = np.frombuffer(b"".join(values), _PLACE)
    gaps = np.array([0, *ids], np.int64)
    arrays = (gaps[1:] - gaps[:-1], np.array(counts, np.int64), places)
    widths = [_width(int(each.max(initial=0))) for each in arrays]
    written = zip(arrays, widths, strict=True)
    body = b"".join([each.astype(_KINDS[width]).tobytes() for each, width in written])
    return _HEAD.pack(zlib.crc32(body), len(ids), len(places), *widths) + body


def _width(most: int) -> int:
    """The fewest bytes that will do for `most`."""
    return next(width for width in _KINDS if most < 1 << (8 * width))


def unpacked(file: StructFile, at: int) -> Packed:
    """The posting list at `at` in `file`.

    Raises `ValueError`, `KeyError` or `struct.error` if it is damaged.
    """
    gaps, counts, places = _arrays(file, at)
    return Packed(gaps.cumsum(dtype=np.int64), counts.astype(np.int64), places)


def together(file: StructFile, starts: Sequence[int]) -> tuple[Numbers, Numbers, Numbers]:
    """The documents of several posting lists one after the other, the counts, and the lengths.

    To read a thousand short ones takes half as long as one by one. Raises as `unpacked` does.
    """
    if not starts:
        return (np.empty(0, np.int64),) * 3
    lists = [_arrays(file, at) for at in starts]
    lengths = np.array([len(gaps) for gaps, _, _ in lists], np.int64)
    sums = np.concatenate([gaps for gaps, _, _ in lists]).cumsum(dtype=np.int64)
    before = np.concatenate([[0], sums[np.cumsum(lengths)[:-1] - 1]])
    counts = np.concatenate([counts for _, counts, _ in lists]).astype(np.int64)
    return sums - np.repeat(before, lengths), counts, lengths


def _arrays(file: StructFile, at: int) -> tuple[Places, Places, Places]:
    """The gaps between the documents of a posting list, the counts, and the places."""
    checksum, documents, places, *widths = _HEAD.unpack(file.get(at, _HEAD.size))
    wide, high, far = (_KINDS[width] for width in widths)
    second = documents * wide.itemsize
    third = second + documents * high.itemsize
    body = file.get(at + _HEAD.size, third + places * far.itemsize)
    if checksum != zlib.crc32(body):
        message = "a posting list is damaged"
        raise ValueError(message)
    gaps = np.frombuffer(body, wide, documents)
    counts = np.frombuffer(body, high, documents, second)
    return gaps, counts, np.frombuffer(body, far, places, third)


def vocabulary(leaf: IndexReader, field: str) -> Vocabulary | None:
    """The terms of `field` in the segment that `leaf` reads.

    None if Whoosh's own codec wrote it.
    """
    storage, name = leaf.storage(), leaf.segment().make_filename(_NAMES)
    if not storage.file_exists(name):
        return None
    file = storage.open_file(name)
    lines = file.get(0, storage.file_length(name)).split(b"\n")
    file.close()
    opening = _opening(field).encode()
    for line in lines:
        if line.startswith(opening):
            return Vocabulary(*json.loads(line.decode(*_CODING))[1:])
    return Vocabulary([], [], [])


def _opening(field: str) -> str:
    return json.dumps([field])[:-1] + ","


class PackedCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec but for posting lists, and with the terms of each field in one piece too."""

    def field_writer(self, storage: Storage, segment: Segment) -> "_FieldWriter":
        """See `Codec.field_writer`."""
        return _FieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: StructFile, byteids: object = False) -> "_ListWriter":
        """See `Codec.postings_writer`."""
        return _ListWriter(dbfile, blocklimit=sys.maxsize, byteids=byteids)

    def postings_reader(
        self,
        dbfile: StructFile,
        terminfo: W3TermInfo,
        format_: Format,
        term: object = None,
        scorer: object = None,
    ) -> Matcher:
        """See `Codec.postings_reader`."""
        return PackedMatcher(dbfile, terminfo, format_, term, scorer)


class PackedMatcher(ListMatcher):  # type: ignore[misc]
    """A posting list, which Whoosh goes through when it merges segments.

    We take it as it is, and read others from the same `file`.
    """

    def __init__(
        self, file: StructFile, terminfo: W3TermInfo, format_: Format, term: object, scorer: object
    ) -> None:
        self.file = file
        self.packed = found = unpacked(file, terminfo.extent()[0])
        super().__init__(
            _Later(len(found.ids), found.ids.tolist),
            _Later(len(found.ids), found.counts.astype(float).tolist),
            _Later(len(found.ids), lambda: found.values),
            format_,
            scorer,
            term=term,
            terminfo=terminfo,
        )


class _Later(Sequence[T]):
    """A list whose length is known, made when it is first looked into."""

    def __init__(self, length: int, make: Callable[[], list[T]]) -> None:
        self._length = length
        self._make = make
        self._made: list[T] | None = None

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if self._made is None:
            self._made = self._make()
        return self._made[at]


class _ListWriter(W3PostingsWriter):  # type: ignore[misc]
    """Writes all of a posting list as one block."""

    def _write_block(self, last: object = False) -> None:  # noqa: ARG002
        self._terminfo.add_block(self)
        self._postfile.write(packed(self._ids, self._weights, self._values))
        self._blockcount += 1
        self._new_block()


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Notes the terms of each field, beside what Whoosh writes of them."""

    def __init__(self, codec: PackedCodec, storage: Storage, segment: Segment) -> None:
        super().__init__(codec, storage, segment)
        self._file = segment.create_file(storage, _NAMES)
        self._known: dict[str, Vocabulary] = {}
        self._postings = 0

    def start_field(self, fieldname: str, fieldobj: FieldType) -> None:
        super().start_field(fieldname, fieldobj)
        self._terms = self._known.setdefault(fieldname, Vocabulary([], [], []))

    def start_term(self, btext: bytes) -> None:
        super().start_term(btext)
        self._terms.names.append(btext.decode(*_CODING))
        self._terms.starts.append(self._postfile.tell())
        self._postings = 0

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        super().add(docnum, weight, vbytes, length)
        self._postings += 1

    def finish_term(self) -> None:
        super().finish_term()
        self._terms.counts.append(self._postings)

    def close(self) -> None:
        for field, known in self._known.items():
            line = json.dumps([field, *known], ensure_ascii=False) + "\n"
            self._file.write(line.encode(*_CODING))
        self._file.close()
        super().close()
