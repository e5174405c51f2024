"""Measures what is lost of PDFs against pdftotext: lines of prose that no passage has.

    python benchmarks/pdf_loss.py FOLDER [-v]

FOLDER holds .pdf files; pdftotext is in Debian's poppler-utils. A line of prose has at least six
words that open with a letter, most of them with a small one, so that most headings, running heads
and numbers are left aside. A line with a row of dots to a page number is an entry of a list of
contents: those are counted apart, as left out if their words are in no passage.

Lines and passages are compared by their letters alone: digits, signs, spaces and marks of notes do
not count, nor does a label at the start of a line ("ii.") or glued to a word ("the persona. got it"
for "the person", "a. got it"), which parts a line in two. A line is lost if runs of fifteen or more
letters that stand together in one passage (or all of a shorter part) cover less than nine tenths of
it. So a line that pdftotext runs together from two columns is not lost, and neither is one whose
like is in another place; that a paragraph is whole or in its order is not measured here.

A file's loss is said if a note of the document counts lines left out that read as sentences, at
least as many as are lost; its entries of contents are said if a note speaks of a table of contents.
"""

import re
import subprocess
import sys
from pathlib import Path

from indexer.document import Document
from indexer.errors import DocumentError
from indexer.readers import read
from indexer.readers.pdf.running import reads_on
from indexer.reading.passages import split

_WORDS = 6
_FOUND = 0.9
_RUN = 15  # letters that must be found together
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d*\s*$")
_LABEL = re.compile(r"^\s*\(?\w{1,4}[.)]\s|(?<=[a-z])[a-z]\.\s(?=[a-z])")
_SENTENCES = re.compile(r"(\d+) of which read as sentences")


def main() -> None:
    """Prints a row for each file: lines of prose and entries of contents, lost and said."""
    for path in sorted(Path(sys.argv[1]).rglob("*.pdf")):
        try:
            document = read(path, path.read_bytes())
        except DocumentError as error:
            print(f"{path.name}: refused: {error}")
            continue
        prose, contents = _printed(path)
        texts = _texts(document)
        lost = [line for line in prose if not _is_found(line, texts)]
        entries = [line for line in contents if not _is_found(line, texts)]
        share = len(lost) / len(prose) if prose else 0.0
        said = f", said: {_count_said(document) >= len(lost)}" if lost else ""
        is_said = any("table of contents" in note for note in document.notes)
        left_out = f"; {len(entries)} entries of contents, said: {is_said}" if entries else ""
        print(f"{path.name}: {len(prose)} lines, {len(lost)} lost ({share:.2%}){said}{left_out}")
        if "-v" in sys.argv:
            print("".join(f"    {line}\n" for line in lost), end="")


def _printed(path: Path) -> tuple[list[str], list[str]]:
    """The lines of prose that pdftotext prints, and the entries of contents."""
    command = ["pdftotext", "-q", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    printed = done.stdout.decode("utf-8", "replace").splitlines()
    lines = [line for line in printed if reads_on(_LEADER.sub("", line), _WORDS)]
    contents = [line for line in lines if _LEADER.search(line)]
    return [line for line in lines if not _LEADER.search(line)], contents


def _texts(document: Document) -> str:
    """The letters of all passages and headings, one a line."""
    parts = (part for p in split(document) for part in (*p.heading, p.label, p.text))
    return "\n".join(map(_letters, parts))


def _count_said(document: Document) -> int:
    return sum(int(n) for note in document.notes for n in _SENTENCES.findall(note))


def _is_found(line: str, texts: str) -> bool:
    parts = [letters for part in _LABEL.split(line) if (letters := _letters(part))]
    covered = sum(_covered(part, texts) for part in parts)
    return covered >= _FOUND * sum(map(len, parts))


def _covered(letters: str, texts: str) -> int:
    """How many of `letters` stand in runs that are found."""
    least = min(_RUN, len(letters))
    at = covered = 0
    while at + least <= len(letters):
        length = least
        if letters[at : at + length] not in texts:
            at += 1
            continue
        while at + length < len(letters) and letters[at : at + length + 1] in texts:
            length += 1
        covered, at = covered + length, at + length
    return covered


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text).casefold()


if __name__ == "__main__":
    main()
