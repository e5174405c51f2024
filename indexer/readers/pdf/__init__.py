"""Reads PDFs by where their words stand on the page."""
