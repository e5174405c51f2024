"""A page in, what stands in it that no template of ours has put there out."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

import web
from tests.helpers.vectors import HOST

_SOURCES = Path(web.__file__).parent
_TAG = re.compile(r"<([a-z][a-z0-9]*)\b")
_ATTRIBUTE = re.compile(r"""[\s"'}]([a-zA-Z][a-zA-Z-]*)(?==["{]|[\s>{])""")
_ADDRESSES = frozenset(("href", "src", "action", "formaction", "cite", "poster", "data"))
# Implied, written by Markdown, or (`pre`) named by the kind of a passage.
_IMPLIED = frozenset(("html", "head", "body", "tbody", "em", "pre"))
_IGNORED = re.compile(r"[\x00-\x20]")  # what browsers take no notice of before and in a scheme


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    """The elements and the attributes that our own sources write."""
    files = (*_SOURCES.glob("templates/*.html"), *_SOURCES.rglob("*.py"))
    text = "\n".join(path.read_text("utf-8") for path in files)
    return frozenset(_TAG.findall(text)) | _IMPLIED, frozenset(
        map(str.lower, _ATTRIBUTE.findall(text))
    )


def intrusions(page: str) -> list[str]:
    """Elements, attributes and addresses of a page that are not of our making.

    The page is parsed as a browser does. Nothing here leans on the Content-Security-Policy.
    """
    tree = LexborHTMLParser(page)
    assert tree.root is not None
    return [said for node in tree.root.traverse() for said in _intrusion(node)]


def _intrusion(node: LexborNode) -> list[str]:
    tags, attributes = _known()
    tag, found = str(node.tag), []
    if tag not in tags:
        found.append(f"<{tag}>")
    if tag == "script" and (node.text() or not _is_ours(str(node.attributes.get("src")))):
        found.append(f"script {node.text()[:40]}")
    for name, value in node.attributes.items():
        if (
            name.lower() not in attributes
            or name.startswith("on")
            or name in ("style", "srcdoc", "ping")
        ):
            found.append(f"<{tag} {name}>")
        if name in _ADDRESSES and not _is_allowed(node, value or ""):
            found.append(f"<{tag} {name}={value!r}>")
    return found


def _is_ours(address: str) -> bool:
    return address.startswith("/static/")


def _is_allowed(node: LexborNode, address: str) -> bool:
    """Whether it is a place of this server, or a link to elsewhere that says so."""
    seen = _IGNORED.sub("", address)
    if seen.startswith(("http://localhost/", "http://127.0.0.1:")):
        return True
    if re.match(r"https?://", seen, re.IGNORECASE):
        is_told = "external" in str(node.attributes.get("rel"))
        return node.tag == "a" and is_told
    return re.match(r"/(?![/\\])|[#?]|$", seen) is not None and urlsplit(seen).netloc != HOST
