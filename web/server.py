"""An application and where to listen in, answers to browsers out, until it is stopped."""

import socket

from flask import Flask
from waitress.server import create_server

from indexer.errors import BadSetting


def serve(app: Flask, host: str, port: int) -> None:
    """Answer requests on `host` and `port`; says nothing itself and returns when interrupted.

    Raises `BadSetting` where nothing can listen there.
    """
    with listen(host, port) as listener:
        create_server(app, sockets=[listener], ident=None).run()


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections at `host` and `port`; raises `BadSetting` where none can."""
    try:
        family, *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise BadSetting(f"cannot listen on {host}, port {port}: {error.strerror}") from error
