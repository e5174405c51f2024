"""Makes the slug of a document from the path of its file."""

import re
import unicodedata
from collections.abc import Callable
from itertools import chain, count
from pathlib import PurePosixPath


def slug(path: str, taken: Callable[[str], bool]) -> str:
    """The part of the address that stands for the file `path`: lower case, words joined by `-`.

    Where `taken` says that another document has it, the suffix is added, then a number.
    """
    pure = PurePosixPath(path)
    full = _slugged(path)
    numbered = (f"{full}-{number}" for number in count(2))
    candidates = chain([_slugged(str(pure.with_suffix(""))), full], numbered)
    return next(candidate for candidate in candidates if not taken(candidate))


def _slugged(text: str) -> str:
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    return "-".join(words) or "document"
