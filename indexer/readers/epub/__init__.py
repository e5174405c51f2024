"""Reads EPUB books."""
