"""Answers of the library in, lines for a person at a terminal out."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from indexer.address import Address
from indexer.document import Kind, StoredDocument, StoredPassage
from indexer.editions.diff import ChangeKind, are_comparable, changes
from indexer.held import Cited, Info, Life, Reading
from indexer.printed import named
from indexer.search.highlighter import Span
from indexer.search.service import Hit, Results

if TYPE_CHECKING:
    from indexer.editions.history import Revision
    from indexer.index.check import Agreement
    from indexer.search.cited import Link
    from indexer.sync.apply import Report
    from indexer.sync.plan import Plan

_WIDTH = 88
_NAMED = 3  # files of one kind in one line
_NOTED = 10  # documents whose notes are printed


def results(found: Results) -> Iterator[str]:
    """A page of results: for each its place, its address and the marked paragraph."""
    yield from (click.style(notice, fg="yellow") for notice in found.notices)
    for each in found.destinations:
        said = "This is the place in" if each.passage else "This is the name of"
        missing = f" (it has no paragraph {each.missing})" if each.missing else ""
        yield f"{said} {_titled(each.document)}: {each.address}{missing}"
    yield click.style(count(found.total, "paragraph"), bold=True)
    for offer in found.suggestions:
        yield offer.text + (f" ({count(offer.total, 'paragraph')})" if offer.query else "")
    yield from _hits(found.hits)
    if found.page < found.pages:
        yield ""
        yield f"Page {found.page} of {found.pages}; --page {found.page + 1} shows the next."
    if found.partial:
        yield ""
        said = f"{count(found.partial_total, 'paragraph')} with some of the words"
        shown = len(found.partial)
        more = "" if shown == found.partial_total else f", the first {shown} shown"
        yield click.style(said + more, bold=True)
        yield from _hits(found.partial)


def reading(shown: Reading, cited: Cited) -> Iterator[str]:
    """A document: what is known of it, each value with where it came from, then its passages.

    With each what it cites, and by how many it is cited.
    """
    document = shown.document
    yield click.style(_titled(document), bold=True)
    for name, value in document.metadata.known().items():
        text = ", ".join(value) if isinstance(value, tuple) else value
        origin = document.metadata.origins.get(name, "")
        yield f"  {name + ':':<11}{text}" + (click.style(f"  ({origin})", dim=True) * bool(origin))
    yield f"  {'file:':<11}{named(document.file)}"
    yield f"  {'edition:':<11}{document.edition}, {document.changed_at}"
    yield from (click.style(f"  note: {note}", fg="yellow") for note in document.notes)
    if times := cited.times():
        yield f"  {'cited by:':<11}{count(times, 'paragraph')}"
    elif cited.unknown:
        yield click.style(f"  cited by: not known, {cited.unknown}", fg="yellow")
    anchors = _note_addresses(shown.passages)
    for stored in shown.passages:
        yield ""
        passage = stored.passage
        page = f"p. {passage.page}" if passage.page else ""
        facts = ("note" if passage.kind is Kind.NOTE else "", page, passage.how_read)
        yield click.style("   ".join(filter(None, (stored.address, *facts))), dim=True)
        yield from _paragraph(passage.label, passage.text, ())
        if called := [anchors.get(mark.anchor, "") for mark in passage.note_marks]:
            yield click.style(f"notes: {', '.join(filter(None, called)) or len(called)}", dim=True)
        for link in cited.links.get(stored.key, ()):
            yield click.style(f"cites: {_cites(link)}", dim=True)
        if times := cited.times(passage.id):
            yield click.style(f"cited by {count(times, 'paragraph')}", dim=True)


def _cites(link: Link) -> str:
    """A citation with its address: `S/RES/1591 (2005) para-3 → /d/…`."""
    name = " ".join(filter(None, (link.name, link.label)))
    if link.target is None:
        return f"{name} (not in this collection)"
    return f"{name} → {link.target.address}" + " (the nearest)" * (not link.target.is_exact)


def life(lived: Life) -> Iterator[str]:
    """What has happened to a passage, the first first: [-what went-] and {+what came+}."""
    document, stored = lived.document, lived.stored
    yield click.style(_titled(document), bold=True)
    yield click.style(stored.address, dim=True)
    for slug, at in lived.former:
        yield f"until {at[:10]} at {Address(slug, stored.passage.id)}"
    for moment in lived.moments:
        yield ""
        edition = moment.edition
        yield click.style(f"edition {edition.number}, {edition.at[:10]}: {moment.told}", fg="cyan")
        if moment.after:
            before = moment.before.passage.text if moment.before else moment.after.passage.text
            text = _compared(before, moment.after.passage.text)
            yield from _paragraph(moment.after.passage.label, text, ())
    if not document.present:
        yield from ("", "the file of the document is no longer in the corpus")


def revisions(done: Iterable[Revision]) -> Iterator[str]:
    """The editions of a document, the first first."""
    for each in done:
        yield f"edition {each.edition.number}, {each.edition.at[:10]}: {each.told}"


def plan(planned: Plan) -> Iterator[str]:
    """What a sync would do, a line a file."""
    touched = ("touched", [file.path for file in planned.touched])
    for what, paths in (*_changes(planned), touched):
        yield from (f"{what:<9}{named(path)}" for path in paths)
    yield f"{count(planned.unchanged, 'file')} unchanged"


def report(done: Report, ignored: list[str], seconds: float) -> Iterator[str]:
    """What a sync did, and each file that could not be read with the reason."""
    planned = done.plan
    parts = (
        ("new", len(planned.new)),
        ("changed", len(planned.changed)),
        ("moved", len(planned.moved)),
        ("removed", len(planned.removed)),
        ("unchanged", planned.unchanged + len(planned.touched)),
        *([("by other workers", done.others)] if done.others else []),
    )
    yield f"{', '.join(f'{number} {what}' for what, number in parts)} in {seconds:.1f} s"
    if ignored:
        some = ", ".join(map(named, ignored[:_NAMED])) + ", …" * (len(ignored) > _NAMED)
        passed = f"{count(len(ignored), 'file')} passed over, in formats with no reader: {some}"
        yield f"{passed}; save them as DOCX, ODT, PDF or text"
    yield from _failures(done.failures)
    yield from _noted(done.notes)
    if done.awaits:
        yield click.style(f"not searchable yet: {done.awaits}", fg="yellow")


def _failures(failures: Mapping[str, str]) -> Iterator[str]:
    for file, reason in failures.items():
        yield click.style(f"not read: {named(file)}: {reason}", fg="red")


def news(done: Report, seconds: float, told: Container[str] = ()) -> Iterator[str]:
    """What a sync did in one line, nothing where it did nothing; then each failure not `told`."""
    read = (
        (what, [p for p in paths if p not in done.failures]) for what, paths in _changes(done.plan)
    )
    parts = [f"{what} {_some(paths)}" for what, paths in read if paths]
    if parts:
        yield f"{_clock()}  {'; '.join(parts)} ({seconds:.1f} s)"
    yield from _noted(done.notes)
    fresh = {file: reason for file, reason in done.failures.items() if file not in told}
    yield from trouble(f"not read: {named(file)}: {reason}" for file, reason in fresh.items())


def trouble(lines: Iterable[str]) -> Iterator[str]:
    """Lines on what went wrong just now."""
    yield from (f"{_clock()}  {click.style(line, fg='red')}" for line in lines)


def _clock() -> str:
    return time.strftime("%H:%M:%S")


def _some(paths: Sequence[str]) -> str:
    some = ", ".join(map(named, paths[:_NAMED]))
    return some if len(paths) <= _NAMED else f"{count(len(paths), 'file')} ({some}, …)"


def _changes(planned: Plan) -> tuple[tuple[str, list[str]], ...]:
    return (
        ("new", [file.path for file in planned.new]),
        ("changed", [file.path for file in planned.changed]),
        ("moved", [f"{record.file} → {file.path}" for record, file in planned.moved]),
        ("removed", [record.file for record in planned.removed]),
    )


def agreement(found: Agreement) -> Iterator[str]:
    """Whether store and index agree, and where they do not."""
    for slug in found.missing:
        yield click.style(f"missing from the index: {slug}", fg="red")
    for slug in found.surplus:
        yield click.style(f"only in the index: {slug}", fg="red")
    if found.stale:
        yield "the index was made by other code or for another store; run 'pilcrow sync'"
    elif found.position != found.followed:
        yield f"the index is {found.position - found.followed} writes behind; run 'pilcrow sync'"
    if found.holds:
        yield f"store and index agree on {count(found.passages, 'passage')}"


def info(held: Info, noted: Iterable[StoredDocument] = ()) -> Iterator[str]:
    """Counts and places, and what the readers left out of the documents `noted` or doubted."""
    yield f"{count(held.documents, 'document')}, {count(held.passages, 'passage')}"
    yield f"corpus: {named(held.corpus)}"
    yield f"data:   {named(held.data)}"
    yield f"engine: {held.engine}" + (f", {held.behind} writes behind" if held.behind else "")
    yield from advice(held.advice)
    yield from _failures(held.failures)
    yield from _noted({document.file: document.notes for document in noted})


def _noted(notes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What readers left out or doubted, of some documents."""
    for file, each in list(notes.items())[:_NOTED]:
        yield from (click.style(f"note on {named(file)}: {note}", fg="yellow") for note in each)
    if len(notes) > _NOTED:
        more = count(len(notes) - _NOTED, "document")
        yield click.style(f"notes on {more} more; 'pilcrow show' prints them", fg="yellow")


