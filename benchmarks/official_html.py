"""Measures what is read of acts on the pages of official journals, by the pages' own markup.

    python benchmarks/official_html.py FOLDER [--wrong]

FOLDER holds pages of EUR-Lex: of 2002, of 2013 and later ones, and those that other sites make of
them. Counted are recitals, points and articles: those that are found with their number, and those
with the address that their place in the markup asks for. An article counts where passages stand
under a heading with its number, and the first of them has its address or one below it.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import html

from indexer.document import Kind, Passage
from indexer.errors import DocumentError
from indexer.labels.numerals import roman_value
from indexer.readers import read
from indexer.reading.passages import split

_OPENING = 40  # letters and digits
_PART = re.compile(r"(?:Article|Artikel|Art\.)\s+(\d+[a-z]?)$", re.IGNORECASE)
_ANNEX = re.compile(r"(?:ANNEX|ANHANG|ANNEXE)\b(?:\s+[IVX]+)?$")
_LABEL = r"\(\d{1,3}[a-z]?\)|\d{1,3}[a-z]?\.|\([a-z]{1,5}\)|[a-z]{1,4}\)"
_LABELLED = re.compile(rf"({_LABEL})\s+(?=\S)")
_NOTES = re.compile(r"note|\bhd-", re.IGNORECASE)


class Unit(NamedTuple):
    """A numbered unit of an act: what it is, its number, its address, and how its text opens."""

    kind: str
    number: str
    address: str
    opening: str


def main() -> None:
    """Prints a row for each kind of unit, of all pages together."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wrong", action="store_true", help="also print what is read wrongly")
    arguments = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted(arguments.folder.glob("*.html")):
        counts.update(measured(path, show=arguments.wrong))
    print("| units | in the markup | with their number | with their address |")
    print("|---|---|---|---|")
    for kind in sorted({kind for kind, _ in counts}):
        of = counts[kind, "all"]
        shares = (f"{counts[kind, what] / of:.1%}" for what in ("number", "address"))
        print(f"| {kind} | {of} | {' | '.join(shares)} |")


def measured(path: Path, *, show: bool = False) -> Counter[tuple[str, str]]:
    """How many units the page at `path` has, and how many of them are read rightly."""
    data = path.read_bytes()
    counts: Counter[tuple[str, str]] = Counter()
    wanted = list(units(data))
    if not wanted:
        return counts
    try:
        passages = split(read(path, data))
    except DocumentError as error:
        print(f"refused: {path.name}: {error}")
        passages = ()
    left = [each for each in passages if each.kind is not Kind.NOTE]
    for unit in wanted:
        number, address = _article(unit, left) if unit.kind == "article" else _point(unit, left)
        counts.update({(unit.kind, "all"): 1, (unit.kind, "number"): number})
        counts[unit.kind, "address"] += address
        if show and not address:
            same = [p.natural_id for p in passages if _letters(p.text).startswith(unit.opening)]
            print(path.name, *unit, same[:3] if unit.opening else "")
    return counts


def _article(unit: Unit, passages: list[Passage]) -> tuple[bool, bool]:
    name = re.compile(rf"{re.escape(unit.number)}(?!\w)", re.IGNORECASE)
    below = [p for p in passages if any(name.match(heading) for heading in p.heading)]
    return bool(below), any(f"{p.natural_id}-".startswith(f"{unit.address}-") for p in below)


def _point(unit: Unit, left: list[Passage]) -> tuple[bool, bool]:
    same = [p for p in left if _letters(p.text).startswith(unit.opening)]
    found = next((p for p in same if p.natural_id == unit.address), None)
    found = found or next(iter(same), None)
    if found is None:
        return False, False
    left.remove(found)
    number = _letters(found.label) == _letters(unit.number)
    return number, number and found.natural_id == unit.address


def units(data: bytes) -> Iterator[Unit]:
    """The units that the markup of a page gives, in their order."""
    root = html.fromstring(data.decode("utf-8", errors="replace"))
    if root.xpath("//li[@data-title]"):
        yield from _by_ids(root)
    elif root.xpath("//*[contains(@class, 'ti-art')]") or root.xpath("//*[@id='TexteOnly']"):
        yield from _by_place(root)


