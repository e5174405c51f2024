"""Folders of one manual in several formats in; how much of the HTML each other reader finds, out.

    python benchmarks/crossformat.py FOLDER [--missing]

FOLDER holds MANUAL/LANGUAGE/html/*.html and beside it the same as .txt, .pdf, .epub. A paragraph
of the HTML with eight words or more, code left aside, counts as found where its letters and digits
stand whole and in order in one passage of the other format: the renderings have signs of their own
for quotation and emphasis, break lines after other hyphens, and print a link's address in brackets
after it, which is taken out. Where a note is called for, its mark may stand there or not: not all
formats tell marks from text. Beside that, the share that stands there to the letter, but for white
space. `indexer/readers/` decides which formats there are.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from indexer.document import Kind, Passage
from indexer.readers import READERS, read
from indexer.reading.passages import split

WORDS = 8  # in a paragraph, at least
ADDRESS = re.compile(r"[(<](?:https?|ftp|mailto):[^()<>]*[)>]")
HERE = "\ufdd0"
MARK = r"\s?\[?\d{0,3}\]?\s?"
SUFFIXES = (".txt", ".pdf", ".epub", ".docx", ".odt", ".md", ".rtf")


def main() -> None:
    """Print a line for each manual and format."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missing", action="store_true", help="print the paragraphs not found")
    arguments = parser.parse_args()
    for html in sorted(arguments.folder.glob("*/*/html")):
        wanted = [text for text in paragraphs(html) if len(text.split()) >= WORDS]
        print(f"{html.parent}: {len(wanted)} paragraphs in HTML")
        for file in sorted(html.parent.iterdir()):
            if file.suffix in SUFFIXES:
                compare(file, wanted, show=arguments.missing)


def paragraphs(folder: Path) -> list[str]:
    """The distinct paragraphs, without code, of all pages in `folder`, in order."""
    pages = (page for page in sorted(folder.rglob("*")) if page.suffix in (".html", ".htm"))
    found = (passage for page in pages for passage in passages(page))
    return list(dict.fromkeys(marked(each) for each in found if each.kind is not Kind.CODE))


def marked(passage: Passage) -> str:
    """The text of `passage` with a sign in each place where a note is called for."""
    text = passage.text
    for mark in reversed(passage.note_marks):
        text = f"{text[: mark.place]}{HERE}{text[mark.place :]}"
    return text


def passages(file: Path) -> tuple[Passage, ...]:
    """The passages of one file."""
    return split(read(file, file.read_bytes()))


def compare(file: Path, wanted: list[str], *, show: bool) -> None:
    """Print how many of `wanted` stand whole in a passage of `file`, and those that do not."""
    if file.suffix not in READERS:
        print(f"  {file.suffix}: no reader")
        return
    start = time.perf_counter()
    found = passages(file)
    seconds = time.perf_counter() - start
    texts = [f"{passage.label} {passage.text}" for passage in found]
    missing = list(not_found(wanted, texts, bare))
    share = 1 - len(missing) / len(wanted)
    exact = 1 - len(list(not_found(wanted, texts, spaced))) / len(wanted)
    print(
        f"  {file.suffix}: {share:.2%} found whole, {exact:.2%} to the letter, "
        f"{len(found)} passages, {seconds:.2f} s"
    )
    for text in missing if show else ():
        print(f"    - {text}")


def not_found(
    wanted: Iterable[str], texts: Iterable[str], form: Callable[[str], str]
) -> Iterator[str]:
    """Those of `wanted` that stand in none of `texts`, compared in a `form`."""
    everything = "\0".join(map(form, texts))
    for text in wanted:
        pieces = [form(piece) for piece in text.split(HERE)]
        if len(pieces) == 1 and pieces[0] in everything:
            continue
        pattern = MARK.join(map(re.escape, pieces))
        if len(pieces) == 1 or not re.search(pattern, everything):
            yield text


def spaced(text: str) -> str:
    """The text with its white space made one space each."""
    return " ".join(text.split())


def bare(text: str) -> str:
    """The letters and digits of `text`, without addresses in brackets."""
    return re.sub(r"[\W_]+", "", ADDRESS.sub("", text))


if __name__ == "__main__":
    main()
