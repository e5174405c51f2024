"""Measures what is read of Akoma Ntoso: which paragraphs are found, which under their number.

    python benchmarks/akoma_ntoso.py FOLDER

FOLDER holds .xml and .akn files, at any depth. A paragraph is a `p` outside the metadata, the
cover and the quotations within sentences; it is found where passages have the same letters and
digits. A number is a `num` with a text of its own: right where a passage has that text's opening
and that label, or where a heading opens with it.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from indexer.document import Passage
from indexer.errors import DocumentError
from indexer.readers import read
from indexer.reading.passages import split

_OPENING = 60  # letters and digits
_ASIDE = frozenset({"meta", "coverPage", "preface", "toc"})


def main() -> None:
    """Prints how many files, paragraphs and numbers there are, and how many were read."""
    counts: Counter[str] = Counter()
    for path in sorted(p for p in Path(sys.argv[1]).rglob("*") if p.suffix in (".xml", ".akn")):
        counts.update(_measured(path))
    for what in ("files", "paragraphs", "numbers"):
        of = counts[what]
        print(f"{what}: {of}, read {counts[what + ' read']} ({counts[what + ' read'] / of:.4%})")


def _measured(path: Path) -> Counter[str]:
    data = path.read_bytes()
    counts = Counter({"files": 1})
    try:
        passages = split(read(path, data))
    except DocumentError as error:
        print(f"refused: {path.name}: {error}")
        return counts
    root = etree.fromstring(data)
    texts = "\n".join(_letters(part) for p in passages for part in (p.label + p.text, *p.heading))
    for text in _paragraphs(root):
        counts["paragraphs"] += 1
        is_read = text in texts
        counts["paragraphs read"] += is_read
        if not is_read and "-v" in sys.argv:
            print(path.name, "without", text[:200])
    known = _numbered(passages)
    for number, opening in _numbers(root):
        counts["numbers"] += 1
        is_right = (number, opening) in known or any(
            label.startswith(number) and (not opening or text == opening) for label, text in known
        )
        counts["numbers read"] += is_right
        if not is_right and "-v" in sys.argv:
            print(path.name, repr(number), opening)
    return counts | Counter({"files read": 1})


def _numbered(passages: tuple[Passage, ...]) -> set[tuple[str, str]]:
    found = {(_letters(p.label), _letters(p.text)[:_OPENING]) for p in passages}
    headings = {text for passage in passages for text in passage.heading}
    for text in headings:
        number, _, rest = text.partition(" ")
        found.add((_letters(number), _letters(rest)[:_OPENING]))
        if not rest:
            found.update((_letters(number), _letters(p.text)[:_OPENING]) for p in passages)
    return found


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for each in root.iter("{*}p"):
        around = {etree.QName(above).localname for above in each.iterancestors()}
        if not around & {*_ASIDE, "authorialNote"}:
            yield from filter(None, [_text(each)])


def _numbers(root: etree._Element) -> Iterator[tuple[str, str]]:
    for number in root.iter("{*}num"):
        unit = number.getparent()
        first = next(unit.iter("{*}p", "{*}heading", "{*}subheading", "{*}crossHeading"), None)
        opening = "" if first is None else _text(first)
        yield _letters("".join(number.itertext())), opening[:_OPENING]


def _text(element: etree._Element) -> str:
    """The letters and digits of `element`, without those of notes in it."""
    pieces = element.xpath(".//text()[not(ancestor::*[local-name()='authorialNote'])]")
    return _letters("".join(pieces))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


if __name__ == "__main__":
    main()
