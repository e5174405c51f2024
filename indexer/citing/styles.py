"""A source in, its citation in the style of a field out: as runs of text.

OSCOLA and Chicago are rendered by citeproc-py from styles of the Citation Style Language; plain, UN
and Bluebook are said by hand (docs/decisions/0016-citations.md has the reasons).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from types import SimpleNamespace
from typing import Any

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    Locator,
)
from citeproc.formatter import plain as _formatter
from citeproc.source.json import CiteProcJSON

from indexer.citing.dates import MONTHS, parts, spoken_date
from indexer.citing.runs import Run
from indexer.citing.source import Source

# What stands for a value while citeproc-py works: it can neither escape nor re-case these.
_TITLE, _AUTHOR, _NUMBER, _URL, _PLACE = map(chr, range(0xE010, 0xE015))
_ITALIC, _UPRIGHT = "\ue020", "\ue021"
_SIGN = re.compile(f"([{_TITLE}-{_PLACE}{_ITALIC}{_UPRIGHT}])")
_STRAIGHT = re.compile('"([^"]*)"')
_SINGLE = str.maketrans("“”", "‘’")
_PRIVATE = re.compile("[\ue010-\ue021]")
# As the Bluebook has months.
_ABBREVIATED = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June",
    "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")  # fmt: skip


def cite(source: Source, style: str) -> list[Run]:
    """The citation of `source` in `style`, one of `STYLES`."""
    return [run for run in STYLES[style](source) if run.text]


def _plain(source: Source) -> Iterator[Run]:
    """“Title”, number, publisher, date, p. 12, ¶ 5, address; what is not known is left out."""
    yield Run(f"“{_quotable(source.title)}”")
    page = f"p. {source.page}" if source.page else ""
    date = spoken_date(source.issued)
    known = (source.number, source.publisher, date, page, source.place, *source.caveats)
    yield from _listed(*known)
    yield from (Run(", "), Run(source.url, is_address=True))
    yield Run(f", accessed {_day(source)}")


def _un(source: Source) -> Iterator[Run]:
    """Author, title, number, date, paragraph: as in documents of the United Nations."""
    if source.publisher:
        yield Run(f"{source.publisher}, ")
    yield Run(f"“{_quotable(source.title)}”")
    yield from _listed(source.number, spoken_date(source.issued), *_where(source, "para. ", "p. "))
    yield Run(". Available at ")
    yield Run(source.url, is_address=True)
    yield Run(f" (accessed on {_day(source)}{_caveats(source)}).")


def _bluebook(source: Source) -> Iterator[Run]:
    """Institution, title, number, place (date), address, as in rule 18.2.2 of the Bluebook."""
    if source.publisher:
        yield Run(f"{source.publisher}, ")
    yield Run(source.title, is_italic=True)
    yield from _listed(source.number, *_where(source, "¶ ", "at "))
    known = parts(source.issued)
    year, month, day = (*known, 0, 0, 0)[:3]
    words = (_ABBREVIATED[month - 1] if month else "", f"{day}," if day else "", str(year or ""))
    date = " ".join(word for word in words if word) or source.issued
    yield Run(f" ({date})" if date else "")
    yield from (Run(", "), Run(source.url, is_address=True))
    day_of = source.accessed
    visited = f"{_ABBREVIATED[day_of.month - 1]} {day_of.day}, {day_of.year}"
    yield Run(f" (last visited {visited}{_caveats(source)}).")


def _oscola(source: Source) -> Iterator[Run]:
    yield from _by_csl(source, "oscola")


def _chicago(source: Source) -> Iterator[Run]:
    yield from _by_csl(source, "chicago")


def _by_csl(source: Source, name: str) -> Iterator[Run]:
    """As the style has it; what it cannot say follows in brackets."""
    place = source.place.removeprefix("¶ ")
    is_counted = place != source.place
    known = parts(source.issued)
    # OSCOLA has the year alone, which `[2019] UKSC 41` and `S/RES/1591 (2005)` say too.
    says_year = name == "oscola" and bool(
        known and re.search(rf"[(\[]{known[0]}[)\]]", source.number)
    )
    number = ", ".join(filter(None, (source.number, "" if is_counted else place)))
    item: dict[str, Any] = {
        "id": "it",
        "type": "report",
        "title": f'<span class="nocase">{_TITLE}</span>',
        "URL": _URL,
        "accessed": _date(parts(source.accessed.isoformat())),
        "author": [{"literal": _AUTHOR}],  # without one citeproc-py says the title twice
        **({"number": _NUMBER} if number else {}),
        **({"issued": _date(known)} if known and not says_year else {}),
    }
    works = CitationStylesBibliography(_style(name), CiteProcJSON([item]), _MARKS)
    locator = {"locator": Locator("paragraph", _PLACE)} if is_counted else {}
    citation = Citation([CitationItem("it", **locator)])
    works.register(citation)
    text = str(works.cite(citation, _unknown)).rstrip(".")
    if not source.publisher:
        text = text.replace(f"{_AUTHOR}, ", "")
    if number and _NUMBER not in text:  # Chicago's style leaves it out; it follows the title
        text = text.replace(_TITLE + _UPRIGHT, f"{_TITLE}{_UPRIGHT}, {_NUMBER}")
    title = _quotable(source.title, "double" if name == "oscola" else "single")
    values = {_TITLE: title, _AUTHOR: source.publisher, _NUMBER: number, _PLACE: place}
    yield from _runs(text, values, source.url)
    yield Run(_added(source, says_access="accessed" in text) + ".")


def _date(known: Sequence[int]) -> dict[str, list[list[int]]]:
    return {"date-parts": [list(known)]}


def _added(source: Source, *, says_access: bool) -> str:
    """In brackets, what a style has no place for."""
    day = source.accessed
    added = [
        "" if parts(source.issued) else source.issued,
        f"p. {source.page}" if source.page else "",
        "" if says_access else f"accessed {MONTHS[day.month - 1]} {day.day}, {day.year}",
        *source.caveats,
    ]
    said = ", ".join(filter(None, added))
    return f" ({said})" if said else ""


def _runs(text: str, values: Mapping[str, str], url: str) -> Iterator[Run]:
    is_italic = False
    for piece in _SIGN.split(text):
        if piece in {_ITALIC, _UPRIGHT}:
            is_italic = piece == _ITALIC
        elif piece == _URL:
            yield Run(url, is_address=True)
        else:
            yield Run(values.get(piece, piece), is_italic)


@cache
def _style(name: str) -> CitationStylesStyle:
    locale = "en-GB" if name == "oscola" else "en-US"
    with as_file(files("indexer.citing") / "styles" / f"{name}.csl") as path:
        return CitationStylesStyle(str(path), locale=locale, validate=False)


def _unknown(item: CitationItem) -> None:
    raise AssertionError(f"{item.key} was registered above")


def _where(source: Source, paragraph: str, page: str) -> list[str]:
    """The page, then the paragraph after a style's own word for it."""
    place = source.place
    named = paragraph + place.removeprefix("¶ ") if place.startswith("¶ ") else place
    return [f"{page}{source.page}" if source.page else "", named]


def _listed(*values: str) -> Iterator[Run]:
    yield from (Run(f", {value}") for value in values if value)


def _caveats(source: Source) -> str:
    return "".join(f"; {caveat}" for caveat in source.caveats)


def _day(source: Source) -> str:
    return spoken_date(source.accessed.isoformat())


def _quotable(title: str, marks: str = "single") -> str:
    """The title with its own quotation marks made single, to stand within double ones.

    In OSCOLA titles stand within single ones, and theirs are double.
    """
    title = _PRIVATE.sub("", title)
    if marks == "double":
        return _STRAIGHT.sub(r"“\1”", title)
    return _STRAIGHT.sub(r"‘\1’", title).translate(_SINGLE)


def _italic(text: object) -> str:
    return f"{_ITALIC}{text}{_UPRIGHT}"


_MARKS = SimpleNamespace(**{**vars(_formatter), "Italic": _italic, "Oblique": _italic})

STYLES: Mapping[str, Callable[[Source], Iterator[Run]]] = {
    "plain": _plain,
    "un": _un,
    "chicago": _chicago,
    "oscola": _oscola,
    "bluebook": _bluebook,
}
