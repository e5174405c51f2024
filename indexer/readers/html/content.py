"""A web page as its site publishes it in; the blocks that are its content out.

trafilatura finds the content. It is asked with a copy of the page in which each of our blocks
starts with a mark; the marks that come back tell which blocks to keep, with their headings,
numbers and anchors as they stand in the page itself.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from selectolax.lexbor import LexborNode

from indexer.document import Block, Kind
from indexer.readers.common.furniture import ends_sentence
from indexer.readers.html.found import Found
from indexer.readers.html.structure import structured
from indexer.readers.html.stylesheet import styled
from indexer.readers.html.tree import Tree, parsed, top
from indexer.readers.html.walk import walk

# A mark is two Braille signs: printable, in no word, and in hardly any page.
_FIRST, _BASE = 0x2800, 256
_MARK = re.compile(rf"[{chr(_FIRST)}-{chr(_FIRST + _BASE - 1)}]")
_SHARING = "meta[property^='og:'], meta[name^='twitter:'], script[type='application/ld+json']"
_CONTROLS = "button, iframe, input"
_FEW_CONTROLS = 2  # a search field and its button
_LINKS = 0.1  # the share of links in running text
_SCRIPT = 1000  # characters; manuals have a few lines, sites have trackers
_LINKED = 0.8  # the share of links from which on a paragraph leads elsewhere
_TEXT = 0.5  # the share of links up to which a block is text


def is_published(tree: Tree, root: LexborNode, found: list[Found]) -> bool:
    """Whether the page is one of a site, where the content `found` in `root` stands among more.

    Such a page runs scripts of its own or wants to be clicked on, or it states how to share it and
    has boxes named after what they hold, or many links, in its content. Manuals and official
    documents do none of it.
    """
    if sum(len(script.text()) for script in tree.css("script")) > _SCRIPT:
        return True
    if len(root.css(_CONTROLS)) > _FEW_CONTROLS:
        return True
    return bool(tree.css_first(_SHARING)) and not _is_plain(found)


def _is_plain(found: list[Found]) -> bool:
    characters = sum(len(each.block.text) for each in found)
    linked = sum(len(each.block.text) * each.linked for each in found)
    return not any(each.beside for each in found) and linked < _LINKS * characters


def content(markup: str) -> list[Found]:
    """The blocks of the page `markup` that are its content; empty where none is found."""
    tree = parsed(_MARK.sub("", markup))
    found = structured(walk(top(tree), styled(tree, hiding=False), with_hidden=True))
    if len(found) > _BASE * _BASE:
        return []
    return _completed(found, _kept(tree, found))


def _kept(tree: Tree, found: list[Found]) -> set[int]:
    """The places in `found` of the blocks that trafilatura takes for content."""
    import trafilatura  # noqa: PLC0415 (it takes long, and most folders do without it)

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    together = defaultdict(list)  # blocks that lines of one text are
    for at, each in enumerate(found):
        together[each.start.mem_id].append(at)
    for first, *_ in together.values():
        high, low = divmod(first, _BASE)
        mark = chr(_FIRST + high) + chr(_FIRST + low)
        start = found[first].start
        start.replace_with(mark + (start.text_content or ""))
    tree.strip_tags(["script", "style", "svg"])  # as trafilatura would, at more cost
    text = trafilatura.extract(tree.html or "", include_comments=False) or ""
    digits = [ord(sign) - _FIRST for sign in _MARK.findall(text)]
    kept = {high * _BASE + low for high, low in zip(digits[::2], digits[1::2], strict=False)}
    return {at for places in together.values() if places[0] in kept for at in places}


def _completed(found: list[Found], kept: set[int]) -> list[Found]:
    """The blocks in `kept` and what was missed among them, without what leads elsewhere."""
    taken = kept.union(_missed(found, kept))
    chosen: list[Found] = []
    follows = False  # whether the block after this one is content
    for at, each in zip(range(len(found) - 1, -1, -1), reversed(found), strict=True):
        if each.block.kind is Kind.HEADING:
            missed = follows and at > min(kept) and not each.beside
            follows = bool(chosen) and (at in taken or missed)
        else:
            leads_away = each.block.kind is Kind.PARAGRAPH and each.linked >= _LINKED
            follows = at in taken and not leads_away
        if follows:
            chosen.append(each)
    return chosen[::-1]


def _missed(found: list[Found], kept: set[int]) -> Iterator[int]:
    """Text between two blocks that were kept, where nothing else stands between them."""
    for before, after in pairwise(sorted(kept)):
        between = range(before + 1, after)
        texts = [at for at in between if found[at].linked < _TEXT]
        if 2 * len(texts) > len(between) and not any(found[at].beside for at in between):
            yield from (at for at in texts if _is_text(found[at].block))


def _is_text(block: Block) -> bool:
    """Whether `block` is not a caption, say, or a label, which stand among paragraphs too."""
    if block.kind is Kind.PARAGRAPH:
        return ends_sentence(block.text)
    return block.kind is not Kind.HEADING
