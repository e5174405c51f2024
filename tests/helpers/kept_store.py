"""Makes what later versions must be able to open: a small library as this version leaves it.

    python -m tests.helpers.kept_store

writes tests/data/stores/<version of the store>: its store, an index of each engine, its corpus,
and what its addresses say. Run it when the version of the store changes, and keep the others.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.config import Settings
from indexer.index.engines import LOCAL
from indexer.library import Library
from indexer.store import schema
from tests.helpers.inline import open_inline

STORES = Path(__file__).parent.parent / "data" / "stores"
SLUGS = ("harbour", "tides", "gone", "مرفأ")  # those that have a document
_FIRST = {
    "harbour.md": "# Rules of the harbour\n\nS/RES/9901 (1999)\n\n1. Pilots board at dawn.\n\n"
    "2. Lamps burn all night.\n\n3. Nets are mended ashore.\n",
    "old/tides.txt": "1. The tide turns twice.\n\n2. Herrings follow it.\n",
    "gone.txt": "1. This will be withdrawn.\n",
    "مرفأ.txt": "1. ترسو السفن في المرفأ.\n",
}
_SECOND = {
    "harbour.md": "# Rules of the harbour\n\nS/RES/9901 (1999)\n\n1. Pilots board at noon.\n\n"
    "2. Lamps burn all night.\n",
    "tides.txt": _FIRST["old/tides.txt"],
    "مرفأ.txt": _FIRST["مرفأ.txt"],
    "empty.docx": "no document of Word",
}


def main() -> None:
    """Makes it anew."""
    with TemporaryDirectory() as made:
        _make(Path(made))
        target = STORES / schema.VERSION
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(made, target, ignore=shutil.ignore_patterns("*.lock", "*-shm", "*-wal"))


def addresses(library: Library) -> dict[str, str]:
    """What every paragraph of every edition says, by its address."""
    said = {}
    for slug in SLUGS:
        document = library.document(slug, edition=1).document
        newest = library.described([slug])[slug].edition
        for edition in range(1, newest + 1):
            for stored in library.document(slug, edition).passages:
                said[f"{document.slug}/{stored.passage.id}@{edition}"] = stored.passage.text
    return said


def _make(folder: Path) -> None:
    corpus, data = folder / "corpus", folder / "data"
    for files in (_FIRST, _SECOND):
        shutil.rmtree(corpus, ignore_errors=True)
        for name, text in files.items():
            path = corpus / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for engine in LOCAL:
            with open_inline(Settings(corpus=corpus, data=data, engine=engine)) as library:
                library.maintenance.sync()
                said = addresses(library) if files is _SECOND else {}
    (folder / "said.json").write_text(json.dumps(said, ensure_ascii=False, indent=1), "utf-8")
    with closing(sqlite3.connect(data / "pilcrow.db")) as database:
        for each in ("PRAGMA journal_mode=DELETE", "PRAGMA page_size=512", "VACUUM"):
            database.execute(each)


if __name__ == "__main__":
    main()
