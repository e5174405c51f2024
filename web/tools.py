"""An application in, the same with what the tools that people already use ask for out."""

from flask import Flask

from indexer.library import Library
from web.memento import add_memento
from web.unapi import add_unapi


def add_tools(app: Flask, library: Library) -> None:
    """Adds what Zotero and clients of Memento ask for."""
    add_unapi(app, library)
    add_memento(app, library)
