"""Finds the tokens of a text in any script.

Words are runs of letters and digits with their combining marks, and with the signs in them that
nobody sees. Scripts written without spaces give overlapping bigrams of clusters, a letter with its
marks each.
"""

import re
from functools import cache
from itertools import pairwise

from indexer.analysis.scripts import HANGUL, SIGNS, is_latin, marks
from indexer.analysis.typography import GERSHAYIM, LETTERLIKE, UNSEEN

_UNSPACED = SIGNS + HANGUL
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
# The tatweel is a letter to Unicode, and apostrophes that are letters part words all the same.
_LETTER = rf"[^\W_{LETTERLIKE}{UNSEEN}]"


def tokens(text: str) -> list[tuple[int, int]]:
    """The (start, end) character offsets of the tokens of `text`, in order."""
    if not is_unspaced(text):
        return [match.span() for match in _word(is_latin(text)).finditer(text)]
    spans: list[tuple[int, int]] = []
    for run in _run().finditer(text):
        if _HAS_UNSPACED.match(run.group()):
            spans.extend(_bigrams(text, *run.span()))
        else:
            spans.append(run.span())
    return spans


def is_unspaced(text: str) -> bool:
    """Whether `text` has letters of a script that is written without spaces between words."""
    return bool(_HAS_UNSPACED.search(text))


def is_intricate(text: str) -> bool:
    """Whether `text` has such letters, combining marks, or signs that are no part of a word.

    Then spaces and punctuation alone do not part it.
    """
    return not is_latin(text) and bool(_intricate().search(text))


def _bigrams(text: str, start: int, end: int) -> list[tuple[int, int]]:
    clusters = [match.span() for match in _cluster().finditer(text, start, end)]
    if len(clusters) == 1:
        return clusters
    return [(one[0], two[1]) for one, two in pairwise(clusters)]


@cache
def _word(latin: bool) -> re.Pattern[str]:
    # Runs of letters and of marks in turn: to choose letter by letter takes four times as long.
    return re.compile(r"[^\W_]+" if latin else rf"{_LETTER}+(?:[{marks()}{UNSEEN}]+{_LETTER}*)*")


@cache
def _run() -> re.Pattern[str]:
    spaced = rf"(?![{_UNSPACED}])"
    return re.compile(
        rf"[{_UNSPACED}][{_UNSPACED}{marks()}{UNSEEN}]*"
        rf"|{spaced}{_LETTER}(?:{spaced}(?:{_LETTER}|[{marks()}{UNSEEN}]))*"
    )


@cache
def _cluster() -> re.Pattern[str]:
    return re.compile(rf".[{marks()}{UNSEEN}]*", re.DOTALL)


@cache
def _intricate() -> re.Pattern[str]:
    return re.compile(f"[{marks()}{_UNSPACED}{UNSEEN}{LETTERLIKE}]|{GERSHAYIM}")
