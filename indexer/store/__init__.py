"""Keeps the store of record: documents, passages, editions and the change log, in SQL."""
