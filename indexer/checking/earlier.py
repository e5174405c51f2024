"""A quotation in, the keys of passages that stand no more and that it may be from, out.

The index has what stands now. What no longer stands is little, and is looked through as it is.
"""

from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from threading import Lock

from indexer.analysis import analyzer
from indexer.quotations.text import Quoted
from indexer.store.store import Store

MOST = 100_000  # passages; some 60 MB
_FOUND = 10  # passages that are looked at
_WINDOWS, _WORDS, _SIGNS = 12, 3, 6  # stretches looked for; words, or signs, of one
_OFTEN = 50  # places of one stretch


class EarlierTexts:
    """The texts of a store that stand no more, read when they are first asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._position = -1
        self._keys: list[int] = []
        self._ends: list[int] = []
        self._text = ""

    def like(self, quoted: Quoted) -> list[int]:
        """Passages that have stretches of its words, those with the most first."""
        with self._lock:
            self._follow()
            text, keys, ends = self._text, self._keys, self._ends
        if not keys:
            return []
        counts: Counter[int] = Counter()
        for stretch in _stretches(quoted):
            at = -1
            for _ in range(_OFTEN):
                at = text.find(stretch, at + 1)
                if at < 0:
                    break
                counts[keys[bisect_right(ends, at)]] += 1
        return [key for key, _ in counts.most_common(_FOUND)]

    def _follow(self) -> None:
        position = self._store.position()
        if position == self._position:
            return
        rows = self._store.earlier.texts(MOST)
        said = [_folded(text) + "\n" for _, text in rows]
        self._keys, self._text = [key for key, _ in rows], "".join(said)
        self._ends = list(accumulate(map(len, said)))
        self._position = position


def _folded(text: str) -> str:
    return " ".join((analyzer.plain(text) or text.casefold()).split())


def _stretches(quoted: Quoted) -> list[str]:
    first, end = max(quoted.segments, key=lambda each: each[1] - each[0], default=(0, 0))
    said = _folded(quoted.words.said(first, end))
    words = said.split(" ")
    if len(words) >= _WORDS:
        every = [" ".join(words[at : at + _WORDS]) for at in range(len(words) - _WORDS + 1)]
    else:
        every = [said[at : at + _SIGNS] for at in range(max(1, len(said) - _SIGNS + 1))]
    step = max(1, len(every) // _WINDOWS)
    return [each for each in every[::step] if each]
