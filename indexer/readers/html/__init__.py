"""Reads web pages, and the HTML that other formats are turned into."""
