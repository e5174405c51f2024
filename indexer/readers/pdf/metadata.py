"""What a PDF says of itself in its properties in; `Metadata` with origins out."""

import re
from collections.abc import Mapping, Sequence

from indexer.document import Block, Kind, Metadata
from indexer.readers.common.dates import normal_date
from indexer.readers.common.properties import language_tag
from indexer.readers.common.titles import usable_title
from indexer.readers.pdf.lines import Line
from indexer.readers.pdf.paragraphs import body_size

# Authors are people; a publisher is told by the word for what it is.
_BODY = re.compile(
    r"\b(?:minist|office|agency|commission|committee|council|universit|institut|bank|nations|union"
    r"|organi[sz]ation|department|government|parliament|court|secretariat|association|foundation"
    r"|bureau|authority|federation|assembly|centre|center|society|programme|publications"
    r"|team|project|press\b)",
    re.IGNORECASE,
)
_MOMENT = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_DATES = (("CreationDate", "when the file was made"), ("ModDate", "when the file was last changed"))


def pdf_metadata(properties: Mapping[str, str], language: str, largest: str) -> Metadata:
    """What `properties` say; `largest` is the largest text of the first page, failing a title."""
    title = usable_title(properties.get("Title", ""))
    author = " ".join(properties.get("Author", "").split())
    stated = [("title", title, "PDF properties")]
    if not stated[0][1]:
        stated = [("title", usable_title(largest), "largest text on the first page")]
    if _BODY.search(author):
        stated.append(("publisher", author, "PDF properties, Author"))
    stated.append(("language", language_tag(language), "PDF language"))
    stated += _made(properties)[:1]
    known = {name: (value, origin) for name, value, origin in stated if value}
    return Metadata(
        **{name: value for name, (value, _) in known.items()},  # type: ignore[arg-type]
        origins={name: origin for name, (_, origin) in known.items()},
    )


def largest_text(lines: Sequence[Line], blocks: Sequence[Block]) -> str:
    """The heading in the largest letters on the first page that has text, if one stands out."""
    first = [line for line in lines if line.page == lines[0].page]
    headings = [b for b in blocks if b.kind is Kind.HEADING and b.page == lines[0].page]
    largest = max(line.size for line in first)
    if largest <= body_size(lines) or not headings:
        return ""
    return min(headings, key=lambda block: block.level).text


def _made(properties: Mapping[str, str]) -> list[tuple[str, str, str]]:
    found = []
    for name, meaning in _DATES:
        if moment := _MOMENT.match(properties.get(name, "")):
            date = normal_date("-".join(part for part in moment.groups() if part))
            found.append(("date", date, f"PDF properties, {name}: {meaning}"))
    return [each for each in found if each[1]]
