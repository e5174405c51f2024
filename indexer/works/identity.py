"""What is known of a document in; whether another one is a version of the same work, out. Pure.

`work` in a sidecar weighs the most; then the symbol or number that is printed on the document; an
address such as that of FRBR counts only where either has neither. Of 604 translations of
resolutions 49 had another FRBR address than their original.
"""

from indexer.document import Metadata
from indexer.naming import name_key


def work_keys(metadata: Metadata) -> frozenset[str]:
    """The keys of the names by which other versions of a document can be found."""
    return frozenset(filter(None, (_own(metadata), *_addresses(metadata))))


def are_one_work(one: Metadata, other: Metadata) -> bool:
    """Whether two documents are versions of one work.

    Their own names decide where both have one; else an address that they share does.
    """
    first, second = _own(one), _own(other)
    if first and second:
        return first == second
    return not _addresses(one).isdisjoint(_addresses(other))


def _own(metadata: Metadata) -> str:
    """The key of the name that tells a work from others; empty where none is known."""
    printed = (name for name in metadata.names if not _is_address(name))
    return next(filter(None, map(name_key, (metadata.work, *printed))), "")


def _addresses(metadata: Metadata) -> frozenset[str]:
    return frozenset(filter(None, map(name_key, filter(_is_address, metadata.names))))


def _is_address(name: str) -> bool:
    return "://" in name or name.startswith("/")
