"""A file in the corpus in, its `Document` out: the table of formats, and what all of them need."""

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from indexer.document import Document
from indexer.errors import DocumentError, Unreadable
from indexer.readers.common.contents import without_contents
from indexer.readers.common.controls import without_controls
from indexer.readers.common.furniture import clean
from indexer.readers.common.language import with_language
from indexer.readers.common.metadata import parse_yaml
from indexer.readers.common.names import with_names
from indexer.readers.common.numbering import with_gaps
from indexer.readers.common.parts import with_parts
from indexer.readers.common.repetition import refuse_repetition
from indexer.readers.common.titles import with_usable_titles
from indexer.readers.recognition import Recognition

# Raise it when the same file begins to give other passages: every file is then read again.
VERSION = "6"

# Suffix → module with `read`. By name, so that a search does not load every parser.
READERS = {
    ".txt": "indexer.readers.text.reader",
    ".text": "indexer.readers.text.reader",
    ".md": "indexer.readers.markdown.reader",
    ".markdown": "indexer.readers.markdown.reader",
    ".html": "indexer.readers.html.reader",
    ".htm": "indexer.readers.html.reader",
    ".xhtml": "indexer.readers.html.reader",
    ".xht": "indexer.readers.html.reader",
    ".mht": "indexer.readers.mail.page",
    ".mhtml": "indexer.readers.mail.page",
    ".eml": "indexer.readers.mail.message",
    ".docx": "indexer.readers.docx.reader",
    ".docm": "indexer.readers.docx.reader",
    ".dotx": "indexer.readers.docx.reader",
    ".dotm": "indexer.readers.docx.reader",
    ".odt": "indexer.readers.odt.reader",
    ".ott": "indexer.readers.odt.reader",
    ".epub": "indexer.readers.epub.reader",
    ".pdf": "indexer.readers.pdf.reader",
    ".xml": "indexer.readers.xml.reader",
    ".akn": "indexer.readers.xml.reader",
    **dict.fromkeys((".doc", ".dot", ".rtf", ".wpd", ".pages"), "indexer.readers.unread"),
}
SUFFIXES = frozenset(READERS)


# What is in them is packed; archives look at it when they unpack it.
_PACKED = frozenset(
    (".pdf", ".docx", ".docm", ".dotx", ".dotm", ".odt", ".ott", ".epub"),
)
_WITH_PICTURES = frozenset((".pdf",))  # in which text may be recognised


class _Reader(Protocol):
    def read(self, data: bytes) -> Document:
        """The document in `data`; raises a `DocumentError` where there is none."""


def read(
    path: Path, data: bytes, sidecar: bytes | None = None, table: Mapping[str, str] = READERS
) -> Document:
    """The document in `data`, the content of the file `path`, by the reader that `table` names.

    `sidecar` is the content of its `.meta.yaml`, whose values weigh more than the file's own.
    Raises a `DocumentError` that says what is wrong and what to do, whatever the bytes are; only
    a lack of memory is told as it is, since the process it happened in is the matter then.
    """
    module = table.get(path.suffix.lower())
    if module is None:
        raise Unreadable(f"no reader for {path.suffix or 'files without a suffix'}")
    if not data.strip():
        raise Unreadable("is empty; remove it or put the text in")
    if path.suffix.lower() not in _PACKED:
        refuse_repetition(data)
    try:
        document = cast(_Reader, import_module(module)).read(data)
        return _completed(_with_sidecar(document, sidecar))
    except (DocumentError, MemoryError):
        raise
    except Exception as error:  # a defect of a reader or of its library costs one file, not all
        kind = type(error).__name__
        raise Unreadable(f"its reader failed ({kind}: {error}); please report this") from error


def version(path: str, recognition: Recognition) -> str:
    """What the passages of a file depend on beside the file: with another one they are others."""
    is_concerned = recognition.is_ready and Path(path).suffix.lower() in _WITH_PICTURES
    return f"{VERSION} ocr {recognition.languages}" if is_concerned else VERSION


def _completed(document: Document) -> Document:
    """`document` as every reader's is made ready: cleaned, dated, named, its language found."""
    cleaned = clean(with_usable_titles(without_controls(document)))
    outlined = with_parts(without_contents(cleaned))
    return with_language(with_gaps(with_names(outlined)))


def _with_sidecar(document: Document, sidecar: bytes | None) -> Document:
    if sidecar is None:
        return document
    try:
        text = sidecar.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"its sidecar is not UTF-8 (byte {error.start}); save it as UTF-8"
        ) from error
    metadata, notes = parse_yaml(text, "sidecar")
    return replace(
        document, metadata=metadata.over(document.metadata), notes=(*document.notes, *notes)
    )
