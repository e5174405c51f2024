"""The parser, where a query is not as it should be: what it is taken for, and what is said."""

import sys
from types import FrameType

import pytest

from indexer.query import (
    And,
    DiagnosticKind,
    FieldFilter,
    FilterField,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Wildcard,
    Word,
    parse,
)
from tests import test_query
from tests.test_query import A, B, C, kinds, nodes, title


def test_every_field_and_every_diagnostic_of_the_parser_is_tested() -> None:
    tested = [mark for test in (test_query.test_fields, test_repairs) for mark in test.pytestmark]  # type: ignore[union-attr]
    rows = [row for mark in tested for row in mark.args[1]]
    fields = {node.field for row in rows for node in nodes(row[1]) if isinstance(node, FieldFilter)}
    assert fields == set(FilterField)
    told = {kind for row in rows if len(row) > 2 for kind in row[2]}
    elsewhere = {
        DiagnosticKind.TOO_LONG,
        DiagnosticKind.TOO_MANY,
        DiagnosticKind.TOO_DEEP,
        DiagnosticKind.EXPANSION,
        DiagnosticKind.TOO_FREQUENT,
        DiagnosticKind.DATE,
    }
    assert told | elsewhere == set(DiagnosticKind)


@pytest.mark.parametrize(
    ("text", "root", "told"),
    [
        ('"a b', Phrase("a b"), {DiagnosticKind.QUOTE}),
        ('a"', A, {DiagnosticKind.QUOTE}),
        ('"', None, {DiagnosticKind.QUOTE}),
        ('"a" "b', And((Phrase("a"), Phrase("b"))), {DiagnosticKind.QUOTE}),
        ("(a", A, {DiagnosticKind.BRACKET}),
        ("a)", A, {DiagnosticKind.BRACKET}),
        ("a) b (c", And((A, B, C)), {DiagnosticKind.BRACKET}),
        ("((a) b", And((A, B)), {DiagnosticKind.BRACKET}),
        (")))", None, {DiagnosticKind.BRACKET}),
        ("()", None, {DiagnosticKind.BRACKET}),
        ("a () b", And((A, B)), {DiagnosticKind.BRACKET}),
        ("NOT ()", None, {DiagnosticKind.BRACKET}),
        ("*", None, {DiagnosticKind.WILDCARD}),
        ("a *", A, {DiagnosticKind.WILDCARD}),
        ("??", None, {DiagnosticKind.WILDCARD}),
        ("-*", None, {DiagnosticKind.WILDCARD}),
        ("a?", A, {DiagnosticKind.QUESTION}),
        ("word~?", Fuzzy("word", 1), {DiagnosticKind.QUESTION}),
        ("AND", None, {DiagnosticKind.OPERATOR}),
        ("OR", None, {DiagnosticKind.OPERATOR}),
        ("NOT", None, {DiagnosticKind.OPERATOR}),
        ("NOT NOT", None, {DiagnosticKind.OPERATOR}),
        ("AND a", A, {DiagnosticKind.OPERATOR}),
        ("a AND", A, {DiagnosticKind.OPERATOR}),
        ("OR a", A, {DiagnosticKind.OPERATOR}),
        ("a OR", A, {DiagnosticKind.OPERATOR}),
        ("a NOT", A, {DiagnosticKind.OPERATOR}),
        ("NOT OR a", A, {DiagnosticKind.OPERATOR}),
        ("a OR OR b", Or((A, B)), {DiagnosticKind.OPERATOR}),
        ("a AND AND b", And((A, B)), {DiagnosticKind.OPERATOR}),
        ("a AND OR b", And((A, B)), {DiagnosticKind.OPERATOR}),
        ("a (OR b)", And((A, B)), {DiagnosticKind.OPERATOR}),
        ("NOT NOT a", A, set()),
        ("NOT -a", A, set()),
        ("NOT NOT NOT a", Not(A), set()),
        ("said:a", Phrase("said a"), {DiagnosticKind.FIELD}),
        ('said:"a b"', Phrase("said a b"), {DiagnosticKind.FIELD}),
        ("said:(a OR b)", And((Word("said"), Or((A, B)))), {DiagnosticKind.FIELD}),
        ("title:", Word("title:"), {DiagnosticKind.EMPTY_FIELD}),
        ("title: a", And((Word("title:"), A)), {DiagnosticKind.EMPTY_FIELD}),
        ("(title:) a", And((Word("title:"), A)), {DiagnosticKind.EMPTY_FIELD}),
        ('a title:""', A, {DiagnosticKind.EMPTY_FIELD}),
        ("a label:§", A, {DiagnosticKind.EMPTY_FIELD}),
        ("title:a*", title("a*"), {DiagnosticKind.NO_EFFECT}),
        ("title:(a*)", title("a*"), {DiagnosticKind.NO_EFFECT}),
        ('title:"a b"~2', title("a b", quoted=True), {DiagnosticKind.NO_EFFECT}),
        ('"a* b"', Phrase("a* b"), {DiagnosticKind.NO_EFFECT}),
        ("a*b~", Wildcard("a*b~"), {DiagnosticKind.NO_EFFECT}),
        ("word~3", Fuzzy("word", 1), {DiagnosticKind.CAPPED}),
        ("wordsy~99999", Fuzzy("wordsy", 2), {DiagnosticKind.CAPPED}),
        ('"a b"~500', Phrase("a b", 100), {DiagnosticKind.CAPPED}),
        ("a\x00b", And((A, B)), {DiagnosticKind.CONTROL}),
        ("\u202ea\u200f", A, {DiagnosticKind.CONTROL}),
        ("\ufeffa", A, {DiagnosticKind.CONTROL}),
        ("a\ud800", A, {DiagnosticKind.CONTROL}),
        ("a\u00ad", A, set()),
        ("\u0646\u200c\u0645", Word("\u0646\u200c\u0645"), set()),
    ],
)
def test_repairs(text: str, root: Node | None, told: set[DiagnosticKind]) -> None:
    query = parse(text)
    assert query.root == root
    assert kinds(query) == told


