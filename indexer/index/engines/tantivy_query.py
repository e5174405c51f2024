"""Makes Tantivy's own query of a request."""

from collections.abc import Iterable

from tantivy import FieldType, Occur, Query, Schema

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

_MUST, _SHOULD, _NOT = Occur.Must, Occur.Should, Occur.MustNot


class Queries:
    """Makes queries for indexes of one schema. Tantivy's own k1 and b are those of the seam."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def of(self, request: Request) -> Query:
        """The query for what `request` matches, with what raises its scores."""
        if not request.boosts:
            return self.matching(request.match)
        match request.match:
            case AllOf(children):
                wanted = [(_MUST, self.matching(child)) for child in children]
            case other:
                wanted = [(_MUST, self.matching(other))]
        raised = [(_SHOULD, self.matching(boost)) for boost in request.boosts]
        return Query.boolean_query(wanted + raised)

    def matching(self, match: Match) -> Query:  # noqa: PLR0911 - one return for each kind
        """The query for one condition, scored as the seam says."""
        match match:
            case Term(field, term, weight):
                return self._term(field, term, weight)
            case Adjacent(field, terms):
                return _unscored(self._adjacent(field, terms))
            case Near(field, terms, slop):
                return _unscored(self._near(field, terms, slop))
            case Dated(first, last):
                begun = self._days(FIRST_DAY, upper=last)
                return _unscored(_all_of([begun, self._days(LAST_DAY, lower=first)]))
            case Everything():
                return _unscored(Query.all_query())
            case AllOf(children):
                return _all_of(map(self.matching, children))
            case AnyOf(children):
                return Query.boolean_query([(_SHOULD, self.matching(c)) for c in children])
            case Without(wanted, unwanted):
                parts = [(_MUST, self.matching(wanted)), (_NOT, self.matching(unwanted))]
                return Query.boolean_query(parts)

    def _term(self, field: Field, term: str, weight: float = 1.0) -> Query:
        if field not in SCORED:
            return _unscored(Query.term_query(self._schema, field.value, term, "basic"))
        return Query.boost_query(Query.term_query(self._schema, field.value, term, "freq"), weight)

    def _adjacent(self, field: Field, terms: tuple[str, ...]) -> Query:
        if len(terms) == 1:
            return self._term(field, terms[0])
        return Query.phrase_query(self._schema, field.value, list(terms))

    def _near(self, field: Field, terms: tuple[str, str], slop: int) -> Query:
        """Tantivy's slop lets one word be next to itself at one place: there, gaps are named."""

        def phrase(*words: str | tuple[int, str], slop: int) -> Query:
            return Query.phrase_query(self._schema, field.value, list(words), slop)

        one, other = terms
        if one == other:
            return _any_of(phrase((0, one), (gap + 1, one), slop=0) for gap in range(slop + 1))
        return _any_of([phrase(one, other, slop=slop), phrase(other, one, slop=slop)])

    def _days(self, name: str, lower: int | None = None, upper: int | None = None) -> Query:
        return Query.range_query(self._schema, name, FieldType.Unsigned, lower, upper)


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _all_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(_MUST, query) for query in queries])


def _any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(_SHOULD, query) for query in queries])
