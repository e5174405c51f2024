"""The command `pilcrow`: options in; lines for a person, or JSON, out.

Exit codes: 0 done; 1 done, but something is wrong with the data (a file that cannot be read, an
index that disagrees, nothing at an address); 2 asked in a way that cannot be carried out.
"""

import signal
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from datetime import datetime
from functools import wraps
from itertools import chain
from threading import Event
from typing import Any, Concatenate, ParamSpec

import click

from indexer import __version__, lookup, serialise, terminal
from indexer.config import Settings, load_settings
from indexer.credentials import Tokens
from indexer.errors import BadSetting, PilcrowError
from indexer.index.engines import ENGINES
from indexer.index.request import Order
from indexer.library import Library, open_library
from indexer.printed import echo, echo_json, named, typed
from indexer.sync.apply import Report

P = ParamSpec("P")
Command = Callable[Concatenate[Library, P], None]


_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
_wait = click.option(
    "--wait",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=0.0,
    help="How long to wait for another process that writes.",
)


class _Wrong(click.ClickException):
    """Asked in a way that cannot be carried out."""

    exit_code = 2


class _Commands(click.Group):
    """Turns our exceptions into one line on standard error and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        try:
            return super().invoke(ctx)
        except BadSetting as error:
            raise _Wrong(named(str(error))) from error
        except PilcrowError as error:
            raise click.ClickException(named(str(error))) from error


def _with_library(command: Command[P]) -> Callable[P, None]:
    """Adds the options that every command has, and opens the library that they name."""

    @click.option("--corpus", metavar="DIR", help="The folder of documents.")
    @click.option("--data", metavar="DIR", help="The folder of store and index.")
    @click.option("--engine", type=click.Choice(list(ENGINES)), help="The search engine.")
    @wraps(command)
    def with_options(*args: P.args, **kwargs: P.kwargs) -> None:
        names = ("corpus", "data", "engine", "host", "port", "processes")
        settings = load_settings({name: kwargs.pop(name, None) for name in names})
        with open_library(settings) as library:
            command(library, *args, **kwargs)

    return with_options


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pilcrow")
def main() -> None:
    """Full-text search that answers with the paragraph."""


@main.command()
@click.option("--dry-run", is_flag=True, help="Print what would be done, and do nothing.")
@_wait
@_as_json
@_with_library
def sync(library: Library, dry_run: bool, wait: float, as_json: bool) -> None:
    """Bring store and index up to the corpus folder."""
    if dry_run:
        planned = library.maintenance.plan()
        _print(serialise.plan_json(planned) if as_json else terminal.plan(planned))
        return
    report, lines = _synced(library, wait)
    _print(serialise.report_json(report, library.maintenance.ignored()) if as_json else lines)
    if report.failures:
        sys.exit(1)


# A query may exclude a word, as in `trade -fish`: what starts with one dash is no option here.
@main.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("query", nargs=-1, required=True)
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--size", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--sort", type=click.Choice(list(Order)), default=Order.RELEVANCE, show_default=True)
@click.option("--as-of", metavar="DAY", default="", help="Search what stood then: 2026-11-26.")
@click.option("--export", "form", metavar="FORMAT", help="Print all of them: csv, ris, …")
@_as_json
@_with_library
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
    _print(
        serialise.results_json(found, library.settings.public_url)
        if as_json
        else terminal.results(found)
    )


@main.command()
@click.argument("address")
@_as_json
@_with_library
def show(library: Library, address: str, as_json: bool) -> None:
    """Print the document or the paragraph at ADDRESS."""
    shown = lookup.at(library, address)
    _print(
        serialise.document_json(shown, library.settings.public_url)
        if as_json
        else terminal.reading(shown)
    )


@main.command()
@click.argument("address")
@click.option("--style", default="plain", help="plain, un, chicago, oscola or bluebook.")
@click.option("--format", "form", default="text", help="text, markdown, html, bibtex, ris or csl.")
@_with_library
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


@main.command()
@click.argument("address")
@_as_json
@_with_library
def history(library: Library, address: str, as_json: bool) -> None:
    """Print all that has happened to the paragraph at ADDRESS, or to a document."""
    at = lookup.address_of(library, address)
    if at.local_id:
        life = library.life(at.slug, at.local_id)
        _print(serialise.life_json(life) if as_json else terminal.life(life))
    else:
        revisions = library.revisions(at.slug)
        _print(serialise.revisions_json(revisions) if as_json else terminal.revisions(revisions))


@main.command()
@_with_library
def watch(library: Library) -> None:
    """Follow the corpus folder: what changes in it is live within two seconds."""
    from indexer.watching.watcher import Watcher  # noqa: PLC0415 - a search need not wait for its libraries

    library.maintenance.plan(only=())  # tells a corpus folder that is not there
    library.close()  # the watcher opens its own
    Watcher(library.settings, _print, _stop_on_signals()).run()


@main.command()
@click.option("--host", metavar="ADDRESS", help="Where to listen.")
@click.option("--port", metavar="NUMBER", help="The port to listen on.")
@click.option("--processes", metavar="NUMBER", help="How many answer; one for each core.")
@click.option("--watch", "follow", is_flag=True, help="Follow the corpus folder meanwhile.")
@_with_library
def serve(library: Library, follow: bool) -> None:
    """Serve the search page; index the corpus first where there is no index yet."""
    from indexer.watching.supervisor import rebuilding, watching  # noqa: PLC0415
    from web.reach import Reach  # noqa: PLC0415
    from web.server import probe  # noqa: PLC0415 - only here is Flask needed
    from web.server import serve as run  # noqa: PLC0415

    settings: Settings = library.settings
    probe(settings.host, settings.port)
    if not library.maintenance.is_searchable():
        _, lines = _synced(library)
        _print(lines)
    beside = (
        watching if follow else rebuilding if library.maintenance.must_rebuild() else nullcontext
    )
    library.close()  # each process opens its own
    if warning := Reach(settings).warning():
        click.echo(warning, err=True)
    place = f"Pilcrow is at http://{settings.host}:{settings.port} (Ctrl-C stops it)"
    with beside(settings):
        run(settings, lambda: click.echo(place))


@main.command()
@_wait
@_with_library
def rebuild(library: Library, wait: float) -> None:
    """Rebuild the index from the store, beside the one in use."""
    started = time.monotonic()
    with terminal.Bar() as bar:
        library.maintenance.rebuild(bar.tick, wait=wait)
    passages = terminal.count(library.maintenance.indexed(), "passage")
    click.echo(f"{passages} indexed again in {time.monotonic() - started:.1f} s")


@main.command()
@click.option("--repair", is_flag=True, help="Repair the differences.")
@_wait
@_as_json
@_with_library
def check(library: Library, repair: bool, wait: float, as_json: bool) -> None:
    """Compare the store with the index, both ways."""
    with terminal.Bar() as bar:
        agreement = (
            library.maintenance.repair(bar.tick, wait=wait)
            if repair
            else library.maintenance.check()
        )
    _print(serialise.agreement_json(agreement) if as_json else terminal.agreement(agreement))
    if not agreement.holds:
        sys.exit(1)


@main.command()
@_as_json
@_with_library
def info(library: Library, as_json: bool) -> None:
    """Print what is held, and where."""
    held = library.info()
    noted = library.noted()
    _print(serialise.info_json(held, noted) if as_json else terminal.info(held, noted))


@main.command()
@click.argument("name", default="default")
@click.option("--list", "lists", is_flag=True, help="Print the names of all tokens.")
@click.option("--revoke", metavar="NAME", help="Take a token back.")
@_with_library
def token(library: Library, name: str, lists: bool, revoke: str | None) -> None:
    """Make a token NAME, which lets its bearer add documents through the browser."""
    tokens = Tokens(library.settings.data)
    if lists:
        _print(f"{token.name}  made {token.made}" for token in tokens.all())
    elif revoke:
        tokens.revoke(revoke)
        click.echo(f"The token {revoke} is revoked.")
    else:
        click.echo(tokens.make(name))
        click.echo("Keep it: only its hash is stored, and it is not shown again.", err=True)


@main.command()
@_with_library
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
        raise _Wrong(f"{text!r} is no day, such as 2026-11-26, and no moment") from None


def _export(library: Library, text: str, order: Order, form: str, at: str) -> None:
    """Prints all that `text` finds in full, in UTF-8 whatever the terminal has."""
    from web.export import FORMATS, Citer, pieces  # noqa: PLC0415 - a search need not wait for it

    if form not in FORMATS:
        raise _Wrong(f"the format {form!r} is none of {', '.join(FORMATS)}")
    found = library.every(text, order=order, as_of=at)
    today = datetime.now().astimezone().date()
    cite = Citer(lookup.root_of(library), library.standing, today)
    for piece in pieces(FORMATS[form], found, cite):
        click.echo(piece.encode("utf-8", "backslashreplace"), nl=False)


def _synced(library: Library, wait: float = 0) -> tuple[Report, Iterable[str]]:
    """A sync with its progress on show: the report, and its lines for a person."""
    started = time.monotonic()
    with terminal.Bar() as bar:
        report = library.maintenance.sync(bar.tick, wait=wait)
    seconds = time.monotonic() - started
    advice = terminal.advice("" if report.awaits else library.maintenance.advice())
    return report, chain(terminal.report(report, library.maintenance.ignored(), seconds), advice)


def _stop_on_signals() -> Event:
    """What is set by the first Ctrl-C or SIGTERM; the second acts as ever."""
    stop = Event()

    def handle(number: int, _: object) -> None:
        signal.signal(number, usual[signal.Signals(number)])
        stop.set()

    usual = {n: signal.signal(n, handle) for n in (signal.SIGINT, signal.SIGTERM)}
    return stop


def _print(answer: Mapping[str, Any] | Iterable[str]) -> None:
    if isinstance(answer, Mapping):
        echo_json(answer, indent=2)
    else:
        for line in answer:
            echo(line)
