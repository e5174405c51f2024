"""Asks store and index for agreed language: who has used a wording, what is related, formulas."""
