"""A passage, or words in it, in; a Web Annotation by which other programs find them out."""

from urllib.parse import urlencode

from flask import Response, json, request

from indexer.address import Address
from indexer.errors import NotFound
from indexer.library import Library
from indexer.shapes import AnnotationJson
from indexer.shapes.annotations import QuoteJson
from web.links import place_at
from web.programs.lists import asked_for, moved_to
from web.programs.queries import AnnotationQuery
from web.reach import whole

MEDIA = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
_CONTEXT = 32  # characters before and after, as the examples of the model have about


class Annotations:
    """The handler of `…/annotation`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def annotation(self, slug: str, local_id: str) -> Response:
        """A passage, or words in it, as a Web Annotation: a quotation with what stands around it.

        Its source is the living address; its state says when this collection received the edition
        in which these words stand, and where that stays as it was.
        """
        if moved := moved_to(self._library, slug):
            return moved
        query = asked_for(AnnotationQuery)
        reading, stored = self._library.as_cited(slug, local_id, query.edition)
        edition, text = reading.document.edition, stored.passage.text
        begins = place_of_words(text, query.exact, query.prefix, query.suffix) if query.exact else 0
        if begins is None:
            raise NotFound(f"these words do not stand so in {Address(slug, local_id, edition)}")
        states = self._library.mementos.states(slug, local_id).editions
        received = [each.at for each in states if each.number <= edition]
        answer: AnnotationJson = {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": _own_address(edition),
            "type": "Annotation",
            "motivation": "identifying",
            "target": {
                "type": "SpecificResource",
                "source": whole(place_at(Address(slug, local_id))),
                "selector": quoted(text, begins, len(query.exact) or len(text)),
                "state": {
                    "type": "TimeState",
                    "sourceDate": received[-1],
                    "cached": whole(place_at(Address(slug, local_id, edition))),
                },
            },
        }
        return Response(json.dumps(answer), content_type=MEDIA)


def place_of_words(text: str, exact: str, prefix: str = "", suffix: str = "") -> int | None:
    """Where `exact` first stands in `text` with `prefix` before it and `suffix` behind it."""
    found = text.find(f"{prefix}{exact}{suffix}")
    return None if found < 0 else found + len(prefix)


def quoted(text: str, begins: int, many: int) -> QuoteJson:
    """The `many` characters of `text` that begin at `begins`, with what stands around them."""
    ends = begins + many
    made: QuoteJson = {"type": "TextQuoteSelector", "exact": text[begins:ends]}
    if before := text[max(0, begins - _CONTEXT) : begins]:
        made["prefix"] = before
    if after := text[ends : ends + _CONTEXT]:
        made["suffix"] = after
    return made


def _own_address(edition: int) -> str:
    """The address that gives the same annotation for ever: with the edition that was found."""
    asked = {**request.args.to_dict(), "edition": str(edition)}
    return f"{whole(request.script_root + request.path)}?{urlencode(asked)}"
