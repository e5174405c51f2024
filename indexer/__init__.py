"""Pilcrow's indexer: a folder of documents in, ranked and marked paragraphs out."""

__version__ = "0.1.0"
