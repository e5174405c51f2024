"""A text in, the hash by which anyone can tell that it is unchanged out."""

import hashlib


def text_hash(text: str) -> str:
    """The SHA-256 of `text` in UTF-8, as it is given, in 64 hexadecimal digits.

    Nothing is normalised and no line end is added, so that `sha256sum` of the same bytes agrees.
    """
    return hashlib.sha256(text.encode()).hexdigest()
