"""Files under tests/data with what is expected of them, side by side.

NAME.expected holds a line for each piece of metadata (`title: …`), for each note (`note: …`) and,
after an empty line, for each passage: `natural id | kind | label | heading path | text`.
"""

from pathlib import Path

from indexer.corpus.corpus import SIDECAR
from indexer.readers import read
from indexer.reading.passages import split

DATA = Path(__file__).parents[1] / "data"


def cases(folder: str) -> list[Path]:
    """The input files below tests/data/`folder`."""
    files = sorted((DATA / folder).iterdir())
    return [f for f in files if f.suffix != ".expected" and not f.name.endswith(SIDECAR)]


def outcome(path: Path) -> str:
    """What is made of the file at `path`, in the form of an .expected file."""
    sidecar = path.with_name(path.name + SIDECAR)
    document = read(path, path.read_bytes(), sidecar.read_bytes() if sidecar.exists() else None)
    lines = [
        f"{name}: {', '.join(value) if isinstance(value, tuple) else value}"
        for name, value in document.metadata.known().items()
    ]
    lines += [f"note: {note}" for note in document.notes]
    lines.append("")
    for passage in split(document):
        heading = " > ".join(passage.heading)
        cells = (passage.natural_id, passage.kind, passage.label, heading, passage.text)
        lines.append(" | ".join(cells))
    return "\n".join(lines) + "\n"


def expected(path: Path) -> str:
    """What ought to be made of the file at `path`."""
    return path.with_suffix(".expected").read_text(encoding="utf-8")
