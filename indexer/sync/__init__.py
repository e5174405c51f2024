"""Brings the store and the index up to the corpus folder."""
