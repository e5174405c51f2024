"""Says which signs belong to which scripts, and which of those are written without spaces.

Why these tables are not those of the package `regex`: docs/decisions/0002-regex-for-unicode.md.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import groupby


def char_class(ranges: Iterable[tuple[int, int]]) -> str:
    """Ranges of code points, first and last, for a set in a pattern."""
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


# Scripts with no space between two words, and so none for the end of a line. A Korean text has
# spaces, but not between all its words.
SIGNS = char_class(
    [
        (0x0E00, 0x0EFF),  # Thai, Lao
        (0x1000, 0x109F),  # Myanmar
        (0x1780, 0x17FF),  # Khmer
        (0x3005, 0x3007),  # ideographic iteration mark and zero
        (0x3040, 0x30FF),  # Hiragana, Katakana
        (0x31F0, 0x31FF),
        (0x3400, 0x9FFF),  # Han
        (0xF900, 0xFAFF),
        (0xFF66, 0xFF9F),
        (0x20000, 0x3FFFF),
    ]
)
# What lines of Chinese and Japanese are made of, punctuation too: no space stands between them.
EAST_ASIAN = char_class([(0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF)])
HANGUL = char_class([(0x1100, 0x11FF), (0xAC00, 0xD7AF)])  # letters, syllables
# Punctuation and other signs among the scripts of East Asia, and their wide and narrow forms.
WIDE = char_class([(0x3000, 0x33FF), (0xFF00, 0xFFEF)])

# Latin letters, and the quotes, dashes and the like of any text. A text of these alone is looked at
# first: patterns with all marks take 30 ms to make, a tenth of a search on the command line.
# Neither has it a sign that is not seen (soft hyphen), nor a letter that stands for an apostrophe.
_BEYOND_LATIN = re.compile("[^\x00-\xac\xae-\u02af\u2010-\u2027\u2030-\u205e]")


def is_latin(text: str) -> bool:
    """Whether `text` has letters of no other script, and no combining marks."""
    return not _BEYOND_LATIN.search(text)


@cache
def marks(last: int = 0x1FFFF) -> str:
    """The combining marks up to `last`, for a set in a pattern.

    They are no letters to `re`, yet words of many scripts contain them. Beyond the second plane
    stand only ideographs and variation selectors.
    """
    return letters_of("Mn", "Mc", last=last)


@cache
def letters_of(*categories: str, last: int = 0x1FFFF) -> str:
    """The signs of some of Unicode's categories up to `last`, for a set in a pattern."""
    every = map(unicodedata.category, map(chr, range(last + 1)))
    found = [c for c, category in enumerate(every) if category in categories]
    runs = groupby(enumerate(found), lambda pair: pair[1] - pair[0])
    return char_class((run[0][1], run[-1][1]) for run in (list(group) for _, group in runs))
