"""What a sidecar or front matter says, as YAML, in; `Metadata` out."""

import datetime
from collections.abc import Mapping

import yaml

from indexer.document import Metadata
from indexer.errors import BadMetadata
from indexer.readers.common.dates import normal_date

_TEXTS = ("title", "publisher", "source", "language")
_LISTS = ("tags", "names")
_KNOWN = (*_TEXTS, "date", *_LISTS)
_HINTS = {"date": "; write it as 2020-08-11, 2020-08 or 2020"}
_ALIASES = {"lang": "language", "url": "source"}


def parse_yaml(text: str, origin: str) -> tuple[Metadata, tuple[str, ...]]:
    """The metadata in the YAML mapping `text`, and notes on what of it could not be used.

    `origin` names the place in messages, such as "sidecar". Raises `BadMetadata` where `text` is
    no YAML mapping.
    """
    try:
        values = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        place = " ".join(str(error).split())
        raise BadMetadata(f"{origin} is not valid YAML: {place}") from error
    if values is None:
        return Metadata(), ()
    if not isinstance(values, Mapping):
        raise BadMetadata(f"{origin} must hold lines such as 'title: …', not {values!r:.60}")
    return _from_mapping(values, origin)


def _from_mapping(values: Mapping[object, object], origin: str) -> tuple[Metadata, tuple[str, ...]]:
    known: dict[str, str | tuple[str, ...]] = {}
    notes = []
    for key, value in values.items():
        name = _ALIASES.get(str(key), str(key))
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
        iso = value.isoformat()[:10] if isinstance(value, datetime.date) else str(value)
        return normal_date(iso)
    return _text(value)


def _text(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
