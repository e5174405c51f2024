"""Texts of two editions in; which of them may be the same paragraph, and how alike they are, out.

Unlike texts of one document share 15 % of their words by order, and one pair in a thousand shares
30 % (8,650 paragraphs of speeches at the United Nations); a text reworded by a third shares 67 %.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from indexer.analysis.words import words

_ALIKE = 0.6  # of the words of both, for texts that nothing else ties together
_PART = 0.9  # of the shorter text, for one that was split off or merged into the longer
_PART_OF = 0.25  # of the longer text, which the shorter must have to stand for it
_PART_WORDS = 5  # fewer may stand in order in any long text

_RARE = 64  # in how many old texts a word may be to lead to them
_LEADS = 24  # how many rare words of a text are followed
_LIKELY = 8  # how many old texts are compared with a new one for its words alone


class Likeness(NamedTuple):
    """How alike two texts are.

    `share` is what their words have in common in the same order, 0 to 1. They are `alike` where
    that is enough by itself, or where one is a good part of the other, as after a split.
    """

    share: float
    alike: bool


def likeness(one: str, other: str) -> Likeness:
    """How alike two texts are, by their words."""
    codes: dict[str, str] = {}
    return _likeness(encoded(words(one), codes), encoded(words(other), codes))


class Comparison:
    """The texts of two editions by their places, ready to be compared."""

    def __init__(self, old: Mapping[int, str], new: Mapping[int, str]) -> None:
        codes: dict[str, str] = {}
        self._old = {at: encoded(words(text), codes) for at, text in old.items()}
        self._new = {at: encoded(words(text), codes) for at, text in new.items()}
        self._places = rare_words(self._old)

    def likely(self, new: int) -> list[int]:
        """The old texts that share the most rare words with a new one."""
        return likely(self._new[new], self._places)

    def likeness(self, old: int, new: int) -> Likeness:
        """How alike an old text and a new one are."""
        return _likeness(self._old[old], self._new[new])


def rare_words(texts: Mapping[int, str]) -> dict[str, list[int]]:
    """The places of the `texts`, which are encoded, by the words that not many of them have."""
    places = defaultdict(list)
    for at, code in texts.items():
        for word in dict.fromkeys(code):
            places[word].append(at)
    return {word: found for word, found in places.items() if len(found) <= _RARE}


def likely(text: str, places: Mapping[str, Sequence[int]]) -> list[int]:
    """The places of the texts that share the most rare words with an encoded one."""
    leads = [word for word in dict.fromkeys(text) if word in places]
    leads.sort(key=lambda word: len(places[word]))
    found: Counter[int] = Counter()
    for word in leads[:_LEADS]:
        found.update(places[word])
    return [at for at, _ in found.most_common(_LIKELY)]


def encoded(text: list[str], codes: dict[str, str]) -> str:
    """A character for each word, since characters are compared the fastest."""
    # More words than there are characters share some of them, which only makes texts more alike.
    for word in text:
        if word not in codes:
            codes[word] = chr(len(codes) % 0x110000)
    return "".join([codes[word] for word in text])


def _likeness(one: str, other: str) -> Likeness:
    shorter, longer = sorted((len(one), len(other)))
    shared = LCSseq.similarity(one, other)
    share = 2 * shared / (shorter + longer or 1)
    is_part = shared >= _PART * shorter and shorter >= _PART_OF * longer and shorter >= _PART_WORDS
    return Likeness(share, share >= _ALIKE or is_part)
