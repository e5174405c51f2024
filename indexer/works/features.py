"""A passage in; what a translation keeps of it, such as its number and its figures, out."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.document import Kind, Passage
from indexer.labels.counting import counted
from indexer.labels.numerals import digits, letter_values

_FIGURE = re.compile(r"\d{2,}")  # single digits are words in some languages
_GROUPED = re.compile(r"(?<=\d)[  ,.](?=\d{3}(?!\d))")  # 1 000, 1,000 and 1.000 are one number
_UNSEEN = ("Cf", "Zs", "Zl", "Zp", "Cc")
_TATWEEL = "\u0640"  # lengthens a letter, and says nothing
# Letters typed on a Cyrillic keyboard where a Latin list was meant; both look the same.
_LOOK_ALIKES = str.maketrans("асеорхукмт", "aceopxykmt")

Values = frozenset[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Features:
    """What of a passage a translation keeps.

    `values` are what the last numeral of its label may count, each with what stands behind it, as
    in 5 bis; empty without a label. `figures` are the numbers of at least two digits in its text,
    each once. `length` is how many letters it has: figures are as long in Chinese as in French.
    `position` is its official one, `depth` how many numbers that has, `opens` how many headings
    stand between it and the passage before, and `ends` whether its text ends in a punctuation
    mark, as headings seldom do.
    """

    values: Values
    figures: frozenset[str]
    length: int
    position: str
    depth: int
    opens: int
    ends: bool
    is_note: bool
    kind: Kind


def features(passages: Sequence[Passage]) -> list[Features]:
    """The features of all passages of a document, in their order."""
    return list(_features(passages))


def _features(passages: Iterable[Passage]) -> Iterator[Features]:
    above: tuple[str, ...] = ()
    for passage in passages:
        yield Features(
            values=label_values(passage.label),
            figures=figures(passage.text),
            length=sum(map(str.isalpha, passage.text)),
            position=passage.natural_id,
            depth=passage.natural_id.count("-"),
            opens=_opened(above, passage.heading),
            ends=_ends(passage.text),
            is_note=passage.kind is Kind.NOTE,
            kind=passage.kind,
        )
        above = passage.heading


def figures(text: str) -> frozenset[str]:
    """The numbers of at least two digits in `text`, in the digits 0 to 9."""
    return frozenset(map(digits, _FIGURE.findall(_GROUPED.sub("", text))))


@lru_cache(maxsize=4096)
def label_values(label: str) -> Values:
    """What the last numeral of `label` may count, in any script: `(b)`, `(ب)` and `㈡` share 2.

    `i)` may be the first Roman numeral or the ninth letter, so that there may be several.
    """
    if not label:
        return frozenset()
    plain = unicodedata.normalize("NFKC", label).replace(_TATWEEL, "")
    unit, numerals = counted(plain)
    if not numerals:
        number = digits(unit.number) if unit else ""
        return frozenset({(int(number), "")}) if number.isdecimal() else frozenset()
    last = numerals[-1]
    if last.levels:
        return frozenset({(int(last.levels[-1]), "")} if last.levels[-1].isdecimal() else ())
    found = {(reading.value, reading.suffix) for reading in last.readings}
    meant = last.key.translate(_LOOK_ALIKES)
    if meant != last.key:
        found |= {(value, "") for _, value in letter_values(meant)}
    return frozenset(found)


def _ends(text: str) -> bool:
    """Whether a punctuation mark is the last that is seen of a text; marks of direction are not."""
    seen = (sign for sign in reversed(text) if unicodedata.category(sign) not in _UNSEEN)
    return unicodedata.category(next(seen, " ")).startswith("P")


def _opened(above: tuple[str, ...], heading: tuple[str, ...]) -> int:
    """How many headings of a path were not open above; one where a path only got shorter."""
    if above == heading:
        return 0
    kept = 0
    while kept < min(len(above), len(heading)) and above[kept] == heading[kept]:
        kept += 1
    return max(len(heading) - kept, 1)
