"""A draft in; its quotations, each with its verdict and where it stands, out."""

from indexer.address import Address
from indexer.agents.frame import after, call, filled, frame
from indexer.agents.paragraphs import paragraph, piece, short
from indexer.agents.values import (
    CheckJson,
    DifferenceJson,
    NextJson,
    ParagraphJson,
    QuotationJson,
    QuotedPartJson,
)
from indexer.checked import said
from indexer.checking.findings import Finding, Part, Place
from indexer.library import Library
from indexer.quotations.pieces import PieceKind, laid_out
from indexer.quotations.verdicts import MEANINGS

_QUOTED, _BESIDE = 600, 800  # characters of a quotation, and of a text that it is from
_MOST = 12  # differences, and paragraphs of one part
_PARTS = 4


def checked(library: Library, draft: str) -> CheckJson:
    """The quotations of `draft`."""
    found = library.quotations.text(draft)
    quotations = [_quotation(each) for each in found.findings]
    many = len(quotations)
    answer: CheckJson = {
        **frame(library, _next(quotations)),
        "summary": f"{many:,} quotations." if many else "There is nothing in quotation marks.",
        "total": many,
        "counts": {verdict.value: number for verdict, number in said.counts(found).items()},
        "quotations": [],
    }
    if found.is_cut:
        answer["cut"] = "The draft has more quotations than are looked at: send it in parts."
    left = "Of {1} quotations {0} are shown, in order: send the rest of the draft by itself.".format
    return filled(answer, "quotations", quotations, _smaller, left)


def _quotation(found: Finding) -> QuotationJson:
    text = found.quotation.text
    beside = [said.cited(each) for each in found.cited if each.is_right.value != "right"]
    return {
        "quoted": text[:_QUOTED],
        "is_cut": len(text) > _QUOTED,
        "verdict": found.verdict.value,
        "meaning": MEANINGS[found.verdict],
        "warnings": [_brief(each) for each in (*said.loud(found), *beside)][:_MOST],
        "notes": [_brief(each) for each in said.notes(found)],
        "parts": [_part(each) for each in found.parts[:_PARTS]],
        "elsewhere": [_address(each) for each in found.elsewhere],
    }


def _part(part: Part) -> QuotedPartJson:
    place = part.place
    several = len(place.passages) > 1
    marks = [] if several else [part.comparison.place]
    return {
        "paragraphs": [
            paragraph(place.document, each, place.edition, marks) for each in place.passages[:_MOST]
        ],
        "differences": _differences(part)[:_MOST],
    }


def _differences(part: Part) -> list[DifferenceJson]:
    shown = laid_out(part.comparison.pieces, part.quoted, part.source)
    return [
        {
            "kind": each.kind.value,
            "quoted": _brief(each.quoted),
            "source": _brief(each.source),
            "denies": bool(each.piece and each.piece.denies),
        }
        for each in shown
        if each.kind is not PieceKind.SAME
    ]


def _smaller(whole: QuotationJson, most: int) -> QuotationJson:
    """With less of each text; and where that is very little, with the first part alone."""
    most = min(most, _BESIDE)
    is_short = most < _BESIDE
    few = max(1, _MOST * most // _BESIDE)
    parts: list[QuotedPartJson] = [
        {
            "paragraphs": [piece(each, most) for each in part["paragraphs"][:few]],
            "differences": part["differences"][:few],
        }
        for part in (whole["parts"][:1] if is_short else whole["parts"])
    ]
    return {**whole, "parts": parts}


def _next(quotations: list[QuotationJson]) -> list[NextJson]:
    """What helps with the first quotation that is not as it is written."""
    for each in quotations:
        if each["verdict"] == "as written":
            continue
        if paragraphs := [p for part in each["parts"] for p in part["paragraphs"]]:
            return after(_first(paragraphs))[:1]
        return [call("search", "whether its words are anywhere", query=short(each["quoted"]))]
    return []


def _first(paragraphs: list[ParagraphJson]) -> str:
    return paragraphs[0]["address"]


def _address(place: Place) -> str:
    return str(Address(place.document.slug, place.passages[0].passage.id, place.edition))


def _brief(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
