"""How many paragraphs of a translation are joined to the right one of the other version.

    python benchmarks/languages_aligned.py FOLDER [-v]

FOLDER holds Akoma Ntoso files of resolutions, at any depth and in several languages; those with one
printed symbol are versions of one work, and each is joined to the English one. What is right is
taken from the XML alone, in three ways:

- number: the paragraph elements of one part (body, or the n-th attachment) whose own `num` is the
  same number in digits, which no other in that part has; and of numbered elements within such a
  paragraph the first with the first, the second with the second, where both versions have as many.
- preamble: the first element of the preamble with the first, and so on, where both have as many.
- links: paragraphs whose links lead to the same documents, where in neither version any other
  paragraph links to the same ones. Places and numbers play no part.

The first is what the alignment goes by too, where a number is recognised; with `--blind` it is
shown neither numbers nor addresses, and works as on texts that have none.

A pair is right where the paragraphs are joined; of the pairs in `1:1` neither is joined to anything
else, and those in `lost` have none. `eId` is what joining the same `eId` would give, `position` the
same official address, `order` the same place counted from the top.
"""

import argparse
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from indexer.document import Passage
from indexer.errors import DocumentError
from indexer.naming import name_key
from indexer.readers import read
from indexer.reading.passages import split
from indexer.works.pair import Ground, Joined, pair

_DIGITS = re.compile(r"\d+")
_LINKED = re.compile(r"undocs\.org/(?:\w\w/)?(?P<symbol>.+)", re.IGNORECASE)
_MEASURES = ("number", "preamble", "links")


@dataclass(frozen=True)
class Version:
    """A language version: its passages, and the gold keys of each measure with their places."""

    path: Path
    language: str
    symbol: str
    passages: tuple[Passage, ...]
    keys: Mapping[str, Mapping[tuple[object, ...], int]]


