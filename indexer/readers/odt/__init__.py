"""Reads OpenDocument texts."""
