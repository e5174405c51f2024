"""A number and the name of a numbering format in, the number as that format writes it out."""

_ROMAN_SIGNS = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
_ROMAN_VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_ROMAN_END = 4000
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_MOST_REPEATED = 10
# As word processors count: without letters that are not used so.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LETTERS = {
    "lowerLetter": _LATIN,
    "upperLetter": _LATIN.upper(),
    "russianLower": _RUSSIAN,
    "russianUpper": _RUSSIAN.upper(),
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "hebrew2": "אבגדהוזחטיכלמנסעפצקרשת",
}
_CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting")
_CHINESE_DIGITS = "〇一二三四五六七八九"
_CHINESE_END = 100


def numeral(number: int, style: str) -> str:
    """`number` in the format that WordprocessingML calls `style`; in digits where unknown."""
    if style == "decimalZero":
        return f"{number:02}"
    if style == "ordinal":
        return f"{number}{_ordinal_ending(number)}"
    if letters := _LETTERS.get(style):
        return _letters(number, letters) or str(number)
    if style in ("lowerRoman", "upperRoman"):
        return roman(number) if style == "lowerRoman" else roman(number).upper()
    if style in _CHINESE and 0 < number < _CHINESE_END:
        return _chinese(number)
    return str(number)


def roman(number: int) -> str:
    """`number` in small Roman numerals; in digits where there are none for it."""
    if not 0 < number < _ROMAN_END:
        return str(number)
    written = ""
    for sign, value in zip(_ROMAN_SIGNS, _ROMAN_VALUES, strict=True):
        written += sign * (number // value)
        number %= value
    return written


def _ordinal_ending(number: int) -> str:
    is_teen = number // 10 % 10 == 1
    return "th" if is_teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _letters(number: int, letters: str) -> str:
    """Letters, then aa, bb, cc: word processors repeat them rather than count on in pairs."""
    times, at = divmod(number - 1, len(letters))
    return letters[at] * (times + 1) if 0 <= times < _MOST_REPEATED else ""


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    text = _CHINESE_DIGITS[tens] if tens > 1 else ""
    return text + ("十" if tens else "") + (_CHINESE_DIGITS[ones] if ones else "")
