"""A numbered list in the tree of a web page in, the labels that its items are shown with out."""

import re

from selectolax.lexbor import LexborNode

from indexer.readers.common.numerals import roman

_INTEGER = re.compile(r"\s*[+-]?\d{1,9}\s*")


def item_labels(numbered: LexborNode) -> dict[int, str]:
    """By the identity of each item of the list `numbered`, its label: `5.`, `e.` or `v.`."""
    items = [child for child in numbered.iter() if child.tag == "li"]
    of_list = numbered.attributes
    first, step = (len(items), -1) if "reversed" in of_list else (1, 1)
    number, labels = _integer(of_list.get("start"), first), {}
    for item in items:
        attributes = item.attributes
        number = _integer(attributes.get("value"), number)
        style = attributes.get("type") or of_list.get("type") or ""
        labels[item.mem_id] = f"{_numeral(number, style)}."
        number += step
    return labels


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and _INTEGER.fullmatch(text) else default


def _numeral(number: int, style: str) -> str:
    numeral = ""
    if style in ("a", "A") and number > 0:
        while number:
            number, rest = divmod(number - 1, 26)
            numeral = chr(ord("a") + rest) + numeral
    elif style in ("i", "I"):
        numeral = roman(number)
    return (numeral if style.islower() else numeral.upper()) or str(number)
