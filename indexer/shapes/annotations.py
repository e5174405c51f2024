"""Shapes of a Web Annotation (https://www.w3.org/TR/annotation-model/)."""

from typing import Literal, NotRequired, TypedDict


class QuoteJson(TypedDict):
    """Words, and what stands before and after them, by which they are found in a text."""

    type: Literal["TextQuoteSelector"]
    exact: str
    prefix: NotRequired[str]
    suffix: NotRequired[str]


class StateJson(TypedDict):
    """What the source was when these words stood there.

    `sourceDate` is when this collection received it (ISO 8601, UTC), `cached` the address under
    which it stays as it was.
    """

    type: Literal["TimeState"]
    sourceDate: str
    cached: str


class AnnotatedJson(TypedDict):
    """Words in a passage, in the state in which they stood there."""

    type: Literal["SpecificResource"]
    source: str
    selector: QuoteJson
    state: StateJson


AnnotationJson = TypedDict(
    "AnnotationJson",
    {
        "@context": Literal["http://www.w3.org/ns/anno.jsonld"],
        "id": str,
        "type": Literal["Annotation"],
        "motivation": Literal["identifying"],
        "target": AnnotatedJson,
    },
)
AnnotationJson.__doc__ = "A passage, or words in it, for programs that annotate the web."
