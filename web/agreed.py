"""A paragraph's address in; the pages, or the JSON, of agreed language out."""

from flask import Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from indexer.document import StoredDocument, StoredPassage
from indexer.errors import IndexUnavailable, NotFound
from indexer.library import Library
from indexer.lookup import address_of
from indexer.usage import extent, formulas_json, related_json, story_json
from indexer.wording.timeline import Timeline
from web.asking import moved_since

SHOWN = 100  # wordings on a page; JSON has all of them
_PLACES = 5  # of a wording that are shown at once; the others are folded


class AgreedPages:
    """The handlers of wordings through the years, of related paragraphs and of formulas."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def wording(self, slug: str, local_id: str) -> ResponseReturnValue:
        """The wording of a paragraph through the years."""
        if elsewhere := moved_since(self._library, slug):
            return elsewhere
        story = self._library.wording.story(*self._asked(slug, local_id))
        return render_template(
            "wording.html",
            story=story,
            told=extent(story),
            rows=list(zip(story.timeline.wordings, story.before, strict=True))[:SHOWN],
            places=_PLACES,
        )

    def related(self, slug: str, local_id: str) -> ResponseReturnValue:
        """What is related to a paragraph."""
        if elsewhere := moved_since(self._library, slug):
            return elsewhere
        document, stored = self._asked(slug, local_id)
        found = self._library.wording.related(document, stored)
        documents = self._library.described({each.use.document for each in found})
        return render_template(
            "related.html", document=document, stored=stored, found=found, documents=documents
        )

    def formulas(self) -> str:
        """The wordings that most documents have."""
        found = self._library.wording.formulas()
        documents = self._library.described({each.use.document for each in found.formulas})
        return render_template("formulas.html", found=found.formulas, documents=documents)

    def wording_json(self) -> Response:
        """The wording of the paragraph at `address` through the years."""
        return jsonify(story_json(self._library.wording.story(*self._typed())))

    def related_json(self) -> Response:
        """What is related to the paragraph at `address`."""
        found = self._library.wording.related(*self._typed())
        documents = self._library.described({each.use.document for each in found})
        return jsonify(related_json(found, documents))

    def formulas_json(self) -> Response:
        """The formulas: the wordings that most documents have."""
        found = self._library.wording.formulas()
        documents = self._library.described({each.use.document for each in found.formulas})
        return jsonify(formulas_json(found, documents))

    def _typed(self) -> tuple[StoredDocument, StoredPassage]:
        at = address_of(self._library, request.args.get("address", ""))
        if not at.local_id:
            raise NotFound("give the address of a paragraph, such as /d/document/para-5")
        return self._asked(at.slug, at.local_id)

    def _asked(self, slug: str, local_id: str) -> tuple[StoredDocument, StoredPassage]:
        """A paragraph as it stands or last stood, and its document as that is or was."""
        reading, stored = self._library.as_cited(slug, local_id)
        return reading.document, stored


def usage_of(library: Library, document: StoredDocument, stored: StoredPassage) -> Timeline | None:
    """The wording of a paragraph that is being read; None where the index cannot tell."""
    try:
        return library.wording.timeline(document, stored)
    except IndexUnavailable:
        return None
