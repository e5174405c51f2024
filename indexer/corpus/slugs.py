"""Makes the slug of a document from the path of its file."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, count, takewhile
from pathlib import PurePosixPath


def slug(path: str, taken: Callable[[str], bool]) -> str:
    """The part of the address that stands for the file `path`: lower case, words joined by `-`.

    Where `taken` says that another document has it, the suffix is added, then a number.
    """
    return next(candidate for candidate in _candidates(path) if not taken(candidate))


def rivals(paths: Iterable[str], taken: Collection[str]) -> dict[str, frozenset[str]]:
    """Those of `paths` whose slugs depend on each other, where each gets one in this order.

    Each with all of its group. `taken` are the slugs that documents have. In a group the order
    counts, and which of the files become documents; between groups it does not.
    """
    given, first = set(taken), dict[str, str]()  # slugs, and which path wanted one first
    groups: dict[str, set[str]] = {}  # those of more than one path, by each of them
    for path in paths:
        tried = [*takewhile(given.__contains__, _candidates(path)), slug(path, given.__contains__)]
        given.add(tried[-1])
        for each in tried:
            other = first.setdefault(each, path)
            if other != path and each not in taken:
                joined = groups.get(path, {path}) | groups.get(other, {other})
                groups |= dict.fromkeys(joined, joined)
    return {path: frozenset(group) for path, group in groups.items()}


def _candidates(path: str) -> Iterator[str]:
    """The slugs that a file may have, the best first."""
    full = _slugged(path)
    numbered = (f"{full}-{number}" for number in count(2))
    return chain([_slugged(str(PurePosixPath(path).with_suffix(""))), full], numbered)


def _slugged(text: str) -> str:
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    return "-".join(words) or "document"
