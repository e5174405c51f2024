"""Knows what may lie in the corpus folder, under which name, and how it gets there."""
