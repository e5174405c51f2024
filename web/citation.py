"""A passage among those of its document in, the line that cites it out."""

import re
from collections.abc import Sequence

from indexer.document import Kind, Passage, StoredDocument
from web.wording import spoken_date, title_of

_NAMES_ITS_KIND = re.compile(r"[§¶]|[^\W\d_]{2,}")  # "§ 12", "Art. 4(2)"; not "5." and not "(a)"


def citation(
    document: StoredDocument,
    pinpoint: str,
    address: str,
    page: int = 0,
    how_read: str = "",
) -> str:
    """“Title”, publisher, date, p. 12, ¶ 5, address; what is not known is left out.

    `how_read` says that a machine read it, where one did.
    """
    parts = (
        f"“{_quotable(title_of(document))}”",
        document.metadata.publisher,
        spoken_date(document.metadata.date),
        f"p. {page}" if page else "",
        pinpoint,
        how_read,
        address,
    )
    return ", ".join(part for part in parts if part)


def pinpoint(passage: Passage, passages: Sequence[Passage]) -> str:
    """How a citation names `passage` among `passages`, those of its document.

    `¶ 5`, `¶ 5(a)`, `note 3` or `Art. 4(2)`, after its heading where the document uses
    the number twice.
    A passage without an official number is counted, in the brackets of an addition: `[¶ 3]`.
    """
    if passage.kind is Kind.NOTE and passage.label:
        return f"note {_bare(passage.label)}"
    if not passage.label:
        return f"[¶ {passage.order}]"
    lineage = _lineage(passage, passages)
    number = "".join(_bare(labelled.label) for labelled in lineage)
    name = number if _NAMES_ITS_KIND.match(number) else f"¶ {number}"
    twice = any(_same_number(lineage[0], other) for other in passages)
    return f"{passage.heading[-1]}, {name}" if twice and passage.heading else name


def _lineage(passage: Passage, passages: Sequence[Passage]) -> list[Passage]:
    """The numbered passages that `passage` belongs to, the outermost first, and itself."""
    above = [
        other
        for other in passages
        if other.natural_id
        and other.order < passage.order
        and other.heading == passage.heading
        and passage.natural_id.startswith(other.natural_id + "-")
    ]
    return [*above, passage]


def _same_number(passage: Passage, other: Passage) -> bool:
    return other.label == passage.label and other.heading != passage.heading


def _bare(label: str) -> str:
    """The label without the punctuation that closes it: `5.` and `5)` are 5, `(a)` stays."""
    label = label.rstrip(".:").strip("[]")
    return label.rstrip(")") if "(" not in label else label


def _quotable(title: str) -> str:
    """The title with its own quotation marks made single, to stand within double ones."""
    return re.sub(r'[“"]([^“”"]*)[”"]', r"‘\1’", title)
