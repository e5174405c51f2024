"""Two WSGI applications for `serving.py`: our pages, and the least that could answer a search."""

import os
from collections.abc import Iterable
from pathlib import Path

import tantivy
from drawn import Text
from flask import Flask, render_template_string, request

from indexer import analysis
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
        stems = analysis.terms(query, "en")[1]
        terms = [tantivy.Query.term_query(schema, "stem", stem, "freq") for stem in stems]
        wanted = tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])
        hits = searcher.search(wanted, 10).hits
        texts = [searcher.doc(address).get_first("text") for _, address in hits]
        return render_template_string(_PAGE, query=query, texts=texts)

    return app


def build(texts: Iterable[Text], folder: Path) -> None:
    """Fills the bare application's index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("stem", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("text", tokenizer_name="raw", index_option="basic", stored=True)
    index = tantivy.Index(builder.build(), str(folder))
    writer = index.writer(256_000_000, 1)
    for each in texts:
        document = tantivy.Document()
        document.add_text("stem", analysis.joined(each.text, each.language)[1])
        document.add_text("text", each.text)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
