"""Each request that programs can make: what it asks, what it is answered, with which errors."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec import Struct

from indexer.checked.values import CheckedJson
from indexer.parallel.comparison import ComparisonJson
from indexer.parallel.languages import BesideJson, VersionsJson
from indexer.shapes import (
    AnnotationJson,
    ChangesJson,
    CitationsJson,
    CitingJson,
    CompletionsJson,
    CoverageJson,
    DocumentJson,
    DocumentsJson,
    LifeJson,
    PassagesJson,
    ResultsJson,
    RevisionsJson,
    TargetsJson,
)
from indexer.usage import FormulasJson, RelatedListJson, StoryJson
from web.programs import annotations, queries
from web.uploads.api import AddedJson

_EVERYWHERE = (400, 404, 429, 500, 503)
_SENT = (408, 413, 415, 422)  # where something is sent
_TEXT = {"type": "string", "pattern": r"\S"}
_FILE = {"type": "string", "contentMediaType": "application/octet-stream"}


class Operation(NamedTuple):
    """A request: `query` is what stands behind the `?`, `body` schemas of what is sent, by type.

    `answers` are shapes of JSON by status, `errors` the statuses of problems.
    """

    part: str
    answers: Mapping[int, Any]
    query: type[Struct] = queries.Nothing
    errors: tuple[int, ...] = _EVERYWHERE
    body: Mapping[str, Mapping[str, Any]] | None = None
    needs_token: bool = False
    is_tagged: bool = True  # whether it answers 304 to who has the answer already
    can_move: bool = False  # whether it answers 301 for a document with a new address
    media: str = "application/json"  # of what is answered


_DRAFT: Mapping[str, Mapping[str, Any]] = {
    "application/json": {
        "type": "object",
        "properties": {"text": _TEXT},
        "required": ["text"],
    },
    "text/plain": _TEXT,
    "multipart/form-data": {
        "type": "object",
        "properties": {"text": _TEXT, "file": _FILE},
        "anyOf": [{"required": ["text"]}, {"required": ["file"]}],
    },
}
_FILES: Mapping[str, Mapping[str, Any]] = {
    "multipart/form-data": {
        "type": "object",
        "properties": {
            "file": {"type": "array", "items": _FILE, "minItems": 1, "maxItems": 20},
            "folder": {"type": "string"},
            "replace": {"enum": ["1", "true"]},
        },
        "required": ["file"],
    }
}
_IN_FORCE = queries.EditionQuery
_BESIDE = "Texts beside each other"

OPERATIONS: Mapping[str, Operation] = {
    "api_search": Operation("Search", {200: ResultsJson}, queries.SearchQuery, (*_EVERYWHERE, 422)),
    "api_suggest": Operation("Search", {200: CompletionsJson}, queries.SuggestQuery),
    "api_list": Operation("Documents", {200: DocumentsJson}, queries.DocumentsQuery),
    "api_document": Operation("Documents", {200: DocumentJson}, _IN_FORCE, can_move=True),
    "api_editions": Operation("Documents", {200: RevisionsJson}, can_move=True),
    "api_passages": Operation(
        "Documents", {200: PassagesJson}, queries.PassagesQuery, can_move=True
    ),
    "api_passage": Operation("Documents", {200: CitingJson}, _IN_FORCE, can_move=True),
    "api_history": Operation("Documents", {200: LifeJson}, can_move=True),
    "api_citations": Operation(
        "Documents", {200: CitationsJson}, _IN_FORCE, is_tagged=False, can_move=True
    ),
    "api_annotation": Operation(
        "Documents",
        {200: AnnotationJson},
        queries.AnnotationQuery,
        can_move=True,
        media=annotations.MEDIA,
    ),
    "api_changes": Operation(
        "Documents", {200: ChangesJson}, queries.ChangesQuery, (*_EVERYWHERE, 409)
    ),
    "api_documents": Operation(
        "Documents",
        dict.fromkeys((200, 201, 202), AddedJson),
        errors=(*_EVERYWHERE, *_SENT, 401, 403, 409, 507),
        body=_FILES,
        needs_token=True,
    ),
    "api_references": Operation("Citations", {200: TargetsJson}, queries.ReferencesQuery),
    "api_quotations": Operation(
        "Citations", {200: CheckedJson}, errors=(*_EVERYWHERE, *_SENT, 507), body=_DRAFT
    ),
    "api_compare": Operation(_BESIDE, {200: ComparisonJson}, queries.CompareQuery),
    "api_languages": Operation(_BESIDE, {200: VersionsJson}, queries.LanguagesQuery),
    "api_beside": Operation(_BESIDE, {200: BesideJson}, queries.BesideQuery),
    "api_wording": Operation("Agreed language", {200: StoryJson}, queries.AddressQuery),
    "api_related": Operation("Agreed language", {200: RelatedListJson}, queries.AddressQuery),
    "api_formulas": Operation("Agreed language", {200: FormulasJson}),
    "api_coverage": Operation("The collection", {200: CoverageJson}, is_tagged=False),
}