def main() -> None:
    """Prints a line for each language and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-v", action="store_true", help="print each pair that is wrong")
    parser.add_argument("--base", default="en", help="the language that all are joined to")
    parser.add_argument("--blind", action="store_true", help="show the alignment no numbers")
    asked = parser.parse_args()
    works: dict[str, dict[str, Version]] = defaultdict(dict)
    for path in sorted(asked.folder.rglob("*.xml")):
        if (version := _version(path)) and version.symbol:
            works[version.symbol].setdefault(version.language, version)
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for work in works.values():
        base = work.get(asked.base)
        for language, version in work.items() if base else ():
            if base and version is not base:
                joined, seconds = _joined(base, version, blind=asked.blind)
                totals[language].update(_measured(base, version, joined, verbose=asked.v))
                totals[language]["µs"] += int(1e6 * seconds)
    for language, counts in sorted(totals.items()):
        _report(language, counts)


def _version(path: Path) -> Version | None:
    data = path.read_bytes()
    try:
        document = read(path, data)
    except DocumentError:
        return None
    passages = tuple(split(document))
    symbols = [name for name in document.metadata.names if not name.startswith("/")]
    root = etree.fromstring(data)
    keys = {name: dict(_once(found)) for name, found in _keys(root, passages).items()}
    symbol = name_key(symbols[0]) if symbols else ""
    return Version(path, document.metadata.language, symbol, passages, keys)


def _keys(
    root: etree._Element, passages: Iterable[Passage]
) -> dict[str, list[tuple[tuple[object, ...], int]]]:
    """What each passage is known by, by measure; a key that comes twice is none."""
    places: dict[str, int] = {}
    for at, passage in enumerate(passages):
        places.setdefault(passage.anchor, at)
    return {
        "number": list(_numbered(root, places)),
        "preamble": list(_preamble(root, places)),
        "links": list(_linked(root, places)),
    }


def _numbered(
    root: etree._Element, places: Mapping[str, int]
) -> Iterator[tuple[tuple[object, ...], int]]:
    for number, part in enumerate(_parts(root)):
        for paragraph in part.iter("{*}paragraph"):
            digits = _DIGITS.findall(_num(paragraph))
            at = _place(paragraph, places)
            if len(digits) != 1 or at is None or _has_numbered_above(paragraph):
                continue
            yield (number, int(digits[0])), at
            inner = [each for each in paragraph.iter() if each is not paragraph and _num(each)]
            for count, each in enumerate(inner):
                if (place := _place(each, places)) is not None:
                    yield (number, int(digits[0]), count, len(inner)), place


def _parts(root: etree._Element) -> list[etree._Element]:
    return [*root.iter("{*}mainBody", "{*}body"), *root.iter("{*}attachment", "{*}doc")]


def _has_numbered_above(element: etree._Element) -> bool:
    return any(_num(each) for each in element.iterancestors())


def _num(element: etree._Element) -> str:
    own = element.find("{*}num")
    return "" if own is None else "".join(own.itertext()).strip()


def _place(element: etree._Element, places: Mapping[str, int]) -> int | None:
    """The first passage that stands in `element`."""
    anchors = (each.get("eId", "") for each in element.iter(etree.Element))
    return min((places[anchor] for anchor in anchors if anchor in places), default=None)


def _preamble(
    root: etree._Element, places: Mapping[str, int]
) -> Iterator[tuple[tuple[object, ...], int]]:
    for preamble in root.iter("{*}preamble"):
        found = [place for each in preamble if (place := _place(each, places)) is not None]
        for number, place in enumerate(found):
            yield (len(found), number), place


def _linked(
    root: etree._Element, places: Mapping[str, int]
) -> Iterator[tuple[tuple[object, ...], int]]:
    links: dict[int, set[str]] = defaultdict(set)
    for link in root.iter("{*}a", "{*}ref"):
        found = _LINKED.search(link.get("href", ""))
        holder = next((e for e in link.iterancestors() if e.get("eId") in places), None)
        if found and holder is not None:
            links[places[holder.get("eId", "")]].add(name_key(found["symbol"]))
    for place, symbols in links.items():
        yield tuple(sorted(symbols)), place


def _once(
    found: Iterable[tuple[tuple[object, ...], int]],
) -> Iterator[tuple[tuple[object, ...], int]]:
    listed = list(found)
    times = Counter(key for key, _ in listed)
    return ((key, place) for key, place in listed if times[key] == 1)


def _joined(base: Version, version: Version, *, blind: bool) -> tuple[Sequence[Joined], float]:
    sides = [base.passages, version.passages]
    if blind:
        sides = [tuple(replace(each, label="", natural_id="") for each in side) for side in sides]
    started = time.process_time()
    return pair(*sides), time.process_time() - started


def _measured(
    base: Version, version: Version, joined: Sequence[Joined], *, verbose: bool
) -> Counter[str]:
    counts = Counter({"documents": 1, "passages": len(base.passages)})
    group = {at: each for each in joined for at in each.left}
    for name in _MEASURES:
        for key, here in base.keys[name].items():
            if (there := version.keys[name].get(key)) is None:
                continue
            each = group[here]
            is_right = there in each.right
            counts[name] += 1
            counts[f"{name} right"] += is_right
            counts[f"{name} 1:1"] += is_right and len(each.left) == len(each.right) == 1
            counts[f"{name} lost"] += not each.right
            counts[f"ground {each.ground}"] += 1
            counts[f"ground {each.ground} right"] += is_right
            counts[f"{name} order"] += here == there
            counts[f"{name} eId"] += base.passages[here].anchor == version.passages[there].anchor
            natural = base.passages[here].natural_id
            counts[f"{name} position"] += (
                bool(natural) and natural == version.passages[there].natural_id
            )
            if verbose and not is_right:
                _show(base, version, name, here, there, each)
    counts["alone"] = sum(each.ground is Ground.NONE for each in joined)
    return counts


def _show(base: Version, version: Version, name: str, here: int, there: int, each: Joined) -> None:
    print(f"{version.path.name} {name}: {here} is {there}, not {each.right} ({each.ground})")
    print(f"    {base.passages[here].label} {base.passages[here].text[:90]}")
    print(f"    {version.passages[there].label} {version.passages[there].text[:90]}")


def _report(language: str, counts: Counter[str]) -> None:
    ms = counts["µs"] / 1000 / counts["documents"]
    print(
        f"{language}: {counts['documents']} documents, {counts['passages']} paragraphs, "
        f"{counts['alone']} alone, {ms:.1f} ms a document"
    )
    for name in _MEASURES:
        total = counts[name] or 1
        shares = {
            what: counts[f"{name} {what}"] / total
            for what in ("right", "1:1", "lost", "eId", "position", "order")
        }
        said = "  ".join(f"{what} {share:.4f}" for what, share in shares.items())
        print(f"    {name:<9} {counts[name]:>5}  {said}")
    for ground in Ground:
        if total := counts[f"ground {ground}"]:
            right = counts[f"ground {ground} right"] / total
            print(f"    by {ground:<7} {total:>5}  right {right:.4f}")


if __name__ == "__main__":
    main()
