"""Words, a citation or an address in; the paragraphs that are found by it out."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from indexer import lookup
from indexer.address import Address
from indexer.agents.frame import (
    after,
    call,
    filled,
    frame,
    has_pieces,
    joined,
    smaller_paragraph,
)
from indexer.agents.paragraphs import paragraph, piece, short
from indexer.agents.values import (
    AnswerJson,
    CitedByJson,
    NextJson,
    ParagraphJson,
    ResolveJson,
    SearchJson,
    TargetJson,
)
from indexer.citing.source import title_of
from indexer.document import StoredDocument
from indexer.errors import NotFound
from indexer.index.request import Order
from indexer.library import Library
from indexer.references.typed import Typed, typed
from indexer.search.cited import Target
from indexer.search.hits import Hit
from indexer.search.results import Results

_SAID = 8  # notices and suggestions
_TARGETS = 24  # as many documents as have one name

A = TypeVar("A", bound=AnswerJson)


def search(library: Library, query: str, page: int, sort: str) -> SearchJson:
    """A page of what `query` finds."""
    found = library.search(query, page, order=Order(sort))
    hits = [*found.hits, *found.partial]
    answer: SearchJson = {
        **frame(library, _next(found, hits, query, sort)),
        "summary": _summary(found),
        "query": short(query),
        "total": found.total,
        "page": page,
        "pages": found.pages,
        "partial_total": found.partial_total,
        "notices": [short(each) for each in found.notices[:_SAID]],
        "suggestions": [short(each.query or each.text) for each in found.suggestions[:_SAID]],
        "paragraphs": [],
    }
    return _with_paragraphs(answer, map(_paragraph, hits))


def cited_by(library: Library, address: Address, page: int) -> CitedByJson:
    """A page of the paragraphs that cite what is at `address`. Raises `NotFound`."""
    if address.local_id:
        library.locate(address.slug, address.local_id, address.edition)
    else:
        library.revisions(address.slug)
    bare = Address(address.slug, address.local_id)
    found = library.search(f'cites:"{bare}"', page, order=Order.NEWEST)
    following: list[NextJson] = []
    if page < found.pages:
        following.append(call("cited_by", "the next page", address=str(bare), page=page + 1))
    if found.hits:
        following.extend(after(_paragraph(found.hits[0])["address"])[:1])
    answer: CitedByJson = {
        **frame(library, following),
        "summary": f"{_many(found.total, 'paragraph')} of this collection that cite {bare}.",
        "address": str(bare),
        "total": found.total,
        "page": page,
        "pages": found.pages,
        "paragraphs": [],
    }
    return _with_paragraphs(answer, (_citing(library, hit, bare) for hit in found.hits))


def resolve(library: Library, citation: str) -> ResolveJson:
    """Where `citation` leads: to what it is the address of, else to what it names."""
    asked = typed(citation) or Typed(citation, "")
    targets = _at(library, citation) or [
        _target(library, each) for each in library.citations.cites.targets(asked)[:_TARGETS]
    ]
    exact = [each for each in targets if each["is_exact"]]
    answer: ResolveJson = {
        **frame(library),
        "summary": _resolved(citation, targets, len(exact)),
        "citation": short(citation),
        "name": short(asked.name),
        "label": asked.label,
        "targets": [],
    }
    if targets:
        answer["next"] = after((exact or targets)[0]["address"])
    else:
        answer["next"] = [call("search", "whether its words are anywhere", query=short(citation))]
    left = "Of {1} places {0} are shown: cite more exactly, with number, date or language.".format
    return filled(answer, "targets", targets, _smaller_target, left)


def _with_paragraphs(answer: A, paragraphs: Iterable[ParagraphJson]) -> A:
    left = "Of {1} paragraphs on this page {0} are shown: narrow what you ask for.".format
    made = filled(answer, "paragraphs", paragraphs, smaller_paragraph, left)
    shown: list[ParagraphJson] = made["paragraphs"]  # type: ignore[typeddict-item]
    made["cut"] = joined(made["cut"], has_pieces(shown))
    return made


def _paragraph(hit: Hit) -> ParagraphJson:
    return paragraph(hit.document, hit.passage, marks=hit.marks, missing=hit.missing)


def _citing(library: Library, hit: Hit, cited: Address) -> ParagraphJson:
    """A paragraph with its citations of `cited`, or of parts of it, marked."""
    links = library.citations.links(hit.document, [hit.passage]).get(hit.passage.key, ())
    leading = [
        (each.start, each.end)
        for each in links
        if each.target
        and each.target.document.slug == cited.slug
        and each.target.local_id.startswith(cited.local_id)
    ]
    return paragraph(hit.document, hit.passage, marks=leading)


def _at(library: Library, text: str) -> list[TargetJson]:
    """What `text` is the address of, if it is one."""
    try:
        asked = lookup.address_of(library, text)
        if not asked.local_id:
            return [_place(library.document(asked.slug, asked.edition).document, asked.edition)]
        reading, stored = library.as_cited(asked.slug, asked.local_id, asked.edition)
    except NotFound:
        return []
    here = reading.document
    return [{**_place(here, here.edition), "paragraph": paragraph(here, stored, here.edition)}]


def _target(library: Library, found: Target) -> TargetJson:
    there = library.citations.passage(found) if found.local_id else None
    made = _place(found.document, found.document.edition)
    return {
        **made,
        "is_exact": found.is_exact,
        "paragraph": paragraph(found.document, there) if there else None,
    }


def _place(document: StoredDocument, edition: int | None) -> TargetJson:
    known = document.metadata
    return {
        "address": str(Address(document.slug, edition=edition or document.edition)),
        "title": short(title_of(document)),
        "date": known.date,
        "language": known.language,
        "is_exact": True,
        "paragraph": None,
    }


def _smaller_target(whole: TargetJson, most: int) -> TargetJson:
    there = whole["paragraph"]
    return {**whole, "paragraph": piece(there, most) if there else None}


def _summary(found: Results) -> str:
    if found.total:
        return (
            f"{_many(found.total, 'paragraph')} with all words; this is page {found.page} of "
            f"{found.pages}."
        )
    if found.partial_total:
        return f"No paragraph has all words; {found.partial_total:,} have some (see missing)."
    return "Nothing was found: use fewer or other words, such as the document itself would use."


def _resolved(citation: str, targets: list[TargetJson], exact: int) -> str:
    if not targets:
        return f"“{short(citation)}” names nothing in this collection."
    if not exact:
        return "The document is here, but not the paragraph of this number."
    return f"{_many(exact, 'place')} in this collection can be meant."


def _next(found: Results, hits: Sequence[Hit], query: str, sort: str) -> list[NextJson]:
    calls = after(_paragraph(hits[0])["address"])[:2] if hits else []
    if found.page < found.pages:
        more = {"query": query, "page": found.page + 1, "sort": sort}
        calls.append(call("search", "the next page", **more))
    for each in found.suggestions[:2]:
        if each.query:
            calls.append(call("search", short(each.text), query=each.query))
    return calls


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
