"""What may stand behind the `?` of each request to the API, as types that say what each is."""

from typing import Annotated

from msgspec import Meta, Struct

from indexer.index.request import Order
from indexer.store.catalogue import Sorting

LISTED, MOST = 100, 1_000  # documents, passages or changes in an answer
FAR = 2**53 - 1  # the largest number that every reader of JSON keeps

Size = Annotated[int, Meta(ge=1, le=MOST, description="How many are in the answer, at most.")]
Cursor = Annotated[
    str,
    Meta(
        max_length=2_000,
        description="`next` of the answer before; the other values must be the same.",
    ),
]
Edition = Annotated[
    int, Meta(ge=1, le=999_999, description="The edition that is meant; else the newest.")
]
Place = Annotated[
    str,
    Meta(
        pattern=r"\S", description="An address.", examples=["/d/document/para-5", "/d/document@2"]
    ),
]
Words = Annotated[str, Meta(description="What is looked for, as a person types it.")]


class Nothing(Struct):
    """Nothing is asked besides the address."""


class SearchQuery(Struct, rename={"as_of": "as-of"}):
    """What a search asks for; a value that cannot be used gives way, and a notice says so."""

    q: Words = ""
    page: Annotated[int, Meta(ge=1, le=999_999)] = 1
    size: Annotated[int, Meta(ge=1, le=100, description="Paragraphs on a page.")] = 10
    sort: Order = Order.RELEVANCE
    values: Annotated[
        int, Meta(ge=1, le=1_000, description="How many values of each facet are counted.")
    ] = 10
    as_of: Annotated[
        str,
        Meta(
            description="A day or a moment in UTC: what stood then is searched.",
            examples=["2026-11-26", "2026-11-26T10:15:00Z"],
        ),
    ] = ""


class SuggestQuery(Struct):
    """What is being typed."""

    q: Words = ""


class DocumentsQuery(Struct):
    """How the list of documents is narrowed, and in which order it is."""

    words: Annotated[str, Meta(description="Words of the title, the names or the file.")] = ""
    publisher: str = ""
    year: Annotated[str, Meta(description="The beginning of the date.", examples=["2020"])] = ""
    language: Annotated[str, Meta(description="A BCP 47 tag.", examples=["en"])] = ""
    sort: Sorting = Sorting.NEWEST
    size: Size = LISTED
    cursor: Cursor = ""


class EditionQuery(Struct):
    """In which edition."""

    edition: Edition | None = None


class AnnotationQuery(Struct):
    """Which words of a passage; all of it, if `exact` is empty."""

    edition: Edition | None = None
    exact: Annotated[str, Meta(description="The words, as they stand there.")] = ""
    prefix: Annotated[str, Meta(description="What stands before them.")] = ""
    suffix: Annotated[str, Meta(description="What stands behind them.")] = ""


class PassagesQuery(Struct):
    """Which passages of a document."""

    edition: Edition | None = None
    size: Size = LISTED
    cursor: Cursor = ""


class ChangesQuery(Struct):
    """From where on the change log is read."""

    since: Annotated[
        int,
        Meta(ge=0, le=FAR, description="`next` of the answer before; 0 for the beginning."),
    ] = 0
    size: Annotated[
        int, Meta(ge=1, le=MOST, description="How many positions of the log are read, at most.")
    ] = LISTED
    store: Annotated[
        str,
        Meta(
            max_length=64,
            description="`store` of the answer before: another store is then an error (409).",
        ),
    ] = ""


class ReferencesQuery(Struct):
    """A citation, in one piece or in parts."""

    q: Annotated[str, Meta(examples=["paragraph 3 of resolution 1591 (2005)"])] = ""
    document: Annotated[str, Meta(description="What is cited, beside `place`.")] = ""
    place: Annotated[str, Meta(description="Where in it.", examples=["para 3"])] = ""
    lang: Annotated[str, Meta(description="The language that is wanted, if there is one.")] = ""


class CompareQuery(Struct, rename={"old": "from", "new": "to"}):
    """Two documents, or two editions of one, each by its address or a name."""

    old: Place
    new: Place


class LanguagesQuery(Struct, rename={"spoken": "in"}):
    """Of what the other versions are wanted."""

    address: Place
    spoken: Annotated[str, Meta(description="Only those in this language.")] = ""


class BesideQuery(Struct):
    """Two documents, by their addresses."""

    left: Place
    right: Place


class AddressQuery(Struct):
    """A paragraph."""

    address: Place
