"""Bytes in, nothing out: what must hold of readers, queries, references and marks for any bytes."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from indexer.citing.formats import RECORDS, citation
from indexer.citing.source import Source
from indexer.errors import DocumentError
from indexer.query.parser import parse
from indexer.quotations.compare import compare
from indexer.quotations.extract import blocks_of, quotations
from indexer.quotations.text import Quoted
from indexer.quotations.text import Source as Quotable
from indexer.readers import READERS, read
from indexer.references.finder import references
from indexer.references.typed import typed
from tests.helpers.intrusions import intrusions
from web.marking import compared, marked

CASES = Path(__file__).parent.parent / "data" / "fuzz"
Target = Callable[[bytes], None]

_LONGEST = 600  # characters of a reason

_KINDS = {module: suffix for suffix, module in reversed(READERS.items())}.values()  # one a reader


def _reader(suffix: str, data: bytes) -> None:
    """A document whose text can be stored and shown, or an error of ours of some words."""
    refused = ""
    try:
        document = read(Path(f"case{suffix}"), data)
    except DocumentError as error:
        refused = str(error) or "nothing was said" * _LONGEST
    assert len(refused) < _LONGEST
    if refused:
        return
    for text in (document.metadata.title, *(block.text for block in document.blocks)):
        text.encode()  # raises if there is half a character
        assert "\0" not in text


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")[:5_000]


def query(data: bytes) -> None:
    """It is parsed, and twice the same."""
    text = _text(data)
    assert parse(text) == parse(text)


def cited(data: bytes) -> None:
    """References lie within the text, one after another."""
    text = _text(data)
    found = references(text, "para-2")
    assert found == sorted(found)
    assert all(0 <= each.start <= each.end <= len(text) for each in found)
    typed(text)


def quoted(data: bytes) -> None:
    """Quotations are found, and compared with the text beside them."""
    draft, _, text = _text(data).partition("\0")
    for each in [*quotations(blocks_of(draft))][:5]:
        for piece in compare(Quoted(each.text), Quotable(text)).pieces:
            assert 0 <= piece.source[0] <= piece.source[1] <= len(text)


def citing(data: bytes) -> None:
    """A citation of whatever is said, in every format."""
    title, _, publisher = _text(data).partition("\0")
    known = Source(title, "1.", "https://x.test/d/a@1", 1, date(2020, 1, 2), publisher)
    for form in RECORDS:
        assert citation(known, form=form)


def marking(data: bytes) -> None:
    """Marks add no markup but their own, and take none of the text."""
    text = _text(data[4:])
    ends = sorted(each % (len(text) + 1) for each in data[:4].ljust(4))
    spans = [(ends[0], ends[1]), (ends[2], ends[3])]
    page = marked(text, [each for each in spans if each[0] < each[1]])
    assert intrusions(f"<p>{page}</p>") == []
    assert page.replace("<mark>", "").replace("</mark>", "").unescape() == text
    assert intrusions(f"<p>{compared(text, text[::2]).both}</p>") == []


TARGETS: dict[str, Target] = {
    **{f"read{suffix}": partial(_reader, suffix) for suffix in _KINDS},
    "query": query,
    "cited": cited,
    "quoted": quoted,
    "citing": citing,
    "marking": marking,
}


def cases(name: str) -> list[Path]:
    """The seeds of a target, and what was found of it."""
    return sorted((CASES / name).glob("*"))
