"""The bytes of a web page in, its tree as a browser builds it out, with what helps to read it."""

import codecs
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import cast

from bs4.dammit import EncodingDetector
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from indexer.analysis.scripts import EAST_ASIAN
from indexer.errors import Unreadable
from indexer.readers.common.encoding import decode

Tree = LexborHTMLParser

# What these declarations mean in practice; browsers read them as the wider encoding too.
_WIDER = {"iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
_WIDER |= dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be"), "utf-8")  # or it could not be read
_MANY_NULLS = 8  # one in so many bytes
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_XHTML = re.compile(r"<\?xml\b|<!DOCTYPE[^>]*XHTML|<html[^>]*1999/xhtml", re.IGNORECASE)
_HEAD = 20_000  # bytes in which a page declares its encoding
_START = 1_000  # characters in which a page says what it is
# Entities are neither defined by a page nor looked up outside of it.
_SUBSET = re.compile(r"(<!DOCTYPE[^<>\[]*+)\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)
_SELF_CLOSED = re.compile(rf"<(?!(?:{_VOID})\b)([a-z][\w:.-]*+)([^<>]*+)(?<=/)>", re.IGNORECASE)

# The parser looks through all open elements for each of these that it meets, and through all
# attributes for each attribute.
_CONTAINER = re.compile(
    r"<(/?)(?:address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figcaption"
    r"|figure|footer|form|header|hgroup|listing|main|menu|nav|ol|pre|search|section|summary|ul)\b",
    re.IGNORECASE,
)
_DEEPEST = 10_000
_MANY = 30_000  # tags; fewer take a second or two however they nest
_TAG = re.compile(r"<[a-z][^<>]*", re.IGNORECASE)
_LONG = 10_000  # characters; shorter tags have fewer attributes
_MOST_ATTRIBUTES = 5_000


_NOT_SEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
LINE_END = "\u2028"  # stands where a `br` ends a line; it is white space to Python
_JOINING = re.compile(rf"(?<=[{EAST_ASIAN}])[ \t]*+[\r\n{LINE_END}]\s*(?=[{EAST_ASIAN}])")

# What browsers know as UTF-8, and Python by no name.
_UTF_8 = re.compile(r"(?:unicode-1-1-utf-8|(?:x-)?unicode(?:11|20)utf8)", re.IGNORECASE)


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The characters of the page `data`, and notes on a declaration that is not true of it."""
    if data.count(0) < len(data) / _MANY_NULLS:  # and it is not UTF-16: they are dirt
        data = data.replace(b"\0", b"")
    declared = EncodingDetector.find_declared_encoding(_without_comments(data), is_html=True)
    if not declared or data.startswith(codecs.BOM_UTF8):
        return decode(data), ()
    try:
        encoding = codecs.lookup(_UTF_8.sub("utf-8", declared)).name
        return data.decode(_WIDER.get(encoding, encoding)), ()
    except (LookupError, ValueError):
        return decode(data), (f"declares the encoding {declared}, but is not in it",)


def _without_comments(data: bytes) -> bytes:
    """The part of the page `data` that may declare its encoding, without what is commented out."""
    before, *parts = data[:_HEAD].split(b"<!--")
    return before + b"".join(part.partition(b"-->")[2] for part in parts)


def parsed(markup: str) -> Tree:
    """The tree of the page `markup`; raises `Unreadable` where it nests beyond all reason."""
    if _XHTML.search(markup, 0, _START):
        markup = _SUBSET.sub(r"\1>", markup, count=1)
        markup = _SELF_CLOSED.sub(r"<\1\2></\1>", markup)  # which HTML would leave open
    if markup.count("<") > _MANY and _depth(markup) > _DEEPEST:
        raise Unreadable(f"nests elements more than {_DEEPEST:,} deep; save it without them")
    if _most_attributes(markup) > _MOST_ATTRIBUTES:
        raise Unreadable(f"has an element with more than {_MOST_ATTRIBUTES:,} attributes")
    try:
        return LexborHTMLParser(markup.replace("\0", ""))
    except SelectolaxError as error:  # it takes any page that there is memory for
        raise MemoryError(str(error)) from error


def _depth(markup: str) -> int:
    steps = (-1 if slash else 1 for slash in _CONTAINER.findall(markup))
    return max(accumulate(steps), default=0)


def _most_attributes(markup: str) -> int:
    """How many attributes a tag has at most, if any tag is long enough to have many."""
    windows = (markup[start : start + _LONG] for start in range(0, len(markup), _LONG))
    if all(">" in window for window in windows):
        return 0
    return max((len(tag.split()) for tag in _TAG.findall(markup)), default=0)


def top(tree: Tree) -> LexborNode:
    """The outermost element of the tree; there is always one, however little the page has."""
    return cast(LexborNode, tree.root)


def above(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around `node`."""
    while (around := node.parent) is not None:
        yield around
        node = around


def attribute(node: LexborNode | None, name: str) -> str:
    """The value of an attribute, or an empty string."""
    return (node.attributes.get(name) or "") if node else ""


def tidy(text: str) -> str:
    """`text` in one line, without signs that are not seen and a link's sign to its own heading.

    Chinese and Japanese have no spaces, so that none stands for the end of a line.
    """
    if not text.isascii():
        text = _NOT_SEEN.sub("", text)
        if "\n" in text or LINE_END in text:
            text = _JOINING.sub("", text)
    return " ".join(text.split()).rstrip("¶\uf0c1 ")  # links to a heading
