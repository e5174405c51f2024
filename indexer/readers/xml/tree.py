"""Reads what the XML of documents has in common: names of elements, texts, attributes, dates."""

import re
from collections.abc import Iterator

from lxml import etree

_IDS = ("eId", "id", "{http://www.w3.org/XML/1998/namespace}id", "IDENTIFIER", "NOTE.ID")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def local(element: etree._Element) -> str:
    """The name of `element` without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def tidy(text: str) -> str:
    """`text` in one line, without soft hyphens."""
    return " ".join(text.replace("\u00ad", "").split())


def text_of(element: etree._Element | None) -> str:
    """All text in `element`, in one line; empty where there is no such element."""
    return "" if element is None else tidy("".join(element.itertext()))


def within(element: etree._Element, *path: str) -> Iterator[etree._Element]:
    """The elements at the end of a path of local names; `*` means at any depth."""
    name, *rest = path
    found = element.iter() if name == "*" else iter(element)
    if name == "*":
        name, *rest = rest
    for each in found:
        if local(each) == name:
            yield from within(each, *rest) if rest else (each,)


def first(element: etree._Element, *path: str) -> etree._Element | None:
    """The first element at the end of a path of local names."""
    return next(within(element, *path), None)


def values(element: etree._Element, attribute: str, *path: str) -> Iterator[str]:
    """The values of `attribute` at the end of a path of local names, none of them empty."""
    found = (tidy(each.get(attribute, "")) for each in within(element, *path))
    return (value for value in found if value)


def identifier(element: etree._Element) -> str:
    """The id of `element`, whatever its family calls it."""
    found = (element.get(name) for name in _IDS)
    return next((str(value) for value in found if value), "")


def language(element: etree._Element) -> str:
    """What `xml:lang` says of `element` itself."""
    return str(element.get(_LANG, ""))


def quotation_marks(element: etree._Element) -> tuple[str, str]:
    """The marks that `element` is shown between, where its markup has them and its text has not.

    Akoma Ntoso names them, FORMEX gives the hexadecimal number of one sign.
    """
    if code := element.get("CODE"):
        return (chr(int(code, 16)), "") if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else ("", "")
    marks = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    return marks.get("startQuote", ""), marks.get("endQuote", "")


def raised(text: str) -> str:
    """A superscript number with the signs that Unicode has for it: 10⁶ is not 106."""
    return text.translate(_RAISED) if re.fullmatch(r"[-−+]?\d+", text) else text


def iso_date(text: str) -> str:
    """The date that `text` opens with, as ISO 8601; empty for 0001-01-01 and the like.

    `20130626`, as FORMEX writes it, is one too.
    """
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    match = _DATE.match(text)
    return match[0] if match and int(match[1]) > 1 else ""


def distinct(texts: Iterator[str]) -> tuple[str, ...]:
    """The texts that are not empty, each once, in order."""
    return tuple(dict.fromkeys(filter(None, texts)))
