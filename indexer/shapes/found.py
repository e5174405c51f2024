"""Shapes of what is found."""

from typing import TypedDict

from indexer.shapes.documents import DocumentFields, PassageJson


class HitJson(PassageJson):
    """A passage that was found; marks are character offsets, end exclusive.

    Those of `heading` are a list for each heading. `above` are the words that its text and its
    number lack and that are in its title or headings. `in_document` is how many of those in
    full are in the same document.
    """

    marks: list[list[int]]
    label_marks: list[list[int]]
    title_marks: list[list[int]]
    heading_marks: list[list[list[int]]]
    above: list[str]
    in_document: int
    score: float


class PartialHitJson(HitJson):
    """A passage with some of the words; `missing` are those that its text and its number lack."""

    missing: list[str]


class PartialJson(TypedDict):
    """The first passages with some of the words, and how many there are."""

    total: int
    passages: list[PartialHitJson]


class SuggestionJson(TypedDict):
    """A sentence, and the query it offers with its total; an empty query where it offers none."""

    text: str
    query: str
    total: int


class CompletionJson(TypedDict):
    """What may be meant by what is being typed: `kind` is title, heading or word."""

    kind: str
    text: str
    query: str


class CompletionsJson(TypedDict):
    """What is being typed, and what may be meant by it."""

    query: str
    suggestions: list[CompletionJson]


class CountJson(TypedDict):
    """How many of the passages in full have a value of a facet."""

    value: str
    passages: int


class DestinationJson(DocumentFields):
    """A document, or a passage, that the query is the name or the address of, or cites.

    `missing` is the local id of a paragraph that was cited and is not there.
    """

    address: str
    passage: PassageJson | None
    missing: str


class TargetJson(DocumentFields):
    """A place that a citation can name; `exact` as in a reference."""

    address: str
    url: str
    id: str
    exact: bool


class TargetsJson(TypedDict):
    """What `query` cites: a document `name`, a local id `label` in it, and where that is."""

    query: str
    name: str
    label: str
    targets: list[TargetJson]


class ExtentJson(TypedDict):
    """What can be said of a list: its documents, of how many, from which year to which, as of when.

    Years are empty where they are not known; `as_of` is ISO 8601, UTC.
    """

    documents: int
    of: int
    first: str
    last: str
    as_of: str


class ResultsJson(TypedDict):
    """One page of what a query found: `total` and `passages` in full, `partial` in part.

    `facets` has the most frequent values of each facet; `extent` is null where nothing is asked.
    `versions` are those of each document in other languages, by its slug: `language`, `address`.
    """

    query: str
    sort: str
    total: int
    page: int
    pages: int
    extent: ExtentJson | None
    facets: dict[str, list[CountJson]]
    notices: list[str]
    suggestions: list[SuggestionJson]
    destinations: list[DestinationJson]
    passages: list[HitJson]
    partial: PartialJson
    versions: dict[str, list[dict[str, str]]]
