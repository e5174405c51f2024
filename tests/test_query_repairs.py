"""The parser, where a query is not as it should be: what it is taken for, and what is said."""

import time

import pytest

from indexer.query import (
    And,
    Field,
    Filter,
    Fuzzy,
    Kind,
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
    fields = {node.field for row in rows for node in nodes(row[1]) if isinstance(node, Filter)}
    assert fields == set(Field)
    told = {kind for row in rows if len(row) > 2 for kind in row[2]}
    elsewhere = {Kind.TOO_LONG, Kind.TOO_MANY, Kind.TOO_DEEP, Kind.EXPANSION, Kind.DATE}
    assert told | elsewhere == set(Kind)


@pytest.mark.parametrize(
    ("text", "root", "told"),
    [
        ('"a b', Phrase("a b"), {Kind.QUOTE}),
        ('a"', A, {Kind.QUOTE}),
        ('"', None, {Kind.QUOTE}),
        ('"a" "b', And((Phrase("a"), Phrase("b"))), {Kind.QUOTE}),
        ("(a", A, {Kind.BRACKET}),
        ("a)", A, {Kind.BRACKET}),
        ("a) b (c", And((A, B, C)), {Kind.BRACKET}),
        ("((a) b", And((A, B)), {Kind.BRACKET}),
        (")))", None, {Kind.BRACKET}),
        ("()", None, {Kind.BRACKET}),
        ("a () b", And((A, B)), {Kind.BRACKET}),
        ("NOT ()", None, {Kind.BRACKET}),
        ("*", None, {Kind.WILDCARD}),
        ("a *", A, {Kind.WILDCARD}),
        ("??", None, {Kind.WILDCARD}),
        ("-*", None, {Kind.WILDCARD}),
        ("a?", A, {Kind.QUESTION}),
        ("word~?", Fuzzy("word", 1), {Kind.QUESTION}),
        ("AND", None, {Kind.OPERATOR}),
        ("OR", None, {Kind.OPERATOR}),
        ("NOT", None, {Kind.OPERATOR}),
        ("NOT NOT", None, {Kind.OPERATOR}),
        ("AND a", A, {Kind.OPERATOR}),
        ("a AND", A, {Kind.OPERATOR}),
        ("OR a", A, {Kind.OPERATOR}),
        ("a OR", A, {Kind.OPERATOR}),
        ("a NOT", A, {Kind.OPERATOR}),
        ("NOT OR a", A, {Kind.OPERATOR}),
        ("a OR OR b", Or((A, B)), {Kind.OPERATOR}),
        ("a AND AND b", And((A, B)), {Kind.OPERATOR}),
        ("a AND OR b", And((A, B)), {Kind.OPERATOR}),
        ("a (OR b)", And((A, B)), {Kind.OPERATOR}),
        ("NOT NOT a", A, set()),
        ("NOT -a", A, set()),
        ("NOT NOT NOT a", Not(A), set()),
        ("said:a", Phrase("said a"), {Kind.FIELD}),
        ('said:"a b"', Phrase("said a b"), {Kind.FIELD}),
        ("said:(a OR b)", And((Word("said"), Or((A, B)))), {Kind.FIELD}),
        ("title:", Word("title:"), {Kind.EMPTY_FIELD}),
        ("title: a", And((Word("title:"), A)), {Kind.EMPTY_FIELD}),
        ("(title:) a", And((Word("title:"), A)), {Kind.EMPTY_FIELD}),
        ('a title:""', A, {Kind.EMPTY_FIELD}),
        ("a label:§", A, {Kind.EMPTY_FIELD}),
        ("title:a*", title("a*"), {Kind.NO_EFFECT}),
        ("title:(a*)", title("a*"), {Kind.NO_EFFECT}),
        ('title:"a b"~2', title("a b", quoted=True), {Kind.NO_EFFECT}),
        ('"a* b"', Phrase("a* b"), {Kind.NO_EFFECT}),
        ("a*b~", Wildcard("a*b~"), {Kind.NO_EFFECT}),
        ("word~3", Fuzzy("word", 1), {Kind.CAPPED}),
        ("wordsy~99999", Fuzzy("wordsy", 2), {Kind.CAPPED}),
        ('"a b"~500', Phrase("a b", 100), {Kind.CAPPED}),
        ("a\x00b", And((A, B)), {Kind.CONTROL}),
        ("\u202ea\u200f", A, {Kind.CONTROL}),
        ("\ufeffa", A, {Kind.CONTROL}),
        ("a\ud800", A, {Kind.CONTROL}),
        ("a\u00ad", A, set()),
        ("\u0646\u200c\u0645", Word("\u0646\u200c\u0645"), set()),
    ],
)
def test_repairs(text: str, root: Node | None, told: set[Kind]) -> None:
    query = parse(text)
    assert query.root == root
    assert kinds(query) == told


def test_a_thousand_characters_are_read_and_no_more() -> None:
    assert not parse("ab " * 10 + "x" * 970).diagnostics
    cut = parse("ab " * 334)
    assert kinds(cut) == {Kind.TOO_LONG, Kind.TOO_MANY}
    assert len(cut.text) <= 1000


def test_the_cut_leaves_words_whole() -> None:
    query = parse("x" * 990 + " abcdefghijkl")
    assert query.root == Word("x" * 990)
    assert "990" in query.diagnostics[0].text


def test_clauses_beyond_the_limit_only_help_the_ranking() -> None:
    query = parse(" ".join(f"w{n}" for n in range(34)))
    assert query.root == And(tuple(Word(f"w{n}") for n in range(32)))
    assert query.extra == (Word("w32"), Word("w33"))
    assert kinds(query) == {Kind.TOO_MANY}


def test_thirty_two_clauses_are_not_too_many() -> None:
    assert not parse(" ".join(f"w{n}" for n in range(32))).diagnostics
    assert not parse(f"title:({' '.join(f'w{n}' for n in range(32))})").diagnostics


@pytest.mark.parametrize("last", ["-x", "NOT x", "-(x y)", '"x"', "x*", "title:x"])
def test_what_is_not_wanted_never_helps_the_ranking(last: str) -> None:
    query = parse("w " * 32 + last)
    assert query.extra == ()
    assert kinds(query) == {Kind.TOO_MANY}


@pytest.mark.parametrize(
    ("depth", "root", "told"),
    [(8, And((A, B)), set()), (9, B, {Kind.TOO_DEEP}), (300, B, {Kind.TOO_DEEP})],
)
def test_brackets_deeper_than_eight_are_left_out(
    depth: int, root: Node | None, told: set[Kind]
) -> None:
    query = parse("(" * depth + "a" + ")" * depth + " b")
    assert query.root == root
    assert kinds(query) == told


@pytest.mark.parametrize(
    "text",
    ["(" * 100_000, "NOT " * 500, "a" * 100_000, '"' * 999, "-(" * 500, "a OR " * 250, "x:" * 500],
)
def test_long_nonsense_is_read_in_no_time(text: str) -> None:
    start = time.perf_counter()
    parse(text)
    assert time.perf_counter() - start < 0.05
