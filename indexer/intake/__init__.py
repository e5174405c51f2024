"""Files that are sent in; documents of the corpus out, once they have been looked at and kept."""
