"""A parsed web page in; what it states of itself, in JSON-LD, meta elements and headings, out."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace

from selectolax.lexbor import LexborNode

from indexer.document import Block, Kind, Metadata
from indexer.readers.common.dates import normal_date
from indexer.readers.common.properties import language_tag, web_address
from indexer.readers.common.titles import usable_title
from indexer.readers.html.official import act_title, opening_title, stated_names
from indexer.readers.html.tree import Tree, above, attribute, tidy

Statement = tuple[str, str, str]  # a field's name, its value, and where the page states it

_LINKED = (
    *(("title", "headline"), ("title", "name"), ("date", "datePublished")),
    *(("publisher", "publisher"), ("source", "url"), ("language", "inLanguage")),
)
_META = {
    "title": "og:title citation_title dcterms.title dc.title",
    "date": """article:published_time citation_publication_date citation_date dcterms.issued
        dcterms.date dc.date dc.date.issued date""",
    "publisher": "og:site_name citation_publisher dcterms.publisher dc.publisher publisher",
    "source": "og:url citation_public_url dcterms.identifier dc.identifier",
    "tags": "keywords",
}
_PAGE_TYPE = re.compile(r"(?:Article|Posting|Page|Report|Work|Legislation|Book|Document)$")


def page_metadata(
    tree: Tree, root: LexborNode, blocks: tuple[Block, ...]
) -> tuple[Metadata, tuple[str, ...]]:
    """What the page states of itself, and notes on what of that is malformed.

    `root` is the element with the content, `blocks` what was read there.
    """
    linked, notes = _linked_data(tree)
    canonical = tree.css_first("link[rel~=canonical]")
    first = first_headings(blocks) or [Block(Kind.HEADING, h1.text()) for h1 in tree.css("h1")]
    languages = (attribute(node, "lang") for node in (root, *above(root)))
    title = tree.css_first("head > title")
    stated = [
        ("source", attribute(canonical, "href"), "link canonical"),
        *linked,
        *_meta_elements(tree),
        ("title", act_title(tree), "first elements for a title"),
        ("title", first[0].text if len(first) == 1 else "", "first heading"),
        ("title", title.text() if title else "", "title element"),
        ("title", opening_title(blocks), "first lines of the text"),
        *(("date", attribute(time, "datetime"), "time element") for time in root.css("time")),
        ("language", next(filter(None, languages), ""), "html lang"),
    ]
    names = stated_names(tree)
    origins = {"names": "identifiers in the page's head"} if names else {}
    return _chosen(stated).over(Metadata(names=names, origins=origins)), notes


def first_headings(blocks: tuple[Block, ...]) -> list[Block]:
    """The headings of the first level, those aside that have a number."""
    return [b for b in blocks if b.kind is Kind.HEADING and b.level == 1 and not b.label]


def _chosen(stated: list[Statement]) -> Metadata:
    known: dict[str, str] = {}
    origins: dict[str, str] = {}
    # Publishers first: a title may end with the publisher's name.
    for name, value, origin in sorted(stated, key=lambda statement: statement[0] != "publisher"):
        usable = _usable(name, tidy(value), known.get("publisher", ""))
        if usable and name not in known:
            known[name], origins[name] = usable, origin
    words = re.split(r"\s*[,;]\s*", known.pop("tags", ""))
    said = Metadata(tags=tuple(dict.fromkeys(filter(None, words))), origins=origins)
    return replace(said, **known)  # type: ignore[arg-type] # of the fields that hold text


def _usable(name: str, value: str, publisher: str) -> str:
    if name == "title":
        ending = rf"(?<=\S)\s+(?:[|·•»–—-]|::?)\s+{re.escape(publisher)}$"
        return usable_title(re.sub(ending, "", value, flags=re.IGNORECASE) if publisher else value)
    if name == "date":
        return normal_date(value.replace("/", "-"))
    if name == "language":
        return language_tag(value)
    return value if name != "source" else web_address(value)


def _meta_elements(tree: Tree) -> list[Statement]:
    contents: dict[str, str] = {}
    for meta in tree.css("meta"):
        name = (attribute(meta, "property") or attribute(meta, "name")).strip().lower()
        contents.setdefault(name, attribute(meta, "content"))
    return [
        (f, contents[n], f"meta {n}")
        for f, ns in _META.items()
        for n in ns.split()
        if n in contents
    ]


def _linked_data(tree: Tree) -> tuple[list[Statement], tuple[str, ...]]:
    nodes: list[Mapping[str, object]] = []
    notes = []
    for script in tree.css("script[type='application/ld+json']"):
        try:
            nodes += _nodes(json.loads(script.text(), strict=False))
        except (ValueError, RecursionError) as error:
            notes.append(f"JSON-LD is malformed and was not used: {error}")
    names = {node.get("@id"): node.get("name") for node in nodes if _word(node.get("@id"))}
    pages = [n for n in nodes if "headline" in n or _PAGE_TYPE.search(_word(n.get("@type")))]
    stated = [
        (field, _word(page.get(key), names), "JSON-LD")
        for page in sorted(pages, key=lambda node: "headline" not in node)
        for field, key in _LINKED
    ]
    return stated, tuple(notes)


def _nodes(value: object) -> list[Mapping[str, object]]:
    """The objects at the top of JSON-LD, which may be one, a list, or a graph of them."""
    if isinstance(value, list):
        return [node for item in value for node in _nodes(item)]
    return [value, *_nodes(value.get("@graph"))] if isinstance(value, Mapping) else []


def _word(value: object, names: Mapping[object, object] | None = None) -> str:
    """`value` where it is text, else the name of it or of its first member, found by @id too."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("name") or (names or {}).get(str(value.get("@id")))
    return value if isinstance(value, str) else ""
