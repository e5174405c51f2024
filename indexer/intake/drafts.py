"""A file that is only to be checked in, its paragraphs out; nothing of it is kept."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path, PurePosixPath

from indexer.config import Settings
from indexer.document import Kind, Passage
from indexer.errors import NoReader, TooLarge, Unreadable
from indexer.library import Library, open_library
from indexer.quotations.extract import Block
from indexer.readers import SUFFIXES
from indexer.reading.protocol import Parsed

LONGEST = 2_000_000  # characters of a draft: some thousand pages


def checked_name(name: str) -> str:
    """The name under which a sent draft is read: only its suffix matters. Raises `NoReader`."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix not in SUFFIXES:
        raise NoReader(f"files with the suffix {suffix or 'of none'!r} cannot be read")
    return f"draft{suffix}"


def read(settings: Settings, folder: Path, name: str) -> list[Block]:
    """The paragraphs of the file `name` in `folder`, read in sandboxed processes.

    With the limits of every other file. Raises `Unreadable` with the reason, and `TooLarge`.
    """
    with closing(open_library(settings)) as library:
        return paragraphs(library, folder, name)


def paragraphs(library: Library, folder: Path, name: str) -> list[Block]:
    """`read`, by a library that is open. Raises `NoReader` too."""
    checked_name(name)
    for _, found in library.maintenance.read(folder, [name]):
        if isinstance(found, Parsed):
            if sum(len(each.text) for each in found.passages) > LONGEST:
                raise TooLarge(f"a draft may have {LONGEST:,} characters; send it in parts")
            return _blocks(found.passages)
        raise Unreadable(f"the file {found}")
    raise Unreadable("the file cannot be read under this name; give it another one")


def _blocks(passages: Sequence[Passage]) -> list[Block]:
    return [Block(each.text, is_quotation=each.kind is Kind.QUOTE) for each in passages]
