"""An address in; the same text in another language, or both side by side, out."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial

from babel import Locale, UnknownLocaleError
from flask import Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.address import Address
from indexer.document import StoredDocument
from indexer.errors import IndexUnavailable
from indexer.library import Library
from indexer.lookup import address_of
from indexer.parallel.languages import (
    beside_json,
    documents_beside,
    doubt_of,
    versions_at,
    versions_json,
)
from indexer.search.destinations import Destination
from indexer.works.service import Beside, Row
from web.links import place_at
from web.outline import outline
from web.paging import page_number
from web.parts import Part, part, part_at
from web.reach import whole

Labelled = tuple[tuple[str, StoredDocument], ...]  # documents, each with what its link says

LONGEST = 1_001  # characters of a query, as of a search
_EVERYWHERE = 3_000  # links of paragraphs on a page of a document; with more they stand at one only


class Languages:
    """The handlers of versions in other languages."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def counterpart(self, slug: str, local_id: str, other: str) -> ResponseReturnValue:
        """The way to the same paragraph in another version; where there is none, to both."""
        beside = documents_beside(self._library, slug, other)
        row = beside.row_of(local_id)
        if row and row.right:
            found = row.right[0]
            return redirect(f"{place_at(Address(other, found.passage.id))}#{found.passage.id}")
        return redirect(url_for("beside", slug=slug, other=other, at=local_id, _anchor=local_id))

    def page(self, slug: str, other: str) -> ResponseReturnValue:
        """Two versions side by side: part `part`, or the one with the paragraph `at`."""
        now = [self._library.moved(each) or each for each in (slug, other)]
        if now != [slug, other]:
            return redirect(
                url_for("beside", slug=now[0], other=now[1], at=request.args.get("at")), 301
            )
        beside = documents_beside(self._library, slug, other)
        shown = _part(beside, request.args.get("at", ""), request.args.get("part", "1"))
        if shown is None:
            abort(404)
        return render_template(
            "beside.html",
            beside=beside,
            rows=beside.rows[shown.first : shown.last],
            part=shown,
            at=request.args.get("at", ""),
            part_address=partial(_part_address, slug, other),
            others=labelled(self._library.works.of(beside.left)),
            headings=_headings(beside),
            marks=self._marks(beside),
            doubt_of=doubt_of,
            anchors=_anchors,
        )

    def json(self) -> Response:
        """The other versions of what is at `address`, or only those in the language `in`."""
        address = address_of(self._library, request.args.get("address", ""))
        found = versions_at(self._library, address, request.args.get("in", ""))
        return jsonify(versions_json(found, whole(request.script_root)))

    def beside_json(self) -> Response:
        """Two documents side by side, `left` and `right`."""
        sides = [address_of(self._library, request.args.get(n, "")) for n in ("left", "right")]
        beside = documents_beside(self._library, sides[0].slug, sides[1].slug)
        return jsonify(beside_json(beside))

    def _marks(self, beside: Beside) -> dict[int, tuple[tuple[int, int], ...]]:
        """What the query `q`, which led here, finds on the left, by the keys of the passages."""
        query = request.args.get("q", "")[:LONGEST]
        try:
            within = self._library.within(beside.left, query) if query.strip() else None
        except IndexUnavailable:  # a page can be read without an index
            within = None
        if within is None:
            return {}
        left = (each for row in beside.rows for each in row.left if each.key in within.keys)
        return {each.key: within.makes.of(beside.left, each).marks for each in left}


def labelled(versions: Sequence[StoredDocument]) -> Labelled:
    """Documents, each with its language in that language, and its file where two share one."""
    names = [own_name(each.metadata.language) for each in versions]
    return tuple(
        (name if names.count(name) == 1 else f"{name} ({each.file.rpartition('/')[2]})", each)
        for name, each in zip(names, versions, strict=True)
    )


def labels_of(library: Library, documents: Mapping[str, StoredDocument]) -> dict[str, Labelled]:
    """The other versions of documents, by slug."""
    versions = library.works.versions(documents.values())
    return {slug: labelled(others) for slug, others in versions.items() if others}


def of_works(
    found: Sequence[Destination], versions: Mapping[str, Labelled]
) -> list[tuple[Destination, Labelled]]:
    """Destinations, each with its other versions, which are none of their own any more."""
    shown: list[tuple[Destination, Labelled]] = []
    told: set[str] = set()
    for each in found:
        if each.document.slug in told:
            continue
        others = () if each.edition or each.missing else versions.get(each.document.slug, ())
        told |= {other.slug for _, other in others}
        shown.append((each, others))
    return shown


def can_be_everywhere(paragraphs: int, versions: int) -> bool:
    """Whether so many paragraphs can each have links to so many versions."""
    return paragraphs * versions <= _EVERYWHERE


@cache
def own_name(tag: str) -> str:
    """What a language calls itself: `fr` is français; a tag that is not known as it is."""
    try:
        return Locale.parse(tag, sep="-").display_name or tag
    except (UnknownLocaleError, ValueError, TypeError):
        return tag or "another version"


def _part(beside: Beside, at: str, number: str) -> Part | None:
    row = next((n for n, row in enumerate(beside.rows) if at and at in _ids(row)), None)
    if row is not None:
        return part_at(len(beside.rows), row)
    return part(beside.rows, page_number(number) or 0)


def _ids(row: Row) -> Iterator[str]:
    return (each.passage.id for each in row.left)


def _headings(beside: Beside) -> dict[int, tuple[tuple[int, str], ...]]:
    """What opens above passages of either side, as `(level, text)`, by the keys of the passages."""
    left = [each for row in beside.rows for each in row.left]
    right = [each for row in beside.rows for each in row.right]
    entries = (*outline(beside.left, left), *outline(beside.right, right))
    return {entry.stored.key: entry.headings for entry in entries if entry.headings}


def _anchors(row: Row) -> tuple[str, ...]:
    """The ids that lead to a row: those of the left; of a row without any that of the right."""
    return tuple(_ids(row)) or (f"_right-{row.right[0].passage.id}",)


def _part_address(slug: str, other: str, number: int) -> str:
    return url_for("beside", slug=slug, other=other, part=number)
