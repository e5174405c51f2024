"""The names of months and of weekdays in many languages, as CLDR has them, each when it is needed.

A language's names are read when a word that may be one is met in its script, and then kept: most
files need none but English, and all languages of the Latin script take a tenth of a second.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache

from babel import Locale


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(text.split())


# By the first letter of a script. The likeliest languages come first.
_LATIN = (
    *("en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "ro", "hu", "pl", "cs"),
    *("tr", "id", "et", "lt", "lv", "sk", "sl", "hr", "ca", "eu", "ga", "sr_Latn", "eo", "is"),
    *("mt", "sq"),
)
_LANGUAGES = (
    (0x00, _LATIN),
    (0x370, ("el",)),
    (0x400, ("ru", "sr", "uk", "bg", "mk")),
    (0x530, ("hy",)),
    (0x590, ("he", "yi")),
    (0x600, ("ar", "ar_SY", "ar_MA", "ar_DZ", "fa")),
    (0x900, ("hi", "ne")),
    (0xB80, ("ta",)),
    (0xE00, ("th",)),
    (0x10A0, ("ka",)),
    (0x3000, ("zh", "ja")),
    (0xAC00, ("ko",)),
)
# Months in Croatian, and the next ones in Czech or Polish: nobody can know.
_AMBIGUOUS = word_set("listopad listopada lis lip srp")
# What CLDR lacks: the case that dates are written in, and spellings of their own.
_ENDINGS = {
    **dict.fromkeys(("sr", "sr_Latn"), (("bar", "bra"), ("бар", "бра"), ("", "a"), ("", "а"))),
    "eu": (("", "ren"), ("", "k")),
    "et": (("", "il"), ("", "l")),
    "fi": (("kuu", "kuun"),),
    "hu": (("", "i"),),
    "lv": (("is", "i"), ("s", "a"), ("s", "")),
}
_BEGINNINGS = {"he": "ב"}  # "in", which is one word with the month
_MORE = {"sept": 9}
_ARABIC = str.maketrans("أإآىة", "ااايه")  # letters that are written with and without their marks
_MARKS = range(0x300, 0x370)  # accents of Greek, Latin and Cyrillic letters


def month(word: str) -> int:
    """The month that `word` names in any language, 1 to 12, or 0."""
    plain = folded(word)
    if plain in _AMBIGUOUS or not plain:
        return 0
    for language in _languages(plain):
        if found := _months(language).get(plain):
            return found
    return 0


def is_weekday(word: str) -> bool:
    """Whether `word` names a day of the week in any language."""
    plain = folded(word)
    return any(plain in _weekdays(language) for language in _languages(plain))


def folded(word: str) -> str:
    """`word` without its case and its accents, which capitals often lack."""
    plain = word.casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFD", plain.translate(_ARABIC).replace("ı", "i"))
        plain = "".join(sign for sign in apart if ord(sign) not in _MARKS)
    return plain.strip(" .-׳'’")


def _languages(word: str) -> tuple[str, ...]:
    first = ord(word[0]) if word else 0
    return next((names for start, names in reversed(_LANGUAGES) if first >= start), _LATIN)


@cache
def _months(language: str) -> dict[str, int]:
    """By its folded name, the number of each month."""
    names: dict[str, int] = dict(_MORE) if language == "en" else {}
    for name, number in _written(language):
        plain = folded(name.removeprefix("de ").removeprefix("d’"))
        names.setdefault(plain, number)
        for ending, other in _ENDINGS.get(language, ()):
            if plain.endswith(ending):
                names.setdefault(plain[: len(plain) - len(ending)] + other, number)
        if begins := _BEGINNINGS.get(language):
            names.setdefault(begins + plain, number)
    return {name: number for name, number in names.items() if len(name) > 1}


def _written(language: str) -> Iterator[tuple[str, int]]:
    widths = Locale.parse(language).months
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            yield from ((name, number) for number, name in widths[context][width].items())


@cache
def _weekdays(language: str) -> frozenset[str]:
    days = Locale.parse(language).days
    contexts = (days[context]["wide"] for context in ("format", "stand-alone"))
    return frozenset(folded(name) for names in contexts for name in names.values())
