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

_LONGEST = 100_000  # characters of YAML: a hundred times what any document needs
_MOST_NOTES = 20  # on fields that are not used
_QUOTED = 60  # characters of a file in a message

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
    no YAML mapping, or is longer than metadata can be.
    """
    if len(text) > _LONGEST:
        raise BadMetadata(
            f"{origin} has {len(text)} characters, and the limit is {_LONGEST}; "
            "leave in it what is known of the document, and put text into the document"
        )
    try:
        values = yaml.load(plain(text), Loader=_Loader)  # noqa: S506 (a safe one)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadMetadata(f"{origin} is not valid YAML: {_malformed(error)}") from error
    if values is None:
        return Metadata(), ()
    if not isinstance(values, Mapping):
        raise BadMetadata(f"{origin} must hold lines such as 'title: …', not {_quoted(values)!r}")
    return _from_mapping(values, origin)


def _malformed(error: Exception) -> str:
    """What is wrong with YAML, and where, in one line."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return _quoted(" ".join(str(error).split()))
    mark = error.problem_mark
    return f"{_quoted(error.problem or 'it')} (line {mark.line + 1}, column {mark.column + 1})"


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
    notes: list[str] = []
    unused = 0
    for key, value in values.items():
        name = _field(key)
        if name not in _KNOWN:
            unused += 1
            if unused <= _MOST_NOTES:
                notes.append(f"{origin}: {_quoted(key)} is not used; known are {', '.join(_KNOWN)}")
        elif usable := _usable(name, value):
            known[name] = usable
        elif value not in (None, "", []):
            hint = _HINTS.get(name, "")
            notes.append(f"{origin}: {name} {_quoted(value)!r} cannot be used{hint}")
    if unused > _MOST_NOTES:
        notes.append(f"{origin}: {unused - _MOST_NOTES} more fields are not used")
    return Metadata(**known, origins=dict.fromkeys(known, origin)), tuple(notes)  # type: ignore[arg-type]


def _quoted(value: object) -> str:
    """The beginning of a value, so that a message quotes a few words at most."""
    text = str(value)
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


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
