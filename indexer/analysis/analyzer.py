"""Text in, terms with their places in the text out: the one function behind index, query, marks.

Every word gives two terms. The *exact* term is the word as written, in Unicode's NFKC form and
case-folded. The *stem* is the exact term stemmed by Snowball in the text's language, with accents
folded after that. Scripts written without spaces give overlapping bigrams, each its own stem.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache, partial

import Stemmer
import stop_words

from indexer.analysis.tokenizer import is_intricate, tokens

# Part of every index fingerprint: raise it when the same text begins to give other terms.
VERSION = "3"

_MAX_TERM = 100  # longer runs of letters are noise, and long keys slow every engine down
_MEMO_SIZE = 200_000

# What typesetting puts between words, beyond ASCII: no letter, and no mark that belongs to one.
_TYPOGRAPHY = frozenset("\u00a0§©«\u00ad®°·»")
_TYPOGRAPHY |= frozenset(map(chr, (*range(0x2010, 0x2028), *range(0x2030, 0x205F))))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_ASCII = {c: chr(c).lower() if chr(c).isalnum() else " " for c in range(128)}
_GAP = re.compile(r"[\W_]")
_TOO_LONG = "\0"

_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}


@dataclass(frozen=True, slots=True)
class Analysis:
    """The terms of a text in order; a term's position, for phrases, is its index."""

    exact: list[str]
    stem: list[str]
    # The (start, end) character offsets of the terms at some positions, which ascend.
    spans: Callable[[Iterable[int]], list[tuple[int, int]]]


def analyze(text: str, language: str) -> Analysis:
    """The terms of `text`, which is in `language` (a BCP 47 tag; unknown ones fold only)."""
    if folded := plain(text):
        words = folded.split()
        stem = list(map(_stem_memo(base_language(language)).__getitem__, words))
        if _TOO_LONG not in stem:
            return Analysis(words, stem, partial(_plain_spans, folded))
    return _analyze_intricate(text, language)


def joined(text: str, language: str) -> tuple[str, str]:
    """The exact terms and the stems of `analyze`, each with white space between: for indexes."""
    if words := _plain(text):
        stem = " ".join(map(_stem_memo(base_language(language)).__getitem__, words.split()))
        if _TOO_LONG not in stem:
            return words, stem
    found = _analyze_intricate(text, language)
    return " ".join(found.exact), " ".join(found.stem)


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """`text` case-folded, with a space for each sign that is no part of a word; offsets stay.

    What stands between the spaces are its exact terms, long ones included. Empty where that is not
    enough to find them: combining marks, scripts without spaces, letters that NFKC or case-folding
    make longer. Most texts need none of that, and what they do need is several times faster. Kept
    for a while, since the texts that a search finds are looked at twice.
    """
    return _plain(text)


def terms(text: str, language: str) -> tuple[list[str], list[str]]:
    """The exact terms and the stems of `analyze`."""
    found = analyze(text, language)
    return found.exact, found.stem


def stems(word: str, languages: Iterable[str]) -> frozenset[str]:
    """The stems that `word` has in any of `languages`."""
    return frozenset(stem for language in languages for stem in terms(word, language)[1])


def is_stopword(word: str, language: str) -> bool:
    """Whether `word`, an exact term, is one that says little in `language`, as "the" in English."""
    return word in _stopwords(base_language(language))


def base_language(language: str) -> str:
    """The tag without region and script: `en` for `en-GB`."""
    return language.replace("_", "-").partition("-")[0].lower()


def _analyze_intricate(text: str, language: str) -> Analysis:
    """`analyze` for any text."""
    spans = [span for span in tokens(text) if span[1] - span[0] <= _MAX_TERM]
    exact, stem = _pairs([text[start:end] for start, end in spans], language)
    return Analysis(exact, stem, lambda positions: [spans[at] for at in positions])


def _plain(text: str) -> str:
    if text.isascii():
        return text.translate(_ASCII)
    if _TYPOGRAPHY.issuperset("".join(_BEYOND_ASCII.findall(text))):
        return text.encode("ascii", "replace").decode("ascii").translate(_ASCII)
    folded = text.casefold()
    if len(folded) != len(text) or is_intricate(text):
        return ""
    return _GAP.sub(" ", folded) if unicodedata.is_normalized("NFKC", text) else ""


def _plain_spans(folded: str, positions: Iterable[int]) -> list[tuple[int, int]]:
    """Splits only as far as it must: what is left after a position tells where that stands."""
    rest, done, spans = folded, 0, []
    for position in positions:
        rest = rest.split(None, position - done)[-1]
        done, start = position, len(folded) - len(rest)
        end = folded.find(" ", start)
        spans.append((start, end if end >= 0 else len(folded)))
    return spans


def _pairs(words: list[str], language: str) -> tuple[list[str], list[str]]:
    memo = _memo(base_language(language))
    pairs = [memo[word] for word in words]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


class _Memo(dict[str, tuple[str, str]]):
    """Word as written → (exact, stem): texts repeat their words, and stemming is the slow part."""

    def __init__(self, language: str) -> None:
        name = _STEMMERS.get(language)
        self._stemmer = Stemmer.Stemmer(name, 0) if name else None

    def __missing__(self, word: str) -> tuple[str, str]:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        # The long form of a few ligatures has spaces, and terms are kept apart by white space.
        exact = unicodedata.normalize("NFKC", word).casefold().replace(" ", "")
        stem = self._stemmer.stemWord(exact) if self._stemmer else exact
        pair = self[word] = (exact, stem if stem.isascii() else _fold(stem))
        return pair


class _StemMemo(dict[str, str]):
    """Exact term → stem, or `_TOO_LONG` where it is too long to be a term."""

    def __init__(self, language: str) -> None:
        self._pairs = _memo(language)

    def __missing__(self, word: str) -> str:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        stem = self[word] = _TOO_LONG if len(word) > _MAX_TERM else self._pairs[word][1]
        return stem


@cache
def _stopwords(language: str) -> frozenset[str]:
    try:
        return frozenset(stop_words.get_stop_words(language))
    except stop_words.StopWordError:
        return frozenset()


@cache
def _memo(language: str) -> _Memo:
    return _Memo(language)


@cache
def _stem_memo(language: str) -> _StemMemo:
    return _StemMemo(language)


def _fold(term: str) -> str:
    """`term` without accents; left alone where the marks carry the vowels, as in Hindi or Thai."""
    decomposed = unicodedata.normalize("NFD", term)
    kept = [c for c in decomposed if not "\u0300" <= c <= "\u036f"]
    return unicodedata.normalize("NFC", "".join(kept)).translate(_FOLDS) or term


# Letters that Unicode does not decompose, after the base letter a searcher would type.
_FOLDS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h"})
