"""Folders of web pages in; how much of their text is read, and how much beside it, out.

    python benchmarks/extraction.py ../shared/data/extract/* ../shared/data/udhr
    python benchmarks/extraction.py /usr/share/doc/linux-doc-6.1/html

What the right answer is depends on what lies in the folder:

- `gold.json` beside `html/`: the text of each page as people wrote it out. Four words in a row are
  counted, each page weighing the same, for ours and for trafilatura as it comes.
- `aligned.jsonl` beside `html/`: the paragraphs of each page, from another edition of the text.
- neither: the paragraphs are what a plain walk finds between the tags of `p`, `li`, `dd` and `pre`,
  outside `nav` and what has the role of one. A paragraph counts as read when it stands whole in one
  block, or in a note that names what was left out, such as "Contents".
"""

import argparse
import json
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import trafilatura

from indexer.errors import DocumentError
from indexer.readers import read

_PARAGRAPHS = ("p", "li", "dd", "pre")
_VOID = ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
_MARK = re.compile(r"\s*\[?\d{1,3}\]?\s*")  # of a note: it is no part of the text
_AROUND = ("navigation", "search", "contentinfo", "banner")


class Score(NamedTuple):
    """Of one page: how much of what was read is right, how much of the right was read."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def main() -> None:
    """Prints a row for each folder and extractor."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--worst", type=int, default=0, help="also print the pages read worst")
    arguments = parser.parse_args()
    print("| folder | by | pages | precision | recall | F1 | mean F1 | MB/s |")
    print("|---|---|---|---|---|---|---|---|")
    for folder in arguments.folders:
        if (folder / "gold.json").exists():
            _compare(folder, arguments.worst)
        else:
            _recall(folder, arguments.worst)


def _compare(folder: Path, worst: int) -> None:
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    pages = {name: (folder / "html" / f"{name}.html").read_bytes() for name in gold}
    for by, extract in (("Pilcrow", _ours), ("trafilatura", _theirs)):
        start = time.perf_counter()
        texts = {name: extract(data) for name, data in pages.items()}
        seconds = time.perf_counter() - start
        scores = {name: _score(gold[name], text) for name, text in texts.items()}
        speed = sum(map(len, pages.values())) / 1e6 / seconds
        print(f"| {folder.name} | {by} | {len(pages)} | {_means(scores.values())} | {speed:.1f} |")
        for name in sorted(scores, key=lambda name: scores[name].f1)[:worst]:
            print(f"    {name} P {scores[name].precision:.3f} R {scores[name].recall:.3f}")


def _means(scores: Iterable[Score]) -> str:
    """Precision and recall as means over the pages, F1 of these means, and the mean of each F1."""
    scores = list(scores)
    means = Score(*(statistics.fmean(values) for values in zip(*scores, strict=True)))
    f1 = statistics.fmean(score.f1 for score in scores)
    return f"{means.precision:.3f} | {means.recall:.3f} | {means.f1:.3f} | {f1:.3f}"


def _score(gold: str, text: str) -> Score:
    right, found = _shingles(gold), _shingles(text)
    shared = (right & found).total()
    precision = shared / found.total() if found else float(not right)
    return Score(precision, shared / right.total() if right else float(not found))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    last = max(len(words) - 3, 1 if words else 0)
    return Counter(tuple(words[at : at + 4]) for at in range(last))


def _ours(data: bytes) -> str:
    return "\n".join(_blocks(data))


def _theirs(data: bytes) -> str:
    return trafilatura.extract(data) or ""


def _blocks(data: bytes, *, with_notes: bool = False) -> list[str]:
    try:
        document = read(Path("page.html"), data)
    except DocumentError:
        return []
    return [block.text for block in document.blocks] + [*document.notes] * with_notes


def _recall(folder: Path, worst: int) -> None:
    gold = dict(_aligned(folder) if (folder / "aligned.jsonl").exists() else _walked(folder))
    found, seconds, size, lost = 0, 0.0, 0, []
    for path, paragraphs in gold.items():
        data = path.read_bytes()
        start = time.perf_counter()
        blocks = _blocks(data, with_notes=True)
        seconds += time.perf_counter() - start
        size += len(data)
        missing = _missing(paragraphs, blocks)
        found += len(paragraphs) - len(missing)
        lost += [(path, paragraph) for paragraph in missing]
    total = found + len(lost)
    share, speed = found / total, size / 1e6 / seconds
    print(f"| {folder} | Pilcrow | {len(gold)} | | {share:.4f} of {total} | | | {speed:.1f} |")
    for path, paragraph in lost[:worst]:
        print(f"    {path.name}: {paragraph[:100]!r}")


def _missing(paragraphs: list[str], blocks: list[str]) -> list[str]:
    whole = [f" {_words(block)} " for block in blocks]
    known, joined = set(whole), "\n".join(whole)
    wanted = ((paragraph, f" {_words(paragraph)} ") for paragraph in paragraphs)
    return [paragraph for paragraph, words in wanted if words not in known and words not in joined]


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.replace("\u00ad", "").casefold()))


def _aligned(folder: Path) -> Iterator[tuple[Path, list[str]]]:
    paragraphs = defaultdict(list)
    for line in (folder / "aligned.jsonl").read_text(encoding="utf-8").splitlines():
        paragraph = json.loads(line)
        if paragraph["unit"] != "title" and _words(paragraph["text"]):
            paragraphs[paragraph["lang"]].append(paragraph["text"])
    for path in sorted((folder / "html").glob("*.html")):
        yield path, paragraphs[path.stem]


def _walked(folder: Path) -> Iterator[tuple[Path, list[str]]]:
    for path in sorted(path for path in folder.rglob("*.htm*") if path.is_file()):
        walk = _PlainWalk()
        walk.feed(path.read_text(encoding="utf-8", errors="replace"))
        yield path, [text for text in walk.paragraphs if _words(text)]


class _PlainWalk(HTMLParser):
    """The text between a paragraph's tag and the next tag of a paragraph or of its end."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self._open: list[tuple[str, bool]] = []  # elements, and whether they are around the text
        self._gathers = False
        self._linked: list[str] | None = None  # the text of a link within the page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        if tag == "a" and (dict(attrs).get("href") or "").startswith("#"):
            self._linked = []
        around = tag in ("nav", "head", "script", "style") or dict(attrs).get("role") in _AROUND
        self._open.append((tag, around))
        if tag in (*_PARAGRAPHS, *_BREAKS):
            self._gathers = tag in _PARAGRAPHS and not any(around for _, around in self._open)
            self.paragraphs += [""] * self._gathers

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._linked is not None:
            text, self._linked = "".join(self._linked), None
            if not _MARK.fullmatch(text):
                self.handle_data(text)
        if tag in (*_PARAGRAPHS, *_BREAKS):
            self._gathers = False
        while any(name == tag for name, _ in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._linked is not None:
            self._linked.append(data)
        elif self._gathers:
            self.paragraphs[-1] += data


_BREAKS = ("ol", "ul", "dl", "dt", "div", "table", "tr", "section", "blockquote", "h1", "h2", "h3")

if __name__ == "__main__":
    main()
