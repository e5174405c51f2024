"""Settings in, answers to browsers out, from as many processes as are asked for, until stopped."""

import gc
import logging
import multiprocessing
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from indexer import logs
from indexer.config import JSON, Settings
from indexer.errors import BadSetting, IndexUnavailable
from indexer.library import Library, open_library
from indexer.processes.call import aside
from web.admission import connections, gate_before
from web.app import create_app
from web.gate import THREADS
from web.metrics import exposed

_HEAD = 20_000  # milliseconds that a connection may rest before, and in, a request's headers
_HEADERS = 65_536  # bytes of them
_GRACE = 20  # seconds that a process has to end


def serve(settings: Settings, ready: Callable[[], None]) -> None:
    """Answer requests until SIGINT or SIGTERM; calls `ready` once a browser can connect."""
    server = Granian(
        "pilcrow",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.processes,
        blocking_threads=THREADS,
        backpressure=connections(),
        # What is before a server speaks it; HTTP/2 would let one connection ask hundreds of times.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEAD, max_buffer_size=_HEADERS),
        workers_kill_timeout=_GRACE,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=logs.of_server() if settings.log_format == JSON else None,
        respawn_failed_workers=True,
    )
    logging.getLogger("_granian").addFilter(_unintended)
    # Not forked: what is open here, in threads too, is not there for a copy of this process.
    multiprocessing.set_start_method("spawn", force=True)
    waiter = Thread(target=_tell, args=(settings.host, settings.port, ready), daemon=True)
    server.on_startup(waiter.start)
    with exposed(settings):
        server.serve(target_loader=partial(application, settings), wrap_loader=False)


def _unintended(record: logging.LogRecord) -> bool:
    """Whether the server says something but that there are many threads: most of ours wait."""
    return "Python threads" not in record.getMessage()


def probe(host: str, port: int) -> None:
    """Raises `BadSetting` where nothing can listen at `host` and `port`."""
    try:
        family, *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise BadSetting(f"cannot listen on {host}, port {port}: {error.strerror}") from error


def _tell(host: str, port: int, ready: Callable[[], None]) -> None:
    while True:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            ready()
            return


def _compare(library: Library) -> None:
    """Has the engine answer no more if its files are not as they were written."""
    with suppress(IndexUnavailable):
        if damaged := library.maintenance.damage():
            message = "the search index is damaged (%s); run 'pilcrow rebuild'"
            logging.getLogger(__name__).error(message, ", ".join(damaged))


def application(settings: Settings) -> Flask:
    """The application of one process, with a library of its own.

    What is there before the first request stays for good. The collector need not walk over it
    again and again, which would make one search in some hundred ten times slower.
    """
    logs.configure(settings)
    library = open_library(settings)
    library.load()
    # Damage of a large index is found by reading all of it, which nobody should wait for.
    Thread(target=_compare, args=(library,), daemon=True).start()
    app = create_app(library, aside)
    if settings.metrics:
        from web.counting import counting  # noqa: PLC0415 - only here is its library needed

        app.extensions["observers"].append(counting())
    app.wsgi_app = gate_before(app, settings)  # type: ignore[method-assign]
    gc.collect()
    gc.freeze()
    return app
