"""The address of a document or of a paragraph, with its edition: parsed and printed here alone."""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote, urlsplit

PREFIX = "/d/"  # before every address

_SHAPE = re.compile(
    rf"(?:/?{PREFIX[1:]})?(?P<slug>[^/@]+)(?:/(?P<local_id>[^/@]+))?(?:@(?P<edition>\d+))?/?"
)
_DIGITS = 6  # of an edition's number, so that every store can be asked for it


@dataclass(frozen=True, slots=True)
class Address:
    """`/d/<slug>`, `/d/<slug>/<local id>`, and either with `@<edition>`.

    The local id is empty for a document. The edition counts from 1; without one the address is
    that of what the document says now.
    """

    slug: str
    local_id: str = ""
    edition: int | None = None

    def __str__(self) -> str:
        local_id = f"/{self.local_id}" if self.local_id else ""
        return f"{PREFIX}{self.slug}{local_id}" + (
            "" if self.edition is None else f"@{self.edition}"
        )

    @classmethod
    def parse(cls, text: str) -> Self:
        """The address that is printed as `text`, given as a link, or without the `/d/`.

        Raises `ValueError` if it is none.
        """
        path = unquote(urlsplit(text).path) if "://" in text else text
        match = _SHAPE.fullmatch(path.strip())
        if match is None or len(match["edition"] or "") > _DIGITS:
            raise ValueError(f"{text!r} is no address; one looks like {PREFIX}document/para-5")
        edition = int(match["edition"]) if match["edition"] else None
        return cls(match["slug"], match["local_id"] or "", edition)
