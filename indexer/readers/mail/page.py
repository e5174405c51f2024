"""A web page saved in one file (MHTML) in, the `Document` of the page out."""

import re
from email.message import EmailMessage

from indexer.document import Document, Metadata
from indexer.errors import Unreadable
from indexer.readers.html.reader import read as read_page
from indexer.readers.html.reader import read_markup
from indexer.readers.mail.parts import content, header, parsed, parts, text

_LINK = re.compile(rb"<link\b[^>]*>", re.IGNORECASE)
_PRINT = re.compile(rb"media\s*=\s*[\"']?print", re.IGNORECASE)
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
    sheets = _sheets(message, content(page))
    if page.get_content_charset():
        document = read_markup(f"{text(page)}{sheets}")
    else:
        document = read_page(content(page) + sheets.encode("ascii", "replace"))
    source = header(message, "Snapshot-Content-Location") or header(page, "Content-Location")
    if not source.startswith(("http://", "https://")):
        return document
    stated = Metadata(source=source, origins={"source": _ORIGIN})
    return Document(document.metadata.over(stated), document.blocks, document.notes)


def _sheets(message: EmailMessage, page: bytes) -> str:
    """The style sheets that the page links to, as elements of it: they tell what it hides."""
    links = [each for each in _LINK.findall(page) if not _PRINT.search(each)]
    styles = []
    for part in parts(message):
        if part.get_content_type() != "text/css":
            continue
        name = header(part, "Content-ID").strip("<>")
        names = [
            each for each in (name and f"cid:{name}", header(part, "Content-Location")) if each
        ]
        if any(each.encode() in link for each in names for link in links):
            styles.append(text(part).replace("</", "<\\/"))
    return f"<style>{''.join(styles)}</style>" if styles else ""


def _page(message: EmailMessage) -> EmailMessage | None:
    """The part that the others belong to: the one that is named as the first, else the first."""
    pages = [part for part in parts(message) if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    named = (part for part in pages if start and header(part, "Content-ID") == start)
    return next(named, pages[0] if pages else None)
