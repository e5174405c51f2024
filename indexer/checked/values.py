"""Findings in, the plain values that become JSON out."""

from collections.abc import Callable
from typing import TypedDict

from indexer.address import Address
from indexer.checked import said
from indexer.checking.findings import Checked, CitedBeside, Finding, Part, Place
from indexer.citing.source import title_of
from indexer.quotations.pieces import laid_out
from indexer.quotations.verdicts import MEANINGS

Cite = Callable[[Place], str]


class PlaceJson(TypedDict):
    """Where words stand: addresses of the paragraphs, in the edition that has the words."""

    document: str
    title: str
    date: str
    edition: int
    stands: bool
    paragraphs: list[str]
    labels: list[str]
    citation: str


class PieceJson(TypedDict):
    """A stretch of a quotation, and what the source has in its place."""

    kind: str
    quoted: str
    source: str
    denies: bool
    declared: bool


class PartJson(TypedDict):
    """What a quotation is from, or a piece of it."""

    quoted: str
    source: str
    likeness: float
    pieces: list[PieceJson]
    place: PlaceJson


class CitedJson(TypedDict):
    """A citation beside a quotation."""

    text: str
    verdict: str
    document: str
    says: str
    nearest: PartJson | None


class FindingJson(TypedDict):
    """A quotation with its verdict."""

    text: str
    verdict: str
    wording: str
    meaning: str
    loud: list[str]
    notes: list[str]
    parts: list[PartJson]
    elsewhere: list[PlaceJson]
    has_more: bool
    cited: list[CitedJson]
    titled: str
    is_doubtful: bool


class CorpusJson(TypedDict):
    """What the collection has."""

    documents: int
    paragraphs: int
    first: str
    last: str
    languages: dict[str, int]


class CheckedJson(TypedDict):
    """The quotations of a draft."""

    counts: dict[str, int]
    is_cut: bool
    corpus: CorpusJson
    quotations: list[FindingJson]


def checked_json(checked: Checked, cite: Cite) -> CheckedJson:
    """All that was found of a draft; `cite` gives the citation of a place."""
    covered = checked.covered
    return {
        "counts": {verdict.value: many for verdict, many in said.counts(checked).items()},
        "is_cut": checked.is_cut,
        "corpus": {
            "documents": covered.documents,
            "paragraphs": covered.passages,
            "first": covered.first,
            "last": covered.last,
            "languages": dict(covered.languages),
        },
        "quotations": [_finding(finding, cite) for finding in checked.findings],
    }


def _finding(finding: Finding, cite: Cite) -> FindingJson:
    return {
        "text": finding.quotation.text,
        "verdict": finding.verdict.value,
        "wording": finding.wording.value,
        "meaning": MEANINGS[finding.verdict],
        "loud": said.loud(finding),
        "notes": said.notes(finding),
        "parts": [_part(part, cite) for part in finding.parts],
        "elsewhere": [_place(place, cite) for place in finding.elsewhere],
        "has_more": finding.has_more,
        "cited": [_cited(each, cite) for each in finding.cited],
        "titled": finding.titled.slug if finding.titled else "",
        "is_doubtful": finding.is_doubtful,
    }


def _part(part: Part, cite: Cite) -> PartJson:
    return {
        "quoted": part.quoted,
        "source": part.source,
        "likeness": round(part.comparison.likeness, 3),
        "pieces": [
            {
                "kind": shown.kind.value,
                "quoted": shown.quoted,
                "source": shown.source,
                "denies": bool(shown.piece and shown.piece.denies),
                "declared": bool(shown.piece and shown.piece.declared),
            }
            for shown in laid_out(part.comparison.pieces, part.quoted, part.source)
        ],
        "place": _place(part.place, cite),
    }


def _place(place: Place, cite: Cite) -> PlaceJson:
    slug, known = place.document.slug, place.document.metadata
    passages = [stored.passage for stored in place.passages]
    return {
        "document": slug,
        "title": title_of(place.document),
        "date": known.date,
        "edition": place.edition,
        "stands": place.stands,
        "paragraphs": [str(Address(slug, each.id, place.edition)) for each in passages],
        "labels": [each.label for each in passages],
        "citation": cite(place),
    }


def _cited(each: CitedBeside, cite: Cite) -> CitedJson:
    slug = each.document.slug if each.document else ""
    return {
        "text": each.text,
        "verdict": each.is_right.value,
        "document": slug,
        "says": said.cited(each),
        "nearest": _part(each.nearest, cite) if each.nearest else None,
    }
