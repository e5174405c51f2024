"""A person with a token in, the page on which documents are sent, looked at and kept out."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.credentials import Token
from indexer.document import StoredDocument
from indexer.intake import service
from indexer.intake.staging import Staging, State, Upload
from indexer.library import Library
from indexer.processes.call import Run
from indexer.readers import READERS
from web.uploads.access import Access
from web.uploads.receiving import FILES, Receiving

_ALL = "all"


@dataclass(frozen=True, slots=True)
class Card:
    """An upload, and the document that it is, became or is an edition of, if there is one."""

    upload: Upload
    document: StoredDocument | None


class Uploads:
    """The handlers of the upload page."""

    def __init__(self, library: Library, access: Access, receiving: Receiving, run: Run) -> None:
        self._library = library
        self._access = access
        self._receiving = receiving
        self._run = run
        self._staging: Staging = service.staging(library.settings)

    def page(self) -> ResponseReturnValue:
        """What waits, and the form to send more; or the form to sign in."""
        self._access.allowed()
        token = self._access.signed_in()
        return self._shown(token) if token else render_template("sign_in.html", failed=False)

    def sign_in(self) -> ResponseReturnValue:
        """Begins a session."""
        if self._access.sign_in(request.form.get("token", "")):
            return _back()
        return render_template("sign_in.html", failed=True), 403

    def sign_out(self) -> ResponseReturnValue:
        """Ends a session; what waits, waits."""
        self._access.sign_out()
        return _back()

    def add(self) -> ResponseReturnValue:
        """Takes in files and reads them; none is kept yet."""
        staged = [self._receiving.staged_or_refused(file) for file in self._receiving.files()]
        waiting = [upload for upload in staged if upload.state is State.WAITING]
        if waiting:
            self._run(service.look, self._library.settings, waiting)
        return _back()

    def decide(self) -> ResponseReturnValue:
        """Keeps or discards one upload, or all of them."""
        token = self._access.required()
        for upload in self._chosen("discard", token):
            self._staging.discard(upload)
        if chosen := [upload for upload in self._chosen("keep", token) if upload.can_be_kept]:
            self._run(service.keep, self._library.settings, chosen)
        return _back(chosen[0].id if len(chosen) == 1 else "")

    def _chosen(self, action: str, token: Token) -> list[Upload]:
        name = request.form.get(action, "")
        if name == _ALL:
            return self._staging.uploads(token.digest)
        return [self._staging.find(name, token.digest)] if name else []

    def _shown(self, token: Token) -> str:
        cards = [self._card(upload) for upload in self._staging.uploads(token.digest)]
        return render_template(
            "upload.html",
            cards=cards,
            token=token,
            suffixes=",".join(READERS),
            files=FILES,
            megabytes=self._library.settings.max_file_mb,
        )

    def _card(self, upload: Upload) -> Card:
        file = upload.preview.file if upload.preview else ""
        path = upload.path if upload.state is State.KEPT else file
        return Card(upload, self._library.of_file(path) if path else None)


def _back(card: str = "") -> ResponseReturnValue:
    return redirect(url_for("upload", _anchor=f"_card-{card}" if card else None), 303)
