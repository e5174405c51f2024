"""Takes out of words what typesetting and typing habits put in, with no change of what they say.

Two texts that differ in nothing but that are the same words, within quotation marks too: zero-width
signs, tatweel, vowel signs of Hebrew and Arabic, presentation forms, the dots of Turkish capitals.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain

from indexer.analysis.scripts import char_class, marks

# Signs within words that nobody sees or means: soft hyphens, joiners and non-joiners, spaces of no
# width, marks of direction, selectors, Mongolian separators, tatweel, and the sign in Hebrew
# acronyms, which are written without it too.
UNSEEN = char_class(
    [
        *((0xAD, 0xAD), (0x034F, 0x034F), (0x061C, 0x061C), (0x0640, 0x0640), (0x05F4, 0x05F4)),
        *((0x180B, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F)),
        *((0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
    ]
)
# Apostrophes, and letters that stand for one: all of them part words, as the one of ASCII does.
APOSTROPHES = "'`´‘’‛′＇\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u05f3\ua78b\ua78c"
LETTERLIKE = "".join(c for c in APOSTROPHES if c.isalnum())
# Points, accents and vowel signs of Hebrew and Arabic, which most texts are written without.
_POINTS = char_class(
    [
        *((0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5), (0x05C7, 0x05C7)),
        *((0x0610, 0x061A), (0x064B, 0x0652), (0x0656, 0x065F), (0x0670, 0x0670)),
        *((0x06D6, 0x06DC), (0x06DF, 0x06E4), (0x06E7, 0x06E8), (0x06EA, 0x06ED)),
    ]
)
# The sign in a Hebrew acronym is most often typed as a quotation mark.
GERSHAYIM = '(?<=[\u05d0-\u05ea])["”](?=[\u05d0-\u05ea])'
_GERSHAYIM = re.compile(GERSHAYIM)
_DROPPED = re.compile(f"[{UNSEEN}{_POINTS}]|(?<=i)\u0307")
# What joins the letter before it under NFKC: marks, vowels and finals of Korean syllables, wide and
# narrow, and the sound marks of narrow katakana.
_JOINING = char_class([(0x1160, 0x11FF), (0x314F, 0x3163), (0xFF9E, 0xFF9F), (0xFFC2, 0xFFDC)])
# Wide punctuation of Chinese and Japanese is no letter in any form; what may join two words stays.
_WIDE_GAPS = re.compile(
    "[\u3000\uff01-\uff06\uff08-\uff0b\uff0f\uff1a-\uff20\uff3b-\uff3e\uff5b-\uff65]"
)


def folded(word: str) -> str:
    """`word` as it is looked up: in NFKC, case-folded, without what is not seen or not meant."""
    return undotted(visible(word))


def visible(word: str) -> str:
    """`folded`, but with the dotless ı of Turkish, by which its stemmer tells the endings."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    return plain if plain.isascii() else _DROPPED.sub("", plain)


def undotted(text: str) -> str:
    """`text` with ı as i: in capitals they are told apart in Turkish alone."""
    return text.replace("ı", "i")


@lru_cache(maxsize=64)
def normalised(text: str) -> tuple[str, Sequence[tuple[int, int]] | None]:
    """`text` in NFKC, with the span of each of its characters in `text`, if that differs."""
    text = _GERSHAYIM.sub("\u05f4", text)
    if unicodedata.is_normalized("NFKC", text):
        return text, None
    text = _WIDE_GAPS.sub(" ", text)
    if unicodedata.is_normalized("NFKC", text):
        return text, None
    parts = _segment().findall(text)
    forms = [_form(part) for part in parts]
    ends = list(accumulate(map(len, parts)))
    spans = chain.from_iterable(
        [(end - len(part), end)] * len(form)
        for part, form, end in zip(parts, forms, ends, strict=True)
    )
    return "".join(forms), list(spans)


def _form(part: str) -> str:
    form = part if part.isascii() else unicodedata.normalize("NFKC", part)
    # "3½" is three and a half, not 31 halves; a sign for a mark alone is no part of a word.
    return f" {form}" if "\u2044" in form else " " if form.startswith(" ") else form


@cache
def _segment() -> re.Pattern[str]:
    return re.compile(rf".[{marks()}{_JOINING}]*", re.DOTALL)
