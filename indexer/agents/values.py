"""The shapes of what an agent is answered."""

from typing import Any, TypedDict


class NextJson(TypedDict):
    """A call that may follow, and what it would tell."""

    tool: str
    arguments: dict[str, Any]
    why: str


class CorpusJson(TypedDict):
    """The state of the collection that answered.

    `as_of` is when a document last came, changed or went (ISO 8601, UTC; empty if nothing has),
    `position` the last write in its change log, `behind` how many writes the index has yet to
    follow, or null where that is not known.
    """

    documents: int
    paragraphs: int
    as_of: str
    position: int
    behind: int | None


class AnswerJson(TypedDict):
    """What every answer has: `cut` says what was left out and how to get it, else it is empty."""

    summary: str
    caveat: str
    cut: str
    corpus: CorpusJson
    next: list[NextJson]


class ParagraphJson(TypedDict):
    """A paragraph as it may be quoted.

    `address` names its edition, so that it always shows these words. `text` is word for word; where
    `is_cut`, it is a piece that begins after `starts_at` characters of the whole. `marks` are
    stretches of `text` in characters, the end exclusive: what was searched for, the citation, or
    the words that were quoted. `sha256` is that of the whole text in UTF-8. `missing` are words of
    the query that it lacks. `stands` tells whether this is what the document says now.
    """

    address: str
    title: str
    date: str
    language: str
    heading: list[str]
    label: str
    text: str
    is_cut: bool
    starts_at: int
    marks: list[list[int]]
    sha256: str
    stands: bool
    caveats: list[str]
    missing: list[str]


class SearchJson(AnswerJson):
    """A page of paragraphs with all words; behind them, if they are few, some with some words."""

    query: str
    total: int
    page: int
    pages: int
    partial_total: int
    notices: list[str]
    suggestions: list[str]
    paragraphs: list[ParagraphJson]


class ReadJson(AnswerJson):
    """Paragraphs in their order: that at `address`, and those around it."""

    address: str
    paragraphs: list[ParagraphJson]


class TargetJson(TypedDict):
    """What a citation can mean; `is_exact` is false where only what it is a part of is here."""

    address: str
    title: str
    date: str
    language: str
    is_exact: bool
    paragraph: ParagraphJson | None


class ResolveJson(AnswerJson):
    """What a citation names, and every place here that it can mean."""

    citation: str
    name: str
    label: str
    targets: list[TargetJson]


class DifferenceJson(TypedDict):
    """Where a quotation differs: what it says, and what the source has in its place."""

    kind: str
    quoted: str
    source: str
    denies: bool


class QuotedPartJson(TypedDict):
    """What a quotation, or a piece of it, is from."""

    paragraphs: list[ParagraphJson]
    differences: list[DifferenceJson]


class QuotationJson(TypedDict):
    """A quotation of the draft with its verdict; `warnings` are to be told to the writer."""

    quoted: str
    is_cut: bool
    verdict: str
    meaning: str
    warnings: list[str]
    notes: list[str]
    parts: list[QuotedPartJson]
    elsewhere: list[str]


class CheckJson(AnswerJson):
    """The quotations of a draft, in order; `total` counts all that were found in it."""

    total: int
    counts: dict[str, int]
    quotations: list[QuotationJson]


class CitedByJson(AnswerJson):
    """A page of the paragraphs that cite `address`, the newest first; marks are the citations."""

    address: str
    total: int
    page: int
    pages: int
    paragraphs: list[ParagraphJson]


class MomentJson(TypedDict):
    """What happened with an edition, in words, and the paragraph after it, or before it ended."""

    edition: int
    at: str
    told: str
    paragraph: ParagraphJson | None


class HistoryJson(AnswerJson):
    """What has happened to a paragraph or a document, the first first."""

    address: str
    stands: bool
    formerly: list[str]
    moments: list[MomentJson]
