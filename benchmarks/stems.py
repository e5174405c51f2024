"""Passages in; the least Tantivy index that finds them by all of some words, its query, out."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy
from drawn import Text

from indexer.analysis import analyzer


def build(texts: Iterable[Text], folder: Path, *, with_text: bool) -> int:
    """Indexes one field of stems below `folder`, and keeps the texts if asked; how many."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("stem", tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("key", fast=True)
    if with_text:
        builder.add_text_field("text", tokenizer_name="raw", index_option="basic", stored=True)
    writer, count = tantivy.Index(builder.build(), str(folder)).writer(256_000_000, 1), 0
    for count, each in enumerate(texts, start=1):  # noqa: B007
        document = tantivy.Document()
        document.add_text("stem", analyzer.joined(each.text, each.language)[1])
        document.add_unsigned("key", each.number)
        if with_text:
            document.add_text("text", each.text)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    return count


def wanted(schema: tantivy.Schema, words: Sequence[str]) -> tantivy.Query:
    """All of `words`, by their English stems."""
    stems = [analyzer.terms(word, "en")[1][0] for word in words]
    terms = [tantivy.Query.term_query(schema, "stem", stem, "freq") for stem in stems]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])
