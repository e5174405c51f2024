"""A page of a law or a journal in; the title of the act and the names that it is cited by out."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from indexer.document import Block, Kind
from indexer.labels import split_label
from indexer.readers.common.furniture import ends_sentence
from indexer.readers.common.titles import usable_title
from indexer.readers.html.numbers import rank_of_part
from indexer.readers.html.tree import Tree, attribute, tidy

# Where official journals and collections of laws put the title of an act.
_TITLES = ".eli-main-title, .oj-doc-ti, .doc-ti, .akn-docTitle, .docTitle, .longTitle"
_TITLE_BOX = "div[class*=title], header[class*=title]"
_ASIDE = re.compile(r"[(\[].*[)\]]")  # "(Text with EEA relevance)"
_OPENING, _LONGEST, _FEWEST_WORDS = 8, 300, 3
_GOES_ON = re.compile(r"[,;:—–-]$")

_IDENTIFIERS = re.compile(
    r"(?:dc|dcterms)\.identifier|eli:.*|celex|ecli|citation_.*|og:url", re.IGNORECASE
)
_NAMES = (
    re.compile(r"(?:^|CELEX[:=])([0-9CE](?:19|20)\d\d[A-Z]{1,2}\d{4}(?:\(\d\d\))?)(?![\w/])"),
    re.compile(r"(https?://[\w.-]+/eli/[^\s<>\"'?#]{3,200})"),
    re.compile(r"(ECLI:[A-Z]{2}:[A-Z0-9]{1,7}:\d{4}:[A-Z0-9.]{1,25})"),
)


def act_title(tree: Tree) -> str:
    """The title of the act, if the page marks it as one; its lines are joined."""
    lines: list[str] = []
    for element in tree.css(_TITLES):
        if lines and rank_of_part(tidy(element.text())) is not None:
            break  # the title of an annex, which is marked alike
        lines += _lines(element)
    for box in () if lines else tree.css(_TITLE_BOX):
        if len(box.css("p")) > 1 and box.css_first("h1, h2, h3, li, table") is None:
            lines = _lines(box)
            break
    return " ".join(line for line in dict.fromkeys(lines) if not _ASIDE.fullmatch(line))


def _lines(element: LexborNode) -> list[str]:
    paragraphs = element.css("p") if element.tag != "p" else [element]
    return list(filter(None, (tidy(each.text()) for each in paragraphs or [element])))


def opening_title(blocks: Sequence[Block]) -> str:
    """The title that a text opens with: its first line in capitals, else its first line."""
    lines = list(_opening(blocks))
    capitals = [at for at, line in enumerate(lines) if line.isupper() and _is_long(line)]
    start = next(iter(capitals), next((at for at, line in enumerate(lines) if _is_long(line)), -1))
    if start < 0:
        return ""
    title = lines[start]
    for line in lines[start + 1 :]:
        if not line[0].islower():
            break
        title = f"{title} {line}"
    return title


def _is_long(line: str) -> bool:
    return len(line.split()) >= _FEWEST_WORDS or not line.isascii()


def _opening(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks[:_OPENING]:
        text = block.text
        if block.kind is Kind.HEADING and not usable_title(text):
            continue  # the number of the document in a database
        if block.kind is not Kind.PARAGRAPH or block.label or len(text) > _LONGEST:
            return
        if ends_sentence(text) or _GOES_ON.search(text) or split_label(text).label:
            return
        yield text


def stated_names(tree: Tree) -> tuple[str, ...]:
    """The names that the page's head and its markup say the document is cited by."""
    values = [
        attribute(meta, "content")
        for meta in tree.css("meta")
        if _IDENTIFIERS.fullmatch(attribute(meta, "name") or attribute(meta, "property"))
    ]
    values += (attribute(link, "href") for link in tree.css("link[rel~=canonical]"))
    for act in tree.css("[typeof*=LegalResource]"):
        values += (attribute(act, "about"), attribute(act, "resource"))
    plain = [unquote(value) for value in values]
    found = (name for pattern in _NAMES for value in plain for name in pattern.findall(value))
    return tuple(dict.fromkeys(found))
