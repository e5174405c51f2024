"""Resolutions as Akoma Ntoso in; how well citations are found, typed and followed, out.

    tar xJf ../shared/data/scres.tar.xz
    python benchmarks/references.py scres/en

The gold are the links of the files: their addresses name a document, their places a paragraph. Of
what is found and has no link, some is printed, to be judged by a person: many links are missing.
"paragraph N of resolution X" is read by a pattern of this program's own, and must lead to what has
the `<num>` N in the file of X. 500 of these are written in ten ways and typed. Queries of judged
collections (`--queries FILE.jsonl …`) must not be taken for citations.
"""

import argparse
import json
import random
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from indexer.config import load_settings
from indexer.library import Library, open_library
from indexer.naming import name_key
from indexer.references.finder import references
from indexer.references.typed import typed
from indexer.search.destinations import destinations

_NS = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
_SYMBOL = re.compile(r"(?:undocs\.org|docs\.un\.org)/(?:en/)?(.+)$")
_CITED = re.compile(r"\bparagraph (\d{1,2}) of (?:its )?resolution (\d{3,4}) \((\d{4})\)")
_TYPED = (
    "paragraph {n} of resolution {x} ({y})",
    "S/RES/{x} ({y}) paragraph {n}",
    "S/RES/{x}({y}), para. {n}",
    "resolution {x} ({y}), paragraph {n}",
    "Security Council resolution {x} ({y}) ¶ {n}",
    "UNSCR {x} ({y}) para {n}",
    "SCR {x}, OP{n}",
    "s/res/{x} ({y}) op. {n}",
    "S.C. Res. {x}, ¶ {n} ({y})",
    "párrafo {n} de la resolución {x} ({y})",
)


class Paragraph(NamedTuple):
    """A paragraph of a file: its text, and the names that its links lead to."""

    text: str
    links: frozenset[str]


