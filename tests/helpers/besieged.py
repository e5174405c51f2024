"""A library that hostile authors wrote: every vector wherever a document can say something."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import yaml

from indexer.config import Settings
from indexer.library import Library
from tests.helpers.files import put
from tests.helpers.inline import open_inline
from tests.helpers.vectors import VECTORS

NO_NAME = re.compile("[/\0]")
_ALL = "all.html"


def _name(number: int, vector: str) -> str:
    """The vector as the name of a file, as far as the system takes it."""
    said = NO_NAME.sub("_", vector).encode()[:150].decode("utf-8", "ignore")
    return f"{number:03} {said}.txt"


def _sidecar(number: int, vector: str) -> bytes:
    said = {
        "title": f"{vector} lamp {number}",
        "publisher": vector,
        "source": vector,
        "date": f"20{number % 24:02}-01-02",
        "tags": [vector, "lamp"],
        "names": [vector],
        "work": vector,
    }
    if number % 2:
        said["language"] = vector
    return yaml.safe_dump(said, allow_unicode=True).encode()


def page_of_all(edition: int) -> bytes:
    """Every vector, escaped as it should be, as heading, paragraph, label, row and note."""
    parts = [f"<!DOCTYPE html><html lang=en><title>All lamps {edition}</title><body><main>"]
    for number, vector in enumerate(VECTORS.values(), 1):
        said = escape(vector)
        parts.append(
            f"<h2 id='h{number}'>{number} {said}</h2>"
            f"<p>{number}. {said} lamp, {edition}<sup><a href='#n{number}'>{number}</a></sup></p>"
            f"<ol type=a><li>{said}</li></ol><p>({said}) A lamp.</p>"
            f"<table><tr><td>{said}</td><td>lamp</td></tr></table>"
            f"<p id='n{number}'><sup>{number}</sup> {said}, a note on lamps.</p>"
        )
    return "".join(parts).encode()


def _put(corpus: Path, edition: int, *, raw: bool) -> None:
    put(corpus, _ALL, page_of_all(edition))
    for number, vector in enumerate(VECTORS.values(), 1):
        text = f"{vector}\n\n1. {vector} The lamp burns in edition {edition}. {vector}\n"
        name = _name(number, vector)
        put(corpus, name, text.encode())
        put(corpus, f"{name}.meta.yaml", _sidecar(number, vector))
        if raw and edition == 1:
            page = f"<html><title>{vector}</title><p>A raw lamp {vector}</p><p>Another lamp.</p>"
            put(corpus, f"raw/{number:03}.html", page.encode())
            put(corpus, f"marked/{number:03}.md", f"# {vector}\n\nA lamp {vector}\n".encode())


@contextmanager
def besieged(folder: Path, *, raw: bool = False) -> Iterator[Library]:
    """The library, in two editions; with `raw`, two files more a vector that have it as markup."""
    settings = Settings(corpus=folder / "corpus", data=folder / "data", hosts="library.test")
    with open_inline(settings) as library:
        for edition in (1, 2):
            _put(settings.corpus, edition, raw=raw)
            library.maintenance.sync()
        yield library
