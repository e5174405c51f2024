"""A web page in, its `Document` out: the blocks of its content, and what it states of itself."""

from selectolax.lexbor import LexborNode

from indexer.document import Block, Document
from indexer.errors import Unreadable
from indexer.readers.common.furniture import same_words
from indexer.readers.common.titles import usable_title
from indexer.readers.html.content import content, is_published
from indexer.readers.html.metadata import first_headings, page_metadata
from indexer.readers.html.preformatted import with_prose
from indexer.readers.html.structure import structured
from indexer.readers.html.stylesheet import styled
from indexer.readers.html.tree import Tree, decoded, parsed, top
from indexer.readers.html.walk import walk


def read(data: bytes) -> Document:
    """The document in the web page `data`; raises `Unreadable` where the page shows no text."""
    return read_markup(*decoded(data))


def read_markup(markup: str, notes: tuple[str, ...] = ()) -> Document:
    """The document in the page `markup`: its content without the page around it, its metadata."""
    tree = parsed(markup)
    root = content_root(tree)
    found = structured(walk(root, styled(tree)))
    if not found or is_published(tree, root, found):
        found = content(markup) or found
    blocks = tuple(with_prose(each.block for each in found))
    if not blocks:
        raise Unreadable("shows no text beside navigation and scripts; save it with its text")
    metadata, doubts = page_metadata(tree, root, blocks)
    return Document(metadata, without_title(blocks, metadata.title), (*notes, *doubts))


def read_fragment(markup: str) -> tuple[Block, ...]:
    """All blocks of `markup`, which is content from its first character to its last."""
    found = structured(walk(top(parsed(f"<article>{markup}"))))
    return tuple(each.block for each in found)


def without_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """`blocks` without the only first-level heading, if all that it says is the title.

    It goes too where a site has put its own number for the document there.
    """
    first = first_headings(blocks)
    if len(first) != 1:
        return blocks
    if usable_title(first[0].text) and not same_words(first[0].text, title):
        return blocks
    if not blocks[1:]:
        return blocks  # or the page would have no text at all
    return tuple(block for block in blocks if block is not first[0])


def content_root(tree: Tree) -> LexborNode:
    """The element that holds the document: the one `main`, else the one `article`, else all."""
    for selector in ("main, [role=main]", "article"):
        found = tree.css(selector)
        if len(found) == 1 and _has_text(found[0]):
            return found[0]
    return top(tree)


def _has_text(element: LexborNode) -> bool:
    texts = (node for node in element.traverse(include_text=True) if node.tag == "-text")
    return any(map(str.strip, (node.text_content or "" for node in texts)))
