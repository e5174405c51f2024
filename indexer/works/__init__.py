"""Joins what is one work: its versions in several languages, paragraph by paragraph."""
