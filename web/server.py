"""An application and where to listen in, answers to browsers out, until it is stopped."""

import signal
import socket
from collections.abc import Callable

from flask import Flask
from waitress.server import create_server

from indexer.errors import BadSetting


def serve(app: Flask, host: str, port: int, ready: Callable[[], None]) -> None:
    """Answer requests on `host` and `port` until SIGINT or SIGTERM; calls `ready` once it does.

    Raises `BadSetting` where nothing can listen there.
    """
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    with listen(host, port) as listener:
        ready()
        create_server(app, sockets=[listener], ident=None).run()


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections at `host` and `port`; raises `BadSetting` where none can."""
    try:
        family, *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise BadSetting(f"cannot listen on {host}, port {port}: {error.strerror}") from error