def _by_ids(root: html.HtmlElement) -> Iterator[Unit]:
    """Pages whose identifiers say the place: `PRE-3`, `ART_4-1-b`."""
    for element in root.iter("article", "li"):
        if element.xpath("ancestor-or-self::*[contains(@class, 'mesa-article')]"):
            continue  # another act, which is quoted
        annex = element.xpath("ancestor::*[starts-with(@id, 'ANX_')]/@id")
        before = f"annex-{roman_value(annex[0][4:])}-" if annex else ""
        name = element.get("id", "").lower()
        if element.tag == "article" and re.fullmatch(r"art_\d+[a-z]?", name):
            ordinate = element.xpath(".//h1")
            title = " ".join(ordinate[0].text_content().split()) if ordinate else ""
            yield Unit("article", title, before + name.replace("_", "-"), "")
        elif element.tag == "li" and (number := element.get("data-title")):
            opening = _letters(_own_text(element))[:_OPENING]
            is_whole = re.fullmatch(r"(?:art_\d+[a-z]?|pre)(?:-\w+)+", name)
            if opening and is_whole:
                kind = "recital" if name.startswith("pre-") else "point"
                address = before + name.replace("pre-", "para-").replace("_", "-")
                yield Unit(kind, number, address, opening)


def _by_place(root: html.HtmlElement) -> Iterator[Unit]:
    """Pages whose order says the place: articles in lines, numbers in lines or in rows."""
    article, paragraph, is_annex = "", "", False
    for element in root.iter("p", "tr"):
        text = " ".join(element.text_content().split())
        if _is_note(element):
            continue
        if part := _PART.match(text) if element.tag == "p" else None:
            article, paragraph, is_annex = part[1], "", False
            yield Unit("article", text, f"art-{article}", "")
        elif (element.tag == "p" and _ANNEX.match(text)) or is_annex or _is_over(text):
            is_annex = True
        elif element.tag == "tr":
            if (row := _row(element)) is not None:
                yield _unit(article, [paragraph, *_rows_around(element)], *row)
        elif (found := _LABELLED.match(text)) and not element.xpath("ancestor::td"):
            own = _key(found[1])
            is_letter = own.isalpha()
            above = [paragraph] if is_letter else []
            yield _unit(article, above, found[1], _letters(text[found.end() :])[:_OPENING])
            paragraph = paragraph if is_letter else own


def _unit(article: str, above: list[str], number: str, opening: str) -> Unit:
    base = f"art-{article}" if article else "para"
    address = "-".join([base, *filter(None, above), _key(number)])
    return Unit("point" if article else "recital", number, address, opening)


def _row(row: html.HtmlElement) -> tuple[str, str] | None:
    cells = [cell for cell in row.iterchildren("td") if cell.text_content().strip()]
    if len(cells) != 2:  # noqa: PLR2004 (a number and its text)
        return None
    number = " ".join(cells[0].text_content().split())
    if not re.fullmatch(_LABEL, number):
        return None
    return number, _letters(_own_text(cells[1]))[:_OPENING]


def _rows_around(row: html.HtmlElement) -> list[str]:
    around = (_row(each) for each in row.iterancestors("tr"))
    return [_key(found[0]) for found in around if found][::-1]


def _own_text(element: html.HtmlElement) -> str:
    """The text of an element up to the first list or table in it, without marks of notes."""
    texts = []
    for node in element.iter():
        if node is not element and node.tag in ("ol", "ul", "table"):
            break
        is_mark = node.tag == "sup" or next(node.iterancestors("sup"), None) is not None
        if not is_mark and isinstance(node.tag, str):
            texts.append(node.text or "")
        if node is not element:
            texts.append(node.tail or "")
    return " ".join(texts)


def _is_note(element: html.HtmlElement) -> bool:
    if _NOTES.search(element.get("class", "")):
        return True
    return bool(element.xpath(".//a[starts-with(@id, 'ntr')]"))


def _is_over(text: str) -> bool:
    return text.startswith(("Done at", "Geschehen zu", "Fait à"))


def _key(number: str) -> str:
    return re.sub(r"\W", "", number).lower()


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


if __name__ == "__main__":
    main()
