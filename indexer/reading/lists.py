"""A list of numbered paragraphs as it is being counted, and how a numeral stands to it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from indexer.labels.citing import goes_on_citing, is_cited
from indexer.labels.counting import Numeral, Reading, counted
from indexer.reading.places import Part

_GAPS = {"number": 30, "roman": 5, "chinese": 30}
_LETTER_GAP = 3
_INLINE = re.compile(r"[(（]([^\W_]{1,3})[)）]")
_INLINE_BARE = re.compile(
    r"(?:^|[。；]\s?|[.;:]\s)([一二三四五六七八九十]|\d{1,2}(?=\.))[ .、\u3000](?=\S)"
)
_TERM = ("“", '"', "‘", "„", "«", "「")
_FAR = 10  # numbers that a list within a paragraph seldom has
FIRST = 1


def starting(numeral: Numeral) -> tuple[Reading, ...]:
    """The ways to read `numeral` in which it starts a list; `aa` may, as the first of pairs."""
    first = tuple(each for each in numeral.readings if each.value <= FIRST)
    return tuple(each for each in first if not (each.value and each.suffix)) or first


class Step(IntEnum):
    """How a numeral stands to the last one of a list."""

    OTHER = 0
    BACK = 1
    SAME = 2
    GAP = 3
    NEAR = 4  # the next one, at another depth
    NEXT = 5


@dataclass(slots=True)
class Run:
    """Numbers that follow each other on the outermost level, and the parts they began in.

    It `is_before` where the document's own numbers begin only after it: the parties of a case.
    """

    containers: tuple[Part, ...]
    length: int = 0
    is_before: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a paragraph besides its label.

    `level` is the depth of a list item, else 0; `heading` counts the headings above it;
    `containers` are the parts it stands in; `ahead` are the numerals of the paragraphs behind it.
    `before` is the text of the paragraph before, and `is_labelled` whether it has a number itself;
    `since` counts the paragraphs without a number since the last that had one.
    """

    level: int = 0
    heading: int = 0
    containers: tuple[Part, ...] = ()
    ahead: Sequence[Numeral] = ()
    before: str = ""
    is_labelled: bool = False
    since: int = 0

    @property
    def is_inline(self) -> bool:
        """Whether the paragraph before counts within its text, as in "(a) … (b) …".

        Then nobody knows what a list behind it is below.
        """
        return counts_inline(self.before) or self.is_definition

    @property
    def is_definition(self) -> bool:
        """Whether the paragraph before defines a term, which the list behind it is below."""
        return not self.is_labelled and self.before.startswith(_TERM)

    def goes_on_inline(self, numeral: Numeral) -> bool:
        """Whether the paragraph before ends with the number just before: "2. It has: (a) …"."""
        text = self.before
        found = [
            sign[1]
            for sign in _INLINE.finditer(text)
            if not is_cited(text[: sign.start()].rstrip())
        ]
        last = counted(f"({found[-1]})").numerals[0] if found else None
        return (
            last is not None
            and numeral.signs[:1] in "(（"
            and any(
                each.system == reading.system and each.value == reading.value - 1
                for each in last.readings
                for reading in numeral.readings
            )
        )

    def behind(self, signs: str) -> Numeral | None:
        """The next numeral within these signs."""
        return next((each for each in self.ahead if each.signs == signs), None)


@dataclass(slots=True)
class NumberedList:
    """A list that is being counted: its style, where it stands now, and its numbers in an id.

    `last` are the ways to read its last numeral that fit all before it. `keys` are missing where
    the list is none of this document's own. `levels` are those of a number such as 5.1.2.
    """

    signs: str
    level: int
    last: tuple[Reading, ...]
    keys: tuple[str, ...] | None
    run: Run
    heading: int
    levels: tuple[str, ...] = ()

    def step(self, numeral: Numeral, level: int) -> tuple[Step, tuple[Reading, ...]]:
        """How `numeral` stands to the last one here, and how it is read then."""
        best, kept = Step.OTHER, list[Reading]()
        if numeral.signs != self.signs:
            return best, ()
        for reading in numeral.readings:
            for last in self.last:
                step = _step(last, reading, is_level=self.level == level)
                if step > best:
                    best, kept = step, []
                if step is best:
                    kept.append(reading)
        return best, tuple(kept)

    def counts_as(self, systems: set[str]) -> bool:
        """Whether it is counted in one of these systems."""
        return any(last.system in systems for last in self.last)


def _step(last: Reading, reading: Reading, *, is_level: bool) -> Step:
    if last.system != reading.system:
        return Step.OTHER
    if reading.value == last.value + 1:
        return Step.NEXT if is_level else Step.NEAR
    if not is_level:
        return Step.OTHER
    if reading.value == last.value:
        if reading.suffix == last.suffix:
            return Step.SAME
        return Step.NEXT if reading.suffix > last.suffix else Step.BACK
    ahead = reading.value - last.value
    return Step.GAP if 0 < ahead <= _GAPS.get(last.system, _LETTER_GAP) else Step.BACK


def starts_list(numeral: Numeral, context: Context) -> bool:
    """Whether what may go on a list (i behind h, aa behind a) starts one: ii or bb follows."""
    behind = context.behind(numeral.signs)
    systems = {each.system for each in numeral.readings if each.value == FIRST and not each.suffix}
    return behind is not None and any(
        each.system in systems and each.value == FIRST + 1 for each in behind.readings
    )


def is_followed(numeral: Numeral, context: Context) -> bool:
    """Whether a number that leaves some out is one of its list: what follows goes on from it."""
    behind = context.behind(numeral.signs)
    if behind is None:
        return True
    pairs = [
        (each.value, reading.value)
        for each in behind.readings
        for reading in numeral.readings
        if each.system == reading.system
    ]
    return not pairs or any(after >= value or after == FIRST for after, value in pairs)


def counts_inline(text: str) -> bool:
    """Whether `text` counts within itself: its first number in brackets, then its second."""
    return any(_counts_on(signs.finditer(text)) for signs in (_INLINE, _INLINE_BARE))


def _counts_on(signs: Iterable[re.Match[str]]) -> bool:
    before = set[tuple[str, int]]()
    for sign in signs:
        for reading in counted(f"({sign[1]})").numerals[0].readings:
            follows = (reading.system, reading.value - 1) in before and reading.value == FIRST + 1
            if follows and not goes_on_citing(sign.string[: sign.start()]):
                return True
            before.add((reading.system, reading.value))
    return False


def runs_through(numeral: Numeral, ahead: Sequence[Numeral]) -> bool:
    """Whether the numbers in this style go on without ever starting again."""
    values = [
        reading.value
        for each in ahead
        if each.signs == numeral.signs
        for reading in each.readings
        if reading.system == "number"
    ]
    return bool(values) and values[0] == FIRST + 1 and FIRST not in values


def goes_far(numeral: Numeral, ahead: Sequence[Numeral]) -> bool:
    """Whether the numbers in this style go on beyond any list within a paragraph, or to the end."""
    last = FIRST
    for each in ahead:
        values = [reading.value for reading in each.readings if reading.system == "number"]
        if each.signs == numeral.signs and last + 1 in values:
            last += 1
    return last >= _FAR or runs_through(numeral, ahead)


def order(levels: Sequence[str]) -> list[tuple[int, str]]:
    """Numbers such as those of 5.1.2 or 4a.3, so that they compare as they follow each other."""
    found = []
    for level in levels:
        digits = level.rstrip("abcdefghijklmnopqrstuvwxyz")
        found.append((int(digits) if digits.isdecimal() else 0, level[len(digits) :]))
    return found
