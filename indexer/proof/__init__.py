"""Texts by their hashes: what was said, and that nothing of it was changed since."""
