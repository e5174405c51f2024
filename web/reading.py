"""A document's or a paragraph's address in, the page of what stands or stood there out."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.address import Address
from indexer.citing.eli import eli
from indexer.citing.formats import citation
from indexer.citing.highwire import fields
from indexer.document import StoredDocument, StoredPassage
from indexer.errors import IndexUnavailable, NotFound
from indexer.held import Reading
from indexer.library import Library
from web.agreed import usage_of
from web.asking import moved_since
from web.citing import source_of, source_of_document
from web.delivery import unchanged
from web.languages import can_be_everywhere, labelled
from web.links import place_at
from web.marking import compared
from web.notes import Notes
from web.outline import contents, outline
from web.pages import LONGEST
from web.paging import page_number
from web.parts import Part, part, part_with
from web.reach import here, whole
from web.trail import Trail
from web.wording import headings_of


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a page shows: a part of `reading`, set off at `stored`.

    `cited` is what that was in the edition `then`.
    """

    reading: Reading
    part: Part
    stored: StoredPassage | None = None
    then: Reading | None = None
    cited: StoredPassage | None = None


class Documents:
    """The handlers of the pages below `/d/`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def document(self, slug: str, edition: int | None = None) -> ResponseReturnValue:
        """A document, or part `part` of a long one, every paragraph under its own anchor.

        As it stands, or in one edition.
        """
        if settled := moved_since(self._library, slug) or self._unchanged(slug):
            return settled
        try:
            reading = self._library.document(slug, edition)
        except NotFound:
            if edition is not None:
                raise
            return self._gone(slug)
        shown = part(reading.passages, page_number(request.args.get("part", "1")) or 0)
        if shown is None:
            abort(404)
        return self._page(_Shown(reading, shown))

    def passage(self, slug: str, local_id: str) -> ResponseReturnValue:
        """A document at one of its paragraphs, or what the paragraph last said."""
        if settled := moved_since(self._library, slug) or self._unchanged(slug):
            return settled
        reading = self._present(slug)
        if reading and (stored := _standing(reading, local_id)):
            return self._page(_Shown(reading, part_with(reading.passages, stored), stored))
        life = self._library.life(slug, local_id)
        successor = self._library.successor(life.stored)
        then, _ = self._library.as_cited(slug, local_id)
        said = _citation(then, life.stored)
        page = render_template(
            "retired.html", life=life, then=then.document, successor=successor, **said
        )
        return page, 410

    def cited(self, slug: str, local_id: str, edition: int) -> ResponseReturnValue:
        """What a paragraph said in an edition, beside what stands now where that is different."""
        if settled := moved_since(self._library, slug) or self._unchanged(slug):
            return settled
        cited = self._library.locate(slug, local_id, edition)
        then = self._library.document(slug, edition)
        reading = self._present(slug)
        stored = _standing(reading, local_id) if reading else None
        if reading and stored and stored.passage.text == cited.passage.text:
            where = part_with(reading.passages, stored)
            return self._page(_Shown(reading, where, stored, then, cited))
        life = self._library.life(slug, local_id)
        successor = None if stored else self._library.successor(life.stored)
        beside = stored or (successor.stored if successor and successor.is_alike else None)
        return render_template(
            "compared.html",
            cited=cited,
            then=then.document,
            life=life,
            stands=stored is not None,
            successor=successor,
            beside=beside,
            comparison=compared(cited.passage.text, beside.passage.text) if beside else None,
            **_citation(then, cited),
        )

    def history(self, slug: str, local_id: str) -> ResponseReturnValue:
        """All that has happened to a paragraph, the newest first."""
        if elsewhere := moved_since(self._library, slug):
            return elsewhere
        return render_template("history.html", life=self._library.life(slug, local_id))

    def _unchanged(self, slug: str) -> ResponseReturnValue | None:
        """The answer if the browser has this page: what the document is, and all else it shows."""
        known = self._library.described([slug]).get(slug)
        if known is None or "q" in request.args:
            return None
        footer = render_template("footer.html")  # says whether documents can be added
        today, state = (
            datetime.now(UTC).date(),
            self._library.log.position(),
        )  # of who cites or says it
        shown = known, here(), request.full_path, today, state, footer
        return unchanged(*shown, *self._library.works.of(known))

    def _present(self, slug: str) -> Reading | None:
        """The document as it stands; None where its file has left the corpus."""
        try:
            return self._library.document(slug)
        except NotFound:
            return None

    def _gone(self, slug: str) -> ResponseReturnValue:
        """What is left to say of a document whose file has left the corpus."""
        revisions = self._library.revisions(slug)
        last = self._library.document(slug, revisions[-1].edition.number)
        return render_template("gone.html", document=last.document, revisions=revisions), 410

    def _page(self, shown: _Shown) -> str:
        reading, document = shown.reading, shown.reading.document
        entries = list(outline(document, reading.passages))
        within = entries[shown.part.first : shown.part.last]
        said = shown.cited or shown.stored
        trail, unmarked = self._trail(shown)
        versions = labelled(self._library.works.of(document))
        return render_template(
            "reading.html",
            document=document,
            part=shown.part,
            part_address=partial(_part_address, document, trail),
            entries=within,
            contents=contents(entries),
            above=headings_of(within[0].stored.passage, document) if within else (),
            notes=Notes(reading.passages, shown.part),
            cites=self._library.cited(
                Reading(document, tuple(entry.stored for entry in within)), reading
            ),
            trail=trail,
            unmarked=unmarked,
            revisions=self._library.revisions(document.slug),
            versions=versions,
            usage=usage_of(self._library, document, said) if said else None,
            has_links=can_be_everywhere(len(within), len(versions)),
            stored=shown.stored,
            cited=shown.cited,
            then=shown.then.document if shown.then else None,
            eli=None if said else eli(document, _edition_of(document)),
            **(_citation(shown.then or reading, said) if said else _whole(document)),
        )

    def _trail(self, shown: _Shown) -> tuple[Trail | None, str]:
        """The hits of the search that the reader comes from, or why they cannot be marked.

        A page can be read without an index, so that it is no error of the page.
        """
        query, document = request.args.get("q", "")[:LONGEST], shown.reading.document
        if not query.strip():
            return None, ""
        try:
            within = self._library.within(document, query)
        except IndexUnavailable as error:
            return None, str(error)
        return Trail(query, document, shown.reading.passages, within, shown.stored), ""


def _part_address(document: StoredDocument, trail: Trail | None, number: int) -> str:
    """The address of a part of what the page shows; the hits stay marked."""
    query = trail.query if trail else None
    if document.present and not (request.view_args or {}).get("edition"):
        return url_for("document", slug=document.slug, part=number, q=query)
    return url_for("edition", slug=document.slug, edition=document.edition, part=number)


def _edition_of(document: StoredDocument) -> str:
    """The whole address of a document as it is in this edition."""
    return whole(place_at(Address(document.slug, "", document.edition)))


def _standing(reading: Reading, local_id: str) -> StoredPassage | None:
    """The passage with this id among those of `reading`, if it stands there."""
    return next((each for each in reading.passages if each.passage.id == local_id), None)


def _citation(reading: Reading, stored: StoredPassage) -> dict[str, object]:
    """How `stored` is cited as it stands in `reading`: its number, the whole line, the fields."""
    cited = source_of(reading, stored)
    return {"place": cited.place, "citation": citation(cited), "fields": fields(cited)}


def _whole(document: StoredDocument) -> dict[str, object]:
    """The same for a document whole, which no line cites."""
    return {"place": "", "citation": "", "fields": fields(source_of_document(document))}
