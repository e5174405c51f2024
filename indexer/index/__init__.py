"""Keeps a search index derived from the store: the engine contract and its upkeep."""
