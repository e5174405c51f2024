"""The numerals of labels in, one after another; which numbers each counts below, out.

Numerals in the same style count on; another style that starts at its first numeral counts below
the last. What neither goes on nor starts is another text's, and has no place in this one.
"""

import re
from collections.abc import Sequence

from indexer.labels.counting import Numeral, Reading
from indexer.reading.lists import (
    FIRST,
    Context,
    NumberedList,
    Run,
    Step,
    goes_far,
    is_followed,
    order,
    runs_through,
    starting,
    starts_list,
)

_EARLY = 5  # an article that begins with a later number is no article of ours

Placed = tuple[tuple[str, ...], Run]

_ANNOUNCES = re.compile(r"[:,;—–-]$")


class Numbers:
    """The numbering of one part of a document, whose own numbers are `unit`."""

    def __init__(self, unit: Sequence[str] = (), *, is_whole: bool = False) -> None:
        self._unit = tuple(unit)
        self._is_whole = is_whole  # the document's own numbering, rather than an article's
        self._open: list[NumberedList] = []  # the outermost first

    def place(self, numerals: Sequence[Numeral], context: Context) -> Placed | None:
        """The numbers of a paragraph with these numerals; nothing where they are another's."""
        first, *rest = numerals
        if not rest and self._repeats(first, context):
            return None
        at = self._first(first, context, has_more=bool(rest))
        for numeral in rest:
            at = self._below(at, numeral, context)
        found = self._open[at]
        return (found.keys, found.run) if found.keys is not None else None

    def _repeats(self, numeral: Numeral, context: Context) -> bool:
        """Whether it is the last number once more, as at the head of a page: what follows goes on.

        Which of the two the number is of, nobody knows.
        """
        last = self._open[-1] if self._open else None
        if last is None or last.keys is None or last.heading != context.heading:
            return False
        return last.step(numeral, context.level)[0] is Step.SAME

    def goes_on(self, numeral: Numeral, level: int) -> bool:
        """Whether `numeral` is the next of one of the lists that are open."""
        if numeral.levels:
            return any(each.levels for each in self._open)
        return any(each.step(numeral, level)[0] >= Step.NEAR for each in self._open)

    def _first(self, numeral: Numeral, context: Context, *, has_more: bool) -> int:
        if numeral.levels:
            return self._in_levels(numeral, context)
        if found := self._known(numeral, context, Step.SAME if has_more else Step.GAP):
            return self._go_on(*found, numeral, context)
        if starting(numeral):
            return self._start(numeral, context)
        return self._stray(numeral, context)

    def _known(
        self, numeral: Numeral, context: Context, least: Step
    ) -> tuple[int, tuple[Reading, ...]] | None:
        """The open list that `numeral` goes on, the innermost first, with how it is read there."""
        starts = any(reading.value == FIRST for reading in numeral.readings)
        if starts and starts_list(numeral, context):
            return None
        best, found = Step.OTHER, None
        for at in range(len(self._open) - 1, -1, -1):
            step, readings = self._open[at].step(numeral, context.level)
            if step is Step.GAP and (starts or not is_followed(numeral, context)):
                continue
            if step >= least and step > best:
                best, found = step, (at, readings)
        return found

    def _go_on(
        self, at: int, readings: tuple[Reading, ...], numeral: Numeral, context: Context
    ) -> int:
        here = self._open[at]
        if here.step(numeral, context.level)[0] is Step.SAME:
            del self._open[at + 2 :]  # 5(b) goes on below 5 where 5(a) has been
        else:
            del self._open[at + 1 :]
            here.run.length += at == 0
        if here.keys is not None:
            here.keys = (*here.keys[:-1], numeral.key)
        here.last, here.heading, here.level = readings, context.heading, context.level
        return at

    def _below(self, at: int, numeral: Numeral, context: Context) -> int:
        """A further numeral in the same label, which counts below the one before."""
        if len(self._open) > at + 1:
            level = self._open[at + 1].level
            step, readings = self._open[at + 1].step(numeral, level)
            if step is Step.NEXT:
                return self._go_on(at + 1, readings, numeral, context)
            del self._open[at + 1 :]
        return self._push(numeral, context)

    def _start(self, numeral: Numeral, context: Context) -> int:
        """A list begins: within the last paragraph, or where one of its style began before."""
        while self._open and 0 < context.level < self._open[-1].level:
            self._open.pop()
        same = self._same_style(numeral, context.level)
        if same is None:
            return self._start_below(numeral, context)
        is_apart = self._open[same].heading != context.heading
        # Below another heading nobody knows whether it still belongs to the paragraph it was below.
        is_foreign = (same > 0) if is_apart else (same == 0 or self._open[same].keys is None)
        if same or not is_foreign:
            del self._open[same:]
        return self._push(numeral, context, is_foreign=is_foreign)

    def _start_below(self, numeral: Numeral, context: Context) -> int:
        if not self._open:
            is_below = context.is_inline and not self._is_whole
            return self._push(numeral, context, is_foreign=is_below)
        if self._starts_anew(numeral, context):
            self._open.clear()
            return self._push(numeral, context)
        is_apart = self._open[-1].heading != context.heading
        return self._push(numeral, context, is_foreign=is_apart or context.is_inline)

    def _starts_anew(self, numeral: Numeral, context: Context) -> bool:
        """Whether the document's own numbers begin here, though letters or the like went before."""
        root = self._open[0]
        if not self._is_whole or "number" not in {each.system for each in numeral.readings}:
            return False
        if numeral.signs[:1] in "([（" or root.counts_as({"levels"}):
            return False
        goes_on = self._goes_on_behind(context)
        if root.counts_as({"number"}):  # the parties of a case, say, or its headnote
            announced = context.since == 1 and _ANNOUNCES.search(context.before)
            is_apart = not context.is_labelled and not announced
            is_bracketed = root.signs[:1] in "([（"
            is_new = is_apart and is_bracketed and not goes_on and goes_far(numeral, context.ahead)
            root.run.is_before |= is_new
            return is_new
        return not goes_on or runs_through(numeral, context.ahead)

    def _stray(self, numeral: Numeral, context: Context) -> int:
        """A number that neither goes on nor starts: an excerpt's first, or another text's."""
        if context.is_labelled and context.goes_on_inline(numeral):
            return self._push(numeral, context)
        if (at := self._in_other_signs(numeral, context)) is not None:
            self._open[at].signs = numeral.signs
            _, readings = self._open[at].step(numeral, context.level)
            return self._go_on(at, readings, numeral, context)
        is_early = any(reading.value <= _EARLY for reading in numeral.readings)
        is_fresh = (
            not self._open and (self._is_whole or (is_early and not context.is_inline))
        ) or (
            self._is_whole
            and bool(self._open)
            and self._open[-1].heading != context.heading
            and self._same_style(numeral, context.level) is None
        )
        if is_fresh:
            self._open.clear()
        return self._push(numeral, context, is_foreign=not is_fresh)

    def _in_other_signs(self, numeral: Numeral, context: Context) -> int | None:
        """The list that a number goes on though its signs are others: (1), 2., (3)."""
        style = {each.system for each in numeral.readings}
        if style != {"number"} or any(each.signs == numeral.signs for each in self._open):
            return None
        for at in range(len(self._open) - 1, -1, -1):
            here = self._open[at]
            plain = numeral._replace(signs=here.signs)
            if here.keys is not None and here.step(plain, context.level)[0] is Step.NEXT:
                return at
        return None

    def _in_levels(self, numeral: Numeral, context: Context) -> int:
        """A number that counts in several levels at once, as 5.1.2 does."""
        last = next((each for each in reversed(self._open) if each.levels), None)
        root = self._open[0] if self._open else None
        kept = root is not None and not root.levels and root.keys == numeral.levels[:1]
        is_other = last is None or last.keys is None
        is_cited = not kept and is_other and self._goes_on_later(context)
        del self._open[1 if kept or is_cited else 0 :]
        is_back = last is not None and order(numeral.levels) <= order(last.levels)
        is_foreign = is_cited or (is_back and last is not None and last.heading == context.heading)
        run = last.run if last and not is_back else Run(context.containers)
        run.length += 1
        keys = numeral.levels
        if keys[: len(self._unit)] == self._unit and len(keys) > len(self._unit):
            keys = keys[len(self._unit) :]
        found = self._new(numeral, context, run, None if is_foreign else keys)
        found.levels, found.last = numeral.levels, (Reading("levels", 0),)
        self._open.append(found)
        return len(self._open) - 1

    def _goes_on_behind(self, context: Context) -> bool:
        """Whether the outermost list goes on behind this: what stands between is cited."""
        root = self._open[0] if self._open else None
        behind = context.behind(root.signs) if root and not root.levels else None
        return bool(root and behind and root.step(behind, root.level)[0] is Step.NEXT)

    def _goes_on_later(self, context: Context) -> bool:
        """Whether the outermost list goes on anywhere behind this."""
        root = self._open[0] if self._open else None
        if root is None or root.levels:
            return False
        return any(root.step(each, root.level)[0] is Step.NEXT for each in context.ahead)

    def _push(self, numeral: Numeral, context: Context, *, is_foreign: bool = False) -> int:
        above = self._open[-1] if self._open else None
        if is_foreign or (above and above.keys is None):
            keys = None
        else:
            keys = (*(above.keys or () if above else ()), numeral.key)
        run = above.run if above else Run(context.containers, 1)
        self._open.append(self._new(numeral, context, run, keys))
        return len(self._open) - 1

    def _new(
        self, numeral: Numeral, context: Context, run: Run, keys: tuple[str, ...] | None
    ) -> NumberedList:
        return NumberedList(
            signs=numeral.signs,
            level=context.level,
            last=starting(numeral) or numeral.readings,
            keys=keys,
            run=run,
            heading=context.heading,
        )

    def _same_style(self, numeral: Numeral, level: int) -> int | None:
        """The innermost open list in the style of a numeral that starts one."""
        systems = {each.system for each in starting(numeral) or numeral.readings}
        for at in range(len(self._open) - 1, -1, -1):
            each = self._open[at]
            if each.signs == numeral.signs and each.level == level and each.counts_as(systems):
                return at
        return None
