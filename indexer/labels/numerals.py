"""A numeral as official texts write it in, what it counts out, in digits, letters or words."""

import re
from functools import cache

SUFFIXES = "bis|ter|quater|quinquies|sexies|septies|octies|novies|decies"

# Letters as lists count with them. A list may leave out a letter that is rarely used.
_ALPHABETS = {
    "latin": "abcdefghijklmnopqrstuvwxyz",
    "cyrillic": "абвгдежзиклмнопрстуфхцчшщэюя",
    "ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "abjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "arabic": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "hebrew": "אבגדהוזחטיכלמנסעפצקרשת",
    "thai": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "devanagari": "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
    "hangul": "가나다라마바사아자차카타파하",
    "stems": "甲乙丙丁戊己庚辛壬癸",
    "branches": "子丑寅卯辰巳午未申酉戌亥",
    "katakana": "アイウエオカキクケコサシスセソ",
}
LETTERS = "".join(sorted(set("".join(_ALPHABETS.values())) - set("abcdefghijklmnopqrstuvwxyz")))

_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
ROMAN = "(?:c{0,3}(?:xc|xl|lx{0,3}|x{1,3})?(?:ix|iv|vi{0,3}|i{1,3})|c{0,3}(?:xc|xl|lx{0,3}|x{1,3}))"
_IS_ROMAN = re.compile(ROMAN)
_CJK_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_CJK_PLACES = {"十": 10, "百": 100, "千": 1000}
CJK = "[〇零○一二三四五六七八九十百千]"
_CIRCLED = {chr(0x2460 + n): n + 1 for n in range(20)}
CIRCLED = "[①-⑳]"
_WORDS = (
    "one first erster erste erstes premier première primero primera primo prima primeiro primeira",
    "two second zweiter zweite zweites deuxième segundo segunda secondo seconda вторая второй",
    "three third dritter dritte drittes troisième tercero tercera terzo terza terceiro третья",
    "four fourth vierter vierte viertes quatrième cuarto cuarta quarto quarta четвертая",
    "five fifth fünfter fünfte fünftes cinquième quinto quinta пятая",
    "six sixth sechster sechste sechstes sixième sexto sexta sesto шестая",
    "seven seventh siebter siebente siebtes siebenter septième séptimo settimo седьмая",
    "eight eighth achter achte achtes huitième octavo ottavo восьмая",
    "nine ninth neunter neunte neuntes neuvième noveno nono девятая",
    "ten tenth zehnter zehnte zehntes dixième décimo decimo десятая",
    "eleven eleventh elfter elfte elftes onzième undécimo",
    "twelve twelfth zwölfter zwölfte zwölftes douzième duodécimo",
)
# Of feminine nouns in Arabic, as articles are; in Persian also up to twenty.
_ARABIC = "الأولى الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة"
_PERSIAN = (
    "اول دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم شانزدهم"
    " هفدهم هجدهم نوزدهم بیستم"
)
_WORD_VALUES = (
    {word: n for n, words in enumerate(_WORDS, start=1) for word in words.split()}
    | {word: n for words in (_ARABIC, _PERSIAN) for n, word in enumerate(words.split(), start=1)}
    | {"یکم": 1, "هیجدهم": 18, "سی‌ام": 30}
)
_HEBREW_VALUES = dict(
    zip(
        "אבגדהוזחטיכלמנסעפצקרשת",
        [*range(1, 10), *range(10, 100, 10), 100, 200, 300, 400],
        strict=True,
    )
)


def digits(text: str) -> str:
    """`text` with the digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)


def roman_value(text: str) -> int:
    """What the Roman numeral `text` counts; 0 where it is none below four hundred."""
    small = text.lower()
    if not small or not _IS_ROMAN.fullmatch(small):
        return 0
    values = [_ROMAN_VALUES[sign] for sign in small]
    return sum(
        -value if value < after else value
        for value, after in zip(values, [*values[1:], 0])  # noqa: B905
    )


def cjk_value(text: str) -> int:
    """What a Chinese numeral such as 二十一 counts; 0 where it is none."""
    total, digit = 0, 0
    if any(sign in _CJK_PLACES for sign in text):
        for sign in text:
            if sign in _CJK_PLACES:
                total, digit = total + (digit or 1) * _CJK_PLACES[sign], 0
            elif sign in _CJK_DIGITS:
                digit = _CJK_DIGITS[sign]
            else:
                return 0
        return total + digit
    found = "".join(str(_CJK_DIGITS.get(sign, "")) for sign in text)
    return int(found) if found and len(found) == len(text) else 0


def hebrew_value(text: str) -> int:
    """What Hebrew letters such as י״א count together; 0 where they stand in no such order."""
    values = [_HEBREW_VALUES.get(sign, 0) for sign in text if sign not in "\"״'׳"]
    is_one = all(values) and values == sorted(values, reverse=True)
    return sum(values) if is_one else 0


def word_value(word: str) -> int:
    """What a word such as "first", "premier" or "zweiter" counts; 0 where it is none."""
    return _WORD_VALUES.get(word.casefold(), 0)


def value_of(text: str) -> int:
    """What `text` counts as a numeral that is no letter; 0 where it is none."""
    plain = digits(text)
    if plain.isdecimal():
        return int(plain)
    return _CIRCLED.get(text, 0) or cjk_value(text) or roman_value(text) or word_value(text)


@cache
def letter_values(text: str) -> tuple[tuple[str, int], ...]:
    """The alphabets in which the letters `text` count, each with what they count there.

    A letter doubled stands behind the last, as `aa` behind `z`.
    """
    small = text.lower()
    if not small or small.strip(small[0]):
        return ()
    found = []
    for name, letters in _ALPHABETS.items():
        at = letters.find(small[0])
        if at >= 0:
            found.append((name, at + 1 + len(letters) * (len(small) - 1)))
    return tuple(found)
