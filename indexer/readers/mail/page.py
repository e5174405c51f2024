"""A web page saved in one file (MHTML) in, the `Document` of the page out."""

from email.message import EmailMessage

from indexer.document import Document, Metadata
from indexer.errors import Unreadable
from indexer.readers.html.reader import read as read_page
from indexer.readers.html.reader import read_markup
from indexer.readers.mail.parts import content, header, parsed, parts, text

_PAGES = ("text/html", "application/xhtml+xml")
_ORIGIN = "header Content-Location"


def read(data: bytes) -> Document:
    """The document in the web archive `data`; pictures and frames beside the page are left aside.

    Raises `Unreadable` where it holds no page.
    """
    message = parsed(data, "web archive")
    page = _page(message)
    if page is None:
        raise Unreadable("holds no web page; save the page again")
    declares = page.get_content_charset()
    document = read_markup(text(page)) if declares else read_page(content(page))
    source = header(message, "Snapshot-Content-Location") or header(page, "Content-Location")
    if not source.startswith(("http://", "https://")):
        return document
    stated = Metadata(source=source, origins={"source": _ORIGIN})
    return Document(document.metadata.over(stated), document.blocks, document.notes)


def _page(message: EmailMessage) -> EmailMessage | None:
    """The part that the others belong to: the one that is named as the first, else the first."""
    pages = [part for part in parts(message) if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    named = (part for part in pages if start and header(part, "Content-ID") == start)
    return next(named, pages[0] if pages else None)
