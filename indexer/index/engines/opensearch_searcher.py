"""Answers what is asked of one commit of an OpenSearch index: of a point in time."""

import json
import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from types import TracebackType
from typing import Any, NamedTuple

from opensearchpy import OpenSearch

from indexer.errors import IndexUnavailable
from indexer.index.answer import Answer, Count, Counts, ScoredKey
from indexer.index.engines.opensearch_client import AT_ONCE, Json, errors, every, whole
from indexer.index.engines.opensearch_query import FIRST_DAY, query_of
from indexer.index.fields import Facet, Field
from indexer.index.matches import Everything, Term
from indexer.index.request import Order, Request

DOCUMENT, KEY = Field.DOCUMENT.value, "key"
FACETS = {facet: f"facet_{facet.value}" for facet in Facet} | {Facet.DOCUMENT: DOCUMENT}

_KEPT = "2m"  # how long a point in time is held between two calls
_GIVING_BACK = 2  # seconds that nobody waits longer for
_VALUES = 10_000  # of a facet, or terms of a vocabulary, in one answer
_PARTS = 256  # frequencies asked for in one call

_RANKED: Mapping[Order, list[Json]] = {
    Order.RELEVANCE: [{"_score": "desc"}, {KEY: "asc"}],
    Order.NEWEST: [{FIRST_DAY: {"order": "desc", "missing": "_last"}}, {KEY: "asc"}],
    Order.OLDEST: [{FIRST_DAY: {"order": "asc", "missing": "_last"}}, {KEY: "asc"}],
}


class _Place(NamedTuple):
    """`after` are the values that the last of the first `offset` hits for `asked` is sorted by."""

    asked: str = ""
    offset: int = 0
    after: Sequence[object] = ()


