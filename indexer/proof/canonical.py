"""What is hashed of a text, a document and a state, in one form that anyone can make again."""

import json
from typing import TypedDict

from indexer.proof.merkle import leaf_hash


class StateJson(TypedDict):
    """A state of a store: the tree of all its texts after a write.

    `store` is the store's own name, `position` the last write in its change log, `as_of` when a
    document last came, changed or went (ISO 8601, UTC). `root` is in hexadecimal digits.
    """

    store: str
    position: int
    as_of: str
    documents: int
    texts: int
    root: str


def canonical(value: object) -> bytes:
    """JSON without white space, keys in order, in UTF-8 (RFC 8785, for what we put into it)."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode()


def text_leaf(address: str, since: int, until: int | None, label: str, text_sha256: str) -> bytes:
    """The leaf of one text of a paragraph, which stood from edition `since` until `until`."""
    return leaf_hash(canonical([address, since, until, label, text_sha256]))


def document_leaf(address: str, edition: int, present: bool, texts: int, root: str) -> bytes:
    """The leaf of a document: `root` is that of all its texts, of which there are `texts`."""
    return leaf_hash(canonical([address, edition, present, texts, root]))
