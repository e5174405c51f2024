"""Texts side by side → JSON, and lines for a person."""
