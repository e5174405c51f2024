"""The commands that stay: serve, watch; and the tokens that a server knows."""

import signal
from contextlib import nullcontext
from threading import Event

import click

from indexer.commands.common import put, with_library
from indexer.commands.keeping import synced
from indexer.config import Settings
from indexer.credentials import Tokens
from indexer.library import Library
from indexer.logs import configure, logger, teller


@click.command()
@click.option("--host", metavar="ADDRESS", help="Where to listen.")
@click.option("--port", metavar="NUMBER", help="The port to listen on.")
@click.option("--processes", metavar="NUMBER", help="How many answer; one for each core.")
@click.option("--watch", "follow", is_flag=True, help="Follow the corpus folder meanwhile.")
@with_library
def serve(library: Library, follow: bool) -> None:
    """Serve the search page; index the corpus first where there is no index yet."""
    from indexer.watching.supervisor import rebuilding, watching  # noqa: PLC0415
    from web.reach import Reach  # noqa: PLC0415
    from web.server import probe  # noqa: PLC0415 - only here is Flask needed
    from web.server import serve as run  # noqa: PLC0415

    settings: Settings = library.settings
    configure(settings)
    tell = teller(settings, "serve")
    probe(settings.host, settings.port)
    if not library.maintenance.is_searchable():
        _, lines = synced(library)
        tell(lines)
    beside = (
        watching if follow else rebuilding if library.maintenance.must_rebuild() else nullcontext
    )
    library.close()  # each process opens its own
    if warning := Reach(settings).warning():
        logger("serve").warning("%s", warning)
    place = f"Pilcrow is at http://{settings.host}:{settings.port} (Ctrl-C stops it)"
    with beside(settings):
        run(settings, lambda: tell([place]))


@click.command()
@with_library
def watch(library: Library) -> None:
    """Follow the corpus folder: what changes in it is live within two seconds."""
    from indexer.watching.watcher import Watcher  # noqa: PLC0415 - a search need not wait for its libraries

    library.maintenance.plan(only=())  # tells a corpus folder that is not there
    library.close()  # the watcher opens its own
    configure(library.settings)
    Watcher(library.settings, teller(library.settings, "watch"), _stop_on_signals()).run()


@click.command()
@click.argument("name", default="default")
@click.option("--list", "lists", is_flag=True, help="Print the names of all tokens.")
@click.option("--revoke", metavar="NAME", help="Take a token back.")
@with_library
def token(library: Library, name: str, lists: bool, revoke: str | None) -> None:
    """Make a token NAME, which lets its bearer add documents through the browser."""
    tokens = Tokens(library.settings.data)
    if lists:
        put(f"{token.name}  made {token.made}" for token in tokens.all())
    elif revoke:
        tokens.revoke(revoke)
        click.echo(f"The token {revoke} is revoked.")
    else:
        click.echo(tokens.make(name))
        click.echo("Keep it: only its hash is stored, and it is not shown again.", err=True)


def _stop_on_signals() -> Event:
    """What is set by the first Ctrl-C or SIGTERM; the second acts as ever."""
    stop = Event()

    def handle(number: int, _: object) -> None:
        signal.signal(number, usual[signal.Signals(number)])
        stop.set()

    usual = {n: signal.signal(n, handle) for n in (signal.SIGINT, signal.SIGTERM)}
    return stop
