"""Reads plain text in any layout."""