def _note_addresses(passages: Iterable[StoredPassage]) -> dict[str, str]:
    """The addresses of the notes among `passages`, by their anchors."""
    found: dict[str, str] = {}
    for stored in passages:
        if stored.passage.kind is Kind.NOTE and stored.passage.anchor:
            found.setdefault(stored.passage.anchor, stored.address)
    return found


def advice(text: str) -> Iterator[str]:
    """What to do where there is too much for the engine, if anything."""
    if text:
        yield click.style(text, fg="yellow")


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 passage`, `2,500 passages`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _titled(document: StoredDocument) -> str:
    return document.metadata.title or named(document.file)


def _hits(hits: Iterable[Hit]) -> Iterator[str]:
    for hit in hits:
        yield ""
        yield from _hit(hit)


def _hit(hit: Hit) -> Iterator[str]:
    metadata = hit.document.metadata
    title, *headings = (
        _marked(text, list(marks), fg="cyan")
        for text, marks in zip(
            (_titled(hit.document), *hit.passage.passage.heading),
            (hit.title_marks, *hit.heading_marks),
            strict=True,
        )
    )
    yield click.style(" › ", fg="cyan").join((title, *headings))
    facts = " · ".join(fact for fact in (metadata.publisher, metadata.date) if fact)
    yield click.style(f"{hit.passage.address}{'   ' + facts if facts else ''}", dim=True)
    passage = hit.passage.passage
    yield from _paragraph(passage.label, passage.text, hit.marks, hit.label_marks)
    if absent := [word for word in hit.missing if word not in hit.above]:
        yield f"without: {', '.join(absent)}"
    if hit.above:
        yield f"in the title or headings: {', '.join(hit.above)}"


def _paragraph(
    label: str, text: str, spans: tuple[Span, ...], label_spans: tuple[Span, ...] = ()
) -> Iterator[str]:
    """The paragraph, wrapped first and marked after, so that marks take no room."""
    indent = " " * (len(label) + 1 if label else 0)
    at = 0
    lines = [line for part in text.splitlines() for line in _wrapped(part, _WIDTH - len(indent))]
    for number, line in enumerate(lines):
        start = text.index(line, at)
        at = start + len(line)
        inside = [
            (max(s, start) - start, min(e, at) - start) for s, e in spans if s < at and e > start
        ]
        opening = f"{_marked(label, list(label_spans))} " if label and not number else indent
        yield opening + _marked(line, inside)


def _compared(old: str, new: str) -> str:
    if not are_comparable(old, new):
        return new
    pieces = []
    for kind, was, now in changes(old, new):
        gone, come = old[slice(*was)], new[slice(*now)]
        if kind is ChangeKind.UNCHANGED:
            pieces.append(come)
        else:
            pieces += [f"[-{gone}-]"] * bool(gone) + [f"{{+{come}+}}"] * bool(come)
    return "".join(pieces)


def _wrapped(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [line]


def _marked(line: str, spans: list[Span], fg: str | None = None) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [
            _styled(line[at:start], fg),
            click.style(line[start:end], fg="black", bg="yellow"),
        ]
        at = end
    return "".join((*pieces, _styled(line[at:], fg)))


def _styled(text: str, fg: str | None) -> str:
    return click.style(text, fg=fg) if fg and text else text
