"""Compares how paragraphs of any documents are worded, and follows a wording through the years."""
