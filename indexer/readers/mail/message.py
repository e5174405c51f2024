"""A mail in, its `Document` out: the text, and the attachments by their names."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from indexer.document import Block, Document, Kind, Metadata
from indexer.errors import Unreadable
from indexer.readers.html.reader import read_markup
from indexer.readers.mail.parts import content, header, parsed, parts, text
from indexer.readers.mail.plain import blocks

_SHOWN = ("From", "To", "Cc")
_UNITS = ((1_000_000, "MB"), (1_000, "kB"))


def read(data: bytes) -> Document:
    """The document in the mail `data`.

    Its attachments are named and not read: each is a document of its own. Raises `Unreadable`
    where there is neither text nor attachment.
    """
    message = parsed(data, "mail")
    body = _body(message)
    attached = [part for part in parts(message) if part is not body and _is_attached(part)]
    said = (*_text(body), *_named(attached))
    if not said:
        raise Unreadable("has no text; remove it or save it again")
    return Document(_metadata(message), (*_heads(message), *said), _notes(attached))


def _body(message: EmailMessage) -> EmailMessage | None:
    """The part with the text: plain, since that is what its writer saw, else the page."""
    texts = [
        part
        for part in parts(message)
        if part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment"
    ]
    plain = (part for part in texts if part.get_content_subtype() == "plain" and text(part).strip())
    return next(plain, next((p for p in texts if p.get_content_subtype() == "html"), None))


def _is_attached(part: EmailMessage) -> bool:
    """Whether a part is a file for the reader, and no picture of the page or other form of it."""
    if part.get_content_maintype() == "image" and "Content-ID" in part:
        return False
    if part.get_content_disposition() == "attachment" or part.get_content_maintype() == "message":
        return True
    return bool(part.get_filename())


def _heads(message: EmailMessage) -> Iterator[Block]:
    for name in _SHOWN:
        if value := header(message, name):
            yield Block(Kind.PARAGRAPH, f"{name}: {value}")


def _text(body: EmailMessage | None) -> Iterator[Block]:
    if body is None or not text(body).strip():
        return
    if body.get_content_subtype() == "html":
        yield from read_markup(text(body)).blocks
        return
    is_flowed = str(body.get_param("format", "")).lower() == "flowed"
    drops_space = str(body.get_param("delsp", "")).lower() == "yes"
    yield from blocks(text(body), is_flowed=is_flowed, drops_space=drops_space)


def _named(attached: Sequence[EmailMessage]) -> Iterator[Block]:
    for part in attached:
        yield Block(Kind.ITEM, f"Attachment: {_name(part)} ({_size(part)})", level=1)


def _name(part: EmailMessage) -> str:
    name = " ".join((part.get_filename() or "").split())
    if not name and part.get_content_maintype() == "message":
        inner = next(iter(part.iter_parts()), None)
        name = header(inner, "Subject") if isinstance(inner, EmailMessage) else ""
    return name or part.get_content_type()


def _size(part: EmailMessage) -> str:
    size = len(content(part)) or len(part.as_bytes())
    shown = next((f"{size / least:.1f} {unit}" for least, unit in _UNITS if size >= least), "")
    return shown or f"{size} bytes"


def _notes(attached: Sequence[EmailMessage]) -> tuple[str, ...]:
    if not attached:
        return ()
    names = ", ".join(map(_name, attached))
    return (f"attachments are not read: {names}; save them into the corpus to search them",)


def _metadata(message: EmailMessage) -> Metadata:
    title, date = header(message, "Subject"), ""
    with suppress(ValueError, TypeError):  # a mail without a date, or with a malformed one
        date = parsedate_to_datetime(header(message, "Date")).date().isoformat()
    origins = {
        name: f"header {head}"
        for name, head, value in (("title", "Subject", title), ("date", "Date", date))
        if value
    }
    return Metadata(title=title, date=date, origins=origins)
