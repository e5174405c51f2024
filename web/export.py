"""All paragraphs that a query finds in, the text of a file of them out, piece by piece."""

import csv
import json
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from io import StringIO

from indexer.document import StoredDocument, StoredPassage
from indexer.serialise import passage_json

Found = Iterable[tuple[StoredDocument, StoredPassage]]

_COLUMNS = ("url", "label", "heading", "text", "title", "publisher", "date", "language",
    "edition", "page")  # fmt: skip
_NAMES = ("address", *_COLUMNS[1:])
_PIECE = 60_000  # characters that are given at once, about
# What makes a spreadsheet take a cell for a formula, wide forms and a tabulator before it included.
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]")
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what people call it, its suffix and type, and what writes its text."""

    name: str
    suffix: str
    kind: str
    write: Callable[[Found, str], Iterator[str]]


def _csv(found: Found, root: str) -> Iterator[str]:
    """A header, and a row for each paragraph; a cell that would be a formula begins with `'`."""
    line = StringIO()
    writer = csv.writer(line)
    writer.writerow(_NAMES)
    for document, stored in found:
        values = passage_json(document, stored, root)
        cells = [values[name] for name in _COLUMNS]  # type: ignore[literal-required] # see above
        cells[_COLUMNS.index("heading")] = " › ".join(values["heading"])
        cells[_COLUMNS.index("page")] = values["page"] or ""
        writer.writerow([_as_text(cell) for cell in cells])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()  # the header, where nothing was found


def _as_text(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _json_lines(found: Found, root: str) -> Iterator[str]:
    """A line for each paragraph, of the same shape as in every answer in JSON."""
    for document, stored in found:
        yield json.dumps(passage_json(document, stored, root), ensure_ascii=False) + "\n"


FORMATS = {
    "csv": Format("CSV", "csv", "text/csv", _csv),
    "jsonl": Format("JSON Lines", "jsonl", "application/jsonl", _json_lines),
}


def pieces(format_: Format, found: Found, root: str) -> Generator[str]:
    """The text of a file, in pieces of a size that is quick to send.

    `root` is what makes an address a whole one.
    """
    held: list[str] = []
    size = 0
    for some in format_.write(found, root):
        held.append(some)
        size += len(some)
        if size >= _PIECE:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def file_name(query: str, format_: Format) -> str:
    """What to call the file: after the query, in ASCII, since not every browser takes more."""
    words = _UNSAFE.sub("-", query.encode("ascii", "ignore").decode()).strip("-.")[:60]
    return f"pilcrow-{words}.{format_.suffix}" if words else f"pilcrow.{format_.suffix}"
