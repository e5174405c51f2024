"""The commands that stay: serve, watch; and the tokens that a server knows."""

import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from threading import Event

import click

from indexer.commands.common import put, with_library, with_writer
from indexer.commands.keeping import synced
from indexer.commands.wrong import Wrong
from indexer.config import Settings
from indexer.credentials import Tokens
from indexer.library import Library
from indexer.logs import configure, logger, teller
from indexer.processes.lock import WATCHER, present_since


@click.command()
@click.option("--host", metavar="ADDRESS", help="Where to listen.")
@click.option("--port", metavar="NUMBER", help="The port to listen on.")
@click.option("--processes", metavar="NUMBER", help="How many answer; one for each core.")
@click.option("--watch", "follow", is_flag=True, help="Follow the corpus folder meanwhile.")
@click.option("--no-sync", "only", is_flag=True, help="Leave the index to another process.")
@with_writer
def serve(library: Library, follow: bool, only: bool) -> None:
    """Serve the search page; index the corpus first where there is no index yet."""
    from web.reach import Reach  # noqa: PLC0415
    from web.server import probe  # noqa: PLC0415 - only here is Flask needed
    from web.server import serve as run  # noqa: PLC0415

    settings: Settings = library.settings
    if follow and only:
        raise Wrong("--watch keeps the index here, --no-sync leaves it to another; choose one")
    configure(settings)
    tell = teller(settings, "serve")
    probe(settings.host, settings.port)
    if not only and not library.maintenance.is_searchable():
        _, lines = synced(library)
        tell(lines)
    beside = nullcontext if only else _keeper(library, follow)
    library.close()  # each process opens its own
    if warning := Reach(settings).warning():
        logger("serve").warning("%s", warning)
    place = f"Pilcrow is at http://{settings.host}:{settings.port} (Ctrl-C stops it)"
    with beside(settings):
        run(settings, lambda: tell([place]))


def _keeper(library: Library, follow: bool) -> Callable[[Settings], AbstractContextManager[object]]:
    """What keeps the index beside a server."""
    from indexer.watching.supervisor import rebuilding, watching  # noqa: PLC0415

    if follow:
        return watching
    return rebuilding if library.maintenance.must_rebuild() else nullcontext


@click.command()
@click.option("--status", is_flag=True, help="Print since when a process does so, and do nothing.")
@with_writer
def watch(library: Library, status: bool) -> None:
    """Follow the corpus folder: what changes in it is live within two seconds."""
    if status:
        since = present_since(library.settings.data, WATCHER)
        click.echo(f"followed since {since}" if since else "followed by nobody")
        sys.exit(0 if since else 1)
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
