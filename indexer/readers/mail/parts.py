"""The bytes of a MIME message in; its parts, their text and their headers out."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from indexer.errors import Unreadable
from indexer.readers.common.encoding import decode

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


def parsed(data: bytes, what: str) -> EmailMessage:
    """The message in `data`; raises `Unreadable` where it is none. `what` names it in messages."""
    try:
        message = message_from_bytes(data, policy=policy.default)
    except RecursionError as error:
        raise Unreadable("nests its parts beyond all reason; save it without them") from error
    if not message.keys():
        raise Unreadable(f"is no {what}: it does not open with headers; save it again")
    return message


def header(message: EmailMessage, name: str) -> str:
    """The value of a header in one line; what of it is malformed is left out."""
    try:
        value = str(message.get(name, ""))
    except (ValueError, LookupError, TypeError, AttributeError):  # by which `email` breaks off
        return ""
    return " ".join(_CONTROLS.sub(" ", value).split())


def parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something themselves, in their order; those of attached mails aside."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart":
            waiting = [cast(EmailMessage, each) for each in part.iter_parts()] + waiting
        else:
            yield part


def content(part: EmailMessage) -> bytes:
    """What a part holds, without the coding for its way."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def text(part: EmailMessage) -> str:
    """The characters of a part, in the encoding that it declares, else in the likeliest."""
    data = content(part)
    try:
        return data.decode(part.get_content_charset() or "ascii")
    except (LookupError, ValueError):
        return decode(data) if data else ""
