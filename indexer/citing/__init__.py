"""A paragraph of a document in; its citation, in several styles and formats, out."""
