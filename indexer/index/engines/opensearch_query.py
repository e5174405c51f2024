"""Makes OpenSearch's own query of a request."""

from collections.abc import Iterator, Sequence

from indexer.index.bm25 import K1
from indexer.index.engines.opensearch_client import Json
from indexer.index.fields import SCORED, Field
from indexer.index.matches import (
    Adjacent,
    AllOf,
    AnyOf,
    Dated,
    Everything,
    Match,
    Near,
    Term,
    Without,
)
from indexer.index.request import Request

FIRST_DAY, LAST_DAY = "first_day", "last_day"
MOST_CLAUSES = 1024  # in one query, as OpenSearch refuses more unless it is told otherwise

_SPARE = 64  # clauses that OpenSearch adds of its own, and what they stand in
_MANY = 16  # terms of one field that may become one clause


def query_of(request: Request) -> Json:
    """The query for what `request` matches, with what raises its scores.

    Terms beyond what OpenSearch takes still match, but no longer add to the score: those of the
    largest of the groups that a pattern stands for.
    """
    leaves = _leaves(request.match) + sum(map(_leaves, request.boosts))
    compact = leaves > MOST_CLAUSES - _SPARE
    wanted = _of(request.match, compact=compact)
    if request.boosts:
        raised = [_of(boost, compact=compact) for boost in request.boosts]
        wanted = {"bool": {"must": [wanted], "should": raised}}
    scored = list(_scored(wanted))
    if not (scored and _has_days(request.match)):
        return wanted
    # A shard without a document of these days would drop the words before it counts them, and
    # their frequencies would be those of the other shards. What matches nothing keeps them.
    counted = {"bool": {"filter": [{"term": {Field.DOCUMENT.value: ""}}], "should": scored}}
    return {"dis_max": {"queries": [wanted, counted]}}


def _scored(query: object) -> Iterator[Json]:
    """The scored terms in a query."""
    if isinstance(query, list):
        for each in query:
            yield from _scored(each)
    elif isinstance(query, dict):
        for name, inner in query.items():
            if name == "term" and isinstance(next(iter(inner.values())), dict):
                yield {name: inner}
            else:
                yield from _scored(inner)


def _has_days(match: Match) -> bool:
    match match:
        case Dated():
            return True
        case AllOf(children) | AnyOf(children):
            return any(map(_has_days, children))
        case Without(wanted, unwanted):
            return _has_days(wanted) or _has_days(unwanted)
        case _:
            return False


def _of(match: Match, *, compact: bool) -> Json:  # noqa: PLR0911 - one return for each kind
    """The query for one condition, scored as the seam says."""
    match match:
        case Term():
            return _term(match)
        case Adjacent(field, terms):
            return _unscored(_adjacent(field, terms))
        case Near(field, (one, other), slop):
            clauses = [{"span_term": {field.value: each}} for each in (one, other)]
            # Out of order one word would be next to itself at one place.
            near = {"clauses": clauses, "slop": slop, "in_order": one == other}
            return _unscored({"span_near": near})
        case Dated(first, last):
            begun, ended = {"lte": last}, {"gte": first}
            ranges = [{"range": {FIRST_DAY: begun}}, {"range": {LAST_DAY: ended}}]
            return _unscored(*ranges)
        case Everything():
            return _unscored({"match_all": {}})
        case AllOf(children):
            return {"bool": {"must": [_of(child, compact=compact) for child in children]}}
        case AnyOf(children):
            return _any(children, compact=compact)
        case Without(wanted, unwanted):
            excluded = _of(unwanted, compact=True)
            return {"bool": {"must": [_of(wanted, compact=compact)], "must_not": [excluded]}}


def _term(term: Term) -> Json:
    if term.field not in SCORED:
        return _unscored({"term": {term.field.value: term.term}})
    # Lucene leaves out the factor of BM25 that is the same for all.
    boost = term.weight * (K1 + 1)
    if not boost:
        return _unscored({"term": {term.field.value: term.term}})
    return {"term": {term.field.value: {"value": term.term, "boost": boost}}}


def _adjacent(field: Field, terms: Sequence[str]) -> Json:
    if len(terms) == 1:
        return {"term": {field.value: terms[0]}}
    return {"match_phrase": {field.value: {"query": " ".join(terms), "slop": 0}}}


def _any(children: Sequence[Match], *, compact: bool) -> Json:
    if not children:
        return {"match_none": {}}
    terms = [child for child in children if isinstance(child, Term)]
    fields = {term.field for term in terms}
    alike = len(terms) == len(children) and len(fields) == 1 and len(terms) > _MANY
    if alike and (compact or not fields & SCORED):
        (field,) = fields
        return _unscored({"terms": {field.value: [term.term for term in terms]}})
    some = [_of(child, compact=compact) for child in children]
    return {"bool": {"should": some, "minimum_should_match": 1}}


def _unscored(*queries: Json) -> Json:
    return {"bool": {"filter": list(queries)}}


def _leaves(match: Match) -> int:
    """How many clauses `match` becomes."""
    match match:
        case AllOf(children) | AnyOf(children):
            return sum(map(_leaves, children))
        case Without(wanted, unwanted):
            return _leaves(wanted) + _leaves(unwanted)
        case Near() | Dated():
            return 3
        case Adjacent(terms=terms):
            return len(terms)
        case _:
            return 1
