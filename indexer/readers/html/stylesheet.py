"""The style sheets in a web page in; the elements that they hide, and the style of lists, out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import SelectolaxError

from indexer.readers.html.elements import hides
from indexer.readers.html.lists import list_style
from indexer.readers.html.tree import Tree, attribute

_COMMENT = re.compile(r"/\*[^*]*+\*++(?:[^/*][^*]*+\*++)*+/")
_RULE = re.compile(r"(?<![^{};])([^{};]*+)\{([^{}]*+)\}")
_MEDIA = re.compile(r"@media\b([^{};]*+)\{", re.IGNORECASE)
_SCREEN = re.compile(r"all|screen", re.IGNORECASE)
# Names, classes, ids and what stands in what: no states of an element, nothing that is made.
_DISPLAY = re.compile(r"(?:^|[;\s])(?:display|visibility)\s*:", re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
_PLAIN = re.compile(r"[\w\s.#>-]+")
_LIST = re.compile("list-style")
_HIDING = re.compile("list-style|none|hidden|collapse")
_LONGEST = 200_000  # characters; longer ones are of sites, not of documents
_MOST = 1_000  # rules


@dataclass(frozen=True, slots=True)
class Styled:
    """The elements that style sheets speak of, by their identity."""

    hidden: frozenset[int] = frozenset()
    lists: dict[int, str] = field(default_factory=dict)


PLAIN = Styled()


def styled(tree: Tree, *, hiding: bool = True) -> Styled:
    """What the style sheets in the page say. A later rule weighs more than an earlier one.

    What they hide is looked for only if wanted: sites have hundreds of such rules.
    """
    hidden: set[int] = set()
    lists: dict[int, str] = {}
    for selector, declarations in _rules(tree, _HIDING if hiding else _LIST):
        if style := list_style(declarations):
            lists |= dict.fromkeys(_chosen(tree, selector), style)
        if not hiding:
            continue
        if hides(declarations):
            hidden.update(_chosen(tree, selector))
        elif hidden and _DISPLAY.search(declarations):
            hidden.difference_update(_chosen(tree, selector))
    return Styled(frozenset(hidden), lists)


def _chosen(tree: Tree, selector: str) -> Iterator[int]:
    for one in selector.split(","):
        if not _PLAIN.fullmatch(one) or not one.strip():
            continue
        try:
            found = tree.css(one)
        except (SelectolaxError, ValueError):
            continue  # browsers pass over what they do not understand, too
        yield from (element.mem_id for element in found)


def _rules(tree: Tree, wanted: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    sheets = [
        sheet.text()
        for sheet in tree.css("style")
        if not attribute(sheet, "media") or _SCREEN.search(attribute(sheet, "media"))
    ]
    text = _COMMENT.sub("", "\n".join(sheets)[:_LONGEST])
    if not wanted.search(text):
        return
    text = _without_other_media(text)
    for count, rule in enumerate(_RULE.finditer(text)):
        if count >= _MOST:
            return
        yield rule[1].strip(), rule[2]


def _without_other_media(text: str) -> str:
    """`text` without the rules for print, say; those for screens stay, without their frame."""
    kept, start = [], 0
    while opening := _MEDIA.search(text, start):
        kept.append(text[start : opening.start()])
        end = _end_of_block(text, opening.end())
        if _SCREEN.search(opening[1]) and "(" not in opening[1]:
            kept.append(text[opening.end() : end])
        start = end + 1
    return "".join((*kept, text[start:]))


def _end_of_block(text: str, at: int) -> int:
    depth = 1
    for place in _BRACE.finditer(text, at):
        depth += 1 if place[0] == "{" else -1
        if not depth:
            return place.start()
    return len(text)