class OpenSearchSearcher:
    """Implements `indexer.index.engine.Searcher`; the point in time is opened when it is asked."""

    def __init__(self, client: OpenSearch, index: str, commit: str, seconds: int) -> None:
        self._client = client
        self._index = index
        self._commit = commit
        self._seconds = seconds
        self._point = ""
        self._place = _Place()

    def __enter__(self) -> "OpenSearchSearcher":
        with errors():
            made = self._client.create_pit(
                index=self._index,
                params={"keep_alive": _KEPT, "allow_partial_pit_creation": "false"},
            )
        self._point = str(made["pit_id"])
        whole(made)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        point, self._point = self._point, ""
        # Where it cannot be given back, the cluster gives it up by itself.
        with suppress(IndexUnavailable), errors():
            self._client.delete_pit(body={"pit_id": [point]}, request_timeout=_GIVING_BACK)

    @property
    def commit(self) -> Hashable:
        """See `Searcher.commit`."""
        return self._index, self._commit

    def search(self, request: Request) -> Answer:
        """See `Searcher.search`."""
        query = query_of(request)
        total, hits = self._ranks(query, request.order, request.offset, request.limit)
        ranked = request.order is Order.RELEVANCE
        found = tuple(
            ScoredKey(int(hit["fields"][KEY][0]), float(hit["_score"]) if ranked else 0.0)
            for hit in hits
        )
        return Answer(total, found, self._facets(query, request.facets))

    def count(self) -> int:
        """See `Searcher.count`."""
        return self._ranks(query_of(Request(Everything())), Order.RELEVANCE, 0, 0)[0]

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        """See `Searcher.frequencies`; these are exact."""
        found: list[int] = []
        for at in range(0, len(terms), _PARTS):
            some = terms[at : at + _PARTS]
            filters = [{"term": {each.field.value: each.term}} for each in some]
            asked = {"aggs": {"each": {"filters": {"filters": filters}}}}
            buckets = self._ask({"size": 0, **asked})["aggregations"]["each"]["buckets"]
            found += [int(bucket["doc_count"]) for bucket in buckets]
        return found

    def vocabulary(self, field: Field, prefix: str = "") -> Iterator[tuple[str, int]]:
        """See `Searcher.vocabulary`; a prefix with more terms than one answer has is lengthened."""
        found, is_whole = self._terms(field, prefix)
        if is_whole:
            yield from found
            return
        seen = {term for term, _ in found}
        yield from ((term, count) for term, count in found if term == prefix)
        for letter in sorted({term[len(prefix)] for term in seen if len(term) > len(prefix)}):
            yield from self.vocabulary(field, prefix + letter)

    def keys(self) -> Iterator[tuple[str, frozenset[int]]]:
        """See `Searcher.keys`."""
        pairs = (
            (str(hit["fields"][DOCUMENT][0]), int(hit["fields"][KEY][0])) for hit in self._every()
        )
        for slug, group in groupby(pairs, key=lambda pair: pair[0]):
            yield slug, frozenset(key for _, key in group)

    def _every(self) -> Iterator[Json]:
        body: Json = {
            "query": {"match_all": {}},
            "sort": [{DOCUMENT: "asc"}, {KEY: "asc"}],
            "docvalue_fields": [DOCUMENT, KEY],
        }
        return every(self._ask, body)

    def _ranks(self, query: Json, order: Order, offset: int, limit: int) -> tuple[int, list[Json]]:
        """How many match, and `limit` hits after the first `offset`; many are asked for in parts.

        Where the last list ended the next begins, so that a walk through all costs each hit once.
        """
        asked = json.dumps([query, order])
        known = self._place
        place = known if known[:2] == (asked, offset) else _Place(asked)
        hits: list[Json] = []
        while True:
            size = min(offset + limit - place.offset, AT_ONCE)
            body: Json = {
                "size": size,
                "query": query,
                "sort": _RANKED[order],
                "docvalue_fields": [KEY],
                "track_total_hits": True,
                "track_scores": False,
            }
            after = {"search_after": place.after} if place.after else {}
            answer = self._ask(body | after)["hits"]
            some = answer["hits"]
            hits += some[max(offset - place.offset, 0) :]
            if some:
                place = _Place(asked, place.offset + len(some), some[-1]["sort"])
            if place.offset >= offset + limit or len(some) < size:
                self._place = place
                return int(answer["total"]["value"]), hits

    def _facets(self, query: Json, asked: Mapping[Facet, int]) -> dict[Facet, Counts]:
        wanted = {facet: most for facet, most in asked.items() if most}
        if not wanted:
            return dict.fromkeys(asked, ())
        aggregations = {
            facet.value: {"terms": _most(FACETS[facet], min(most, _VALUES))}
            for facet, most in wanted.items()
        }
        answer = self._ask({"size": 0, "query": query, "aggs": aggregations})["aggregations"]
        return {
            facet: self._counts(query, facet, wanted[facet], answer[facet.value])
            if facet in wanted
            else ()
            for facet in asked
        }

    def _counts(self, query: Json, facet: Facet, most: int, found: Json) -> Counts:
        """The counts of a facet, of which the most frequent were `found` so far."""
        buckets = found["buckets"]
        if most > _VALUES and found["sum_other_doc_count"]:
            buckets = sorted(self._buckets(query, facet), key=_frequent)[:most]
        elif found["doc_count_error_upper_bound"] and facet is not Facet.DOCUMENT:
            # All passages of a document are in one shard, whose count is that of all.
            raise IndexUnavailable("a facet has more values than can be counted exactly")
        return tuple(Count(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets)

    def _buckets(self, query: Json, facet: Facet) -> Iterator[Json]:
        """All values of a facet; the cluster refuses too many in one answer."""
        values: Json = {"size": _VALUES, "sources": [{"key": {"terms": {"field": FACETS[facet]}}}]}
        while True:
            asked = {"size": 0, "query": query, "aggs": {"all": {"composite": values}}}
            found = self._ask(asked)["aggregations"]["all"]
            yield from ({**each, "key": each["key"]["key"]} for each in found["buckets"])
            if "after_key" not in found:
                return
            values = {**values, "after": found["after_key"]}

    def _terms(self, field: Field, prefix: str) -> tuple[list[tuple[str, int]], bool]:
        """Terms with a prefix, and whether these are all."""
        asked: Json = {"field": field.value, "size": _VALUES, "shard_size": _VALUES + 1}
        if prefix:
            asked["include"] = f"{_quoted(prefix)}.*"
        body = {"size": 0, "aggs": {"terms": {"terms": asked}}}
        answer = self._ask(body)["aggregations"]["terms"]
        pairs = [(str(each["key"]), int(each["doc_count"])) for each in answer["buckets"]]
        return sorted(pairs), not answer["sum_other_doc_count"]

    def _ask(self, body: Json) -> Mapping[str, Any]:
        pit = {"pit": {"id": self._point, "keep_alive": _KEPT}, "timeout": f"{self._seconds}s"}
        with errors():
            answer = self._client.search(
                body=body | pit,
                params={
                    "allow_partial_search_results": "false",
                    # Frequencies of all shards together, so that scores do not depend on them.
                    "search_type": "dfs_query_then_fetch",
                },
            )
        return whole(answer)


def _most(field: str, most: int) -> Json:
    """The most frequent values; of each shard so many that the counts are exact."""
    order = [{"_count": "desc"}, {"_key": "asc"}]
    return {"field": field, "size": most, "shard_size": _VALUES, "order": order}


def _frequent(bucket: Json) -> tuple[int, str]:
    return -int(bucket["doc_count"]), str(bucket["key"])


def _quoted(text: str) -> str:
    """`text` for a regular expression of Lucene."""
    return re.sub(r'([.?+*|{}\[\]()"\\#@&<>~^$-])', r"\\\1", text)
