"""The names by which others cite a document, as it gives them itself in its opening lines.

A symbol of the United Nations, a neutral citation, an ECLI, a CELEX number, an ELI. Those of other
documents, which stand in sentences, behind "on appeal from" or in brackets, are not taken.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.celex import celex
from indexer.document import Block, Document, Metadata
from indexer.readers.common.opening import opening_lines
from indexer.symbols import BODIES, ECLI, NEUTRAL

_LONGEST = 160  # characters of a line of a masthead
_CURATED = ("sidecar", "front matter")
_OPENING, _SOURCE = "opening lines of the text", "source"
_SYMBOL = re.compile(
    rf"(?<![\w/(\[.-])(?:{BODIES})(?:/[A-Z0-9][\w.-]{{0,20}}(?:\([A-Z]{{1,6}}\))?){{1,6}}"
    r"(?: ?\((?:1[89]|20)\d\d\))?(?![\w/])"
)
_NEUTRAL = re.compile(
    NEUTRAL + r"|(?:19|20)\d\d (?:SCC|CSC|FCA|CAF|FC|CF|TCC|CMAC"
    r"|(?:ON|BC|AB|QC|NS|NB|SK|MB|NL|PE|YK|NW|NU)(?:CA|SC|QB|KB|PC|CJ|CS|CQ|TC)) \d{1,5}"
)
_ECLI = re.compile(ECLI)
_CELEX = re.compile(r"(?<![\w/])[0-9CE](?:19|20)\d\d[A-Z]{1,2}\d{4}(?:\(\d\d\))?(?![\w/])")
_ELI = re.compile(r"https?://[\w.-]+/eli/[^\s<>\"')\]]{3,200}(?<![.,;])")
_PATTERNS = (_NEUTRAL, _ECLI, _ELI, _SYMBOL, _CELEX)
# What stands before a name that is another's, and in a line whose number is that of a case.
_OTHERS = re.compile(
    r"\b(?:appeal(?:ed)? from|on appeal|appealing|see|citing|cited|following|applying|applied|under"
    r"|pursuant|recall\w*|amend\w*|repeal\w*|supersed\w*|replac\w*|implement\w*|correct\w*|by|and"
    r"|in|to|of the report|doc\.?|as revised)\W*$",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"\b(?:case|claim|appeal|application|docket|file|ref|reference)\b", re.IGNORECASE
)
_FROM = re.compile(r"\b(?:appeal from|cited|references?|documents?)\b\W*$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[a-z]{2}[.;]$|,$")
_ACT_LINES = 8  # in which an act's number stands
_MOST_WORDS = 14  # in a line that gives a name; more are a sentence
_RESOLUTION = re.compile(r"Resolution (\d{1,4} \((?:19|20)\d\d\))")
_ASSEMBLY = re.compile(r"(?:Resolution )?(\d{2,3}/\d{1,4})(?:\.|$)")


def with_names(document: Document) -> Document:
    """`document` with the names that its source and its opening lines give it.

    Those that a curator wrote stand alone; those that a reader found come first.
    """
    metadata = document.metadata
    origin = metadata.origins.get("names", "")
    if origin in _CURATED:
        return document
    found = dict(_found(document.blocks, metadata))
    known = {_key(name) for name in metadata.names}
    new = {name: place for name, place in found.items() if _key(name) not in known}
    if not new:
        return document
    places = ", ".join(dict.fromkeys(filter(None, (origin, *new.values()))))
    names = (*metadata.names, *new)
    origins = {**metadata.origins, "names": places}
    return replace(document, metadata=replace(metadata, names=names, origins=origins))


def _found(blocks: Sequence[Block], metadata: Metadata) -> Iterator[tuple[str, str]]:
    for pattern in (_CELEX, _ELI):
        if match := pattern.search(metadata.source.replace("=", " ").replace("CELEX:", " ")):
            yield match[0], _SOURCE
    lines = [text for text, _ in opening_lines(blocks, metadata.title) if len(text) <= _LONGEST]
    masthead = [line for above, line in itertools.pairwise(["", *lines]) if _may_name(above, line)]
    for pattern in _PATTERNS:
        names = (_own(pattern, line) for line in masthead)
        yield from ((name, _OPENING) for name in next(filter(None, names), []))
    yield from ((name, _OPENING) for name in _resolutions(lines))
    acts = (celex(text) for text in (metadata.title, *lines[:_ACT_LINES]))
    yield from ((name, _OPENING) for name in list(filter(None, acts))[:1])


def _may_name(above: str, line: str) -> bool:
    """Whether a line of a masthead may give a name of the document: it has digits, say."""
    if (line.isascii() and not _DIGIT.search(line)) or len(line.split()) > _MOST_WORDS:
        return False
    return not (_SENTENCE.search(line) or _FROM.search(above))


def _own(pattern: re.Pattern[str], line: str) -> list[str]:
    """The names in a line of a masthead that are the document's."""
    if pattern is _SYMBOL and _CASE.search(line):
        return []
    found = [m for m in pattern.finditer(line) if any(map(str.isdigit, m[0]))]
    if not found or _OTHERS.search(line[: found[0].start()]):
        return []
    one = pattern is not _SYMBOL
    return [" ".join(match[0].split()) for match in (found[:1] if one else found)]


def _resolutions(lines: Sequence[str]) -> Iterator[str]:
    """The symbol of a resolution whose number and body the opening lines name apart."""
    opening = " ".join(lines)
    if "Security Council" in opening:
        numbers = (_RESOLUTION.fullmatch(line) for line in lines)
        yield from (f"S/RES/{found[1]}" for found in numbers if found)
    elif "General Assembly" in opening:
        matches = (_ASSEMBLY.match(line) for line in lines)
        yield from (f"A/RES/{found[1]}" for found in matches if found)


def _key(name: str) -> str:
    return "".join(name.split()).casefold()
