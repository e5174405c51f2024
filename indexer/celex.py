"""The CELEX number of a regulation or a directive of the European Union, from its title.

Sector 3, the year in four digits, a letter for the kind of act, the number in four digits: that is
how the numbers of these acts are made, so that a title that opens with one says it.
"""

import re

_KINDS = {
    "R": """Regulation Verordnung Règlement Reglamento Regolamento Regulamento Verordening
        Förordning Forordning Asetus Rozporządzenie Nařízení Nariadenie Uredba Rendelet Regulament
        Määrus Reglamentas Regula Κανονισμός Регламент""",
    "L": """Directive Richtlinie Directiva Direttiva Diretiva Richtlijn Direktiv Direktiivi
        Dyrektywa Směrnice Smernica Direktiva Irányelv Directivă Direktiiv Direktyva Direktīva
        Οδηγία Директива""",
}
_LETTERS = {word.casefold(): letter for letter, words in _KINDS.items() for word in words.split()}
KINDS = tuple(sorted(_LETTERS, key=len, reverse=True))  # the words for both, in small letters
_ACT = re.compile(
    r"(?P<words>(?:[^\W\d_]+\s){1,5}?)"
    r"(?:\((?:EU|EG|EC|CE|EEC|EWG|CEE|UE|EF|EEG|EY|ES|EÜ|WE|EK|ЕС|ΕΕ|ΕΚ)(?:, Euratom)?\)\s)?"
    r"(?P<no>(?:No|Nr|n°|nº|n\.|č|št|αριθ|№)\.?\s?)?(?P<first>\d{1,4})/(?P<second>\d{1,4})(?!\d)"
)
_CENTURY = 100
_FIRST_YEAR, _LAST_YEAR = 1952, 2100
_OLDEST = 50  # of two digits: 1950 to 1999


def celex(title: str) -> str:
    """The CELEX number of the act whose `title` opens with its kind and number, or ""."""
    found = _ACT.match(title)
    letter = _letter(found["words"].split()) if found else ""
    if not found or not letter:
        return ""
    first, second = int(found["first"]), int(found["second"])
    # A regulation had its number first until 2014, and "No" before it; a directive has its year.
    year, number = (second, first) if found["no"] else (first, second)
    if _OLDEST <= year < _CENTURY:
        year += 1900
    return f"3{year}{letter}{number:04}" if _FIRST_YEAR <= year < _LAST_YEAR else ""


def _letter(words: list[str]) -> str:
    """The letter for the kind of act in `words`, before which stand names of bodies alone.

    The kind may be part of one word: Durchführungsverordnung.
    """
    for word in words:
        plain = word.casefold()
        if letter := next((_LETTERS[kind] for kind in _LETTERS if plain.endswith(kind)), ""):
            return letter
        if word[0].islower():
            return ""
    return ""
