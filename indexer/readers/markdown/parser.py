"""Markdown as HTML: CommonMark with tables, definition lists, and lists as people write them.

A list of numbers may follow a line that ends with a colon, a note's text starts a paragraph, and
what only looks like the target of a link stays text.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image, link
from mdit_py_plugins.deflist import deflist_plugin

from indexer.errors import Unreadable
from indexer.readers.markdown.tokens import (
    nested_lists,
    numbered,
    with_bare_numbers,
    with_nested_text,
    with_surplus_cells,
)

_DEEPEST = 100  # levels; the parser leaves out what nests deeper
_MANY = 300  # brackets in a paragraph; with more, those that nothing closes are passed over
_BRACKET = re.compile(r"[\[\]]")
_OPENERS = frozenset("[0123456789")  # of a line that may end the paragraph above it
_NUMBER = re.compile(r"\d{1,9}[.)][ \t]")
_NOTE = re.compile(r"\[\^[^\]]+\]:")
_REFERENCE = re.compile(r"\[[^\]]*\]:\s*(?P<target>\S*)")
_ADDRESS = re.compile(r"<.*|#.*|.*[/@].*|.*\.[a-z]\w*", re.IGNORECASE)


def render(text: str) -> str:
    """The Markdown `text` as HTML, its numbered items with `data-num` as they were written.

    Raises `Unreadable` if it nests too deeply.
    """
    parser = _parser()
    try:
        tokens = parser.parse(text)
    except RecursionError as error:
        raise _too_deep() from error
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        raise _too_deep()
    return str(parser.renderer.render(tokens, parser.options, {}))


def _too_deep() -> Unreadable:
    return Unreadable("nests lists or quotations too deeply; make them shallower")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    deflist_plugin(parser)
    parser.block.ruler.before("list", "opens", _opens, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.at("reference", _reference)
    parser.inline.ruler.at("link", _paired(link, 0))
    parser.inline.ruler.at("image", _paired(image, 1))
    parser.core.ruler.after("block", "as_written", _as_written)
    return parser


def _as_written(state: StateCore) -> None:
    lines = state.src.split("\n")
    tokens = with_bare_numbers(with_surplus_cells(state.tokens, lines))
    state.tokens = with_nested_text(numbered(nested_lists(tokens, lines)))


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _opens(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """Whether a line ends the paragraph above it: a note, or a number below a colon."""
    start = state.bMarks[line] + state.tShift[line]
    if not silent or line == 0 or state.src[start : start + 1] not in _OPENERS:
        return False  # asked for every line of a paragraph
    text = _line(state, line)
    if _NOTE.match(text):
        return True
    return bool(_NUMBER.match(text)) and _line(state, line - 1).rstrip().endswith(":")


def _reference(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """The parser's rule for the targets of links, but only where there is one and no note."""
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("[", start):
        return False
    text = _line(state, line)
    found = _REFERENCE.match(text)
    if found and (_NOTE.match(text) or not _ADDRESS.fullmatch(found["target"])):
        return False
    return reference(state, line, end, silent)


_Rule = Callable[[StateInline, bool], bool]


def _paired(rule: _Rule, ahead: int) -> _Rule:
    """`rule`, tried only at brackets that are closed where there are many.

    The parser looks for the end of each bracket through the whole rest of the paragraph.
    """

    def guarded(state: StateInline, silent: bool) -> bool:
        closed = _closed(state.src)
        if closed is not None and state.pos + ahead not in closed:
            return False
        return rule(state, silent)

    return guarded


@lru_cache(maxsize=4)
def _closed(text: str) -> frozenset[int] | None:
    """Where the brackets stand that another closes; None where there are few."""
    if text.count("[") < _MANY:
        return None
    opened: list[int] = []
    closed: set[int] = set()
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif opened:
            closed.add(opened.pop())
    return frozenset(closed)
