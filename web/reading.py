"""A document's or a paragraph's address in, the page of what stands or stood there out."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.document import StoredPassage
from indexer.errors import NotFound
from indexer.library import Library, Reading
from web.citation import citation, pinpoint
from web.links import address_of
from web.marking import compared
from web.notes import Notes
from web.outline import outline


class Documents:
    """The handlers of the pages below `/d/`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def document(self, slug: str, edition: int | None = None) -> ResponseReturnValue:
        """A document, every paragraph of it under its own anchor, now or in one edition."""
        if elsewhere := self._moved(slug):
            return elsewhere
        try:
            return self._page(self._library.document(slug, edition))
        except NotFound:
            if edition is not None:
                raise
            revisions = self._library.revisions(slug)
            return render_template("gone.html", slug=slug, revisions=revisions), 410

    def passage(self, slug: str, local_id: str) -> ResponseReturnValue:
        """A document at one of its paragraphs, or what the paragraph last said."""
        if elsewhere := self._moved(slug):
            return elsewhere
        reading = self._present(slug)
        if reading and (stored := _standing(reading, local_id)):
            return self._page(reading, stored)
        life = self._library.life(slug, local_id)
        successor = self._library.successor(life.stored)
        return render_template("retired.html", life=life, successor=successor), 410

    def cited(self, slug: str, local_id: str, edition: int) -> ResponseReturnValue:
        """What a paragraph said in an edition, beside what stands now where that is different."""
        if elsewhere := self._moved(slug):
            return elsewhere
        cited = self._library.locate(slug, local_id, edition)
        then = self._library.document(slug, edition)
        reading = self._present(slug)
        stored = _standing(reading, local_id) if reading else None
        if reading and stored and stored.passage.text == cited.passage.text:
            return self._page(reading, stored, then, cited)
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
        if elsewhere := self._moved(slug):
            return elsewhere
        return render_template("history.html", life=self._library.life(slug, local_id))

    def _moved(self, slug: str) -> ResponseReturnValue | None:
        """The way to the same page of a document that has moved since."""
        moved = self._library.moved(slug)
        if not moved:
            return None
        place = {**(request.view_args or {}), "slug": moved}
        return redirect(url_for(request.endpoint or "", **place), 301)

    def _present(self, slug: str) -> Reading | None:
        """The document as it stands; None where its file has left the corpus."""
        try:
            return self._library.document(slug)
        except NotFound:
            return None

    def _page(
        self,
        reading: Reading,
        stored: StoredPassage | None = None,
        then: Reading | None = None,
        cited: StoredPassage | None = None,
    ) -> str:
        """`reading`, set off at `stored`; `cited` is what that was in the edition `then`."""
        said = cited or stored
        return render_template(
            "reading.html",
            document=reading.document,
            entries=outline(reading.document, reading.passages),
            notes=Notes(reading.passages),
            revisions=self._library.revisions(reading.document.slug),
            stored=stored,
            cited=cited,
            then=then.document if then else None,
            **(_citation(then or reading, said) if said else {"place": "", "citation": ""}),
        )


def _standing(reading: Reading, local_id: str) -> StoredPassage | None:
    """The passage with this id among those of `reading`, if it stands there."""
    return next((each for each in reading.passages if each.passage.id == local_id), None)


def _citation(reading: Reading, stored: StoredPassage) -> dict[str, str]:
    """How `stored` is cited as it stands in `reading`: its number there, and the whole line."""
    document, passage = reading.document, stored.passage
    place = pinpoint(passage, [each.passage for each in reading.passages])
    address = request.host_url.rstrip("/") + address_of(stored, document.edition)
    line = citation(document, place, address, passage.page, passage.how_read)
    return {"place": place, "citation": line}
