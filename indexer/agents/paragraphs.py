"""A passage of a document in, a paragraph as an agent may quote it out; and a piece of one."""

from collections.abc import Iterable, Sequence

from indexer.address import Address
from indexer.agents.values import ParagraphJson
from indexer.citing.source import title_of, unofficial
from indexer.document import StoredDocument, StoredPassage
from indexer.proof.hashes import text_hash

LONG = 1_600  # characters of a text that is shown among others
_NAME, _HEADINGS = 200, 6  # characters of a title or a heading, and how many headings
_WORD = 30  # characters of a word that a text may begin with
_GONE = "the file of this document has left the collection"
_ENDED = "these words stood until edition {} and stand no more"
_BEFORE = 3  # one part of so many of a piece comes before its first mark

Marks = Sequence[Sequence[int]]


def paragraph(
    document: StoredDocument,
    stored: StoredPassage,
    edition: int | None = None,
    marks: Iterable[Sequence[int]] = (),
    missing: Iterable[str] = (),
) -> ParagraphJson:
    """`stored` as it is in `edition`, or in the newest that has it so."""
    passage, known = stored.passage, document.metadata
    if edition is None:
        edition = document.edition if stored.until is None else stored.until - 1
    return {
        "address": str(Address(stored.document, passage.id, edition)),
        "title": short(title_of(document)),
        "date": known.date,
        "language": passage.language or known.language,
        "heading": [short(each) for each in passage.heading[-_HEADINGS:]],
        "label": passage.label,
        "text": passage.text,
        "is_cut": False,
        "starts_at": 0,
        "marks": [list(mark) for mark in marks],
        "sha256": text_hash(passage.text),
        "stands": document.present and stored.until is None,
        "caveats": _caveats(document, stored),
        "missing": [short(each) for each in missing],
    }


def piece(whole: ParagraphJson, most: int, start: int | None = None) -> ParagraphJson:
    """`whole` with at most `most` characters of its text.

    From the word at `start` on, or about its first mark.
    """
    text = whole["text"]
    if start is None and len(text) <= most:
        return whole
    if start is None:
        start = max(0, whole["marks"][0][0] - most // _BEFORE) if whole["marks"] else 0
        start = min(start, max(0, len(text) - most))
    start = _between_words(text, start)
    end = _between_words(text, start + most) if start + most < len(text) else len(text)
    end = end if end > start else min(len(text), start + most)
    marks = [[max(a, start) - start, min(b, end) - start] for a, b in whole["marks"]]
    return {
        **whole,
        "text": text[start:end],
        "is_cut": (start, end) != (0, len(text)),
        "starts_at": whole["starts_at"] + start,
        "marks": [[a, b] for a, b in marks if a < b],
    }


def short(name: str) -> str:
    """A title, a heading or a word, which may be as long as somebody wanted."""
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def _caveats(document: StoredDocument, stored: StoredPassage) -> list[str]:
    said = [stored.passage.how_read, unofficial(document)]
    if not document.present:
        said.append(_GONE)
    elif stored.until is not None:
        said.append(_ENDED.format(stored.until - 1))
    return [each for each in said if each]


def _between_words(text: str, at: int) -> int:
    """The place at or before `at` where a word begins, if there is one near.

    Many scripts have no spaces: there, any place is as good.
    """
    space = text.rfind(" ", max(0, at - _NAME), at)
    return space + 1 if space >= 0 or at <= _WORD else at
