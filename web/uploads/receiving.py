"""Requests with files in, uploads that wait out; who may send is asked before a byte is read."""

from collections.abc import Callable, Mapping
from typing import IO, cast

from flask import Flask, Request, g, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest

from indexer.config import Settings
from indexer.corpus.corpus import Corpus
from indexer.credentials import Token
from indexer.errors import BadName, NoReader
from indexer.intake.staging import Incoming, Staging, Upload
from indexer.readers import SUFFIXES

FILES = 20  # as many as are likely to be sent by one form; a script sends them one by one
_FORM = 100_000  # bytes of a request beside its files
_PARTS = 100  # of a form

Check = Callable[[], Token]


class ReceivingRequest(Request):
    """A request whose files go to where uploads wait, as they come in."""

    def _get_file_stream(self, *_: object, **__: object) -> IO[bytes]:
        receive: Callable[[], Incoming] | None = g.get("receive")
        if receive is None:
            raise BadRequest("No file is taken here.")
        g.incoming.append(receive())
        return cast(IO[bytes], g.incoming[-1])


class Receiving:
    """Takes files in at the endpoints of `checks`, from those whom the check there lets in."""

    def __init__(
        self, app: Flask, staging: Staging, checks: Mapping[str, Check], settings: Settings
    ) -> None:
        self._staging = staging
        self._corpus = Corpus(settings.corpus, SUFFIXES)
        self._checks = checks
        self._largest = FILES * settings.max_file_mb * 1_000_000 + _FORM
        app.request_class = ReceivingRequest
        app.config.update(
            MAX_CONTENT_LENGTH=_FORM, MAX_FORM_MEMORY_SIZE=_FORM, MAX_FORM_PARTS=_PARTS
        )
        app.before_request(self._admit)
        app.teardown_request(self._drop)

    def files(self) -> list[FileStorage]:
        """The files of the request. Raises `BadRequest` where there is none."""
        files = [file for file in request.files.getlist("file") if file.filename]
        if not files:
            raise BadRequest("There was no file in what was sent, or it did not come in whole.")
        return files

    def path(self, file: FileStorage) -> str:
        """Where a file is going to lie in the corpus. Raises `BadName` and `NoReader`."""
        return self._corpus.path_for(file.filename or "", request.form.get("folder", ""))

    def staged(self, file: FileStorage) -> Upload:
        """A file that came in, as one that waits. Raises `BadName` and `NoReader`."""
        return self._staging.add(cast(Incoming, file.stream), g.token.digest, self.path(file))

    def staged_or_refused(self, file: FileStorage) -> Upload:
        """A file that came in, as one that waits or that is refused for its name."""
        try:
            return self.staged(file)
        except (BadName, NoReader) as error:
            incoming, name = cast(Incoming, file.stream), file.filename or ""
            return self._staging.refuse(incoming, g.token.digest, name, str(error))

    def _admit(self) -> None:
        check = self._checks.get(request.endpoint or "")
        if check is None or request.method != "POST":
            return
        g.token = check()
        g.incoming, g.receive = [], self._staging.receive
        request.max_content_length = self._largest

    def _drop(self, _: BaseException | None) -> None:
        for incoming in g.pop("incoming", ()):
            self._staging.drop(incoming)
