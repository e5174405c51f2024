"""No regular expression of ours takes more than linear time, whatever a text is made of.

Steps are counted at two sizes; a clock would tell of the machine.
"""

import ast
import importlib
import pkgutil
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import pytest

import indexer
import web
from tests.conftest import ROOT
from tests.helpers.steps import TooManySteps, pumped, tried

pytestmark = pytest.mark.slow

_GROWTH = 2.7  # times the steps for twice the text: linear is 2, quadratic 4
_SIZES = (40, 80)
_SURE = (240, 480)  # where the first two are not enough to tell
_MOST = 200_000
_AT_ITS_START = {"match", "fullmatch"}
_ANYWHERE = {"search", "sub", "subn", "finditer", "findall", "split"}

# What looks quadratic and is not, since what it is given is short, or what it repeats is bounded.
BOUNDED = {
    "indexer.readers.pdf.joins._HOST": "is given the last word of a line",
    "indexer.references.pinpoints._CJK": "has sixty items at most",
    "indexer.references.families._LISTS": "goes on for 60 characters at most",
    "indexer.readers.common.titles._BY_A_PROGRAM": "is asked of a whole title",
    "indexer.readers.common.titles._CODE": "is asked of a whole title",
    "indexer.readers.common.titles._FILE": "is asked of a whole title",
}


class Found(NamedTuple):
    """A pattern of ours, and whether it is looked for anywhere in a text."""

    name: str
    pattern: re.Pattern[str]
    anywhere: bool


@cache
def patterns() -> list[Found]:
    found: dict[re.Pattern[str], str] = {}
    for package in (indexer, web):
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(each.name)).items():
                for pattern in _in(value):
                    found.setdefault(pattern, f"{each.name}.{name}")
    return [Found(name, pattern, _is_looked_for(name)) for pattern, name in found.items()]


def _in(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """The patterns in a value of a module, in tables and dataclasses too."""
    if isinstance(value, re.Pattern):
        yield from (value,) if isinstance(value.pattern, str) else ()
        return
    inside: list[Any] = []
    if isinstance(value, Mapping):
        inside = [*value, *value.values()]
    elif isinstance(value, list | tuple | set | frozenset):
        inside = list(value)
    elif "__dataclass_fields__" in getattr(type(value), "__dict__", {}):
        inside = [getattr(value, name, None) for name in type(value).__dataclass_fields__]
    for each in inside if depth < 3 else ():
        yield from _in(each, depth + 1)


@cache
def _uses() -> dict[tuple[str, str], set[str]]:
    """By module and name, the methods that a pattern is used by."""
    uses: dict[tuple[str, str], set[str]] = {}
    for path in [*ROOT.glob("indexer/**/*.py"), *ROOT.glob("web/**/*.py")]:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in _AT_ITS_START | _ANYWHERE:
                used = node.value
                name = used.id if isinstance(used, ast.Name) else getattr(used, "attr", "")
                uses.setdefault((module, name), set()).add(node.attr)
    return uses


def _is_looked_for(name: str) -> bool:
    """Whether a pattern may be searched; one whose use is not plain is taken to be."""
    module, _, last = name.rpartition(".")
    used = _uses().get((module, last), set())
    elsewhere = [how for (_, other), how in _uses().items() if other == last]
    used = used or set().union(*elsewhere)
    return not used or bool(used & _ANYWHERE)


def growth(found: Found, sizes: tuple[int, int]) -> tuple[float, str]:
    """By how much the steps grow at worst for a text that doubles, and with which text."""
    worst, text = 0.0, ""
    for small, large in zip(*(pumped(found.pattern, size) for size in sizes), strict=True):
        try:
            few, many = (
                tried(found.pattern, each, anywhere=found.anywhere, most=_MOST).steps
                for each in (small, large)
            )
        except (TooManySteps, RecursionError):
            return float("inf"), large[:40]
        if many > worst * few:
            worst, text = many / few, large[:40]
    return worst, text


def grows(found: Found) -> str:
    """With which text the steps grow more than linearly; empty if with none."""
    factor, text = growth(found, _SIZES)
    if _GROWTH < factor < float("inf"):
        factor, text = growth(found, _SURE)
    return f"{factor:.1f} times with {text!r}" if factor > _GROWTH else ""


def deep(work: Any) -> Any:
    """What `work` gives, on a stack on which it may call itself often."""
    answers: list[Any] = []
    limit, size = sys.getrecursionlimit(), threading.stack_size(512 << 20)
    sys.setrecursionlimit(100_000)
    try:
        thread = threading.Thread(target=lambda: answers.append(work()))
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)
    return answers[0]


@pytest.mark.parametrize("part", range(8))
def test_patterns_take_linear_time(part: int) -> None:
    some = [each for each in patterns()[part::8] if each.name not in BOUNDED]
    assert some
    bad = deep(lambda: {each.name: said for each in some if (said := grows(each))})
    assert bad == {}


@pytest.mark.parametrize(
    "pattern", [r"\s+$", r"(a+)+b", r"(?:\w+,?)+;", r"\d*\d*x", r"a.*b.*c", r"(?:x|xx)*y"]
)
def test_what_grows_is_seen(pattern: str) -> None:
    assert deep(lambda: grows(Found("", re.compile(pattern), anywhere=True)))


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s++$", r"(a)+b", r"\d++x", r"a[^b]*+b", r"x{1,9}y"])
def test_what_is_linear_is_not(pattern: str) -> None:
    assert not deep(lambda: grows(Found("", re.compile(pattern), anywhere=False)))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(a|b)*c", "ababc"),
        (r"(?i)résolution\b", "RÉSOLUTION 5"),
        (r"(?P<x>['\"]).*?(?P=x)", "say 'it' now"),
        (r"(?<=\d)-(?=\d)", "1-2"),
        (r"(?:(a)|b)(?(1)c|d)", "bd ac"),
        (r"(?>a+)b|^$", "aab"),
        (r"[^\W\d_]+-$", "Öl- Öl-"),
        (r"(?m)^\s*?\d{2,3}?[.)]", " 12.\n 123) x\n1."),
        (r"(?:ab?){2,}+c|\Bx\b|\Ay", "yababc ax x"),
        (r"(?s)<.*?>", "<a\n> <b>"),
    ],
)
def test_the_count_finds_what_re_finds(pattern: str, text: str) -> None:
    compiled = re.compile(pattern)
    spans = [found.span() for found in compiled.finditer(text) if found[0]]
    assert spans
    assert tried(compiled, text, anywhere=True).found == spans
