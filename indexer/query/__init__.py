"""Query text in, a small frozen tree and notices about it out."""

from indexer.query.parser import parse
from indexer.query.tree import And, Node, Phrase, Query, Word

__all__ = ["And", "Node", "Phrase", "Query", "Word", "parse"]
