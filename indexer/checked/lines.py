"""Findings in, lines for a person at a terminal out."""

import textwrap
from collections.abc import Callable, Iterator

import click

from indexer.checked import said
from indexer.checking.findings import Checked, Finding, Part, Place
from indexer.quotations.pieces import PieceKind, Shown, laid_out
from indexer.quotations.verdicts import MEANINGS, SOUND, Verdict

_WIDTH = 88
_SHOWN = 600  # characters of a quotation


def lines(checked: Checked, cite: Callable[[Place], str]) -> Iterator[str]:
    """How many quotations have which verdict, then each with all that is said of it."""
    total = len(checked.findings)
    yield click.style(f"{total} quotation{'s' if total != 1 else ''}", bold=True)
    for verdict, many in said.counts(checked).items():
        yield f"  {many:>4}  {verdict.value}: {MEANINGS[verdict]}"
    if checked.is_cut:
        yield click.style("There are more; these are the first.", fg="yellow")
    for number, finding in enumerate(checked.findings, 1):
        yield ""
        yield from _finding(number, finding, cite)
    if any(finding.verdict is Verdict.ABSENT for finding in checked.findings):
        yield ""
        yield said.covers(checked.covered)


def _finding(number: int, finding: Finding, cite: Callable[[Place], str]) -> Iterator[str]:
    colour = "green" if finding.verdict in SOUND and not finding.denies else "yellow"
    yield click.style(f"{number}. {finding.name.upper()}", fg=colour, bold=True)
    for line in said.loud(finding):
        yield click.style(f"   ! {line}", fg="red", bold=True)
    yield from (f"   {line}" for line in said.notes(finding))
    if not finding.parts:
        yield from _wrapped(f"“{_cut(finding.quotation.text)}”")
    for part in finding.parts:
        yield from _wrapped(f"“{_cut(_marked(part))}”")
        yield from _wrapped(cite(part.place))
    for place in finding.elsewhere:
        yield f"   also: {place.passages[0].address}"
    if finding.has_more:
        yield "   and elsewhere"
    for each in finding.cited:
        yield f"   {said.cited(each)}"
        if each.nearest:
            yield from _wrapped(f"There it says: “{_cut(_marked(each.nearest))}”")


def _marked(part: Part) -> str:
    """The quotation with what was added in {+ +}, and what is missing in [- -]."""
    shown = laid_out(part.comparison.pieces, part.quoted, part.source)
    return "".join(map(_piece, shown))


def _piece(shown: Shown) -> str:
    gone, come = f"[-{shown.source}-]", f"{{+{shown.quoted}+}}"
    match shown.kind:
        case PieceKind.CUT | PieceKind.MISSING:
            return f"{shown.quoted}{gone} "
        case PieceKind.ADDED:
            return come
        case PieceKind.REPLACED:
            return gone + come
        case _:
            return shown.quoted


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="   ", subsequent_indent="   ")
