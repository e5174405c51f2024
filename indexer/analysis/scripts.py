"""Unicode in; the signs that tell where words end in a script, for patterns, out."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import groupby

# Latin letters, and the quotes, dashes and the like of any text. A text of these alone is looked at
# first: patterns with all marks take 30 ms to make, a tenth of a search on the command line.
_BEYOND_LATIN = re.compile("[^\x00-\u02ff\u2010-\u2027\u2030-\u205e]")


def is_latin(text: str) -> bool:
    """Whether `text` has letters of no other script, and no combining marks."""
    return not _BEYOND_LATIN.search(text)


@cache
def marks(last: int = 0x1FFFF) -> str:
    """The combining marks up to `last`, for a set in a pattern.

    They are no letters to `re`, yet words of many scripts contain them. Beyond the second plane
    stand only ideographs and variation selectors.
    """
    categories = map(unicodedata.category, map(chr, range(last + 1)))
    found = [c for c, category in enumerate(categories) if category in ("Mn", "Mc")]
    runs = groupby(enumerate(found), lambda pair: pair[1] - pair[0])
    return char_class((run[0][1], run[-1][1]) for run in (list(group) for _, group in runs))


def char_class(ranges: Iterable[tuple[int, int]]) -> str:
    """Ranges of code points, first and last, for a set in a pattern."""
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)
