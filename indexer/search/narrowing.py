"""What narrows a query: the fields and dates in it that all must hold, by facet, in and out of it.

What is typed always says all that is asked. So a filter is chosen by writing another query.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from indexer.index.fields import Facet
from indexer.query import And, Dates, FieldFilter, FilterField, Node, Or, Query, parse, written
from indexer.query.dates import date_range, days
from indexer.query.lexer import MAX_LENGTH, QUOTES

_FIELDS = {
    Facet.PUBLISHER: FilterField.PUBLISHER,
    Facet.LANGUAGE: FilterField.LANGUAGE,
    Facet.TAG: FilterField.TAG,
    Facet.DOCUMENT: FilterField.DOCUMENT,
}
_FACETS = {field: facet for facet, field in _FIELDS.items()}
_QUOTES = re.compile(f"[{QUOTES}]")  # would end the value of a field
_BARE = re.compile(r"\w+(?:-\w+)*")  # a value that needs no quotation marks

Leaf = FieldFilter | Dates

_SURE = MAX_LENGTH // 2  # characters; of longer queries something may be cut off
_PROBE = Dates(10_000_101, 10_001_231)


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold: a field or a date, or one of several of the same kind."""

    leaves: tuple[Leaf, ...]

    @property
    def node(self) -> Node:
        """What it is in the tree of a query."""
        return Or(self.leaves) if len(self.leaves) > 1 else self.leaves[0]

    @property
    def kind(self) -> FilterField | Facet:
        """What it is about; all its leaves are about the same."""
        return _kind(self.leaves[0])

    @property
    def facet(self) -> Facet | None:
        """The facet that it chooses values of, if there is one for it."""
        kind = self.kind
        return kind if isinstance(kind, Facet) else _FACETS.get(kind)


class Narrowing:
    """A query text with its conditions, and the texts that have others."""

    def __init__(self, text: str, query: Query | None = None) -> None:
        self.text = text
        self.query = query or parse(text)
        root = self.query.root
        self._parts = root.children if isinstance(root, And) else (root,) if root else ()
        read = [(part, _condition(part)) for part in self._parts]
        self.conditions = tuple(found for _, found in read if found)
        self._others = tuple(part for part, found in read if not found)

    def of(self, facet: Facet) -> tuple[Condition, ...]:
        """The conditions that choose values of `facet`."""
        return tuple(each for each in self.conditions if each.facet is facet)

    def without(self, facet: Facet) -> Query:
        """The query as if nothing of `facet` was chosen."""
        nodes = (each.node for each in self.conditions if each.facet is not facet)
        return replace(self.query, root=_all((*nodes, *self._others)))

    def has(self, facet: Facet, value: str) -> bool:
        """Whether `value` is one of those chosen."""
        leaf = leaf_of(facet, value)
        return any(_same(leaf, other) for each in self.of(facet) for other in each.leaves)

    def toggled(self, facet: Facet, value: str) -> str:
        """The text with `value` as well, beside those chosen, or without it where it is one."""
        leaf, chosen = leaf_of(facet, value), self.of(facet)
        if self.has(facet, value):
            return self.cleared(leaf)
        if not chosen:
            return self._written((), Condition((leaf,)))
        return self._written(chosen[-1:], Condition((*chosen[-1].leaves, leaf)))

    def chosen(self, facet: Facet, leaf: Leaf | None) -> str:
        """The text with `leaf` instead of all that is chosen of `facet`; with none, without."""
        return self._written(self.of(facet), Condition((leaf,)) if leaf else None)

    def cleared(self, leaf: Leaf) -> str:
        """The text without one of the alternatives of its conditions."""
        for each in self.conditions:
            left = tuple(other for other in each.leaves if not _same(leaf, other))
            if len(left) < len(each.leaves):
                return self._written((each,), Condition(left) if left else None)
        return self.text

    def _written(self, gone: Sequence[Condition], come: Condition | None) -> str:
        """As it was typed but for the condition, or, where that would mean another, written anew.

        Conditions then come first: words beyond the limit of clauses only help the ranking.
        """
        kept = [each.node for each in self.conditions if each not in gone]
        added = [come.node] if come else []
        typed = self._typed(gone, come)
        wanted = {*kept, *added, *self._others}
        if typed is not None and (
            (not gone and self._takes(typed, come)) or set(Narrowing(typed)._parts) == wanted
        ):
            return typed
        root = _all((*kept, *added, *self._others))
        extra = [word.text for word in self.query.extra]
        return " ".join([*([written(root)] if root else []), *extra])

    def _takes(self, typed: str, come: Condition | None) -> bool:
        """Whether `typed`, the text with `come` behind it, surely means that, without a look.

        A page has dozens of such links. What one condition behind the text means, any other means
        there too that is read as itself.
        """
        return (
            come is not None
            and len(typed) <= _SURE
            and self._takes_more
            and _is_read_as_itself(come.node)
        )

    @cached_property
    def _takes_more(self) -> bool:
        """Whether a condition behind the text is one beside all others."""
        more = Narrowing(f"{self.text.strip()} {written(_PROBE)}".strip())
        return _PROBE not in self._parts and more._parts == (*self._parts, _PROBE)

    def _typed(self, gone: Sequence[Condition], come: Condition | None) -> str | None:
        text, put = f" {self.text.strip()} ", f"{written(come.node)} " if come else ""
        for each in gone:
            old = f" {written(each.node)} "
            if old not in text:
                return None
            text, put = text.replace(old, f" {put}", 1), ""
        return (text + put).strip()


@lru_cache(maxsize=4096)
def _is_read_as_itself(node: Node) -> bool:
    return parse(written(node)).root == node


def leaf_of(facet: Facet, value: str) -> Leaf:
    """What is typed for a value of a facet."""
    if facet is Facet.YEAR:
        first, last = days(value) or (0, 0)
        return Dates(first, last)
    text = " ".join(_QUOTES.sub(" ", value).split())
    return FieldFilter(_FIELDS[facet], text, quoted=not _BARE.fullmatch(text))


def between(first: str, last: str) -> Dates:
    """What is typed for the years from `first` to `last`."""
    start, end = date_range(f"{first}..{last}") or (0, 0)
    return Dates(start, end)


def chosen_days(narrowing: Narrowing) -> tuple[tuple[int, int], ...]:
    """The first and the last day of each date that is chosen, as YYYYMMDD."""
    leaves = (leaf for each in narrowing.of(Facet.YEAR) for leaf in each.leaves)
    return tuple((leaf.first, leaf.last) for leaf in leaves if isinstance(leaf, Dates))


def _condition(node: Node) -> Condition | None:
    leaves = node.children if isinstance(node, Or) else (node,)
    found = tuple(leaf for leaf in leaves if isinstance(leaf, FieldFilter | Dates))
    one_kind = len(found) == len(leaves) and len(set(map(_kind, found))) == 1
    return Condition(found) if one_kind else None


def _kind(leaf: Leaf) -> FilterField | Facet:
    return Facet.YEAR if isinstance(leaf, Dates) else leaf.field


def _same(one: Leaf, other: Leaf) -> bool:
    if isinstance(one, Dates) or isinstance(other, Dates):
        return one == other
    return (one.field, one.text.casefold()) == (other.field, other.text.casefold())


def _all(nodes: Sequence[Node]) -> Node | None:
    return And(tuple(nodes)) if len(nodes) > 1 else next(iter(nodes), None)
