"""A label in, the local id that it asks for and the keys by which a person may type it, out."""

import re
from typing import NamedTuple

from indexer.labels.named import Named, named, number_key
from indexer.labels.numerals import CIRCLED, CJK, SUFFIXES, value_of
from indexer.labels.units import CODES

_TOKEN = re.compile(
    rf"\d+[ -]?(?:{SUFFIXES})\b|\d+\s[A-Z](?=\.)|\d+[a-zA-Z]{{0,2}}(?![^\W\d_ªº])|\d+"
    rf"|{CIRCLED}|[^\W\d_ªº]+"
)
_COUNTED = frozenset(("nr", "no", "n", "núm", "num"))
_SERIES = ("pp", "op")  # preambular and operative paragraphs of a draft
_CJK_ONLY = re.compile(f"{CJK}+")


class Parts(NamedTuple):
    """A label taken apart: the part that it names, if any, and its numbers and letters."""

    unit: Named | None
    tokens: tuple[str, ...]


def parts(label: str) -> Parts:
    """`label` taken apart: `Art. 4(2)(b)` is the article 4 and the tokens `2` and `b`."""
    bare = label.strip()
    unit = named(bare)
    rest = bare[unit.end :] if unit else bare
    tokens = [_token(found) for found in _TOKEN.findall(rest)]
    if len(tokens) > 1 and tokens[0] in _COUNTED:
        tokens = tokens[1:]
    return Parts(unit, tuple(tokens))


def _token(found: str) -> str:
    if found[0].isdecimal():
        return number_key("".join(found.split()))
    if _CJK_ONLY.fullmatch(found) or not found.isalpha():
        return str(value_of(found) or found)
    return found.lower()


def is_sublabel(label: str) -> bool:
    """Whether the label counts within a numbered paragraph, as `(a)` and `iv)` do."""
    return bool(label) and not any(character.isdigit() for character in label)


def local_id(label: str, parent: str = "") -> str:
    """The local id that `label` asks for: `para-5`, `art-4-2-b`, `sec-12`; below `parent` if given.

    A label that opens with its parent's numbers, as 5.1 does below 5., repeats none of them. Empty
    where the label has no letter or digit to make an id from.
    """
    unit, tokens = parts(label)
    numbers = [*(unit.number.split("-") if unit and unit.number else ()), *tokens]
    if not numbers:
        return ""
    if parent:
        above = parent.split("-")[1:]
        repeated = len(above) if numbers[: len(above)] == above and len(numbers) > len(above) else 0
        return "-".join([parent, *numbers[repeated:]])
    if numbers[0] in _SERIES:
        return "-".join(numbers)
    return "-".join([unit.code if unit else "para", *numbers])


def label_key(text: str) -> str:
    """The letters and digits of a label, joined: `5(a)` and `5 a` are both `5-a`."""
    unit, tokens = parts(text)
    if unit:
        return "-".join([unit.code, *filter(None, [unit.number]), *tokens])
    return "-".join(CODES.get(token, token) for token in tokens)


def label_keys(label: str, natural_id: str) -> frozenset[str]:
    """All that a person may type to mean a labelled paragraph: `art-4-2` and `4-2`, say."""
    if not (label or natural_id):
        return frozenset()
    keys = {label_key(label), label_key(natural_id)} - {""}
    return frozenset(keys | {rest for key in keys if (rest := key.partition("-")[2])})
