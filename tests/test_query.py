"""The parser: what a person can type → a tree, and what had to be repaired or refused."""

from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indexer.query import (
    And,
    Dates,
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
    parse,
    written,
)

A, B, C = Word("a"), Word("b"), Word("c")
DAY = Dates(20200811, 20200811)


def kinds(query: Query) -> set[DiagnosticKind]:
    return {diagnostic.kind for diagnostic in query.diagnostics}


def nodes(node: Node | None) -> Iterator[Node]:
    if node is None:
        return
    yield node
    below = node.children if isinstance(node, And | Or) else ()
    for child in (node.child,) if isinstance(node, Not) else below:
        yield from nodes(child)


def title(text: str, *, quoted: bool = False) -> FieldFilter:
    return FieldFilter(FilterField.TITLE, text, quoted)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", None),
        (" \t\n ", None),
        ("?! … — ,", None),
        ("a b ?", And((A, B))),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a && b", And((A, B))),
        ("a and b or c", And((A, Word("and"), B, Word("or"), C))),
        ("a OR b", Or((A, B))),
        ("a || b", Or((A, B))),
        ("a OR b c", And((Or((A, B)), C))),
        ("a b OR c", And((A, Or((B, C))))),
        ("a OR b AND c", And((Or((A, B)), C))),
        ("a OR b OR c", Or((A, B, C))),
        ("(a b) OR c", Or((And((A, B)), C))),
        ("(a OR b) OR c", Or((A, B, C))),
        ("(a b) c", And((A, B, C))),
        ("(a)(b)", And((A, B))),
        ("-a", Not(A)),
        ("−a", Not(A)),
        ("NOT a", Not(A)),
        ("a NOT b", And((A, Not(B)))),
        ("a AND NOT b", And((A, Not(B)))),
        ("a -b", And((A, Not(B)))),
        ("-(a b)", Not(And((A, B)))),
        ("NOT (a OR b)", Not(Or((A, B)))),
        ("a OR -b", Or((A, Not(B)))),
        ('-"a b"', Not(Phrase("a b"))),
        ("-OR", Not(Word("OR"))),
        ("a - b", And((A, B))),
        ("a-b", Word("a-b")),
        ('"a b"', Phrase("a b")),
        ("“a b”", Phrase("a b")),
        ("„a b“", Phrase("a b")),
        ("«a b»", Phrase("a b")),
        ("「a b」", Phrase("a b")),
        ('"a b"c', And((Phrase("a b"), C))),
        ('"(a OR b)"', Phrase("(a OR b)")),
        ('"a b"~3', Phrase("a b", 3)),
        ('"a b"~0', Phrase("a b", 0)),
        ('"a b"~', Phrase("a b", 5)),
        ("a*", Wildcard("a*")),
        ("*a", Wildcard("*a")),
        ("a?b", Wildcard("a?b")),
        ("a?b?", Wildcard("a?b?")),
        ("is this a?", And((Word("is"), Word("this"), A))),
        ("word~", Fuzzy("word", 1)),
        ("words~", Fuzzy("words", 1)),
        ("wordsy~", Fuzzy("wordsy", 2)),
        ("wordsy~1", Fuzzy("wordsy", 1)),
        ("-word~", Not(Fuzzy("word", 1))),
        ("A/RES/70/1", Word("A/RES/70/1")),
        ("5(a)(ii)", Word("5(a)(ii)")),
        ("http://example.org/a", Word("http://example.org/a")),
        ("12:30", Word("12:30")),
        ("don’t", Word("don’t")),
        ("東京", Word("東京")),
    ],
)
def test_operators(text: str, root: Node | None) -> None:
    query = parse(text)
    assert query.root == root
    assert not query.diagnostics


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("title:a", title("a")),
        ("TITLE:a", title("a")),
        ('title:"a b"', title("a b", quoted=True)),
        ("title:a b", And((title("a"), B))),
        ("title:(a b)", And((title("a"), title("b")))),
        ("title:(a OR b)", Or((title("a"), title("b")))),
        ('title:(a -"b c")', And((title("a"), Not(title("b c", quoted=True))))),
        ("title:(a lang:en)", And((title("a"), FieldFilter(FilterField.LANGUAGE, "en")))),
        ("-title:a", Not(title("a"))),
        ("heading:a", FieldFilter(FilterField.HEADING, "a")),
        ("label:5", FieldFilter(FilterField.LABEL, "5")),
        ("label:4(2)(a)", FieldFilter(FilterField.LABEL, "4(2)(a)")),
        ("(label:5)", FieldFilter(FilterField.LABEL, "5")),
        ("label:(a)", FieldFilter(FilterField.LABEL, "a")),
        ("publisher:mofa", FieldFilter(FilterField.PUBLISHER, "mofa")),
        ("lang:en-GB", FieldFilter(FilterField.LANGUAGE, "en-GB")),
        ("language:en", FieldFilter(FilterField.LANGUAGE, "en")),
        ("tag:trade", FieldFilter(FilterField.TAG, "trade")),
        ("in:acts/peace", FieldFilter(FilterField.DOCUMENT, "acts/peace")),
        ("in:/d/acts", FieldFilter(FilterField.DOCUMENT, "/d/acts")),
        ("cites:/d/acts/para-3", FieldFilter(FilterField.CITES, "/d/acts/para-3")),
        (
            'cites:"resolution 9 (1999)"',
            FieldFilter(FilterField.CITES, "resolution 9 (1999)", quoted=True),
        ),
        ("date:2020-08-11", DAY),
        ("-date:2020-08-11", Not(DAY)),
        ('date:"2020-08-11"', DAY),
        ("date:(2020-08-11)", DAY),
    ],
)
def test_fields(text: str, root: Node) -> None:
    query = parse(text)
    assert query.root == root
    assert not query.diagnostics


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", 20200101, 20201231),
        ("2020-08", 20200801, 20200831),
        ("2020-8", 20200801, 20200831),
        ("2020-02", 20200201, 20200229),
        ("2021-02", 20210201, 20210228),
        ("2020-08-11", 20200811, 20200811),
        ("2020.08.11", 20200811, 20200811),
        ("2020/08/11", 20200811, 20200811),
        ("2019..2021-06", 20190101, 20210630),
        ("2019-05..2019-05-03", 20190501, 20190503),
        ("2020..2020", 20200101, 20201231),
        ("2020..", 20200101, 99991231),
        ("..2020", 0, 20201231),
    ],
)
def test_dates(text: str, first: int, last: int) -> None:
    query = parse(f"date:{text}")
    assert query.root == Dates(first, last)
    assert not query.diagnostics


