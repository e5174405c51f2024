"""A library in; what crawlers and browsers ask of a site out: where to look, how to search."""

from flask import Response, abort, jsonify, request, url_for

from indexer.address import Address
from indexer.library import Library
from web.links import place_at, place_of
from web.reach import whole
from web.xmlwriting import add, answer, root

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_DESCRIPTION = "application/opensearchdescription+xml"
_SUGGESTIONS = "application/x-suggestions+json"
_PAGES = ("home", "documents", "coverage", "help")  # the part 0
# What a crawler would fetch again and again, or without end.
_BARRED = (
    "/search",
    "/api/",
    "/upload",
    "/d/*/cite",
    "/d/*/history",
    "/d/*/wording",
    "/d/*/related",
    "/d/*/in/",
    "/beside/",
    "/compare",
    "/d/*?q=",
    "/d/*&q=",
    "/opensearch/",
)


class Discovery:
    """The handlers of `/robots.txt`, `/sitemap.xml` with its parts, and `/opensearch.xml`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def robots(self) -> Response:
        """What crawlers need not fetch, and where the list of documents is."""
        barred = [f"Disallow: {request.script_root}{path}" for path in _BARRED]
        lines = ["User-agent: *", *barred, "", f"Sitemap: {whole(place_of('sitemap'))}", ""]
        return Response("\n".join(lines), content_type="text/plain; charset=utf-8")

    def sitemap(self) -> Response:
        """The parts of the list of documents, and one of other pages."""
        made = root("sitemapindex", _SITEMAP)
        for number, at in ({0: ""} | self._library.listing.parts()).items():
            part = add(made, "sitemap")
            add(part, "loc", whole(url_for("sitemap_part", number=number)))
            if at:
                add(part, "lastmod", at)
        return answer(made, "application/xml")

    def part(self, number: int) -> Response:
        """The addresses of some documents, each with when it last changed."""
        if number:
            documents = self._library.listing.part(number)
            listed = [(place_at(Address(slug)), at) for slug, at in documents]
        else:
            listed = [(place_of(page), "") for page in _PAGES]
        if not listed:
            abort(404)
        made = root("urlset", _SITEMAP)
        for path, at in listed:
            url = add(made, "url")
            add(url, "loc", whole(path))
            if at:
                add(url, "lastmod", at)
        return answer(made, "application/xml")

    def opensearch(self) -> Response:
        """How a browser can search here by itself, and complete what is typed."""
        made = root("OpenSearchDescription", _OPENSEARCH)
        add(made, "ShortName", "Pilcrow")
        add(made, "Description", "Find the paragraph of a document, and cite it.")
        add(made, "InputEncoding", "UTF-8")
        icon = whole(place_of("static", filename="pilcrow.svg"))
        add(made, "Image", icon, type="image/svg+xml")
        terms = "?q={searchTerms}"
        for kind, endpoint in (("text/html", "search"), (_SUGGESTIONS, "opensearch_suggest")):
            add(made, "Url", type=kind, template=whole(place_of(endpoint)) + terms)
        add(made, "Url", type=_DESCRIPTION, rel="self", template=whole(place_of("opensearch")))
        return answer(made, _DESCRIPTION)

    def suggest(self) -> Response:
        """What may be meant by `q`, in the form that browsers take."""
        query = request.args.get("q", "")
        found = self._library.completions(query)
        response = jsonify([query, [each.query for each in found], [each.kind for each in found]])
        response.content_type = _SUGGESTIONS
        return response
