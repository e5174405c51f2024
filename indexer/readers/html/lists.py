"""A list in the tree of a web page in, the labels that its items are shown with out."""

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from indexer.readers.common.numerals import numeral

_INTEGER = re.compile(r"\s*[+-]?\d{1,9}\s*")
_DECLARED = re.compile(r"(?:^|[;{\s])list-style(?:-type)?\s*:\s*([^;}]*)")
_OF_TYPE = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
# CSS → WordprocessingML
_FORMATS = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    **dict.fromkeys(("lower-alpha", "lower-latin"), "lowerLetter"),
    **dict.fromkeys(("upper-alpha", "upper-latin"), "upperLetter"),
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "hebrew": "hebrew2",
}
_CHINESE = "chineseCounting"
_IN_CHINESE = frozenset(
    (
        *("cjk-ideographic", "cjk-decimal", "simp-chinese-informal", "trad-chinese-informal"),
        *("simp-chinese-formal", "trad-chinese-formal", "japanese-informal", "japanese-formal"),
    )
)
_LETTERS = {
    "lower-greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "lower-russian": "абвгдежзиклмнопрстуфхцчшщэюя",
    "upper-russian": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ",
    "hiragana": "あいうえおかきくけこさしすせそたちつてとなにぬね"
    "のはひふへほまみむめもやゆよらりるれろわゐゑをん",
    "katakana": "アイウエオカキクケコサシスセソタチツテトナニヌネ"
    "ノハヒフヘホマミムメモヤユヨラリルレロワヰヱヲン",
    "hiragana-iroha": "いろはにほへとちりぬるをわかよたれそつねならむ"
    "うゐのおくやまけふこえてあさきゆめみしゑひもせす",
    "katakana-iroha": "イロハニホヘトチリヌルヲワカヨタレソツネナラム"
    "ウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
}
_DIGITS = {
    "arabic-indic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "devanagari": "०१२३४५६७८९",
    "bengali": "০১২৩৪৫৬৭৮৯",
    "thai": "๐๑๒๓๔๕๖๗๘๙",
}
_KNOWN = frozenset((*_FORMATS, *_IN_CHINESE, *_LETTERS, *_DIGITS))
_UNNUMBERED = frozenset(
    ("none", "disc", "circle", "square", "disclosure-open", "disclosure-closed")
)
_WORD = re.compile(r"""["']|[\w-]+""")

Styles = Mapping[int, str]  # identity of an element → what a style sheet says of its list style


def item_labels(a_list: LexborNode, styles: Styles) -> dict[int, str]:
    """By the identity of each item of `a_list`, its label (`5.`, `e.`, `v.`), if it shows one."""
    items = [child for child in a_list.iter() if child.tag == "li"]
    of_list = a_list.attributes
    default = "decimal" if a_list.tag == "ol" else "disc"
    style_of_list = _style(a_list, styles) or default
    first, step = (len(items), -1) if "reversed" in of_list else (1, 1)
    number, labels = _integer(of_list.get("start"), first), {}
    for item in items:
        number = _integer(item.attributes.get("value"), number)
        style = _style(item, styles) or style_of_list
        if style not in _UNNUMBERED:
            labels[item.mem_id] = _label(number, style)
        number += step
    return labels


def list_style(declarations: str) -> str:
    """The style of list items that CSS declarations ask for: `lower-alpha`, `none`; or nothing."""
    found = ""
    if "list-style" not in declarations:
        return found
    for value in _DECLARED.findall(declarations):
        words = _WORD.findall(value.lower())
        if any(word in "\"'" for word in words):  # a text of their own before all items
            found = "none"
        else:
            found = next((w for w in words if w in _KNOWN or w in _UNNUMBERED), found)
    return found


def _style(element: LexborNode, styles: Styles) -> str:
    attributes = element.attributes
    inline = list_style(attributes.get("style") or "")
    stated = attributes.get("type") or ""
    return inline or styles.get(element.mem_id, "") or _OF_TYPE.get(stated, "")


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and _INTEGER.fullmatch(text) else default


def _label(number: int, style: str) -> str:
    if style in _IN_CHINESE:
        return f"{numeral(number, _CHINESE)}、"
    if letters := _LETTERS.get(style):
        return f"{_counted(number, letters)}."
    if digits := _DIGITS.get(style):
        return f"{str(number).translate({ord('0') + at: sign for at, sign in enumerate(digits)})}."
    if style in ("lower-alpha", "lower-latin", "upper-alpha", "upper-latin"):
        small = _counted(number, "abcdefghijklmnopqrstuvwxyz")
        return f"{small if style.startswith('lower') else small.upper()}."
    return f"{numeral(number, _FORMATS.get(style, 'decimal'))}."


def _counted(number: int, letters: str) -> str:
    """Letters, then pairs of them, as browsers count on."""
    if number < 1:
        return str(number)
    counted = ""
    while number:
        number, rest = divmod(number - 1, len(letters))
        counted = letters[rest] + counted
    return counted
