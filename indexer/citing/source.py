"""What a citation says of a paragraph and of its document, before any style has formed it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote, unquote

from indexer.document import Kind, Passage, StoredDocument

_NAMES_ITS_KIND = re.compile(r"[§¶]|[^\W\d_]{2,}")  # "§ 12", "Art. 4(2)"; not "5." and not "(a)"
_JOINED = re.compile(r"(?<=\w)\.?\s*(?=\()")  # between the parts of `1. (a)`
_UNOFFICIAL = "unofficial translation"  # a tag of the document says so


@dataclass(frozen=True, slots=True)
class Source:
    """A paragraph, or a document whole, as it is cited; what is not known is empty.

    `place` is how the paragraph is named (`¶ 5`, `Art. 4(2)`), empty for a document. `page` is the
    page that it begins on, from 1, or 0. `number` is the name by which others cite the document,
    `issued` its date as exactly as it is known (ISO 8601), `accessed` the day that it was looked
    at. `url` is the whole address, with the edition. `caveats` are what a reader must know of the
    text.
    """

    title: str
    place: str
    url: str
    edition: int
    accessed: date
    publisher: str = ""
    number: str = ""
    issued: str = ""
    language: str = ""
    page: int = 0
    caveats: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """A key for lists of literature: the path of the address, in letters, digits, hyphens."""
        path = quote(unquote(self.url.partition("/d/")[2] or self.url), safe="/@")
        return re.sub(r"[^\w-]+", "-", path, flags=re.ASCII).strip("-") or "paragraph"


def source(
    document: StoredDocument,
    passage: Passage,
    numbering: Numbering,
    url: str,
    accessed: date,
) -> Source:
    """`passage` among the numbers of `document` in the edition that is cited."""
    whole = document_source(document, url, accessed)
    return replace(
        whole,
        place=numbering.pinpoint(passage),
        page=passage.page,
        caveats=tuple(filter(None, (passage.how_read, *whole.caveats))),
    )


def document_source(document: StoredDocument, url: str, accessed: date) -> Source:
    """`document` whole, in the edition that is cited."""
    known = document.metadata
    title = title_of(document)
    numbers = cited_names(document)
    return Source(
        title=title,
        place="",
        url=url,
        edition=document.edition,
        accessed=accessed,
        publisher=known.publisher,
        number=next((n for n in numbers if n.casefold() not in title.casefold()), ""),
        issued=known.date,
        language=known.language,
        caveats=tuple(filter(None, (unofficial(document),))),
    )


def named_in_list(source: Source) -> Source:
    """`source` with its place in its title, for lists in which nothing else tells paragraphs apart.

    A program that keeps literature would also take two paragraphs of one title for duplicates.
    """
    return replace(source, title=", ".join(filter(None, (source.title, source.place))))


def title_of(document: StoredDocument) -> str:
    """The document's title, or its file's name where it has none."""
    return document.metadata.title or document.file.rpartition("/")[2]


def unofficial(document: StoredDocument) -> str:
    """That the document is an unofficial translation, where its tags say so; else empty."""
    told = any(tag.casefold() == _UNOFFICIAL for tag in document.metadata.tags)
    return _UNOFFICIAL if told else ""


def cited_names(document: StoredDocument) -> tuple[str, ...]:
    """The names by which people cite the document: symbols and numbers, but no addresses."""
    names = document.metadata.names
    return tuple(name for name in names if "://" not in name and not name.startswith("/"))


class Numbering:
    """The official numbers of a document, among which one names a paragraph."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._named: dict[tuple[str, ...], list[Passage]] = defaultdict(list)
        self._headings: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for passage in passages:
            self._headings[passage.label].add(passage.heading)
            if passage.natural_id:
                self._named[passage.natural_id, *passage.heading].append(passage)

    def pinpoint(self, passage: Passage) -> str:
        """How a citation names `passage`.

        `¶ 5`, `¶ 5(a)`, `note 3` or `Art. 4(2)`, after its heading where the document uses the
        number twice. A passage without an official number is counted, in the brackets of an
        addition: `[¶ 3]`.
        """
        if passage.kind is Kind.NOTE and passage.label:
            return f"note {_bare(passage.label)}"
        if not passage.label:
            return f"[¶ {passage.order}]"
        lineage = [*self._above(passage), passage]
        number = "".join(_bare(labelled.label) for labelled in lineage)
        name = number if _NAMES_ITS_KIND.match(number) else f"¶ {number}"
        twice = self._headings[lineage[0].label] - {lineage[0].heading}
        return f"{passage.heading[-1]}, {name}" if twice and passage.heading else name

    def _above(self, passage: Passage) -> list[Passage]:
        """The numbered passages that `passage` belongs to, the outermost first."""
        parts = passage.natural_id.split("-")
        above = (
            other
            for many in range(1, len(parts))
            for other in self._named.get(("-".join(parts[:many]), *passage.heading), ())
            if other.order < passage.order
        )
        return sorted(above, key=lambda other: other.order)


def _bare(label: str) -> str:
    """The label without the punctuation that closes its parts.

    `5.` and `5)` are 5, `1. (a)` is 1(a), and `(a)` stays.
    """
    label = _JOINED.sub("", label.rstrip(".:").strip("[]"))
    return label.rstrip(")") if "(" not in label else label
