"""A text document in a format that has no reader in; why it is not read, and what to do, out."""

from indexer.document import Document
from indexer.errors import Unreadable

# By the first bytes, since programs save what they like under a name that ends in .doc.
_FORMATS = (
    (b"\xd0\xcf\x11\xe0", "is in Word's old format; save it as DOCX or PDF"),
    (b"{\\rtf", "is RTF, which is not read since its footnotes would be lost; save it as DOCX"),
    (b"PK", "is a newer document under an old name; give it the suffix .docx or save it as PDF"),
)


def read(data: bytes) -> Document:
    """Always raises `Unreadable`."""
    for start, reason in _FORMATS:
        if data.startswith(start):
            raise Unreadable(reason)
    raise Unreadable("is in a format that is not read; save it as DOCX, ODT or PDF")
