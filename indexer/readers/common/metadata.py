"""What a sidecar or front matter says, as YAML, in; `Metadata` out."""

import re
from collections.abc import Mapping

import yaml

from indexer.document import Metadata
from indexer.errors import BadMetadata
from indexer.readers.common.controls import plain
from indexer.readers.common.dates import normal_date

_TEXTS = ("title", "publisher", "source", "language", "work")
_LISTS = ("tags", "names")
_KNOWN = (*_TEXTS, "date", *_LISTS)
_HINTS = {"date": "; write it as 2020-08-11, 2020-08 or 2020"}
_ALIASES = {"lang": "language", "url": "source"}

_NULL = "tag:yaml.org,2002:null"


class _Loader(yaml.BaseLoader):
    """Takes values as they were written, since `no` is a language and 007 a name.

    It takes no aliases: ten of them can stand for gigabytes.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node; raises `ComposerError` at an alias."""
        if self.check_event(yaml.AliasEvent):
            place = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "write out what *name stands for", place)
        return super().compose_node(parent, index)


_Loader.add_implicit_resolver(_NULL, re.compile("(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_Loader.add_constructor(_NULL, lambda *_: None)


def parse_yaml(text: str, origin: str) -> tuple[Metadata, tuple[str, ...]]:
    """The metadata in the YAML mapping `text`, and notes on what of it could not be used.

    `origin` names the place in messages, such as "sidecar". Raises `BadMetadata` where `text` is
    no YAML mapping.
    """
    try:
        values = yaml.load(plain(text), Loader=_Loader)  # noqa: S506 (a safe one)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadMetadata(f"{origin} is not valid YAML: {_malformed(error)}") from error
    if values is None:
        return Metadata(), ()
    if not isinstance(values, Mapping):
        raise BadMetadata(f"{origin} must hold lines such as 'title: …', not {values!r:.60}")
    return _from_mapping(values, origin)


def _malformed(error: Exception) -> str:
    """What is wrong with YAML, and where, in one line."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return " ".join(str(error).split())
    mark = error.problem_mark
    return f"{error.problem} (line {mark.line + 1}, column {mark.column + 1})"


def parse_lines(text: str, origin: str) -> tuple[Metadata, tuple[str, ...]]:
    """The metadata in those lines of `text` that give a field a value, whatever the others are."""
    pairs = (plain(line).partition(":") for line in text.splitlines())
    fields = {name.strip(): value.strip(" \t'\"") for name, colon, value in pairs if colon}
    known = {name: value for name, value in fields.items() if any(map(str.isalnum, value))}
    return _from_mapping({name: known[name] for name in known if _field(name) in _KNOWN}, origin)


def _field(key: object) -> str:
    name = str(key).lower()
    return _ALIASES.get(name, name)


def _from_mapping(values: Mapping[object, object], origin: str) -> tuple[Metadata, tuple[str, ...]]:
    known: dict[str, str | tuple[str, ...]] = {}
    notes = []
    for key, value in values.items():
        name = _field(key)
        if name not in _KNOWN:
            notes.append(f"{origin}: {key} is not used; known are {', '.join(_KNOWN)}")
        elif usable := _usable(name, value):
            known[name] = usable
        elif value not in (None, "", []):
            notes.append(f"{origin}: {key} {str(value)!r:.60} cannot be used{_HINTS.get(name, '')}")
    return Metadata(**known, origins=dict.fromkeys(known, origin)), tuple(notes)  # type: ignore[arg-type]


def _usable(name: str, value: object) -> str | tuple[str, ...]:
    if name in _LISTS:
        items = value.split(",") if isinstance(value, str) else value
        texts = map(_text, items) if isinstance(items, list) else ()
        return tuple(text for text in texts if text)
    if name == "date":
        return normal_date(str(value))
    return _text(value)


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
