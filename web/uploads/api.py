"""A program with a token in, its files as documents that are found out."""

from typing import TypedDict

from flask import Response, jsonify, make_response, request, url_for

from indexer.config import Settings
from indexer.intake import service
from indexer.intake.service import Kept
from indexer.intake.staging import Upload
from indexer.processes.call import Run
from web.uploads.receiving import Receiving


class EffectJson(TypedDict):
    """How many paragraphs stay, are reworded, come and go with an edition."""

    stay: int
    change: int
    come: int
    go: int


class KeptJson(TypedDict):
    """What became of a file; `status` is waiting where its document is not found yet.

    `address` is then empty, and `edition` 0. `problem` says why; else it is empty.
    """

    file: str
    status: str
    address: str
    edition: int
    title: str
    date: str
    publisher: str
    language: str
    paragraphs: int
    changes: EffectJson
    notes: list[str]
    problem: str


class AddedJson(TypedDict):
    """What became of each file."""

    documents: list[KeptJson]


class DocumentsApi:
    """The handler of `/api/v1/documents`."""

    def __init__(self, settings: Settings, receiving: Receiving, run: Run) -> None:
        self._settings = settings
        self._receiving = receiving
        self._run = run
        self._staging = service.staging(settings)

    def add(self) -> Response:
        """Takes in all files of the request or none, and answers when they are found.

        201 where there are new documents or editions, 200 where all were there already, 202 where
        the files are kept and not found yet. Raises what `web.errors` maps.
        """
        uploads: list[Upload] = []
        try:
            for file in self._receiving.files():
                uploads.append(self._receiving.staged(file))  # noqa: PERF401 - `finally` wants each
            return self._kept(uploads)
        finally:
            for upload in uploads:
                self._staging.discard(upload)

    def _kept(self, uploads: list[Upload]) -> Response:
        may_replace = request.form.get("replace") in ("1", "true")
        kept = self._run(service.take, self._settings, uploads, may_replace=may_replace)
        answer = jsonify(documents=[_json(each) for each in kept])
        return make_response(answer, _status(kept))


def _status(kept: list[Kept]) -> int:
    if any(each.document is None for each in kept):
        return 202
    return 201 if any(each.landed for each in kept) else 200


def _json(kept: Kept) -> KeptJson:
    document, preview = kept.document, kept.upload.preview
    if preview is None:  # what could not be read was refused
        raise ValueError(kept.upload.id)
    return {
        "file": document.file if document else kept.upload.path,
        "status": preview.standing if document else "waiting",
        "address": url_for("document", slug=document.slug) if document else "",
        "edition": document.edition if document else 0,
        "title": preview.title,
        "date": preview.date,
        "publisher": preview.publisher,
        "language": preview.language,
        "paragraphs": preview.paragraphs,
        "changes": {
            "stay": preview.stay,
            "change": preview.change,
            "come": preview.come,
            "go": preview.go,
        },
        "notes": list(preview.notes),
        "problem": kept.problem,
    }
