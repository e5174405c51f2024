"""A text that quotes, and texts that may be quoted, in; what is quoted and how exactly, out."""
