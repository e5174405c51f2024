"""The opening of a paragraph in, its official label and the rest of the text out."""

import re
from typing import NamedTuple

_ROMAN = "(?:x{0,3}(?:ix|iv|v?i{1,3}|v|x))"
_SECTION = (
    r"(?:Article|Art\.|Artikel|Artículo|Articolo|Artigo|Section|Sec\.|Rule|Regulation|Clause)"
)
_NUMBER = r"\d{1,4}[a-z]?(?:\.\d{1,3})*"
_IN_PARENS = rf"(?:\d{{1,3}}|[a-zA-Z]|{_ROMAN})"

# In the order of trying. Each pattern gives the label; white space and text must follow it.
_PATTERNS = tuple(
    re.compile(rf"\s*(?P<label>{pattern})\s+(?=\S)")
    for pattern in (
        rf"{_SECTION}\s*{_NUMBER}(?:\s*\({_IN_PARENS}\))*[.:]",
        rf"{_SECTION}\s*{_NUMBER}(?:\s*\({_IN_PARENS}\))*(?=\s+[^\W\d_a-z])",
        rf"[§¶]+\s*{_NUMBER}(?:\s*\({_IN_PARENS}\))*\.?",
        r"(?!(?:1[5-9]|20)\d\d[.)])\d{1,4}[a-z]?(?:\.\d{1,3})*[.)]",
        r"\d{1,2}(?:\.\d{1,3}){1,3}(?=\s+[^\W\d_a-z])",
        rf"\({_IN_PARENS}\)",
        rf"(?:[a-z]|{_ROMAN})[.)]",
        r"\[\d{1,3}\]",
    )
)
_PREFIX = {"§": "sec", "s": "sec", "a": "art", "r": "rule", "c": "clause"}


class Labelled(NamedTuple):
    """A paragraph's official label as printed, or an empty one, and its text without it."""

    label: str
    text: str


def split_label(text: str) -> Labelled:
    """The official number or letter that `text` opens with (`5.`, `(a)`, `Art. 4(2)`, `§ 12`).

    A capital letter before a dot is an initial rather than a label, and a number counts only with
    its dot or bracket, so that "S. Jones", "30 states", "Article 4 of the Treaty" and "2020." stay
    text.
    """
    for pattern in _PATTERNS:
        if match := pattern.match(text):
            return Labelled(" ".join(match["label"].split()), text[match.end() :].strip())
    return Labelled("", text.strip())


def is_sublabel(label: str) -> bool:
    """Whether the label counts within a numbered paragraph, as `(a)` and `iv)` do."""
    return bool(label) and not any(character.isdigit() for character in label)


def local_id(label: str, parent: str = "") -> str:
    """The local id that `label` asks for: `para-5`, `art-4-2-b`, `sec-12`; below `parent` if given.

    A label that opens with its parent's numbers, as 5.1 does below 5., repeats none of them. Empty
    where the label has no letter or digit to make an id from.
    """
    key = label_key(label)
    if not key:
        return ""
    parts = key.split("-")
    if parent:
        above = parent.split("-")[1:]
        repeated = len(above) if parts[: len(above)] == above and len(parts) > len(above) else 0
        return "-".join([parent, *parts[repeated:]])
    word = label.lstrip()[0].lower()
    if label.startswith(("§", "¶")):
        return "-".join(["sec" if word == "§" else "para", *parts])
    if len(parts) > 1 and parts[0].isalpha() and len(parts[0]) > 1:
        return "-".join([_PREFIX.get(word, parts[0]), *parts[1:]])
    return "-".join(["para", *parts])


def label_key(text: str) -> str:
    """The letters and digits of a label, joined: `5(a)` and `5 a` are both `5-a`."""
    return "-".join(re.findall(r"\d+[a-z]?|[^\W\d_]+", text.lower()))


def label_keys(label: str, natural_id: str) -> frozenset[str]:
    """All that a person may type to mean a labelled paragraph: `art-4-2` and `4-2`, say."""
    if not (label or natural_id):
        return frozenset()
    keys = {label_key(label), label_key(natural_id)} - {""}
    return frozenset(keys | {rest for key in keys if (rest := key.partition("-")[2])})
