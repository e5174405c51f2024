"""A draft in, pasted or sent as a file; the page, or the JSON, of the quotations in it out.

Anybody may check: a draft is read, compared and forgotten. A file comes in where uploads do, in a
folder that goes with the request, and is read by the same sandboxed processes.
"""

from collections.abc import Sequence
from typing import cast

from flask import Flask, Response, abort, g, jsonify, render_template, request
from flask_wtf import CSRFProtect

from indexer.checked import said
from indexer.checked.citations import Citations
from indexer.checked.values import checked_json
from indexer.checking.findings import Checked, Part
from indexer.checking.service import MOST
from indexer.config import Settings
from indexer.intake import drafts, service
from indexer.intake.staging import Incoming
from indexer.library import Library
from indexer.processes.call import Run
from indexer.quotations.extract import Block, blocks_of
from indexer.quotations.pieces import Shown, laid_out
from indexer.quotations.verdicts import FOLDED, MEANINGS
from indexer.readers import READERS
from web.gate import CHECK, CHECK_API
from web.reach import whole

LONGEST = 1_000_000  # characters of a draft that is pasted
_BYTES = 4  # of a character, at most; a form may have three times as many for each of them
_ENDPOINTS = frozenset(("check_draft", "api_quotations"))
_ECHOED = 20_000  # characters of a pasted draft that the page gives back, to be mended and checked


def largest(settings: Settings) -> int:
    """How many bytes a request with a draft may have."""
    return LONGEST * _BYTES + settings.max_file_mb * 1_000_000


class Checking:
    """The handlers of `/check` and `/api/v1/quotations`."""

    def __init__(self, library: Library, run: Run) -> None:
        self._library = library
        self._run = run
        self._staging = service.staging(library.settings)

    def admit(self) -> None:
        """Lets a draft come in that is larger than other forms, and its file to where they wait."""
        if request.endpoint not in _ENDPOINTS or request.method != "POST":
            return
        g.incoming, g.receive = [], self._staging.receive
        most = LONGEST * _BYTES
        request.max_form_memory_size = most
        request.max_content_length = largest(self._library.settings)

    def page(self) -> str:
        """The form."""
        return self._shown(None, "")

    def check(self) -> str:
        """The quotations of what was pasted or sent, below a new form."""
        blocks = self._blocks()
        checked = self._library.quotations.blocks(blocks)
        text = request.form.get("text", "")
        return self._shown(checked, text if len(text) <= _ECHOED else "")

    def json(self) -> Response:
        """The quotations of a draft: of `text` in JSON or a form, plain text, or a `file`."""
        checked = self._library.quotations.blocks(self._blocks())
        return jsonify(checked_json(checked, self._citations()))

    def _shown(self, checked: Checked | None, text: str) -> str:
        return render_template(
            "check.html",
            checked=checked,
            text=text,
            counts=said.counts(checked) if checked else {},
            said=said,
            cite=self._citations(),
            laid_out=_laid_out,
            meanings=MEANINGS,
            folded=FOLDED,
            most=MOST,
            suffixes=",".join(READERS),
            megabytes=self._library.settings.max_file_mb,
        )

    def _citations(self) -> Citations:
        return Citations(whole(request.script_root), self._library.standing)

    def _blocks(self) -> Sequence[Block]:
        """The paragraphs of the draft in the request. Raises what `web.errors` maps."""
        if request.is_json:
            sent = request.get_json()
            return _pasted(sent.get("text") if isinstance(sent, dict) else None)
        if request.mimetype == "text/plain":
            return _pasted(request.get_data(as_text=True))
        file = request.files.get("file")
        if file and file.filename:
            name = drafts.checked_name(file.filename)
            incoming = cast(Incoming, file.stream)
            folder = incoming.hand_over(name)
            return self._run(drafts.read, self._library.settings, folder, name)
        return _pasted(request.form.get("text"))


def _pasted(text: object) -> Sequence[Block]:
    if not isinstance(text, str) or not text.strip():
        abort(400, "There was no text and no file in what was sent.")
    if len(text) > LONGEST:
        abort(413, f"A text may have {LONGEST:,} characters; send it in parts, or as a file.")
    return blocks_of(text)


def _laid_out(part: Part) -> list[Shown]:
    return list(laid_out(part.comparison.pieces, part.quoted, part.source))


def add_checking(app: Flask, library: Library, run: Run) -> None:
    """Adds the page and the JSON; no cookie is looked at there, so that no form must be proved."""
    checking = Checking(library, run)
    csrf = cast(CSRFProtect, app.extensions["csrf"])
    app.before_request(checking.admit)
    app.add_url_rule(CHECK, "check", checking.page)
    app.add_url_rule(CHECK, "check_draft", checking.check, methods=["POST"])
    app.add_url_rule(CHECK_API, "api_quotations", checking.json, methods=["POST"])
    csrf.exempt(checking.check)
    csrf.exempt(checking.json)
    app.after_request(_unstored)


def _unstored(response: Response) -> Response:
    """What was found of a draft stays in no cache."""
    if request.endpoint in _ENDPOINTS:
        response.headers["Cache-Control"] = "no-store"
    return response
