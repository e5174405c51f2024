"""An open library in, the web application that answers from it out."""

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from jinja2 import StrictUndefined

from indexer.address import PREFIX, Address
from indexer.citing.dates import spoken_date
from indexer.citing.source import cited_names, title_of
from indexer.library import Library
from indexer.processes import call
from indexer.processes.call import Run
from web.agreed import AgreedPages
from web.akoma import add_akoma
from web.api import Api
from web.asof import extent_of
from web.checking import add_checking
from web.citing import Citing
from web.comparing import Comparing
from web.coverage import Coverage
from web.delivery import add_delivery, static_path
from web.discovery import Discovery
from web.errors import map_errors
from web.exporting import Exports
from web.feeds import Feeds
from web.filters import tag_search
from web.gate import EXPORT
from web.health import Health
from web.languages import Languages
from web.links import address_of, link_found, link_to, place_at, place_of
from web.markdown_pages import add_markdown
from web.marking import compared, excerpt, marked
from web.originals import Originals
from web.pages import Pages
from web.paging import offered
from web.programs.routes import add_programs
from web.prose import prose
from web.reach import add_reach, here, whole
from web.reading import Documents
from web.record import add_record
from web.references import References
from web.security import add_headers
from web.tools import add_tools
from web.uploads.routes import add_uploads
from web.wording import (
    counted,
    direction_of,
    headings_of,
    is_cut,
    language_name,
    linkable,
    marked_headings,
    partial_of,
    total_of,
)

_SAYS = (
    Address,
    address_of,
    cited_names,
    compared,
    counted,
    direction_of,
    extent_of,
    excerpt,
    headings_of,
    is_cut,
    language_name,
    link_found,
    link_to,
    linkable,
    marked,
    marked_headings,
    offered,
    partial_of,
    place_at,
    place_of,
    here,
    spoken_date,
    tag_search,
    title_of,
    total_of,
    whole,
)

_EDITION = "<int(max=1_000_000):edition>"  # so many that every store can be asked for the number


class ReadableJson(DefaultJSONProvider):
    """JSON in the order it was written, in the letters it is about."""

    sort_keys = False
    ensure_ascii = False


def create_app(library: Library, run: Run = call.here) -> Flask:
    """The application; it reads from `library` and never writes.

    What is uploaded is read, and put into the corpus and synced, by `run`.
    """
    app = Flask(__name__, static_url_path=static_path())
    app.json = ReadableJson(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters["prose"] = prose
    app.jinja_env.globals.update({function.__name__: function for function in _SAYS})
    _add_routes(app, Pages(library), Documents(library), Citing(library))
    app.add_url_rule("/original/<slug>", "original", Originals(library).original)
    app.add_url_rule(EXPORT, "export", Exports(library).export)
    _add_programs_routes(app, library)
    _add_discovery(app, Discovery(library))
    comparing = Comparing(library)
    app.add_url_rule("/compare", "compare", comparing.page)
    app.add_url_rule("/api/v1/compare", "api_compare", comparing.json)
    _add_languages(app, Languages(library))
    _add_agreed(app, AgreedPages(library))
    feeds = Feeds(library)
    app.add_url_rule("/documents.atom", "feed", feeds.collection)
    app.add_url_rule("/search.atom", "search_feed", feeds.search)
    app.add_url_rule("/feed/<slug>", "document_feed", feeds.document)
    references = References(library)
    app.add_url_rule("/cite", "follow", references.page)
    app.add_url_rule("/api/v1/references", "api_references", references.json)
    coverage = Coverage(library)
    app.add_url_rule("/coverage", "coverage", coverage.page)
    app.add_url_rule("/api/v1/coverage", "api_coverage", coverage.json)
    add_uploads(app, library, run)
    add_checking(app, library, run)
    add_tools(app, library)
    map_errors(app)
    add_headers(app)
    add_delivery(app)
    add_reach(app, library.settings)
    add_record(app, library.settings)
    return app


def _add_routes(app: Flask, pages: Pages, documents: Documents, citing: Citing) -> None:
    app.add_url_rule("/", "home", pages.home)
    app.add_url_rule("/documents", "documents", pages.documents)
    app.add_url_rule("/search", "search", pages.search)
    app.add_url_rule("/search/values", "values", pages.values)
    app.add_url_rule("/help", "help", pages.help)
    app.add_url_rule("/kept", "kept", pages.kept)
    app.add_url_rule(f"{PREFIX}<slug>", "document", documents.document)
    app.add_url_rule(f"{PREFIX}<slug>@{_EDITION}", "edition", documents.document)
    app.add_url_rule(f"{PREFIX}<slug>/<local_id>", "passage", documents.passage)
    app.add_url_rule(f"{PREFIX}<slug>/<local_id>@{_EDITION}", "cited", documents.cited)
    app.add_url_rule(f"{PREFIX}<slug>/<local_id>/history", "history", documents.history)
    app.add_url_rule(f"{PREFIX}<slug>/<local_id>/cite", "cite", citing.page)
    app.add_url_rule(f"{PREFIX}<slug>/<local_id>@{_EDITION}/cite", "cite_edition", citing.page)


def _add_languages(app: Flask, languages: Languages) -> None:
    app.add_url_rule(f"{PREFIX}<slug>/<local_id>/in/<other>", "counterpart", languages.counterpart)
    app.add_url_rule("/beside/<slug>/<other>", "beside", languages.page)
    app.add_url_rule("/api/v1/languages", "api_languages", languages.json)
    app.add_url_rule("/api/v1/beside", "api_beside", languages.beside_json)


def _add_agreed(app: Flask, agreed: AgreedPages) -> None:
    app.add_url_rule(f"{PREFIX}<slug>/<local_id>/wording", "wording", agreed.wording)
    app.add_url_rule(f"{PREFIX}<slug>/<local_id>/related", "related", agreed.related)
    app.add_url_rule("/formulas", "formulas", agreed.formulas)
    app.add_url_rule("/api/v1/wording", "api_wording", agreed.wording_json)
    app.add_url_rule("/api/v1/related", "api_related", agreed.related_json)
    app.add_url_rule("/api/v1/formulas", "api_formulas", agreed.formulas_json)


def _add_programs_routes(app: Flask, library: Library) -> None:
    api, health = Api(library), Health(library)
    add_markdown(app, library)
    add_akoma(app, library)
    add_programs(app, library)
    app.add_url_rule("/api/v1/search", "api_search", api.search)
    app.add_url_rule("/api/v1/suggest", "api_suggest", api.suggest)
    app.add_url_rule("/healthz", "alive", health.alive)
    app.add_url_rule("/readyz", "ready", health.ready)


def _add_discovery(app: Flask, discovery: Discovery) -> None:
    app.add_url_rule("/robots.txt", "robots", discovery.robots)
    app.add_url_rule("/sitemap.xml", "sitemap", discovery.sitemap)
    app.add_url_rule("/sitemap-<int(max=1_000_000):number>.xml", "sitemap_part", discovery.part)
    app.add_url_rule("/opensearch.xml", "opensearch", discovery.opensearch)
    app.add_url_rule("/opensearch/suggest", "opensearch_suggest", discovery.suggest)
