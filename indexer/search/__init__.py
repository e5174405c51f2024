"""Answers queries: from what a person typed to ranked and marked passages."""
