"""An element of a web page in; what it means for the text in it out."""

import re
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborNode

from indexer.document import Kind

Attributes = Mapping[str, str | None]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


PREFORMATTED = _names("pre xmp listing plaintext")
KINDS = {
    **{f"h{level}": (Kind.HEADING, level) for level in range(1, 7)},
    **dict.fromkeys(("li", "dt", "dd"), (Kind.ITEM, 1)),
    **dict.fromkeys(PREFORMATTED, (Kind.CODE, 0)),
    "blockquote": (Kind.QUOTE, 0),
}
LISTS = _names("ol ul dl menu dir")
NUMBERED = _names("ol ul menu")  # lists whose items may have numbers
BLOCKS = LISTS.union(KINDS) | _names(
    """address article aside body caption center details dialog div fieldset figcaption figure
    footer form frameset header hgroup hr html legend main p search section summary table tbody td
    tfoot th thead tr"""
)
_MAY_QUOTE = _names("article div section")
CELLS = _names("td th")
SECTIONS = _names("article main section")
PAGE_FURNITURE = _names("header footer aside")
# Of these the text is a part of the block that they are in, and nothing more is to be known.
INLINE = _names(
    """abbr b bdi bdo big cite code dfn em font i ins kbd mark q samp small span strong tt u
    var"""
)
DROPPED = _names(
    """annotation annotation-xml audio button canvas datalist del head iframe input nav noembed
    noframes noscript option rp rt rtc s script select strike style svg template textarea title
    video"""
)
_DROPPED_ROLES = _names("navigation banner contentinfo search dialog alertdialog")
# Of every manual that DocBook makes, and the running heads of the Official Journal of the EU.
_DROPPED_CLASSES = _names("navheader navfooter hd-date hd-lg hd-ti hd-oj").union(
    _names("oj-hd-date oj-hd-lg oj-hd-ti oj-hd-oj oj-hd-uniq oj-hd-coll oj-hd-psi")
)
_DROPPED_IDS = _names("banner")
_LINES_KEPT = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_LINES_KEPT_BY_CLASS = _names("whitespace-pre whitespace-pre-wrap whitespace-pre-line")
_BESIDE = re.compile(
    r"""(?:^|[\W_])(?:comments?|disqus|respond|replies|shar(?:e|ing)|social|related|recommend\w*
    |newsletters?|subscri\w+|sign-?up|cookies?|consent|gdpr|promo\w*|advert\w*|ads?|sponsor\w*
    |sidebar|widgets?|breadcrumbs?|popular|trending|outbrain|taboola|modal|popup|nav|navbar|menu
    |footer|bylines?|tags)(?:$|[\W_])""",
    re.IGNORECASE | re.VERBOSE,
)
_UNSEEN = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE
)
# What the well-known style sheets call text that is read out and not shown.
_FOR_SCREEN_READERS = _names("sr-only visually-hidden visuallyhidden screen-reader-text")
_QUOTED = re.compile(
    r"(?:^|[\s_-])(?:block-?quote|quote|quoted|quotation|quoted-?structure)(?:$|[\s_-])",
    re.IGNORECASE,
)
_EMPTY_LINE = re.compile(r"<br\b[^>]*>\s*<br\b")
_NOT_IN_ROWS = "table, h1, h2, h3, h4, h5, h6"


def is_navigation(attributes: Attributes) -> bool:
    """Whether an element is said to lead elsewhere, or to be a box over the page."""
    return (
        attributes.get("role") in _DROPPED_ROLES
        or attributes.get("class") in _DROPPED_CLASSES
        or attributes.get("id") in _DROPPED_IDS
    )


def is_hidden(attributes: Attributes) -> bool:
    """Whether the page does not show an element, or not to everybody."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style, names = attributes.get("style"), attributes.get("class")
    return bool((style and hides(style)) or (names and _FOR_SCREEN_READERS & set(names.split())))


def hides(declarations: str) -> bool:
    """Whether CSS declarations let an element not be seen."""
    return bool(_UNSEEN.search(declarations))


def is_quotation(tag: str, attributes: Attributes) -> bool:
    """Whether a block is said to be another text's words, headings and numbers included."""
    return tag in _MAY_QUOTE and _names_a_quotation(attributes.get("class") or "")


@lru_cache(maxsize=4096)
def _names_a_quotation(names: str) -> bool:
    return bool(_QUOTED.search(names))


def keeps_line_ends(attributes: Attributes) -> bool:
    """Whether the ends of lines in an element's markup are those that it is shown with."""
    style, names = attributes.get("style"), attributes.get("class")
    if style and _LINES_KEPT.search(style):
        return True
    return bool(names and _LINES_KEPT_BY_CLASS.intersection(names.split()))


def is_plain_element(attributes: Attributes) -> bool:
    """Whether the attributes of an element say nothing of the place of its text.

    Nearly all elements have but a class, or nothing, so that no more need be asked of them.
    """
    if not attributes:
        return True
    return len(attributes) == 1 and "class" in attributes and _is_plain(attributes["class"])


@lru_cache(maxsize=4096)
def _is_plain(names: str | None) -> bool:
    attributes = {"class": names}
    return not (is_navigation(attributes) or is_hidden(attributes) or keeps_line_ends(attributes))


def is_beside(attributes: Attributes) -> bool:
    """Whether an element is hidden, or named as something beside the content."""
    return is_hidden(attributes) or _names_what_is_beside(attributes.get("class") or "")


@lru_cache(maxsize=4096)
def _names_what_is_beside(name: str) -> bool:
    return bool(_BESIDE.search(name))


def is_row(row: LexborNode) -> bool:
    """Whether `row` tabulates: it has several cells, and none of them is laid out as a page."""
    cells = [child for child in row.iter() if child.tag in CELLS]
    if not cells[1:] or row.css_first(_NOT_IN_ROWS):
        return False
    if not row.css_first("p, br"):
        return True
    return not any(cell.css("p")[1:] or _EMPTY_LINE.search(cell.html or "") for cell in cells)
