"""Leaves in order in, the root of their tree and the way from one of them to it out (RFC 6962)."""

from collections.abc import Sequence
from hashlib import sha256

_LEAF, _NODE = b"\0", b"\1"  # so that no leaf can be passed off as what two others make


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(_LEAF + data).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over hashes of leaves; that of none is the SHA-256 of nothing."""
    if not leaves:
        return sha256().digest()
    level = list(leaves)
    while len(level) > 1:
        joined = [_node(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = joined + level[len(joined) * 2 :]
    return level[0]


def path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """What must be joined to the leaf at `index`, one after the other, to reach the root."""
    found, level = [], list(leaves)
    while len(level) > 1:
        if (beside := index ^ 1) < len(level):
            found.append(level[beside])
        joined = [_node(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = joined + level[len(joined) * 2 :]
        index //= 2
    return found


def root_from(leaf: bytes, index: int, of: int, way: Sequence[bytes]) -> bytes | None:
    """The root that `leaf`, as that at `index` of `of`, has by a path; None if it cannot be one."""
    if not 0 <= index < of:
        return None
    rest, made = list(way), leaf
    while of > 1:
        if (index ^ 1) < of:
            if not rest:
                return None
            other = rest.pop(0)
            made = _node(other, made) if index % 2 else _node(made, other)
        index, of = index // 2, (of + 1) // 2
    return None if rest else made


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(_NODE + left + right).digest()
