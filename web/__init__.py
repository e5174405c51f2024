"""Pilcrow's pages: a library in, a web application out."""
