"""What can go wrong in Whoosh alone."""

import random
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from whoosh import fields, index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.codec.base import Codec
from whoosh.filedb.structfile import BufferFile
from whoosh.searching import Searcher

from indexer.errors import IndexUnavailable
from indexer.index.engines.whoosh_codec import (
    Packed,
    PackedCodec,
    packed,
    unpacked,
    value_of,
)
from indexer.index.engines.whoosh_engine import TermField
from indexer.index.engines.whoosh_lexicon import Lexicon
from indexer.index.engines.whoosh_places import adjacent, near
from indexer.index.engines.whoosh_postings import Postings
from indexer.index.fields import Field
from indexer.index.matches import AnyOf, Term
from indexer.index.request import Request
from indexer.library import Library
from tests.conftest import Write


def test_a_commit_that_fails_is_told_and_the_next_sync_makes_it_good(
    library: Library, write: Write
) -> None:
    write("a.txt", "Herrings swim.\n")
    random.seed(7)
    library.maintenance.sync()
    write("a.txt", "Herrings fly.\n")
    random.seed(7)  # by which Whoosh names its files, so that it stumbles over those that are there
    with pytest.raises(IndexUnavailable, match="AssertionError"):
        library.maintenance.sync()
    assert [hit.passage.passage.text for hit in library.search("herrings").hits] == [
        "Herrings swim."
    ]
    random.seed()
    library.maintenance.sync()
    assert library.maintenance.check().holds
    assert [hit.passage.passage.text for hit in library.search("herrings").hits] == [
        "Herrings fly."
    ]


WORDS = ["the", "of", "and", "lamp", "mill", "ferry"]


def texts(seed: int, count: int = 300) -> list[list[str]]:
    """Texts of few words, so that all of them are next to each other somewhere."""
    chance = random.Random(seed)
    return [chance.choices(WORDS, k=chance.randint(0, 12)) for _ in range(count)]


def written(folder: Path, batches: list[list[list[str]]], codec: Codec | None) -> Searcher:
    """A Whoosh index with a segment for each batch, in Whoosh's own format without a codec."""
    own = TermField(positions=True, scorable=True)
    exact = own if codec else fields.TEXT(analyzer=SpaceSeparatedTokenizer())
    made = index.create_in(folder, fields.Schema(exact=exact, key=fields.ID))
    for number, batch in enumerate(batches):
        writer = made.writer(codec=codec)
        for text in batch:
            writer.add_document(exact=text if codec else " ".join(text), key=f"{number}")
        writer.commit(merge=False)
    return made.searcher()


@pytest.mark.parametrize("codec", [PackedCodec(), None])
def test_posting_lists_of_all_segments(tmp_path: Path, codec: Codec | None) -> None:
    """An index that is not yet rebuilt has those of Whoosh."""
    batches = [texts(1), texts(2)]
    every = [text for batch in batches for text in batch]
    with written(tmp_path, batches, codec) as searcher:
        lexicon = Lexicon(searcher.reader())
        postings = Postings(searcher, lexicon)
        assert postings.everything().tolist() == [*range(len(every))]
        for word in [*WORDS, "zebra"]:
            having = [number for number, text in enumerate(every) if word in text]
            at = [place for text in every for place, other in enumerate(text) if other == word]
            found = postings.of("exact", word)
            assert found.ids.tolist() == having
            assert found.counts.tolist() == [every[number].count(word) for number in having]
            assert found.places.tolist() == at
            assert lexicon.counts("exact", word[:2]) == ({word: len(having)} if having else {})


def test_segments_are_merged_and_deleted_passages_left_out(tmp_path: Path) -> None:
    batches = [texts(3), texts(4), texts(5)]
    written(tmp_path, batches, PackedCodec()).close()
    made = index.open_dir(tmp_path)
    having = [text for text in (*batches[0], *batches[2]) if "mill" in text]
    places = [place for text in having for place, word in enumerate(text) if word == "mill"]
    for is_merged in (False, True):
        writer = made.writer(codec=PackedCodec())
        writer.delete_by_term("key", "1")
        writer.commit(merge=is_merged, optimize=is_merged)
        with made.searcher() as searcher:
            lexicon = Lexicon(searcher.reader())
            assert len(searcher.reader().leaf_readers()) == (1 if is_merged else 3)
            postings = Postings(searcher, lexicon)
            assert len(postings.everything()) == 600
            found = postings.of("exact", "mill")
            assert found.counts.tolist() == [text.count("mill") for text in having]
            assert found.places.tolist() == places


def test_a_posting_list_that_is_damaged_is_none() -> None:
    data = packed([1, 70_000], [2, 1], [value_of([0, 300]), value_of([70_000])])
    found = unpacked(BufferFile(data), 0)
    assert [each.tolist() for each in found] == [[1, 70_000], [2, 1], [0, 300, 70_000]]
    with pytest.raises(ValueError, match="damaged"):
        unpacked(BufferFile(data[:-1] + b"\xff"), 0)


def lists(every: list[list[str]], words: Iterable[str]) -> dict[str, Packed]:
    found = {}
    for word in words:
        places = [[at for at, other in enumerate(text) if other == word] for text in every]
        having = [number for number, at in enumerate(places) if at]
        counts = [len(at) for at in places if at]
        found[word] = Packed(*map(np.array, (having, counts, list(chain.from_iterable(places)))))
    return found


@pytest.mark.parametrize("seed", range(20))
def test_words_in_a_row_and_near_each_other(seed: int) -> None:
    chance, every = random.Random(seed), texts(seed)
    row = chance.choices(WORDS, k=chance.randint(2, 5))
    runs = [
        number
        for number, text in enumerate(every)
        if any(text[at : at + len(row)] == row for at in range(len(text)))
    ]
    assert adjacent(lists(every, row), row).tolist() == runs
    pair, slop = chance.choices(WORDS, k=2), chance.randint(0, 3)
    beside = [
        number
        for number, text in enumerate(every)
        if any(
            sorted((one, other)) == sorted(pair) and later - at - 1 <= slop
            for at, one in enumerate(text)
            for later, other in enumerate(text[at + 1 :], at + 1)
        )
    ]
    assert near(lists(every, pair), slop).tolist() == beside


def test_many_words_in_an_index_without_passages(library: Library) -> None:
    library.maintenance.sync()
    many = AnyOf(tuple(Term(Field.EXACT, f"w{number}") for number in range(40)))
    with library.engine.searcher() as searcher:
        assert searcher.search(Request(many)).total == 0
