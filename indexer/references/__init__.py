"""What a text cites, documents and paragraphs of them: a pure grammar, as data where it can be.

`families.py` has the ways to name a document, `words.py` those to name a part of one. `finder.py`
reads texts, `typed.py` what a person types. `keys.py` makes the terms by which a citation is found.
"""

VERSION = "1"  # raise it when the same text begins to give other references