def main() -> None:
    """Prints a line for each measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--queries", nargs="*", type=Path, default=[])
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--show", type=int, default=0, help="misses and finds without a link")
    arguments = parser.parse_args()
    _links(arguments.folder, arguments.show)
    with tempfile.TemporaryDirectory() as data:
        settings = load_settings(
            {"corpus": str(arguments.folder), "data": data, "engine": arguments.engine}
        )
        with open_library(replace(settings, data=Path(data))) as library:
            started = time.perf_counter()
            library.maintenance.sync()
            took = time.perf_counter() - started
            _cost(library, took)
            _followed(library, arguments.folder, arguments.show)
            _hijacked(library, arguments.queries, arguments.show)


def _links(folder: Path, show: int) -> None:
    linked = found = extra = made = 0
    missed: list[tuple[str, str]] = []
    unlinked: list[tuple[str, str]] = []
    for paragraph in _paragraphs(folder):
        names = {name_key(each.name) for each in references(paragraph.text) if each.name}
        linked += len(paragraph.links)
        found += len(paragraph.links & names)
        missed += [(name, paragraph.text) for name in paragraph.links - names]
        if paragraph.links:
            made += len(names)
            extra += len(names - paragraph.links)
            unlinked += [(name, paragraph.text) for name in names - paragraph.links]
    print(
        f"links: {linked:,}; recall {found / linked:.4f}; found beside links {extra:,} of {made:,}"
    )
    for title, some in (("missed", missed), ("without a link", unlinked)):
        for name, text in random.Random(1).sample(some, min(show, len(some))):
            print(f"  {title}: {name} in {text[:300]}")


def _paragraphs(folder: Path) -> Iterator[Paragraph]:
    for path in sorted(folder.rglob("*.xml")):
        for block in _root(path).iter(f"{_NS}p"):
            if any(each.tag == f"{_NS}p" for each in block.iterancestors()):
                continue
            links = (_named(link) for link in block.iter(f"{_NS}a"))
            text = " ".join("".join(block.itertext()).split())
            yield Paragraph(text, frozenset(filter(None, links)))


def _root(path: Path) -> etree._Element:
    parser = etree.XMLParser(huge_tree=True, recover=True)
    return etree.parse(str(path), parser).getroot()


def _named(link: etree._Element) -> str:
    """The key of the document that a link leads to; empty where its text has no number."""
    found = _SYMBOL.search(unquote(link.get("href", "")))
    has_number = any(map(str.isdigit, "".join(link.itertext())))
    return name_key(found[1]) if found and has_number else ""


def _cost(library: Library, took: float) -> None:
    passages = [each for reading in library.export() for each in reading.passages]
    started = time.perf_counter()
    for stored in passages:
        references(stored.passage.text, stored.passage.natural_id)
    spent = time.perf_counter() - started
    print(
        f"cost: sync {took:.1f} s, of which references {spent:.1f} s"
        f" ({spent / (took - spent):.1%}), {spent / len(passages) * 1e6:.0f} µs a passage"
    )


def _followed(library: Library, folder: Path, show: int) -> None:
    """Cited paragraphs in texts, and 500 of them typed in ten ways."""
    gold = {
        key: numbers for path in sorted(folder.rglob("*.xml")) for key, numbers in _numbers(path)
    }
    cited = right = 0
    triples = []
    for paragraph in _paragraphs(folder):
        for found in _CITED.finditer(paragraph.text):
            number, resolution, year = found.groups()
            key = name_key(f"S/RES/{resolution} ({year})")
            if number not in gold.get(key, ()):
                continue
            cited += 1
            triples.append((number, resolution, year))
            made = references(paragraph.text)
            labels = [f"{each.label}-" for each in made if name_key(each.name) == key]
            is_found = any(label.startswith(f"para-{number}-") for label in labels)
            right += is_found and _leads(library, found[0], key, number)
    print(f"'paragraph N of resolution X': {cited:,}; {right / cited:.4f} lead to the paragraph")
    some = random.Random(1).sample(sorted(set(triples)), min(500, len(set(triples))))
    for form in _TYPED:
        texts = [(form.format(n=n, x=x, y=y), name_key(f"S/RES/{x} ({y})"), n) for n, x, y in some]
        wrong = [text for text, key, n in texts if not _leads(library, text, key, n)]
        print(f"typed as '{form}': {len(texts) - len(wrong)} of {len(texts)}")
        for text in wrong[:show]:
            print(f"  wrong: {text}")


def _numbers(path: Path) -> Iterator[tuple[str, frozenset[str]]]:
    """The key of a file's resolution, and the numbers of its own paragraphs."""
    root = _root(path)
    work = root.find(f".//{_NS}FRBRWork/{_NS}FRBRthis")
    found = re.search(r"/(\d{1,4})-(\d{4})/", work.get("value", "") if work is not None else "")
    if found:
        numbers = (
            num
            for body in root.iter(f"{_NS}body", f"{_NS}mainBody")
            for num in body.iter(f"{_NS}num")
        )
        texts = ("".join(each.itertext()).strip(" .\n\t") for each in numbers)
        key = name_key(f"S/RES/{found[1]} ({found[2]})")
        yield key, frozenset(text for text in texts if text.isdigit())


def _leads(library: Library, text: str, key: str, number: str) -> bool:
    """Whether a citation that is typed leads to the paragraph with the number of the document."""
    asked = typed(text)
    found = library.citations.cites.targets(asked, "en") if asked else ()
    if not found or not found[0].is_exact:
        return False
    document = found[0].document
    keys = {name_key(name) for name in document.metadata.names}
    stored = library.locate(document.slug, found[0].local_id)
    return key in keys and stored.passage.label.split(".")[0].strip() == number


def _hijacked(library: Library, files: list[Path], show: int) -> None:
    texts = [
        json.loads(line)["text"] for file in files for line in file.read_text("utf-8").splitlines()
    ]
    if texts:
        taken = [text for text in texts if destinations(text, library._store)]
        print(f"ordinary queries: {len(texts):,}; taken for citations {len(taken)}")
        for text in taken[:show]:
            print(f"  {text}")


if __name__ == "__main__":
    main()
