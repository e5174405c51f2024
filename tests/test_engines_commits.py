"""The conformance suite: what every engine in the table makes of commits and rebuilds."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.errors import BadSetting, IndexUnavailable
from indexer.index.engine import Engine, Searcher
from indexer.index.engines import LOCAL, advice, open_engine
from indexer.index.fields import Field
from indexer.index.matches import AnyOf, Near, Term
from indexer.index.request import Request
from indexer.search.vocabulary import Known, KnownByCommit, Vocabulary
from indexer.search.weights import Weights
from tests.helpers.engines import TEXTS, Open, count, entry, found, of_each, opened_at, search, stem
from tests.helpers.engines import keys as keys_of


def test_without_an_index_a_search_is_an_error(reopen: Open) -> None:
    empty = reopen()
    assert empty.is_stale()
    with pytest.raises(IndexUnavailable, match="pilcrow sync"):
        search(empty, Request(stem("minister")))
    with pytest.raises(IndexUnavailable):
        empty.position()


def test_what_fills_a_new_index_may_put_a_document_again_and_drop_it(reopen: Open) -> None:
    made = reopen()
    with made.rebuild() as fresh:
        with fresh.update() as batch:
            batch.drop("doc-1")
            batch.put("doc-1", [entry(1, "herrings")])
            batch.put("doc-2", [entry(2, "cod")])
            batch.commit(1)
            batch.put("doc-1", [entry(3, "haddock")])
            batch.drop("doc-2")
            batch.commit(2)
        assert keys_of(fresh) == {"doc-1": frozenset({3})}
        with fresh.update() as batch:
            batch.drop("doc-1")
            batch.put("doc-3", [entry(4, "whiting")])
            batch.commit(3)
        assert keys_of(fresh) == {"doc-3": frozenset({4})}


def test_each_commit_has_a_key_of_its_own(engine: Engine, reopen: Open) -> None:
    reader = reopen()
    seen = []
    for position in (5, 6):
        for _ in range(2):
            with reader.searcher() as searcher:
                seen.append(searcher.commit)
        assert seen[-1] == seen[-2]
        with engine.update() as batch:
            batch.put("doc-9", [entry(9, f"text {position}")])
            batch.commit(position)
    with engine.rebuild() as fresh, fresh.update() as batch:
        batch.commit(7)
    with reader.searcher() as searcher:
        seen.append(searcher.commit)
    assert len(set(seen)) == 3


def test_counts_and_vocabulary(engine: Engine) -> None:
    with engine.searcher() as searcher:
        assert searcher.count() == 4
        terms = [stem("minister"), stem("transit"), stem("absent"), Term(Field.EXACT, "a")]
        assert searcher.frequencies(terms) == [2, 2, 0, 1]
        assert sorted(searcher.vocabulary(Field.EXACT, "t")) == [
            ("the", 1),
            ("third", 1),
            ("to", 1),
            ("trade", 1),
            ("transit", 2),
        ]
        everything = list(searcher.vocabulary(Field.EXACT))
        assert len(everything) == 15
        for prefix in ("", "t", "th", "x"):
            expected = [pair for pair in everything if pair[0].startswith(prefix)]
            assert sorted(searcher.vocabulary(Field.EXACT, prefix)) == sorted(expected)
        assert list(searcher.vocabulary(Field.TITLE)) == []


def answers(searcher: Searcher) -> list[object]:
    """What a searcher says in all the ways that it can be asked."""
    answer = searcher.search(Request(AnyOf((stem("transit"), stem("minister"))), facets=of_each(3)))
    near = searcher.search(Request(Near(Field.EXACT, ("goods", "transit"), 9)))
    return [
        *(answer, near, searcher.count(), searcher.commit, dict(searcher.keys())),
        searcher.frequencies([stem("minister"), stem("transit")]),
        sorted(searcher.vocabulary(Field.EXACT)),
    ]


@pytest.mark.parametrize("opened", ["before", "after"])
def test_a_searcher_is_of_one_commit(engine: Engine, reopen: Open, opened: str) -> None:
    """Whatever is written, rebuilt and swept meanwhile, by this process or by another."""
    reader = engine if opened == "before" else reopen()
    with reader.searcher() as searcher, reader.searcher() as not_asked_yet:
        before = answers(searcher)
        with engine.update() as batch:
            batch.drop("doc-1")
            batch.put("doc-9", [entry(9, "ministers of transit")])
            batch.commit(5)
        assert answers(searcher) == before
        with reader.searcher() as newer:
            assert newer.frequencies([stem("ministers")]) == [1]
            assert searcher.frequencies([stem("ministers")]) == [0]
        for position in (6, 7):
            with engine.rebuild() as fresh, fresh.update() as batch:
                batch.put("doc-7", [entry(7, "transit")])
                batch.commit(position)
        with reader.searcher() as newest:
            assert newest.count() == 1
        assert answers(searcher) == answers(not_asked_yet) == before
    assert count(reader) == 1


def test_a_searcher_of_an_engine_that_is_closed_answers_to_its_end(engine: Engine) -> None:
    with engine.searcher() as searcher:
        before = answers(searcher)
        engine.close()
        assert answers(searcher) == before
    assert count(engine) == 4


def test_threads_share_searchers_of_two_commits(engine: Engine) -> None:
    with engine.searcher() as older, ThreadPoolExecutor(4) as pool:
        with engine.update() as batch:
            batch.put("doc-9", [entry(9, "ministers of transit")])
            batch.commit(5)
        with engine.searcher() as newer:
            expected = [answers(older), answers(newer)] * 20
            assert list(pool.map(answers, [older, newer] * 20)) == expected


def test_a_vocabulary_is_of_one_commit(engine: Engine) -> None:
    with engine.searcher() as searcher:
        kept = KnownByCommit()
        vocabulary = Vocabulary(searcher, kept.of(searcher))
        with engine.update() as batch:
            batch.put("doc-9", [entry(9, "ministers")])
            batch.commit(5)
        with engine.searcher() as newer:
            assert "ministers" in Vocabulary(newer, kept.of(newer)).words()
        assert "ministers" not in vocabulary.words()
        assert "ministers" not in vocabulary.within("minister", 1)


def test_weights_are_of_one_commit(engine: Engine) -> None:
    kept = KnownByCommit()
    with engine.searcher() as searcher:
        before = Weights(searcher, kept.of(searcher)).postings("transit")
    with engine.update() as batch:
        batch.put("doc-9", [entry(9, "ministers of transit")])
        batch.commit(5)
    with engine.searcher() as newer:
        for _ in range(2):  # the second time from what is kept
            weights = Weights(newer, kept.of(newer))
            assert weights.postings("transit") == before + 1
            fresh = Weights(newer, Known()).exact("transit", 1, common=False)
            assert weights.exact("transit", 1, common=False) == fresh


def test_a_document_is_replaced_as_a_whole(engine: Engine, reopen: Open) -> None:
    with engine.update() as batch:
        batch.put("doc-2", [entry(20, "goods by rail"), entry(21, "people by road")])
        batch.drop("doc-3")
        batch.drop("doc-unknown")
        batch.commit(7)
    for each in (engine, reopen()):
        assert keys_of(each) == {
            "doc-1": frozenset({1}),
            "doc-2": frozenset({20, 21}),
            "doc-4": frozenset({4}),
        }
        assert found(each, stem("minister")) == [1]
        assert found(each, stem("transit")) == [1]
        assert each.position() == 7


def test_following_the_same_changes_again_changes_nothing(engine: Engine) -> None:
    before = search(engine, Request(stem("transit")))
    for _ in range(2):
        with engine.update() as batch:
            batch.put("doc-2", [entry(2, TEXTS[2])])
            batch.commit(5)
    assert [hit.key for hit in search(engine, Request(stem("transit"))).found] == [
        hit.key for hit in before.found
    ]
    assert len(keys_of(engine)) == len(TEXTS)


def test_what_is_not_committed_is_dropped(engine: Engine, reopen: Open) -> None:
    with engine.update() as batch:
        batch.put("doc-9", [entry(9, "minister")])
    with pytest.raises(RuntimeError), engine.update() as batch:
        batch.drop("doc-1")
        raise RuntimeError
    assert found(reopen(), stem("minister")) == [3, 1]
    assert engine.position() == 4


def test_readers_see_a_commit_and_a_rebuild_without_being_told(
    engine: Engine, reopen: Open
) -> None:
    reader = reopen()
    assert found(reader, stem("minister")) == [3, 1]
    with engine.update() as batch:
        batch.drop("doc-3")
        assert found(reader, stem("minister")) == [3, 1]
        batch.commit(5)
    assert found(reader, stem("minister")) == [1]
    with engine.rebuild() as fresh, fresh.update() as batch:
        batch.put("new", [entry(50, "minister")])
        batch.commit(6)
        assert found(reader, stem("minister")) == [1]
    assert found(reader, stem("minister")) == [50]
    assert reader.position() == 6


def test_a_rebuild_that_fails_leaves_the_live_index(engine: Engine, reopen: Open) -> None:
    with pytest.raises(RuntimeError), engine.rebuild() as fresh, fresh.update() as batch:
        batch.put("new", [entry(50, "minister")])
        batch.commit(6)
        raise RuntimeError
    assert found(reopen(), stem("minister")) == [3, 1]
    assert engine.position() == 4


def test_an_index_of_another_store_is_stale(engine: Engine, tmp_path: Path) -> None:
    assert not engine.is_stale()
    other = opened_at(engine.name, tmp_path, "another")
    assert other.is_stale()


# Whoosh leaves a file open when what it reads there makes no sense.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_damaged_index_is_an_error_and_stays_as_it_is(
    engine: Engine, reopen: Open, tmp_path: Path
) -> None:
    if engine.name not in LOCAL:
        pytest.skip("its index is no folder")
    engine.close()
    generation = next((tmp_path / engine.name).glob("gen-*"))
    for file in generation.iterdir():
        if file.name not in ("FINGERPRINT", "POSITION") and file.stat().st_size:
            file.write_bytes(b"\xff" * 8)
    files = sorted(path.name for path in generation.iterdir())
    with pytest.raises(IndexUnavailable, match="pilcrow rebuild"):
        search(reopen(), Request(stem("minister")))
    assert sorted(path.name for path in generation.iterdir()) == files


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="whoosh"):
        open_engine("lucene", tmp_path, {"store": "a-store"})


def test_an_engine_that_is_not_installed_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "indexer.index.engines.tantivy_engine", raising=False)
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with pytest.raises(BadSetting, match=r"pip install 'pilcrow\[tantivy\]'"):
        open_engine("tantivy", tmp_path, {"store": "a-store"})


@pytest.mark.parametrize(
    ("name", "passages", "advised"),
    [("whoosh", 100_000, False), ("whoosh", 100_001, True), ("tantivy", 10**9, False)],
)
def test_an_engine_that_is_outgrown_is_told(name: str, passages: int, advised: bool) -> None:
    assert ("pilcrow sync --engine tantivy" in advice(name, passages)) == advised