def test_a_thousand_characters_are_read_and_no_more() -> None:
    assert not parse("ab " * 10 + "x" * 970).diagnostics
    cut = parse("ab " * 334)
    assert kinds(cut) == {DiagnosticKind.TOO_LONG, DiagnosticKind.TOO_MANY}
    assert len(cut.text) <= 1000


def test_the_cut_leaves_words_whole() -> None:
    query = parse("x" * 990 + " abcdefghijkl")
    assert query.root == Word("x" * 990)
    assert "990" in query.diagnostics[0].text


def test_clauses_beyond_the_limit_only_help_the_ranking() -> None:
    query = parse(" ".join(f"w{n}" for n in range(34)))
    assert query.root == And(tuple(Word(f"w{n}") for n in range(32)))
    assert query.extra == (Word("w32"), Word("w33"))
    assert kinds(query) == {DiagnosticKind.TOO_MANY}


def test_thirty_two_clauses_are_not_too_many() -> None:
    assert not parse(" ".join(f"w{n}" for n in range(32))).diagnostics
    assert not parse(f"title:({' '.join(f'w{n}' for n in range(32))})").diagnostics


@pytest.mark.parametrize("last", ["-x", "NOT x", "-(x y)", '"x"', "x*", "title:x"])
def test_what_is_not_wanted_never_helps_the_ranking(last: str) -> None:
    query = parse("w " * 32 + last)
    assert query.extra == ()
    assert kinds(query) == {DiagnosticKind.TOO_MANY}


@pytest.mark.parametrize(
    ("depth", "root", "told"),
    [
        (8, And((A, B)), set()),
        (9, B, {DiagnosticKind.TOO_DEEP}),
        (300, B, {DiagnosticKind.TOO_DEEP}),
    ],
)
def test_brackets_deeper_than_eight_are_left_out(
    depth: int, root: Node | None, told: set[DiagnosticKind]
) -> None:
    query = parse("(" * depth + "a" + ")" * depth + " b")
    assert query.root == root
    assert kinds(query) == told


@pytest.mark.parametrize(
    "text",
    ["(" * 100_000, "NOT " * 500, "a" * 100_000, '"' * 999, "-(" * 500, "a OR " * 250, "x:" * 500],
)
def test_twice_as_much_nonsense_takes_twice_as_many_steps(text: str) -> None:
    assert steps(text[:1000]) <= 3 * steps(text[:500]) + 100


def steps(text: str) -> int:
    """How many functions are called to parse `text`."""
    calls = 0

    def called(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        parse(text)
    finally:
        sys.setprofile(before)
    return calls