@pytest.mark.parametrize(
    "text",
    [
        *(
            "x",
            "20",
            "20200",
            "0000",
            "2020-13",
            "2020-00",
            "2020-02-30",
            "2021-02-29",
            "2020-1-00",
        ),
        *(
            "..",
            "2021..2020",
            "2020..x",
            "x..2020",
            "2019..2020..2021",
            "11.08.2020",
            "2020-08-11T10",
        ),
    ],
)
def test_what_is_no_date_is_left_out(text: str) -> None:
    query = parse(f"a date:{text}")
    assert query.root == A
    assert kinds(query) == {DiagnosticKind.DATE}
    assert text in query.diagnostics[0].text


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a b", [0, 2]),
        ('-a NOT "b" -(c)', [1, 7, 13]),
        ("\u202ea title:b c*", [0, 2, 10]),
    ],
)
def test_positions_count_in_the_text_as_it_was_read(text: str, at: list[int]) -> None:
    leaves = [node.at for node in nodes(parse(text).root) if not isinstance(node, And | Or | Not)]
    assert leaves == at


PIECES = (
    *(
        "a",
        "word",
        "東京",
        "é",
        "5",
        "AND",
        "OR",
        "NOT",
        "&&",
        "||",
        "title:",
        "label:",
        "date:",
        "said:",
    ),
    *(
        "2020",
        "..",
        '"',
        "“",
        "”",
        "(",
        ")",
        "-",
        "−",
        "~",
        "~2",
        "*",
        "?",
        " ",
        " ",
        " ",
        ":",
        "/",
        ".",
    ),
    *("\u202e", "\x00", "\u00ad", "(a)"),
)
typed = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


def depth(node: Node | None) -> int:
    match node:
        case And(children) | Or(children):
            return 1 + max(map(depth, children))
        case Not(child):
            return 1 + depth(child)
    return 0


@given(typed)
def test_whatever_is_typed_is_parsed_within_the_limits(text: str) -> None:
    query = parse(text)
    assert query == parse(text)
    assert len(query.text) <= 1000
    found = list(nodes(query.root))
    leaves = [node for node in found if not isinstance(node, And | Or | Not)]
    assert len(leaves) <= 32
    assert depth(query.root) <= 3 * (8 + 1)
    for place in (*leaves, *query.diagnostics):
        assert 0 <= place.at <= len(query.text)
    assert all(len(node.children) > 1 for node in found if isinstance(node, And | Or))
    assert len(kinds(query)) == len(query.diagnostics) or DiagnosticKind.QUOTE in kinds(query)


@given(st.lists(st.sampled_from([p for p in PIECES if p not in (":", "/")]), max_size=40))
def test_a_tree_can_be_written_and_read_again(pieces: list[str]) -> None:
    root = parse("".join(pieces)).root
    assume(root)
    # "-OR" is the word, which can be written in small letters only
    assume(not {"AND", "OR", "NOT"} & {n.text for n in nodes(root) if isinstance(n, Word)})
    assert root
    assert parse(written(root)).root == root


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("a  AND b", "a b"),
        ("a OR b c", "a OR b c"),
        ("(a b) OR c", "(a b) OR c"),
        ("NOT (a OR b)", "-(a OR b)"),
        ("“a b”~2 word~ c?d", '"a b"~2 word~1 c?d'),
        ('title:"a b" lang:en', 'title:"a b" lang:en'),
        ("date:2020 date:2020-08 date:2020-8-11", "date:2020 date:2020-08 date:2020-08-11"),
        ("date:2019.. date:..2020", "date:2019.. date:..2020"),
        ("-OR", "-or"),
    ],
)
def test_written_as_a_person_would(text: str, again: str) -> None:
    root = parse(text).root
    assert root
    assert written(root) == again
