"""Measures how official documents are read, by documents whose numbers are known.

    python benchmarks/official.py FOLDER [--wrong]

FOLDER has `docx/` with Word files, `gold/` with the Akoma Ntoso of the same documents, `html/` with
pages of EUR-Lex, treaties and acts, and `md/` with German laws. Rows: numbered paragraphs that are
found, and found under their number, against the Akoma Ntoso; units of EUR-Lex by the pages' own
markup; numbered paragraphs that have an official address; how long reading took.
"""

import argparse
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree
from official_html import measured

from indexer.document import Kind, Passage
from indexer.errors import DocumentError
from indexer.readers import read
from indexer.reading.passages import split

_OPENING = 60  # letters and digits
_UNITS = frozenset(
    (
        *("paragraph", "subparagraph", "section", "subsection", "hcontainer", "article", "level"),
        *("point", "rule", "item", "clause", "prov1", "prov2", "para1", "para2", "division"),
    )
)
_SHORTEST = 3  # letters and digits of a text that can be told from others


class Gold(NamedTuple):
    """A numbered paragraph as the official file has it: its number, and how its text opens.

    `whole` is its number behind that of the unit which it begins: `1.—(1)` is printed as one.
    """

    number: str
    whole: str
    opening: str


def main() -> None:
    """Prints a row for each measure that the folder has documents for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wrong", action="store_true", help="also print what is read wrongly")
    arguments = parser.parse_args()
    started = time.process_time()
    print("| measure | of | found | under their number |\n|---|---|---|---|")
    _word_files(arguments.folder, show=arguments.wrong)
    print("\n| units of EUR-Lex | of | with their number | with their address |\n|---|---|---|---|")
    _eur_lex(arguments.folder / "html", show=arguments.wrong)
    print("\n| file | numbered paragraphs | with an official address |\n|---|---|---|")
    for path in _files(arguments.folder, "md", "html"):
        _addresses(path)
    print(f"\n{time.process_time() - started:.1f} s of work")


def _files(folder: Path, *kinds: str) -> Iterator[Path]:
    for kind in kinds:
        yield from sorted(path for path in (folder / kind).rglob("*") if path.is_file())


def _passages(path: Path) -> tuple[Passage, ...]:
    try:
        return split(read(path, path.read_bytes()))
    except DocumentError as error:
        print(f"refused: {path.name}: {error}")
        return ()


def _word_files(folder: Path, *, show: bool) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for path in _files(folder, "gold"):
        name = path.relative_to(folder / "gold").with_suffix("")
        document = folder / "docx" / name.with_suffix(".docx")
        if not document.exists():
            continue
        labels = defaultdict(list)
        for passage in _passages(document):
            labels[_letters(passage.text)[:_OPENING]].append(_letters(passage.label))
        for gold in numbered(path):
            found = labels.get(gold.opening, [])
            counts[name.parts[0]].update(
                {"all": 1, "found": bool(found), "right": bool({*gold[:2]} & {*found})}
            )
            if show and not {*gold[:2]} & {*found}:
                print(name, gold.number, gold.opening, found[:3])
    for kind, count in sorted(counts.items()):
        shares = (f"{count[what] / count['all']:.1%}" for what in ("found", "right"))
        print(f"| {kind} | {count['all']} | {' | '.join(shares)} |")


def numbered(path: Path) -> Iterator[Gold]:
    """The numbered units of an Akoma Ntoso file that have a text of their own."""
    parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False)
    for unit in etree.parse(path, parser).getroot().iter("{*}*"):
        if _name(unit) not in _UNITS:
            continue
        number = next((child for child in unit if _name(child) == "num"), None)
        content = next((child for child in unit if _name(child) in ("content", "intro")), None)
        if number is None or content is None:
            continue
        first = next((each for each in content.iter() if _name(each) in ("p", "block")), content)
        opening = _letters(_own_text(first))[:_OPENING]
        if len(opening) >= _SHORTEST:
            yield Gold(_letters(_own_text(number)), _whole_number(unit, number), opening)


def _own_text(element: etree._Element) -> str:
    """The text of an element without that of its notes, and of the provisions that it inserts."""
    texts = [element.text or ""]
    for child in element:
        if _name(child) not in ("authorialNote", "quotedStructure", "embeddedStructure", ""):
            texts.append(_own_text(child))
        texts.append(child.tail or "")
    return "".join(texts)


def _whole_number(unit: etree._Element, number: etree._Element) -> str:
    own = _letters(_own_text(number))
    parent = unit.getparent()
    if parent is None or _name(parent) not in _UNITS:
        return own
    above = next((child for child in parent if _name(child) == "num"), None)
    first = next(child for child in parent if _name(child) in _UNITS)
    return own if above is None or first is not unit else _letters(_own_text(above)) + own


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _eur_lex(folder: Path, *, show: bool) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.glob("*.html")):
        counts.update(measured(path, show=show))
    for kind in sorted({kind for kind, _ in counts}):
        of = counts[kind, "all"]
        shares = (f"{counts[kind, what] / of:.1%}" for what in ("number", "address"))
        print(f"| {kind} | {of} | {' | '.join(shares)} |")


def _addresses(path: Path) -> None:
    labelled = [each for each in _passages(path) if each.label and each.kind is not Kind.NOTE]
    if not labelled:
        return
    official = sum(bool(each.natural_id) for each in labelled)
    print(f"| {path.name} | {len(labelled)} | {official / len(labelled):.1%} |")


if __name__ == "__main__":
    main()
