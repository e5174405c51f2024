"""A library in; a real server over it, and its address, out."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from werkzeug.serving import make_server

from indexer.library import Library
from web.app import create_app


@contextmanager
def served(library: Library) -> Iterator[str]:
    """Where a server over `library` listens, on this machine, until the end."""
    server = make_server("127.0.0.1", 0, create_app(library), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
