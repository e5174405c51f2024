"""Two WSGI applications for `serving.py`: our pages, and the least that could answer a search."""

import os
from pathlib import Path

import stems
import tantivy
from flask import Flask, render_template_string, request

from indexer.config import load_settings
from web.server import application

FOLDER = "BARE_INDEX"  # where the bare application's index is

_PAGE = (
    "<!doctype html><title>{{ query }}</title>{% for text in texts %}<p>{{ text }}</p>{% endfor %}"
)


def ours() -> Flask:
    """Pilcrow, with the data folder and the engine that the environment names."""
    return application(load_settings())


def bare() -> Flask:
    """One Tantivy query over one field of stems, ten texts, one loop in a template."""
    folder = Path(os.environ[FOLDER])
    index = tantivy.Index.open(str(folder))
    schema, searcher = index.schema, index.searcher()
    app = Flask(__name__)

    @app.get("/search")
    def search() -> str:
        query = request.args["q"]
        hits = searcher.search(stems.wanted(schema, query.split()), 10).hits
        texts = [searcher.doc(address).get_first("text") for _, address in hits]
        return render_template_string(_PAGE, query=query, texts=texts)

    return app
