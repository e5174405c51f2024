"""All paragraphs that a query finds in, the text of a file of them out, piece by piece."""

import csv
import json
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from io import StringIO

from indexer.citing import records
from indexer.citing.formats import RECORDS, citation
from indexer.citing.runs import Run, markdown
from indexer.citing.source import Numbering, Source, source
from indexer.document import Passage, StoredDocument, StoredPassage
from indexer.serialise import passage_json

Found = Iterable[tuple[StoredDocument, StoredPassage]]
Standing = Callable[[str, int], Iterable[StoredPassage]]  # what stands in an edition of a document

_COLUMNS = ("url", "label", "heading", "text", "title", "publisher", "date", "language",
    "edition", "page")  # fmt: skip
_NAMES = ("address", *_COLUMNS[1:])
_PIECE = 60_000  # characters that are given at once, about
# What makes a spreadsheet take a cell for a formula, wide forms and a tabulator before it included.
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]")
_DOCUMENTS = 512  # whose numbers are kept, for the citations of further paragraphs in them
# What would begin a list, a heading or a rule in Markdown, and is not escaped within a line.
_OPENS = re.compile(r"^([-+=]|\d+(?=[.)]))", re.MULTILINE)
# What some programs take for the end of a line, and so of an object, though JSON does not.
_LINE_ENDS = {ord(sign): ascii(sign)[1:-1] for sign in "\u2028\u2029"}
_UNSAFE = re.compile(r"[^\w.-]+")


class Citer:
    """Cites paragraphs as they stand in the edition found; `root` makes an address a whole one."""

    def __init__(self, root: str, standing: Standing, accessed: date) -> None:
        self.root = root
        self._accessed = accessed

        @lru_cache(maxsize=_DOCUMENTS)
        def numbered(slug: str, edition: int) -> Numbering:
            """Without texts, which no citation needs and which take most of the memory."""
            return Numbering(replace(each.passage, text="") for each in standing(slug, edition))

        self._numbered = numbered

    def __call__(self, document: StoredDocument, stored: StoredPassage) -> Source:
        """What a citation of `stored` says."""
        shown = passage_json(document, stored, self.root)
        then = replace(document, edition=shown["edition"])
        numbering = self._numbered(document.slug, then.edition)
        return source(then, stored.passage, numbering, shown["url"], self._accessed)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what people call it, its suffix and type, and what writes its text."""

    name: str
    suffix: str
    kind: str
    write: Callable[[Found, Citer], Iterator[str]]


def _csv(found: Found, cite: Citer) -> Iterator[str]:
    """A header, and a row for each paragraph; a cell that would be a formula begins with `'`."""
    line = StringIO()
    writer = csv.writer(line)
    writer.writerow(_NAMES)
    for document, stored in found:
        values = passage_json(document, stored, cite.root)
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


def _json_lines(found: Found, cite: Citer) -> Iterator[str]:
    """A line for each paragraph, of the same shape as in every answer in JSON."""
    for document, stored in found:
        line = json.dumps(passage_json(document, stored, cite.root), ensure_ascii=False)
        yield line.translate(_LINE_ENDS) + "\n"


def _bibtex(found: Found, cite: Citer) -> Iterator[str]:
    for document, stored in found:
        yield records.bibtex(cite(document, stored)) + "\n"


def _ris(found: Found, cite: Citer) -> Iterator[str]:
    for document, stored in found:
        yield records.ris(cite(document, stored)) + "\r\n"


def _csl_json(found: Found, cite: Citer) -> Iterator[str]:
    """One list of all items."""
    before = "[\n"
    for document, stored in found:
        yield before + json.dumps(records.csl(cite(document, stored)), ensure_ascii=False)
        before = ",\n"
    yield "\n]\n" if before[0] == "," else "[]\n"


def _markdown(found: Found, cite: Citer) -> Iterator[str]:
    """Each paragraph as a quotation, with its citation below."""
    for document, stored in found:
        said = _quoted(stored.passage)
        yield f"{said}\n>\n> — {citation(cite(document, stored), form='markdown')}\n\n"


def _quoted(passage: Passage) -> str:
    lines = [line.strip() for line in passage.text.splitlines()]
    text = "\n".join(_OPENS.sub(_escaped, markdown([Run(line)])) for line in lines)
    label = f"**{markdown([Run(passage.label)])}** " if passage.label else ""
    return "\n".join(f"> {line}".rstrip() for line in f"{label}{text}".split("\n"))


def _escaped(match: re.Match[str]) -> str:
    r"""`1` before a dot as `1\`, so that the dot begins no list."""
    return match[0] + "\\" if match[0].isdigit() else "\\" + match[0]


FORMATS = {
    "csv": Format("CSV", "csv", "text/csv", _csv),
    "jsonl": Format("JSON Lines", "jsonl", "application/jsonl", _json_lines),
    "bibtex": Format("BibTeX", "bib", RECORDS["bibtex"].mimetype, _bibtex),
    "ris": Format("RIS", "ris", RECORDS["ris"].mimetype, _ris),
    "csl": Format("CSL-JSON", "json", RECORDS["csl"].mimetype, _csl_json),
    "markdown": Format("Markdown", "md", "text/markdown", _markdown),
}


def pieces(format_: Format, found: Found, cite: Citer) -> Generator[str]:
    """The text of a file, in pieces of a size that is quick to send.

    `root` is what makes an address a whole one.
    """
    held: list[str] = []
    size = 0
    for some in format_.write(found, cite):
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
