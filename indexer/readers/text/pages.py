"""The lines of a text that was printed in pages in, the same without what each page repeats out."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer.readers.common.furniture import ends_sentence

_LONGEST = 100  # characters; a longer line is no running head
_PAGE = 8  # lines, at least
_FEWEST = 3  # pages that a running head stands on
_BREAKS = 0.3  # the share of them at which it interrupts a sentence or stands at a page's edge
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d+")
_DASHES = frozenset("/|–—-")
_NUMBERS_ONLY = re.compile(
    r"(?=.*\d)[\d\s/|–—-]{1,16}|(?:Page|p\.)\s*\d+(?:\s*(?:of|/)\s*\d+)?", re.IGNORECASE
)


def without_pages(lines: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """`lines` without running heads and page numbers, and a note of what was left out.

    The blank lines around them go too: a paragraph runs on over a page's end.
    """
    heads = _running_heads(lines)
    between = ["" if at in heads else raw for at, raw in enumerate(lines)] if heads else lines
    furniture = heads | _numbers(between)
    if not furniture:
        return list(lines), ()
    gone = _around(lines, furniture)
    kept = [raw for at, raw in enumerate(lines) if at not in gone]
    return kept, (_note(lines[at] for at in sorted(furniture)),)


def _note(texts: Iterable[str]) -> str:
    """All that was left out, alike lines once."""
    shown = list(dict.fromkeys(" ".join(text.split()) for text in texts))
    return f"left out as page numbers and running heads: {' · '.join(shown)}"


def _numbers(lines: Sequence[str]) -> set[int]:
    """Lines with nothing but a page number: next to a blank line, and counting on or in a sentence.

    A number that does neither is left, since it may be a cell of a table.
    """
    apart = [
        at
        for at, raw in enumerate(lines)
        if len(raw) < _LONGEST
        and _may_end_number(raw)
        and _NUMBERS_ONLY.fullmatch(raw.strip())
        and _is_apart(lines, at)
    ]
    if _count_on(lines, apart):
        return set(apart)
    return {at for at in apart if _near(lines, at, 1)[:1].islower() and _interrupts(lines, at)}


def _may_end_number(raw: str) -> bool:
    last = raw.rstrip()[-1:]
    return last.isdecimal() or last in _DASHES


def _count_on(lines: Sequence[str], places: Sequence[int]) -> bool:
    """Whether the lines count pages: one number after the other, a page's length apart."""
    numbers = [set(map(int, _NUMBER.findall(lines[at]))) for at in places]
    return len(places) > 1 and all(
        below - above >= _PAGE and any(n + step in after for n in before for step in (1, 2))
        for (above, below), (before, after) in zip(
            itertools.pairwise(places), itertools.pairwise(numbers), strict=True
        )
    )


def _is_apart(lines: Sequence[str], at: int) -> bool:
    around = (lines[at - 1] if at else "", lines[at + 1] if at + 1 < len(lines) else "")
    return any(not each.strip() or "\f" in each for each in around) or "\f" in lines[at]


def _running_heads(lines: Sequence[str]) -> set[int]:
    """Lines that come again but for their page number, and mostly where no paragraph ends."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, raw in enumerate(lines):
        if len(raw) < _LONGEST and ("\f" in raw or _NUMBER.search(raw)):
            places[_NUMBER.sub("#", " ".join(raw.split()))].append(at)
    found: set[int] = set()
    for key, same in places.items():
        breaks = sum(_interrupts(lines, at) for at in same) if len(same) >= _FEWEST else 0
        if breaks > _BREAKS * len(same) and _LETTER.search(key) and not ends_sentence(key):
            found.update(same)
    return found


def _interrupts(lines: Sequence[str], at: int) -> bool:
    """Whether the line stands at a page's edge, or where a sentence goes on below it."""
    if "\f" in lines[at] or (at + 1 < len(lines) and "\f" in lines[at + 1]):
        return True
    before, after = _near(lines, at, -1), _near(lines, at, 1)
    return not after or after[0].islower() or (bool(before) and not ends_sentence(before))


def _near(lines: Sequence[str], at: int, step: int) -> str:
    """The nearest line before or after `at` that is not blank; few blank lines stand between."""
    for near in range(at + step, at + 7 * step, step):
        if 0 <= near < len(lines) and (text := lines[near].strip()):
            return text
    return ""


def _around(lines: Sequence[str], furniture: set[int]) -> set[int]:
    """The furniture and the blank lines next to it."""
    gone = set(furniture)
    for at in furniture:
        for step in (-1, 1):
            near = at + step
            while 0 <= near < len(lines) and not lines[near].strip():
                gone.add(near)
                near += step
    return gone
