"""Folders of one manual in several formats in; how much of the HTML each other reader finds, out.

    python benchmarks/crossformat.py FOLDER [--missing]

FOLDER holds MANUAL/LANGUAGE/html/*.html and beside it the same as .txt, .pdf, .epub. A paragraph
of the HTML with eight words or more, code left aside, counts as found where its letters and digits
stand whole and in order in one passage of the other format: the renderings have signs of their own
for quotation and emphasis, break lines after other hyphens, and print a link's address in brackets
after it, which is taken out. Where a note is called for, its mark may stand there or not: not all
formats tell marks from text. Beside that, the share that stands there to the letter, but for white
space. `indexer/readers/` decides which formats there are.

A page of the HTML that only lists the chapters has nothing below its lines, so that they are
paragraphs. In a book those lines are left out as its list of contents, since the headings follow.
So a line that is a heading or a title in the HTML too is found where it is one in the other format;
any other paragraph that became a heading there is missing.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.document import Document, Kind, Passage
from indexer.readers import READERS, read
from indexer.reading.passages import split

WORDS = 8  # in a paragraph, at least
ADDRESS = re.compile(r"[(<](?:https?|ftp|mailto):[^()<>]*[)>]")
HERE = "\ufdd0"
MARK = r"\s?\[?\d{0,3}\]?\s?"
SUFFIXES = (".txt", ".pdf", ".epub", ".docx", ".odt", ".md", ".rtf")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The distinct paragraphs of a manual's HTML, in order, and what its pages have for headings.

    Paragraphs are without code and have `WORDS` words or more.
    """

    paragraphs: list[str]
    headings: frozenset[str]

    def is_heading(self, paragraph: str) -> bool:
        """Whether a heading of the HTML says the same, but for the number before it."""
        said = bare(paragraph)
        return any(heading.endswith(said) for heading in self.headings)


def main() -> None:
    """Print a line for each manual and format."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missing", action="store_true", help="print the paragraphs not found")
    arguments = parser.parse_args()
    for html in sorted(arguments.folder.glob("*/*/html")):
        wanted = read_pages(html)
        print(f"{html.parent}: {len(wanted.paragraphs)} paragraphs in HTML")
        for file in sorted(html.parent.iterdir()):
            if file.suffix in SUFFIXES:
                compare(file, wanted, show=arguments.missing)


def read_pages(folder: Path) -> Wanted:
    """What the pages in `folder` say."""
    pages = [page for page in sorted(folder.rglob("*")) if page.suffix in (".html", ".htm")]
    documents = [read(page, page.read_bytes()) for page in pages]
    found = (passage for document in documents for passage in split(document))
    texts = dict.fromkeys(marked(each) for each in found if each.kind is not Kind.CODE)
    said = (bare(heading) for document in documents for heading in headings(document))
    return Wanted([text for text in texts if len(text.split()) >= WORDS], frozenset(said))


def headings(document: Document) -> list[str]:
    """The title and the headings of a document, as one that is the title stands in no block."""
    blocks = document.blocks
    return [document.metadata.title, *(b.text for b in blocks if b.kind is Kind.HEADING)]


def marked(passage: Passage) -> str:
    """The text of `passage` with a sign in each place where a note is called for."""
    text = passage.text
    for mark in reversed(passage.note_marks):
        text = f"{text[: mark.place]}{HERE}{text[mark.place :]}"
    return text


def compare(file: Path, wanted: Wanted, *, show: bool) -> None:
    """Print how much of `wanted` stands whole in `file`, and the paragraphs that do not."""
    if file.suffix not in READERS:
        print(f"  {file.suffix}: no reader")
        return
    start = time.perf_counter()
    document = read(file, file.read_bytes())
    found = split(document)
    seconds = time.perf_counter() - start
    texts = [f"{passage.label} {passage.text}" for passage in found]
    missing = missed(wanted, texts, headings(document), bare)
    share = 1 - len(missing) / len(wanted.paragraphs)
    exact = 1 - len(missed(wanted, texts, headings(document), spaced)) / len(wanted.paragraphs)
    print(
        f"  {file.suffix}: {share:.2%} found whole, {exact:.2%} to the letter, "
        f"{len(found)} passages, {seconds:.2f} s"
    )
    for text in missing if show else ():
        print(f"    - {text}")


def missed(
    wanted: Wanted, texts: list[str], heads: list[str], form: Callable[[str], str]
) -> list[str]:
    """The paragraphs of `wanted` in none of `texts`, nor in `heads` where they are headings."""
    missing = list(not_found(wanted.paragraphs, texts, form))
    elsewhere = set(not_found(filter(wanted.is_heading, missing), heads, form))
    return [text for text in missing if text in elsewhere or not wanted.is_heading(text)]


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
