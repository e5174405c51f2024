"""A draft in; each of its quotations with its verdict, and where it stands in the library, out."""
