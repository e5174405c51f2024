"""Turns answers of the library into the plain values that become JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from indexer.address import Address
from indexer.document import StoredDocument, StoredPassage
from indexer.held import Cited, Info, Life, Reading
from indexer.index.fields import Facet
from indexer.search.completions import Completion
from indexer.search.destinations import Destination
from indexer.search.highlighter import Span
from indexer.search.results import Extent
from indexer.search.service import Hit, Results
from indexer.shapes import (
    AgreementJson,
    CitingJson,
    CompletionJson,
    CompletionsJson,
    DestinationJson,
    DocumentFields,
    DocumentJson,
    ExtentJson,
    FailureJson,
    HitJson,
    InfoJson,
    LifeJson,
    ListedJson,
    NotesJson,
    PartialHitJson,
    PassageJson,
    PlanJson,
    ReferenceJson,
    ReportJson,
    ResultsJson,
    RevisionsJson,
    TargetsJson,
)

if TYPE_CHECKING:
    from indexer.editions.history import Revision
    from indexer.index.check import Agreement
    from indexer.references.typed import Typed
    from indexer.search.cited import Link, Target
    from indexer.sync.apply import Report
    from indexer.sync.plan import Plan

FACET_VALUES = 10  # of each facet, in an answer
YEARS = 10_000  # all there are


def facets_asked(values: int = FACET_VALUES) -> dict[Facet, int]:
    """Every facet, with `values` of each, and all years."""
    return dict.fromkeys(Facet, values) | {Facet.YEAR: YEARS}


def results_json(
    results: Results, root: str = "", versions: Mapping[str, Sequence[StoredDocument]] | None = None
) -> ResultsJson:
    """A page of results, best first; `root` is what makes an address a whole one.

    `versions` are those of its documents in other languages, by slug.
    """
    return {
        "query": results.query,
        "sort": results.order.value,
        "total": results.total,
        "page": results.page,
        "pages": results.pages,
        "extent": _extent(results.extent),
        "facets": {
            facet.value: [{"value": c.value, "passages": c.passages} for c in counts]
            for facet, counts in results.facets.items()
        },
        "notices": list(results.notices),
        "suggestions": [
            {"text": offer.text, "query": offer.query, "total": offer.total}
            for offer in results.suggestions
        ],
        "destinations": [_destination(found, root) for found in results.destinations],
        "passages": [_hit(hit, results, root) for hit in results.hits],
        "partial": {
            "total": results.partial_total,
            "passages": [_partial(hit, results, root) for hit in results.partial],
        },
        "versions": {
            slug: [
                {"language": o.metadata.language, "address": str(Address(o.slug))} for o in others
            ]
            for slug, others in (versions or {}).items()
            if others
        },
    }


def completions_json(query: str, found: Iterable[Completion]) -> CompletionsJson:
    """What may be meant by `query`, which is still being typed."""
    suggestions: list[CompletionJson] = [
        {"kind": each.kind.value, "text": each.text, "query": each.query} for each in found
    ]
    return {"query": query, "suggestions": suggestions}


def document_json(reading: Reading, cited: Cited, root: str = "") -> DocumentJson:
    """A document and everything it says; `root` is what makes an address a whole one."""
    document = reading.document
    return {
        "address": str(Address(document.slug)),
        **_fields(document),
        "edition": document.edition,
        "changed_at": document.changed_at,
        "notes": list(document.notes),
        "cited_by": cited.times(),
        "passages": [citing_json(document, stored, cited, root) for stored in reading.passages],
    }


def citing_json(
    document: StoredDocument, stored: StoredPassage, cited: Cited, root: str = ""
) -> CitingJson:
    """A passage of `document` with what it cites."""
    return {
        **passage_json(document, stored, root),
        "cites": [_reference(link) for link in cited.links.get(stored.key, ())],
        "cited_by": cited.times(stored.passage.id),
    }


def listed_json(document: StoredDocument, root: str = "") -> ListedJson:
    """A document in a list."""
    return {
        "address": str(Address(document.slug)),
        "url": f"{root}{Address(document.slug, '', document.edition)}",
        **_fields(document),
        "edition": document.edition,
        "changed_at": document.changed_at,
        "passages": document.passages,
    }


def targets_json(
    query: str, asked: Typed | None, found: Iterable[Target], root: str = ""
) -> TargetsJson:
    """Where a citation leads."""
    return {
        "query": query,
        "name": asked.name if asked else "",
        "label": asked.label if asked else "",
        "targets": [
            {
                "address": str(each.address),
                "url": f"{root}{each.address}",
                "id": each.local_id,
                "exact": each.is_exact,
                **_fields(each.document),
            }
            for each in found
        ],
    }


def _reference(link: Link) -> ReferenceJson:
    return {
        "start": link.start,
        "end": link.end,
        "name": link.name,
        "label": link.label,
        "address": str(link.target.address) if link.target else "",
        "exact": link.target is not None and link.target.is_exact,
    }


def passage_json(document: StoredDocument, stored: StoredPassage, root: str = "") -> PassageJson:
    """A passage of `document`; its language is its own where it has one."""
    passage, fields = stored.passage, _fields(document)
    edition = document.edition if stored.until is None else stored.until - 1
    return {
        "address": stored.address,
        "edition": edition,
        "url": f"{root}{Address(stored.document, passage.id, edition)}",
        "id": passage.id,
        "kind": passage.kind.value,
        "label": passage.label,
        "anchor": passage.anchor,
        "page": passage.page,
        "heading": list(passage.heading),
        "text": passage.text,
        "note_marks": [{"place": m.place, "anchor": m.anchor} for m in passage.note_marks],
        "confidence": passage.confidence,
        **fields,
        "language": passage.language or fields["language"],
    }


def life_json(life: Life) -> LifeJson:
    """What has happened to a passage; of one that was retired, its last label and text."""
    said = [(moment, moment.after or moment.before) for moment in life.moments]
    return {
        "address": life.stored.address,
        "stands": life.document.present and life.stored.until is None,
        "formerly": [str(Address(slug, life.stored.passage.id)) for slug, _ in life.former],
        "history": [
            {
                "edition": moment.edition.number,
                "at": moment.edition.at,
                "events": [event.value for event in moment.events],
                "label": stored.passage.label,
                "heading": list(stored.passage.heading),
                "text": stored.passage.text,
            }
            for moment, stored in said
            if stored
        ],
    }


def revisions_json(revisions: Sequence[Revision]) -> RevisionsJson:
    """The editions of a document."""
    return {
        "editions": [
            {
                "edition": each.edition.number,
                "at": each.edition.at,
                "added": each.added,
                "reworded": each.reworded,
                "retired": each.retired,
            }
            for each in revisions
        ]
    }


def info_json(info: Info, noted: Iterable[StoredDocument] = ()) -> InfoJson:
    """Counts and places of a library, and the notes on the documents `noted`."""
    return {
        "documents": info.documents,
        "passages": info.passages,
        "engine": info.engine,
        "behind": info.behind,
        "corpus": info.corpus,
        "data": info.data,
        "synced_at": info.synced_at,
        "failures": _failures(info.failures),
        "notes": _notes({document.file: document.notes for document in noted}),
        "advice": info.advice,
    }


def plan_json(plan: Plan) -> PlanJson:
    """What a sync does, as paths."""
    return {
        "new": [file.path for file in plan.new],
        "changed": [file.path for file in plan.changed],
        "moved": [{"from": record.file, "to": file.path} for record, file in plan.moved],
        "removed": [record.file for record in plan.removed],
        "touched": [file.path for file in plan.touched],
        "unchanged": plan.unchanged,
    }


def report_json(report: Report, ignored: list[str]) -> ReportJson:
    """What a sync did."""
    return {
        **plan_json(report.plan),
        "failures": _failures(report.failures),
        "notes": _notes(report.notes),
        "ignored": ignored,
        "awaits": report.awaits,
        "others": report.others,
    }


def agreement_json(agreement: Agreement) -> AgreementJson:
    """How store and index compare."""
    return {
        "agree": agreement.holds,
        "missing": list(agreement.missing),
        "surplus": list(agreement.surplus),
        "passages": agreement.passages,
        "behind": agreement.position - agreement.followed,
        "stale": agreement.stale,
    }


def _failures(failures: Mapping[str, str]) -> list[FailureJson]:
    return [{"file": file, "reason": reason} for file, reason in failures.items()]


def _notes(notes: Mapping[str, Sequence[str]]) -> list[NotesJson]:
    return [{"file": file, "notes": list(each)} for file, each in notes.items()]


def _destination(found: Destination, root: str) -> DestinationJson:
    document, stored = found.document, found.passage
    return {
        "address": str(found.address),
        **_fields(document),
        "passage": passage_json(document, stored, root) if stored else None,
        "missing": found.missing,
    }


def _partial(hit: Hit, results: Results, root: str) -> PartialHitJson:
    return {**_hit(hit, results, root), "missing": list(hit.missing)}


def _hit(hit: Hit, results: Results, root: str) -> HitJson:
    return {
        **passage_json(hit.document, hit.passage, root),
        "marks": _spans(hit.marks),
        "label_marks": _spans(hit.label_marks),
        "title_marks": _spans(hit.title_marks),
        "heading_marks": [_spans(marks) for marks in hit.heading_marks],
        "above": list(hit.above),
        "in_document": results.in_documents.get(hit.document.slug, 0),
        "score": hit.score,
    }


def _extent(extent: Extent | None) -> ExtentJson | None:
    if extent is None:
        return None
    return {
        "documents": extent.documents,
        "of": extent.of,
        "first": extent.first,
        "last": extent.last,
        "as_of": extent.at,
    }


def _spans(marks: Iterable[Span]) -> list[list[int]]:
    return [[start, end] for start, end in marks]


def _fields(document: StoredDocument) -> DocumentFields:
    metadata = document.metadata
    return {
        "document": document.slug,
        "title": metadata.title,
        "date": metadata.date,
        "publisher": metadata.publisher,
        "source": metadata.source,
        "language": metadata.language,
        "tags": list(metadata.tags),
        "names": list(metadata.names),
        "file": document.file,
    }
