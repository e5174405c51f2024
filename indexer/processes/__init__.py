"""Starts processes of our own, calls functions in them, and locks them out of each other."""
