"""Stems words, each in its language, and knows the words that say little in it.

A stem carries its language (`en:right`), so that it finds no passage in another language that has
the same letters. Languages without a stemmer share the bare word without accents.
"""

import re
import unicodedata
from collections.abc import Set
from functools import cache, lru_cache

import Stemmer
import stop_words

from indexer.analysis.typography import undotted, visible

MAX_TERM = 100  # longer runs of letters are noise, and long keys slow every engine down
TOO_LONG = "\0"
ACRONYM = "\x04"  # before a word in capitals that would be a little one in small letters
_MEMO_SIZE = 200_000
_LITTLE = 2  # letters

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


# Languages that one stemmer serves are one.
_SAME = {"nn": "nb", "no": "nb"}
DOTLESS = frozenset({"tr", "az"})  # languages where I and İ are the capitals of ı and i
_CAPITAL_I = str.maketrans({"I": "ı", "İ": "i"})
# The Arabic article with what is written before it: and, so, with, for, like; the last one is
# contracted. Snowball cuts off either, not both.
_ARABIC_ARTICLE = re.compile("(?:[وف]?[بك]|[وف])ال(?=...)|[وف]?لل(?=...)")
# Stress marks of Cyrillic text, which only teaching books print.
_STRESS = re.compile("(?<=[Ѐ-ԯ])[̀́]")


@lru_cache(maxsize=512)
def base_language(language: str) -> str:
    """The tag without region and script: `en` for `en-GB`."""
    return language.replace("_", "-").partition("-")[0].lower()


def is_stopword(word: str, language: str) -> bool:
    """Whether `word`, an exact term, is one that says little in `language`, as "the" in English."""
    return word in _stopwords(base_language(language))


def stopwords(language: str) -> Set[str]:
    """The exact terms that say little in `language`."""
    return _stopwords(base_language(language))


def is_little(word: str, language: str) -> bool:
    """Whether `word` says little, or may, being so short; in capitals it is another word."""
    return len(word) <= _LITTLE or is_stopword(word, language)


def with_dots(text: str) -> str:
    """`text` in a language of `DOTLESS` with the capitals I and İ as small letters."""
    return text.translate(_CAPITAL_I)


def acronym(word: str, language: str) -> str:
    """The term for `word` in capitals, which is kept apart from the word in small letters."""
    return _prefix(base_language(language)) + ACRONYM + word


def bare(stem: str) -> str:
    """`stem` without its language."""
    return stem.rpartition(":")[2]


class Memo(dict[str, tuple[str, str]]):
    """Word as written → (exact, stem): texts repeat their words, and stemming is the slow part."""

    def __init__(self, language: str) -> None:
        name = _STEMMERS.get(language)
        self._stemmer = Stemmer.Stemmer(name, 0) if name else None
        self._prefix = _prefix(language)
        self._is_arabic = language == "ar"

    def __missing__(self, word: str) -> tuple[str, str]:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        seen = visible(word)
        pair = self[word] = (undotted(seen), self._prefix + self._stem(seen))
        return pair

    def _stem(self, word: str) -> str:
        if not word.isascii():
            word = _STRESS.sub("", word)
        if self._is_arabic:
            word = _ARABIC_ARTICLE.sub("ال", word, count=1) if _begins(word) else word
        stem = self._stemmer.stemWord(word) if self._stemmer else word
        return stem if stem.isascii() else _fold(stem)


class StemMemo(dict[str, str]):
    """Visible word → stem, or `TOO_LONG` where it is too long to be a term."""

    def __init__(self, language: str) -> None:
        self._pairs = memo(language)

    def __missing__(self, word: str) -> str:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        stem = self[word] = TOO_LONG if len(word) > MAX_TERM else self._pairs[word][1]
        return stem


@cache
def memo(language: str) -> Memo:
    """The memo of a base language."""
    return Memo(language)


@cache
def stem_memo(language: str) -> StemMemo:
    """The same by visible words."""
    return StemMemo(language)


def _begins(word: str) -> bool:
    return bool(_ARABIC_ARTICLE.match(word))


@cache
def _prefix(language: str) -> str:
    return f"{_SAME.get(language, language)}:" if language in _STEMMERS else ""


@cache
def _stopwords(language: str) -> frozenset[str]:
    try:
        return frozenset(stop_words.get_stop_words(language))
    except stop_words.StopWordError:
        return frozenset()


def _fold(term: str) -> str:
    """`term` without accents; left alone where the marks carry the vowels, as in Hindi or Thai."""
    decomposed = unicodedata.normalize("NFD", term)
    kept = [c for c in decomposed if not "\u0300" <= c <= "\u036f"]
    return unicodedata.normalize("NFC", "".join(kept)).translate(_FOLDS) or term


# Letters that Unicode does not decompose, after the base letter a searcher would type.
_FOLDS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h"})
