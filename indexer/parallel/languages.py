"""An address in; what stands there in the other languages of the work, as JSON or lines, out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict

from indexer.address import Address
from indexer.document import StoredDocument, StoredPassage
from indexer.errors import NotFound
from indexer.library import Library
from indexer.serialise import passage_json
from indexer.shapes import PassageJson
from indexer.works.pair import Ground
from indexer.works.service import Beside, Row


@dataclass(frozen=True, slots=True)
class Version:
    """Another version of a document; `row` is where the asked paragraph is in it, if one was."""

    document: StoredDocument
    row: Row | None


@dataclass(frozen=True, slots=True)
class Versions:
    """A document or, with `stored`, a paragraph of it, and its other versions, by language."""

    document: StoredDocument
    stored: StoredPassage | None
    others: tuple[Version, ...]


class VersionJson(TypedDict):
    """Another version of a document, and what says there what the asked paragraph says here.

    `ground` is number, order, length or none, and `doubt` 0 to 1; without a paragraph `passages`
    is empty, and both are null.
    """

    address: str
    title: str
    language: str
    passages: list[PassageJson]
    ground: str | None
    doubt: float | None


class VersionsJson(TypedDict):
    """An address with its language, and the other versions of its document, by language."""

    address: str
    language: str
    versions: list[VersionJson]


class CellJson(TypedDict):
    """A paragraph in one of two versions."""

    address: str
    label: str
    text: str


class RowJson(TypedDict):
    """Paragraphs that say the same, on the left and on the right; one side may be empty."""

    left: list[CellJson]
    right: list[CellJson]
    ground: str
    doubt: float


class BesideJson(TypedDict):
    """Two documents side by side; `one_work` if they are known as versions of one work."""

    left: str
    right: str
    one_work: bool
    rows: list[RowJson]


def versions_at(library: Library, address: Address, language: str = "") -> Versions:
    """The other versions of what stands at `address`, or only those in `language`.

    Raises `NotFound` where nothing stands there.
    """
    reading = library.document(address.slug)
    document, stored = reading.document, None
    if address.local_id:
        standing = (each for each in reading.passages if each.passage.id == address.local_id)
        stored = next(standing, None)
        if stored is None:
            raise NotFound(f"{address} does not stand any more; only what stands has versions")
    others = [
        each
        for each in library.works.of(document)
        if not language or speaks(each.metadata.language, language)
    ]
    rows = (
        library.works.beside(document, each).row_of(address.local_id) if stored else None
        for each in others
    )
    found = (Version(each, row) for each, row in zip(others, rows, strict=True))
    return Versions(document, stored, tuple(found))


def speaks(language: str, asked: str) -> bool:
    """Whether `language` is `asked`, or a kind of it as `zh-Hant` is of `zh`."""
    return f"{language}-".casefold().startswith(f"{asked}-".casefold())


def versions_json(versions: Versions, root: str = "") -> VersionsJson:
    """The versions as JSON; `root` is what makes an address a whole one."""
    stored, document = versions.stored, versions.document
    own = stored.passage.language if stored else ""
    return {
        "address": stored.address if stored else str(Address(document.slug)),
        "language": own or document.metadata.language,
        "versions": [
            {
                "address": str(Address(each.document.slug)),
                "title": each.document.metadata.title,
                "language": each.document.metadata.language,
                "passages": [
                    passage_json(each.document, found, root)
                    for found in (each.row.right if each.row else ())
                ],
                "ground": each.row.ground.value if each.row else None,
                "doubt": each.row.doubt if each.row else None,
            }
            for each in versions.others
        ],
    }


def versions_lines(versions: Versions) -> Iterator[str]:
    """The versions for a person: a line for each, and below it what stands there."""
    if not versions.others:
        yield "No other version is in the collection."
    for each in versions.others:
        known = each.document.metadata
        yield f"{known.language or '?'}  {Address(each.document.slug)}  {known.title}".rstrip()
        if each.row:
            yield from _said(each.row)


def beside_json(beside: Beside) -> BesideJson:
    """Two documents side by side as JSON."""
    return {
        "left": str(Address(beside.left.slug)),
        "right": str(Address(beside.right.slug)),
        "one_work": beside.is_one_work,
        "rows": [
            {
                "left": _sides(row.left),
                "right": _sides(row.right),
                "ground": row.ground.value,
                "doubt": row.doubt,
            }
            for row in beside.rows
        ],
    }


def documents_beside(library: Library, left: str, right: str) -> Beside:
    """Two documents side by side, by their slugs. Raises `NotFound` where one is not there."""
    found = library.described([left, right])
    for each in (left, right):
        if each not in found or not found[each].present:
            raise NotFound(f"there is no document {each!r}")
    return library.works.beside(found[left], found[right])


def beside_lines(beside: Beside) -> Iterator[str]:
    """Two documents for a person: what the left says, and indented below it what the right does."""
    for document in (beside.left, beside.right):
        yield f"{Address(document.slug)}  {document.metadata.title}".rstrip()
    for row in beside.rows:
        yield ""
        yield from map(_labelled, row.left)
        yield from (f"    {_labelled(each)}" for each in row.right)
        if doubt := doubt_of(row):
            yield f"    ({doubt})"


def doubt_of(row: Row) -> str:
    """What speaks against a row, in words; empty where nothing does."""
    if row.ground is Ground.NONE:
        return "no counterpart"
    many = len(row.left), len(row.right)
    said = [] if many == (1, 1) else [f"{many[0]} here, {many[1]} there"]
    if row.conflicts:
        said.append("figures or numbers differ")
    return ", ".join(said)


def _said(row: Row) -> Iterator[str]:
    if doubt := doubt_of(row):
        yield f"    ({doubt})"
    for found in row.right:
        yield f"    {found.address}"
        yield f"    {_labelled(found)}"


def _labelled(stored: StoredPassage) -> str:
    return f"{stored.passage.label} {stored.passage.text}".strip()


def _sides(some: Sequence[StoredPassage]) -> list[CellJson]:
    return [
        {"address": each.address, "label": each.passage.label, "text": each.passage.text}
        for each in some
    ]
