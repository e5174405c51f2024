"""The commands that ask: search, show, cite, history, export."""

from datetime import datetime

import click

from indexer import lookup, serialise, terminal
from indexer.commands.common import json_option, put, with_library
from indexer.commands.wrong import Wrong
from indexer.index.request import Order
from indexer.library import Library
from indexer.printed import echo, echo_json, typed
from indexer.shapes import DocumentJson, LifeJson, ResultsJson, RevisionsJson


# A query may exclude a word, as in `trade -fish`: what starts with one dash is no option here.
@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("query", nargs=-1, required=True)
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--size", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option(
    "--sort",
    type=click.Choice([order.value for order in Order]),  # of members it would take the names
    default=Order.RELEVANCE.value,
    show_default=True,
)
@click.option("--as-of", metavar="DAY", default="", help="Search what stood then: 2026-11-26.")
@click.option("--export", "form", metavar="FORMAT", help="Print all of them: csv, ris, …")
@json_option(ResultsJson)
@with_library
def search(  # noqa: PLR0913, PLR0917 - one for each option
    library: Library,
    query: tuple[str, ...],
    page: int,
    size: int,
    sort: str,
    as_of: str,
    form: str | None,
    as_json: bool,
) -> None:
    """Find the paragraphs that have all words of QUERY."""
    if query == ("-h",):
        click.echo(click.get_current_context().get_help())
        return
    if mistyped := [word for word in query if word.startswith("--")]:
        raise click.NoSuchOption(mistyped[0])
    text, order = " ".join(map(typed, query)), Order(sort)
    at = _moment(as_of)
    if form is not None:
        _export(library, text, order, form, at)
        return
    counted = serialise.facets_asked() if as_json else {}
    found = library.search(text, page, size, order=order, facets=counted, as_of=at)
    if as_json:
        versions = library.works.versions(found.documents.values())
        put(serialise.results_json(found, library.settings.public_url, versions))
    else:
        put(terminal.results(found))


@click.command()
@click.argument("address")
@click.option("--akn", "as_akn", is_flag=True, help="Print a whole document as Akoma Ntoso.")
@json_option(DocumentJson)
@with_library
def show(library: Library, address: str, as_akn: bool, as_json: bool) -> None:
    """Print the document or the paragraph at ADDRESS."""
    if as_akn:
        click.echo(lookup.akoma(library, address), nl=False)
        return
    shown = lookup.at(library, address)
    whole = library.document(shown.document.slug, shown.document.edition)
    cited = library.cited(shown, whole)
    put(
        serialise.document_json(shown, cited, library.settings.public_url)
        if as_json
        else terminal.reading(shown, cited)
    )


@click.command()
@click.argument("address")
@click.option("--style", default="plain", help="plain, un, chicago, oscola or bluebook.")
@click.option("--format", "form", default="text", help="text, markdown, html, bibtex, ris or csl.")
@with_library
def cite(library: Library, address: str, style: str, form: str) -> None:
    """Print the citation of the paragraph at ADDRESS."""
    from indexer.citing import formats  # noqa: PLC0415 - its library is slow to start

    for name, value, known in (
        ("style", style, formats.NAMES),
        ("format", form, {**formats.TEXTS, **formats.RECORDS}),
    ):
        if value not in known:
            raise click.BadParameter(f"{value!r} is none of {', '.join(known)}", param_hint=name)
    echo(formats.citation(lookup.source_of(library, address), style, form).removesuffix("\n"))


@click.command()
@click.argument("address")
@json_option(LifeJson, RevisionsJson)
@with_library
def history(library: Library, address: str, as_json: bool) -> None:
    """Print all that has happened to the paragraph at ADDRESS, or to a document."""
    at = lookup.address_of(library, address)
    if at.local_id:
        life = library.life(at.slug, at.local_id)
        put(serialise.life_json(life) if as_json else terminal.life(life))
    else:
        revisions = library.revisions(at.slug)
        put(serialise.revisions_json(revisions) if as_json else terminal.revisions(revisions))


@click.command()
@with_library
def export(library: Library) -> None:
    """Print every passage with its metadata, as JSON Lines."""
    for reading in library.export():
        for stored in reading.passages:
            passage = serialise.passage_json(reading.document, stored, library.settings.public_url)
            echo_json(passage)


def _moment(text: str) -> str:
    from indexer.search.past import known  # noqa: PLC0415 - few ask for it

    try:
        return known(text) if text else ""
    except ValueError:
        raise Wrong(f"{text!r} is no day, such as 2026-11-26, and no moment") from None


def _export(library: Library, text: str, order: Order, form: str, at: str) -> None:
    """Prints all that `text` finds in full, in UTF-8 whatever the terminal has."""
    from web.export import FORMATS, Citer, pieces  # noqa: PLC0415 - a search need not wait for it

    if form not in FORMATS:
        raise Wrong(f"the format {form!r} is none of {', '.join(FORMATS)}")
    found = library.every(text, order=order, as_of=at)
    today = datetime.now().astimezone().date()
    cite = Citer(lookup.root_of(library), library.standing, today)
    for piece in pieces(FORMATS[form], found, cite):
        click.echo(piece.encode("utf-8", "backslashreplace"), nl=False)
