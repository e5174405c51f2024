"""A request with `as-of` in, the moment that it means out; and the addresses that keep it."""

from urllib.parse import quote

from flask import request
from werkzeug.exceptions import BadRequest

from indexer.citing.dates import spoken_date
from indexer.search.past import known
from indexer.search.results import Results
from web.wording import counted

NAME = "as-of"
_LONGEST = 40  # characters of a moment


def as_of() -> str:
    """The moment that is asked for, as the library takes it; empty for now. 400 to what is none."""
    text = request.args.get(NAME, "")[:_LONGEST]
    if not text:
        return ""
    try:
        return known(text)
    except ValueError:
        raise BadRequest(
            f"{NAME}={text} is no moment; it can be a day, such as 2026-11-26, or a time of it in "
            "UTC, such as 2026-11-26T10:15:00Z."
        ) from None


def kept(at: str) -> str:
    """What an address has besides to stay at the moment `at`; nothing for now."""
    return f"&{NAME}={quote(short(at), safe=':')}" if at else ""


def short(at: str) -> str:
    """`at` as it is written in addresses."""
    return at.replace("+00:00", "Z")


def extent_of(results: Results) -> str:
    """`12 paragraphs in 3 of 40 documents, 1998 to 2024, state of 26 November 2026`."""
    extent = results.extent
    if extent is None:
        return counted(results.total, "paragraph")
    of = counted(extent.of, "document")
    said = f"{counted(results.total, 'paragraph')} in {extent.documents:,} of {of}"
    years = extent.first if extent.first == extent.last else f"{extent.first} to {extent.last}"
    return ", ".join(filter(None, (said, years, f"state of {spoken_date(extent.at[:10])}")))
