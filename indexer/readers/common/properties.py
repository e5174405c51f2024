"""What a file's properties state, in; the `Metadata` that can be relied on, out."""

import re
from collections.abc import Iterable
from dataclasses import replace

from indexer.document import Metadata
from indexer.readers.common.dates import normal_date
from indexer.readers.common.titles import usable_title

Statement = tuple[str, str, str]  # a field's name, its value, and where the file states it

_LANGUAGE = re.compile(r"[a-z]{2,3}([-_][a-z0-9]{1,8})*", re.IGNORECASE)
_FIELD_NAMES = ("title", "titel", "titre", "título", "titolo")  # left as they were
_NO_LANGUAGE = ("und", "zxx", "mul")
_WEB_ADDRESS = re.compile(r"https?://[^/?#\s]+\S*", re.IGNORECASE)


def from_properties(stated: Iterable[Statement]) -> Metadata:
    """The first usable value of each field, with its origin; all tags."""
    known: dict[str, str] = {}
    tags: list[str] = []
    origins: dict[str, str] = {}
    for name, value, origin in stated:
        plain = " ".join(value.split())
        if name == "tags":
            tags += filter(None, re.split(r"\s*[,;]\s*", plain))
        elif name in known:
            continue
        elif usable := _usable(name, plain):
            known[name] = usable
        else:
            continue
        origins.setdefault(name, origin)
    said = Metadata(tags=tuple(dict.fromkeys(tags)), origins=origins)
    return replace(said, **known)  # type: ignore[arg-type] # of the fields that hold text


def language_tag(text: str) -> str:
    """`text` as a language tag of BCP 47; empty if it is none, or names no one language.

    It is in the usual case, `zh-Hant-TW`, so that `DE` and `de` are one language.
    """
    if not _LANGUAGE.fullmatch(text) or text.lower() in _NO_LANGUAGE:
        return ""
    language, *others = text.lower().replace("_", "-").split("-")
    return "-".join((language, *map(_subtag, others)))


def _subtag(text: str) -> str:
    if not text.isalpha():
        return text
    return {2: text.upper(), 4: text.title()}.get(len(text), text)


def web_address(text: str) -> str:
    """`text` if it is an address on the web, else empty."""
    return text if _WEB_ADDRESS.fullmatch(text) else ""


def _usable(name: str, text: str) -> str:
    if text.lower() == "unknown":
        return ""
    if name == "title":
        return usable_title(text) if text.lower() not in _FIELD_NAMES else ""
    if name == "date":
        return normal_date(text)
    if name == "language":
        return language_tag(text)
    return text if name != "source" else web_address(text)
