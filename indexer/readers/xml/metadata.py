"""Makes `Metadata` of what the XML of a document states in several places, the best one first."""

from collections.abc import Iterable

from babel.core import get_global

from indexer.document import Metadata
from indexer.readers.xml.tree import tidy

_ORIGIN = "XML"


def stated(
    *,
    title: Iterable[str] = (),
    date: Iterable[str] = (),
    publisher: Iterable[str] = (),
    language: Iterable[str] = (),
    source: Iterable[str] = (),
    names: Iterable[str] = (),
    tags: Iterable[str] = (),
) -> Metadata:
    """The first value that is there of each, and all names and tags."""
    known: dict[str, str | tuple[str, ...]] = {
        "title": _first(title),
        "date": _first(date),
        "publisher": _first(publisher),
        "language": short(_first(language)),
        "source": _first(source),
        "names": tuple(dict.fromkeys(filter(None, map(tidy, names)))),
        "tags": tuple(dict.fromkeys(filter(None, map(tidy, tags)))),
    }
    known = {name: value for name, value in known.items() if value}
    return Metadata(**known, origins=dict.fromkeys(known, _ORIGIN))  # type: ignore[arg-type]


def short(language: str) -> str:
    """A language by its BCP 47 tag: `en` for `eng`, as ISO 639-2 writes it."""
    base, _, rest = language.replace("_", "-").partition("-")
    known = get_global("language_aliases").get(base.lower(), base.lower())
    return "-".join(filter(None, (known, rest)))


def _first(values: Iterable[str]) -> str:
    return next((value for value in map(tidy, values) if value), "")
