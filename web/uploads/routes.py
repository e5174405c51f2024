"""An application and its library in, the same with its ways to add documents out."""

from flask import Flask, Response, request

from indexer.credentials import Tokens
from indexer.intake import service
from indexer.library import Library
from indexer.processes.call import Run
from web.uploads.access import Access, guard
from web.uploads.api import DocumentsApi
from web.uploads.page import Uploads
from web.uploads.receiving import Receiving

PAGE = "/upload"


def add_uploads(app: Flask, library: Library, run: Run) -> None:
    """Adds the upload page and `POST /api/v1/documents`.

    Who may send is asked first; then the form is checked, for which it must be read.
    """
    settings = library.settings
    access = Access(Tokens(settings.data))
    signed_in = ("upload_add", "upload_decide", "upload_sign-out")
    checks = {"api_documents": access.bearer, **dict.fromkeys(signed_in, access.required)}
    receiving = Receiving(app, service.staging(settings), checks, settings)
    csrf = guard(app, settings.data, PAGE)
    documents = DocumentsApi(settings, receiving, run)
    csrf.exempt(documents.add)  # no cookie is looked at there
    app.add_url_rule("/api/v1/documents", "api_documents", documents.add, methods=["POST"])
    _add_page(app, Uploads(library, access, receiving, run))
    app.jinja_env.globals["documents_can_be_added"] = access.tokens.exist
    app.after_request(_unstored)


def _add_page(app: Flask, uploads: Uploads) -> None:
    app.add_url_rule(PAGE, "upload", uploads.page)
    app.add_url_rule(PAGE, "upload_add", uploads.add, methods=["POST"])
    for name, handler in (
        ("decide", uploads.decide),
        ("sign-in", uploads.sign_in),
        ("sign-out", uploads.sign_out),
    ):
        app.add_url_rule(f"{PAGE}/{name}", f"upload_{name}", handler, methods=["POST"])


def _unstored(response: Response) -> Response:
    """What is about uploads stays in no cache."""
    if request.path.startswith(PAGE):
        response.headers["Cache-Control"] = "no-store"
    return response
