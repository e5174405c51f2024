"""The names by which a person may ask for a document: title, file, slug, symbol, citation."""

import re
import unicodedata
from collections.abc import Iterable

_SCHEME = re.compile(r"^\s*https?://", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 1_000  # characters of a key; a query has no more


def name_key(name: str) -> str:
    """What is compared of a name: its letters and digits, without case, accents and signs.

    `S/RES/1591 (2005)` and `s/res/1591(2005)` are both `s res 1591 2005`. Empty if it has neither.
    """
    bare = _SCHEME.sub("", name)
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", bare).casefold())
    letters = "".join(c for c in folded if not "\u0300" <= c <= "\u036f")
    return " ".join(_WORD.findall(letters))


def name_keys(slug: str, file: str, title: str, names: Iterable[str]) -> frozenset[str]:
    """The keys of all names of a document; `file` is its path, whose last part is a name too."""
    every = (slug, file, file.rpartition("/")[2], title, *names)
    return frozenset(key for key in map(name_key, every) if key and len(key) <= _LONGEST)
