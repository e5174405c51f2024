"""Turns text into tokens and terms, the same way for passages, queries and marks."""
