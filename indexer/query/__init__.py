"""Parses what a person typed into a small frozen tree, with diagnostics about it."""

from indexer.query.parser import parse
from indexer.query.tree import (
    And,
    Dates,
    Diagnostic,
    DiagnosticKind,
    FieldFilter,
    FilterField,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Wildcard,
    Word,
)
from indexer.query.writer import written

__all__ = [
    "And",
    "Dates",
    "Diagnostic",
    "DiagnosticKind",
    "FieldFilter",
    "FilterField",
    "Fuzzy",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Query",
    "Wildcard",
    "Word",
    "parse",
    "written",
]
