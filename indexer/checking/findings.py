"""What is found of a draft: its quotations, each with a verdict, where it stands, what differs."""

from dataclasses import dataclass
from enum import StrEnum

from indexer.document import StoredDocument, StoredPassage
from indexer.quotations.compare import Comparison
from indexer.quotations.extract import Quotation
from indexer.quotations.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: one passage, or some that follow each other.

    `edition` is the newest of the document that has them so; `stands` is whether that is now.
    """

    document: StoredDocument
    passages: tuple[StoredPassage, ...]
    edition: int
    stands: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A quotation, or a piece of a stitched one, beside the text that it is from, word by word."""

    quoted: str
    source: str
    comparison: Comparison
    place: Place


class Right(StrEnum):
    """Whether a citation beside a quotation leads to the words."""

    RIGHT = "right"
    OTHER_PARAGRAPH = "another paragraph"
    OTHER_DOCUMENT = "another document"
    NOT_HERE = "not in this corpus"


@dataclass(frozen=True, slots=True)
class CitedBeside:
    """A citation beside a quotation: `text` as it is printed, with the document if it is here.

    Where that does not have the words as they are quoted, `nearest` is what it has instead.
    """

    text: str
    is_right: Right
    document: StoredDocument | None = None
    nearest: Part | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A quotation with its verdict.

    `parts` are what it is from: one, or of a stitched one some; none where it is not found. Of one
    that is absent it is what comes nearest, if anything does. `elsewhere` are other places with
    the same words, the oldest first, and `has_more` tells that there are others still. `titled`
    is a document with the words in its title or a heading, where no paragraph has them.
    `is_doubtful` tells that another document has a text which is as near, with other differences
    perhaps, or that the words are so few that another may be meant.
    """

    quotation: Quotation
    verdict: Verdict
    parts: tuple[Part, ...] = ()
    elsewhere: tuple[Place, ...] = ()
    has_more: bool = False
    cited: tuple[CitedBeside, ...] = ()
    titled: StoredDocument | None = None
    is_doubtful: bool = False

    @property
    def wording(self) -> Verdict:
        """What its words are to the text beside which they stand, whatever edition that is of."""
        if self.verdict is Verdict.EARLIER and self.parts:
            return self.parts[0].comparison.verdict
        return self.verdict

    @property
    def name(self) -> str:
        """The verdict in words; of an earlier edition, which."""
        if self.verdict is Verdict.EARLIER and self.parts:
            return f"only in edition {self.parts[0].place.edition}"
        return self.verdict.value

    @property
    def denies(self) -> bool:
        """Whether a cut, a change or an end touches a word that denies: to be said loudly."""
        return self.verdict is not Verdict.ABSENT and any(p.comparison.denies for p in self.parts)


@dataclass(frozen=True, slots=True)
class Covered:
    """What the library has, for a reader whose quotation is not in it.

    `first` and `last` are dates of documents, as exactly as known; `languages` are base languages
    with the number of documents in each, the most first.
    """

    documents: int
    passages: int
    first: str
    last: str
    languages: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """All quotations of a draft, in order; `is_cut` where there were more than are looked at."""

    findings: tuple[Finding, ...]
    covered: Covered
    is_cut: bool = False
