"""Finds the words of a text that are also written another way: in one, without dots or separators.

`co-operation` is `cooperation` too, `1,234` is `1234`, and `U.S.` is `US`. Such a form is indexed
beside the words that it is made of, so that both ways of writing find each other.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from functools import cache, lru_cache
from typing import NamedTuple

from indexer.analysis.scripts import HANGUL, SIGNS, is_latin, letters_of, marks
from indexer.analysis.typography import APOSTROPHES, LETTERLIKE, UNSEEN, folded

HYPHENS = "\\-\u2010-\u2015\u2043\u2212\u05be\u30a0"
_SPACES = " \u00a0\u2007\u2009\u202f"
_LONGEST = 100  # letters, as of any term
_MOST_PARTS = 8  # more between hyphens are a line of a table

# Languages that write 1,234.5; all others are taken to write 1.234,5 or 1 234,5.
_COMMA = frozenset(
    [
        *("", "bn", "cy", "en", "fil", "ga", "he", "hi", "ja", "km", "ko", "mn", "ms", "mt", "my"),
        *("ne", "si", "sw", "ta", "th", "ur", "yi", "zh"),
    ]
)

# What tells at a glance whether a text of ASCII can have forms: its capitals as one sign,
# its digits as another, hyphens, dots, commas, apostrophes and spaces.
_KINDS = bytes(
    ord("A" if chr(c).isupper() else "0" if chr(c).isdigit() else chr(c)) for c in range(256)
)
_NO_HINTS = bytes(
    c for c in range(128) if not (chr(c).isupper() or chr(c).isdigit() or chr(c) in "-.,' ")
)

_ASCII = bytes(range(128))
# To the patterns below, what stands on the right is the same.
_TYPED = dict.fromkeys("“”„«»…•§©®°", "*")
_TYPED |= dict.fromkeys("‐‑‒–—―−", "-")
_TYPED |= dict.fromkeys("´‘’‛′", "'")
_TYPED |= dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")


class Kind(Enum):
    """How a word with another form is written: `co-operation` or `1,234`, `U.S.`, `US`."""

    PARTED = auto()
    DOTTED = auto()
    CAPITALS = auto()


Span = tuple[int, int]


class Form(NamedTuple):
    """A word in another form, and the characters that it stands for."""

    word: str
    start: int
    end: int
    kind: Kind

    def at(self, start: int) -> "Form":
        """The same in a text that the one it was found in begins at `start` of."""
        return Form(self.word, self.start + start, self.end + start, self.kind)


def forms(text: str, language: str) -> list[Form]:
    """The forms in `text`, which is in NFKC and in a base language; none is in two stretches."""
    found = [
        form.at(start)
        for start, end in stretches(text)
        for form in in_stretch(text[start:end], language)
    ]
    if any(each.kind is Kind.CAPITALS for each in found) and is_shouted(text):
        return [each for each in found if each.kind is not Kind.CAPITALS]
    return found


def stretches(text: str, *, capitals: bool = True) -> list[Span]:
    """What of `text` can have forms in it, from one space to another, or all of it.

    Without `capitals`, forms of that kind are not looked for where that saves time.
    """
    typed = text if text.isascii() else _as_typed(text)
    if typed.isascii():
        kinds = typed.encode("ascii").translate(_KINDS, _NO_HINTS)
        is_parted = b"-" in kinds or b".." in kinds or any(map(kinds.__contains__, _PARTED))
        has_capitals = capitals and b"AA" in kinds
        if not (is_parted or has_capitals):
            return []
        if b"0 000" in kinds:
            return [(0, len(text))]
        hints = [match.start() for match in _PARTED_ASCII.finditer(typed)] if is_parted else []
        if has_capitals:
            hints = sorted([*hints, *(match.start() for match in _TWO_CAPITALS.finditer(typed))])
    elif _SPACED.search(text):
        return [(0, len(text))]
    else:
        hints = [match.start() for match in _hints().finditer(text)]
    return list(_around(text, hints))


def _as_typed(text: str) -> str:
    """`text` with the signs of typesetting as a typewriter has them, if it needs no others."""
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    signs = set(beyond.decode("utf-8", "surrogatepass"))
    if signs <= _TYPED.keys():
        for sign in signs:
            text = text.replace(sign, _TYPED[sign])
    return text


def _around(text: str, places: Iterable[int]) -> Iterator[Span]:
    """What stands between spaces around each of the `places`, once."""
    end = 0
    for at in places:
        if at >= end:
            start = text.rfind(" ", end, at) + 1 or end
            end = text.find(" ", at)
            end = end if end >= 0 else len(text)
            yield start, end


def in_stretch(text: str, language: str) -> tuple[Form, ...]:
    """The forms in a stretch, wherever it is. Those of short ones are kept: texts repeat them."""
    return (_known if len(text) <= _SHORT else _in_stretch)(text, language)


@lru_cache(maxsize=100_000)
def _known(text: str, language: str) -> tuple[Form, ...]:
    return _in_stretch(text, language)


def _in_stretch(text: str, language: str) -> tuple[Form, ...]:
    found: list[Form] = []
    if _HYPHEN.search(text):
        found += _parted(text)
    if "." in text:
        found += _dotted(text)
    if _DIGIT.search(text):
        found += _numbers(text, language)
    return (*found, *_capitals(text))


def is_shouted(text: str) -> bool:
    """Whether `text` is all in capitals for their own sake, so that they mark no acronym."""
    words = text.split()
    return (
        len(words) > 1
        and text.isupper()
        and any(len(word) > _ACRONYM and word.isupper() for word in words)
    )


def _parted(text: str) -> Iterator[Form]:
    for match in _hyphenated(is_latin(text)).finditer(text):
        parts = _HYPHEN.split(match[0])
        word = folded("".join(parts))
        if len(parts) <= _MOST_PARTS and len(word) <= _LONGEST and not word.isdigit():
            yield Form(word, *match.span(), Kind.PARTED)


def _numbers(text: str, language: str) -> Iterator[Form]:
    for match in _NUMBER.finditer(text):
        sign = match["sign"] or match["indian"]
        groups = match[0].split(sign)
        is_clear = sign not in ".," or len(groups) > 2  # noqa: PLR2004 - 1,234 may be a fraction
        if is_clear or (sign == ",") is (language in _COMMA):
            yield Form("".join(groups), *match.span(), Kind.PARTED)


def _dotted(text: str) -> Iterator[Form]:
    for match in _initials(is_latin(text)).finditer(text):
        parts = match[0].split(".")
        # Two letters are one of the plural, EE.UU.; others are the end of an address.
        if all(len(part) == 1 or _is_plural(part) for part in parts):
            yield Form(folded("".join(parts)), *match.span(), Kind.DOTTED)


def _is_plural(part: str) -> bool:
    """Whether this is one capital twice, or one letter with its marks."""
    return (part.isupper() and part[0] == part[1:]) or not part[1:].isalnum()


def _capitals(text: str) -> Iterator[Form]:
    found = _CAPITALS_ASCII if text.isascii() else _capitals_of_any()
    for match in found.finditer(text):
        yield Form(folded(match[0]), *match.span(), Kind.CAPITALS)


_SHORT = 80  # characters
# Scripts without spaces part words of others: 1,000人 has a number.
_UNSPACED = SIGNS + HANGUL
_BEGIN, _END = rf"(?<![^\W{_UNSPACED}])", rf"(?![^\W{_UNSPACED}])"
_ACRONYM = 6  # letters at most
_HYPHEN = re.compile(f"[{HYPHENS}]")
_DIGIT = re.compile(r"\d")
_PARTED = (b"A.A", b"0,0", b"0.0", b"0'0", b"0 000")
# Sets at the start: those are searched for fast.
_PARTED_ASCII = re.compile(r"[-.,'](?:[0-9]|(?<=[-.])[A-Za-z])")
_TWO_CAPITALS = re.compile(r"[A-Z][A-Z]")
_SPACED = re.compile(rf"\d[{_SPACES}]\d{{3}}")
_NUMBER = re.compile(
    rf"{_BEGIN}(?<![.,])[1-9]\d{{0,2}}"
    rf"(?:(?P<sign>[.,٬·{APOSTROPHES}{_SPACES}])\d{{3}}(?:(?P=sign)\d{{3}})*"
    rf"|(?P<indian>,)\d\d(?:,\d\d)*,\d{{3}})"
    rf"{_END}(?![.,]\d{{3}})"
)
_CAPITALS_ASCII = re.compile(rf"(?<![\w.&])[A-Z]{{2,{_ACRONYM}}}(?![\w&]|\.\w)")


@cache
def _hints() -> re.Pattern[str]:
    return re.compile(
        rf"[{HYPHENS}.,٬·{APOSTROPHES}](?=[^\W_])|[{letters_of('Lu', last=0xFFFF)}]{{2}}"
    )


def _letter(*, latin: bool) -> str:
    letter = f"[^\\W_{LETTERLIKE}]" if latin else f"[^\\W_{LETTERLIKE}{_UNSPACED}]"
    return letter if latin else f"{letter}[{marks()}{UNSEEN}]*"


@cache
def _hyphenated(latin: bool) -> re.Pattern[str]:
    run = rf"(?:{_letter(latin=latin)})+"
    return re.compile(rf"{_BEGIN}(?<![{HYPHENS}]){run}(?:[{HYPHENS}]{run})+(?![{HYPHENS}])")


@cache
def _initials(latin: bool) -> re.Pattern[str]:
    """Single letters with dots between, or pairs of one capital: U.S., Р.Ф., EE.UU."""
    letter = _letter(latin=latin).replace("[^\\W_", "[^\\W\\d_", 1)
    part = f"(?:{letter}){{1,2}}"
    return re.compile(rf"{_BEGIN}(?<!\.){part}(?:\.{part})+{_END}")


@cache
def _capitals_of_any() -> re.Pattern[str]:
    capitals = letters_of("Lu", last=0xFFFF)
    return re.compile(rf"{_BEGIN}(?<![.&])[{capitals}]{{2,{_ACRONYM}}}{_END}(?!&|\.\w)")
