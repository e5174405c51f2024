"""Counts the steps that a backtracking matcher takes for a pattern, as a clock cannot.

Python's `re` does not tell how much it tried. This goes the same way over the parsed pattern, in
the same order, and counts each look at a character.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

Next = Callable[[int], bool]
Step = Callable[[int, Next], bool]

_WORD = re.compile(r"\w")
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda sign: bool(_WORD.match(sign)),
}
_CATEGORIES |= {
    op.CATEGORY_NOT_DIGIT: lambda sign: not sign.isdecimal(),
    op.CATEGORY_NOT_SPACE: lambda sign: not sign.isspace(),
    op.CATEGORY_NOT_WORD: lambda sign: not _WORD.match(sign),
}
# What classes are sampled from: signs that numbers, lists and prose are made of.
_SAMPLES = "a0 .-(I\n\t,)Z1'\"/:;§#*_=|<&№ивéßا١ー第一ก"


class TooManySteps(Exception):
    """There is no end in sight."""


@dataclass(slots=True)
class _Run:
    """One attempt to match `text`."""

    text: str
    flags: int
    most: int
    steps: int = 0
    groups: dict[int, tuple[int, int]] = field(default_factory=dict)

    def look(self) -> None:
        self.steps += 1
        if self.steps > self.most:
            raise TooManySteps


class Tried(NamedTuple):
    """How many steps were taken, and where something was found (start, end)."""

    steps: int
    found: list[tuple[int, int]]


def tried(pattern: re.Pattern[str], text: str, *, anywhere: bool, most: int = 200_000) -> Tried:
    """What it takes to match `text` from its start, or to find all that is `anywhere` in it.

    Raises `TooManySteps` beyond `most`.
    """
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    run = _Run(text, pattern.flags | parsed.state.flags, most)
    at, last = 0, len(text) if anywhere else 0
    spans: list[tuple[int, int]] = []
    while at <= last:
        run.groups.clear()
        end: list[int] = []

        def found(stop: int, end: list[int] = end) -> bool:
            end.append(stop)
            return True

        run.look()
        _sequence(run, parsed.data, at, found)
        spans += [(at, end[0])] if end else []
        at = max(end[0], at + 1) if end else at + 1
    return Tried(run.steps, spans)


def _sequence(run: _Run, items: Sequence[Any], at: int, then: Next) -> bool:
    if not items:
        return then(at)
    (kind, value), rest = items[0], items[1:]

    def after(stop: int) -> bool:
        return _sequence(run, rest, stop, then)

    return _OPERATIONS.get(kind, _sign)(run, (kind, value), at, after)


def _sign(run: _Run, item: Any, at: int, then: Next) -> bool:
    run.look()
    return at < len(run.text) and _fits(item, run.text[at], run.flags) and then(at + 1)


def _fits(item: Any, sign: str, flags: int) -> bool:
    kind, value = item
    if flags & re.IGNORECASE:
        return any(_is(kind, value, each, flags) for each in {sign, sign.lower(), sign.upper()})
    return _is(kind, value, sign, flags)


def _is(kind: Any, value: Any, sign: str, flags: int) -> bool:
    if len(sign) != 1:
        return False
    if kind in (op.LITERAL, op.NOT_LITERAL):
        return bool(ord(sign) == value) == (kind is op.LITERAL)
    if kind is op.ANY:
        return sign != "\n" or bool(flags & re.DOTALL)
    if kind is op.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    if kind is op.CATEGORY:
        return _CATEGORIES[value](sign)
    assert kind is op.IN, kind
    is_negated = value[0][0] is op.NEGATE
    is_one = any(_is(which, what, sign, flags) for which, what in value[is_negated:])
    return is_one != bool(is_negated)


def _branch(run: _Run, item: Any, at: int, then: Next) -> bool:
    return any(_sequence(run, each.data, at, then) for each in item[1][1])


def _group(run: _Run, item: Any, at: int, then: Next) -> bool:
    number, added, dropped, inner = item[1]
    before, run.flags = run.flags, (run.flags | added) & ~dropped

    def after(stop: int) -> bool:
        kept = run.groups.get(number) if number else None
        if number:
            run.groups[number] = (at, stop)
        if then(stop):
            return True
        if kept:
            run.groups[number] = kept
        return False

    try:
        return _sequence(run, inner.data, at, after)
    finally:
        run.flags = before


def _is_one_sign(items: Sequence[Any]) -> bool:
    return len(items) == 1 and items[0][0] in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)


def _greedy(run: _Run, item: Any, at: int, then: Next) -> bool:
    least, most, inner = item[1]
    if _is_one_sign(inner.data):
        stop = _as_far(run, inner.data[0], at, most)
        return any(then(end) for end in range(stop, at + least - 1, -1))
    return _again(run, inner.data, (least, most), at, then)


def _again(run: _Run, items: Sequence[Any], bounds: tuple[int, int], at: int, then: Next) -> bool:
    least, most = bounds

    def once_more(stop: int) -> bool:
        if stop == at and least <= 0:
            return False  # it matched nothing, and would for ever
        return _again(run, items, (least - 1, most - 1), stop, then)

    if most > 0 and _sequence(run, items, at, once_more):
        return True
    return least <= 0 and then(at)


def _lazy(run: _Run, item: Any, at: int, then: Next) -> bool:
    least, most, inner = item[1]
    if _is_one_sign(inner.data):
        end = at + least if _as_far(run, inner.data[0], at, least) == at + least else -1
        while end >= 0:
            if then(end):
                return True
            end = end + 1 if end - at < most and _sign_at(run, inner.data[0], end) else -1
        return False
    if least <= 0 and then(at):
        return True

    def once_more(stop: int) -> bool:
        if stop == at and least <= 0:
            return False
        return _lazy(run, (None, (least - 1, most - 1, inner)), stop, then)

    return most > 0 and _sequence(run, inner.data, at, once_more)


def _sign_at(run: _Run, item: Any, at: int) -> bool:
    run.look()
    return at < len(run.text) and _fits(item, run.text[at], run.flags)


def _as_far(run: _Run, item: Any, at: int, most: int) -> int:
    end = at
    while end - at < most and _sign_at(run, item, end):
        end += 1
    return end


def _possessive(run: _Run, item: Any, at: int, then: Next) -> bool:
    return _atomic(run, (None, [(op.MAX_REPEAT, item[1])]), at, then)


def _atomic(run: _Run, item: Any, at: int, then: Next) -> bool:
    stop = _first(run, getattr(item[1], "data", item[1]), at)
    return stop >= 0 and then(stop)


def _first(run: _Run, items: Sequence[Any], at: int) -> int:
    """Where the first way to match `items` ends, else -1."""
    ends: list[int] = []

    def found(stop: int) -> bool:
        ends.append(stop)
        return True

    return ends[0] if _sequence(run, items, at, found) else -1


def _assert(run: _Run, item: Any, at: int, then: Next) -> bool:
    return _looks(run, item[1], at) and then(at)


def _assert_not(run: _Run, item: Any, at: int, then: Next) -> bool:
    return not _looks(run, item[1], at) and then(at)


def _looks(run: _Run, value: Any, at: int) -> bool:
    direction, inner = value
    if direction > 0:
        return _first(run, inner.data, at) >= 0
    start = at - inner.getwidth()[0]  # behind, all ways are of one length
    return start >= 0 and _first(run, inner.data, start) == at


def _at(run: _Run, item: Any, at: int, then: Next) -> bool:
    run.look()
    text, end = run.text, len(run.text)
    lines = bool(run.flags & re.MULTILINE)
    places = {
        op.AT_BEGINNING: at == 0 or (lines and text[at - 1] == "\n"),
        op.AT_BEGINNING_STRING: at == 0,
        op.AT_END: at == end
        or (at == end - 1 and text[at] == "\n")
        or (lines and text[at : at + 1] == "\n"),
        op.AT_END_STRING: at == end,
        op.AT_BOUNDARY: _word(text, at - 1) != _word(text, at),
        op.AT_NON_BOUNDARY: _word(text, at - 1) == _word(text, at),
    }
    return places[item[1]] and then(at)


def _word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and bool(_WORD.match(text[at]))


def _again_group(run: _Run, item: Any, at: int, then: Next) -> bool:
    run.look()
    start, stop = run.groups.get(item[1], (0, -1))
    said = run.text[start:stop]
    return stop >= 0 and run.text.startswith(said, at) and then(at + len(said))


def _exists(run: _Run, item: Any, at: int, then: Next) -> bool:
    number, yes, no = item[1]
    chosen = yes if number in run.groups else no
    return _sequence(run, chosen.data if chosen else [], at, then)


_OPERATIONS: dict[Any, Callable[[_Run, Any, int, Next], bool]] = {
    op.BRANCH: _branch,
    op.SUBPATTERN: _group,
    op.MAX_REPEAT: _greedy,
    op.MIN_REPEAT: _lazy,
    op.POSSESSIVE_REPEAT: _possessive,
    op.ATOMIC_GROUP: _atomic,
    op.ASSERT: _assert,
    op.ASSERT_NOT: _assert_not,
    op.AT: _at,
    op.GROUPREF: _again_group,
    op.GROUPREF_EXISTS: _exists,
}


def pumped(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """Texts of some `size` characters that make the pattern try much.

    Each of its repetitions gets what leads there, what it takes many times over, and an end that
    does not fit.
    """
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    seen: set[tuple[str, str]] = set()
    for before, inner in _repetitions(parsed.data, ""):
        for unit in _units(inner):
            if unit and (before, unit) not in seen:
                seen.add((before, unit))
                run = unit * (size // len(unit))
                yield from (f"{before}{run}\x00", f"{before}{run}\n!")


def _repetitions(items: Sequence[Any], before: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """Each repetition that can go on, with a text that leads to it."""
    for kind, value in items:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            if value[1] > _LONG:
                yield before, value[2].data
            yield from _repetitions(value[2].data, before)
        for part in _parts(kind, value):
            yield from _repetitions(part, before)
        before += _sample([(kind, value)], 0)


_LONG = 40  # times; what is repeated less often costs little


def _parts(kind: Any, value: Any) -> list[Sequence[Any]]:
    if kind is op.BRANCH:
        return [each.data for each in value[1]]
    if kind is op.SUBPATTERN:
        return [value[3].data]
    if kind is op.ATOMIC_GROUP:
        return [value.data]
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [value[1].data]
    return []


def _units(items: Sequence[Any]) -> list[str]:
    """What a repetition may take each time: several choices."""
    return list(dict.fromkeys(_sample(items, choice) for choice in range(4)))


def _sample(items: Sequence[Any], choice: int) -> str:
    """A text that fits, or nearly; another `choice` takes other signs and branches."""
    return "".join(_sample_of(kind, value, choice) for kind, value in items)


def _sample_of(kind: Any, value: Any, choice: int) -> str:
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _sample(value[2].data, choice) * int(max(1, value[0]))
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return ""
    parts = _parts(kind, value)
    if parts:
        return _sample(parts[choice % len(parts)], choice)
    if kind is op.LITERAL:
        return chr(value)
    if kind in (op.IN, op.ANY, op.NOT_LITERAL):
        return _one_of((kind, value), choice)
    return ""


def _one_of(item: Any, choice: int) -> str:
    fitting: list[str] = [sign for sign in _SAMPLES if _fits(item, sign, 0)]
    if not fitting and item[0] is op.IN:
        low: Any = next((v for k, v in item[1] if k in (op.LITERAL, op.RANGE)), ord("x"))
        return chr(low if isinstance(low, int) else low[0])
    return str(fitting[choice % len(fitting)]) if fitting else "x"
