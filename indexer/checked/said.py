"""A finding in; all that must be said of it, in sentences, out: the same on every way to it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from indexer.checking.findings import Checked, CitedBeside, Covered, Finding, Part, Right
from indexer.citing.source import title_of
from indexer.quotations.extract import LONGEST
from indexer.quotations.pieces import Piece, PieceKind
from indexer.quotations.verdicts import Verdict

_DID = {
    PieceKind.CUT: "What is left out denies",
    PieceKind.MISSING: "A word that denies is missing",
    PieceKind.ADDED: "A word that denies was added",
    PieceKind.REPLACED: "A word that denies was changed",
}


def loud(finding: Finding) -> list[str]:
    """What must be seen first: each place where a word that denies was cut, changed or left."""
    if not finding.denies:
        return []
    return [said for part in finding.parts for said in _denials(part)]


def notes(finding: Finding) -> list[str]:
    """What else there is to say, beside the verdict and its meaning."""
    return list(_notes(finding))


def cited(each: CitedBeside) -> str:
    """What is said of a citation beside a quotation."""
    named = f"The citation “{each.text}”"
    return {
        Right.RIGHT: f"{named} is right.",
        Right.OTHER_PARAGRAPH: f"{named} names another paragraph of this document.",
        Right.OTHER_DOCUMENT: f"{named} names a document that does not have these words.",
        Right.NOT_HERE: f"{named} names a document that is not in this collection.",
    }[each.is_right]


def covers(covered: Covered) -> str:
    """What the collection has, in a sentence."""
    languages = ", ".join(f"{language or 'unknown'}" for language, _ in covered.languages[:10])
    dates = f", dated {covered.first} to {covered.last}" if covered.first else ""
    in_languages = f", in {languages}" if languages else ""
    return (
        f"The collection has {covered.documents:,} documents with {covered.passages:,} "
        f"paragraphs{dates}{in_languages}."
    )


def counts(checked: Checked) -> dict[Verdict, int]:
    """How many quotations have each verdict, the better ones first."""
    many = Counter(finding.verdict for finding in checked.findings)
    return {verdict: many[verdict] for verdict in Verdict if many[verdict]}


def _denials(part: Part) -> Iterator[str]:
    for piece in part.comparison.pieces:
        if piece.denies and piece.kind in _DID:
            yield f"{_DID[piece.kind]}: “{_words(piece, part)}”."
    for start, end in part.comparison.denied:
        where = "before" if start < part.comparison.place[0] else "behind"
        said = part.source[start:end]
        yield f"In the source a word that denies stands just {where} it: “{said}”."


def _words(piece: Piece, part: Part) -> str:
    mine, theirs = part.quoted[slice(*piece.quoted)], part.source[slice(*piece.source)]
    if piece.kind is PieceKind.REPLACED:
        return f"{mine}” in place of “{theirs}"
    return mine if piece.kind is PieceKind.ADDED else theirs


def _notes(finding: Finding) -> Iterable[str]:
    parts, verdict = finding.parts, finding.verdict
    if not finding.quotation.is_closed:
        yield "Nothing closes it: it was taken to end with its paragraph."
    if not finding.quotation.is_whole:
        yield f"Only its first {LONGEST:,} characters were looked at."
    if finding.titled:
        yield f"These words are in the title or in a heading of “{title_of(finding.titled)}”."
    if verdict is Verdict.ALTERED and parts and parts[0].comparison.is_declared:
        yield "All that differs stands in square brackets, which say that it is the writer's."
    if finding.is_doubtful:
        yield "Another text may be meant: the words are few, or other documents come as near."
    if verdict is Verdict.EARLIER and parts:
        yield _earlier(finding)
    if verdict is Verdict.TOO_SHORT and parts:
        yield "These words stand there, and may stand in many other places."
    if verdict is Verdict.ABSENT and parts:
        share = round(100 * parts[0].comparison.likeness)
        yield f"What comes nearest has {share} % of its words."


def _earlier(finding: Finding) -> str:
    place = finding.parts[0].place
    then = f"Its words are {finding.wording.value} in edition {place.edition}"
    if not place.document.present:
        return f"{then} of a document that has left the collection."
    return f"{then}; the paragraph says something else now, or is gone."
