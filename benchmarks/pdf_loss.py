"""Measures what is lost of PDFs against pdftotext: lines of prose that no passage has.

    python benchmarks/pdf_loss.py FOLDER [-v]

FOLDER holds .pdf files; pdftotext is in Debian's poppler-utils. A line of prose has at least six
words, most of them small, so that headings, running heads and numbers are left aside. It is lost
if fewer than nine tenths of its words are found one after the other, in the letters and digits of
the passages; it is unsaid if no note of the document speaks of sentences left out.
"""

import re
import subprocess
import sys
from pathlib import Path

from indexer.errors import DocumentError
from indexer.readers import read
from indexer.readers.pdf.running import reads_on
from indexer.reading.passages import split

_WORDS = 6
_FOUND = 0.9
_PIECE = 3  # words that must be found together


def main() -> None:
    """Prints a row for each file: lines of prose, those that are lost, their share, the notes."""
    for path in sorted(Path(sys.argv[1]).rglob("*.pdf")):
        lines = [line for line in _printed(path) if reads_on(line, _WORDS)]
        try:
            document = read(path, path.read_bytes())
        except DocumentError as error:
            print(f"{path.name}: refused: {error}")
            continue
        passages = split(document)
        parts = (part for p in passages for part in (*p.heading, p.label, p.text))
        texts = _letters(" ".join(parts))
        lost = [line for line in lines if not _is_found(line, texts)]
        share = len(lost) / len(lines) if lines else 0.0
        is_said = any("read as sentences" in note for note in document.notes)
        print(f"{path.name}: {len(lines)} lines, {len(lost)} lost ({share:.2%}), said: {is_said}")
        if "-v" in sys.argv:
            print("\n".join(f"    {line}" for line in lost[:20]))


def _printed(path: Path) -> list[str]:
    command = ["pdftotext", "-q", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace").splitlines()


def _is_found(line: str, texts: str) -> bool:
    words = [word for word in map(_letters, line.split()) if word]
    pieces = ["".join(words[at : at + _PIECE]) for at in range(max(len(words) - _PIECE + 1, 1))]
    return sum(piece in texts for piece in pieces) >= _FOUND * len(pieces)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


if __name__ == "__main__":
    main()
