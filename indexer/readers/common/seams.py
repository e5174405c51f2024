"""Says how two lines of one paragraph meet: with a space, without one, or as halves of a word."""

import re
from collections.abc import Callable

from indexer.analysis.scripts import SIGNS, WIDE

SOFT_HYPHEN = "\u00ad"

UNSPACED = re.compile(f"[{SIGNS}{WIDE}]")  # a sign of a script without spaces
_LEFT = re.compile(r"(?<![^\W\d_])([^\W\d_]++)-$")
_RIGHT = re.compile(r"[^\W\d_]+")


def seam(before: str, after: str, is_broken: Callable[[str, str], bool]) -> tuple[int, str] | None:
    """How many characters of `before` go, and what stands between it and `after`.

    `is_broken(left, right)` says of two runs of letters with a hyphen and the end of a line between
    them whether they are one word. None where no hyphen and no script decides.
    """
    if before.endswith(SOFT_HYPHEN):
        return 1, ""
    if not before.isascii() and UNSPACED.match(before[-1:]) and UNSPACED.match(after[:1]):
        return 0, ""
    if not before.endswith("-"):
        return None
    if (left := _LEFT.search(before)) and (right := _RIGHT.match(after)):
        return int(not right[0][0].isupper() and is_broken(left[1], right[0])), ""
    return None
