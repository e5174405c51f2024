"""The archive of General Debate speeches in, a corpus folder with a paragraph a line out.

    python benchmarks/ungdc.py ../shared/data/ungdc.tar.xz FOLDER --copies 4

4,529 of the 10,952 speeches are wrapped by hand with no blank line between paragraphs. Here a line
ends its paragraph where it is clearly shorter than the widest ones and the next begins as a
paragraph does. It is a way to get the right number of paragraphs of the right size, no reader.
"""

import argparse
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

_WRAPPED = 120  # characters; lines of a text that is not wrapped are longer
_SHORT = 0.85  # of the widest line
_NAME = re.compile(r"(?P<country>\w+)_(?P<session>\d+)_(?P<year>\d{4})\.txt")
_OPENS = re.compile(r"\s|\d+\.\s|[“\"'‘]?[A-Z]")
_SIDECAR = """title: General Debate of {year}, session {session}, {country}
date: '{year}'
publisher: '{country}'
language: en
tags: [session {session}]
"""


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a speech, each without line breaks."""
    lines = [line.rstrip() for line in text.splitlines()]
    full = sorted(len(line) for line in lines if line)
    width = full[int(len(full) * 0.9)] if full else 0
    wrapped = width < _WRAPPED
    held: list[str] = []
    for line in lines:
        ends = not line or not wrapped
        ends = ends or bool(held and len(held[-1]) < _SHORT * width and _OPENS.match(line))
        if held and (ends or line[:1].isspace()):
            yield " ".join(" ".join(held).split())
            held = []
        if line:
            held.append(line)
    if held:
        yield " ".join(" ".join(held).split())


def prepare(archive: Path, folder: Path, copies: int) -> int:
    """Writes `copies` of the corpus below `folder`, each under its own name; its paragraphs."""
    count = 0
    with tarfile.open(archive) as members:
        for member in members:
            named = _NAME.fullmatch(member.name.rpartition("/")[2])
            file = members.extractfile(member) if named else None
            if file is None or named is None:
                continue
            found = list(paragraphs(file.read().decode("utf-8-sig")))
            count += len(found)
            for copy in range(1, copies + 1):
                place = folder / f"copy-{copy}" / named["year"]
                place.mkdir(parents=True, exist_ok=True)
                path = place / f"{named['country']}.txt"
                path.write_text("\n".join(found), encoding="utf-8")
                sidecar = place / f"{named['country']}.txt.meta.yaml"
                sidecar.write_text(_SIDECAR.format(**named.groupdict()), encoding="utf-8")
    return count


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=1)
    asked = parser.parse_args()
    print(f"{prepare(asked.archive, asked.folder, asked.copies):,} paragraphs a copy")
