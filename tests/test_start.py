"""A command imports what it needs, and no more: a search need not wait for what reads files."""

import subprocess
import sys

import pytest

from indexer.config import Settings
from indexer.index.engines import LOCAL
from tests.conftest import ROOT, put
from tests.helpers.inline import open_inline

PRINTED = (
    "import sys; from indexer.cli import main; main({words!r}, standalone_mode=False); "
    "print(*sys.modules, file=sys.stderr)"
)
NEVER = (
    *("flask", "lxml", "psycopg", "trafilatura", "watchfiles"),
    *("sqlalchemy.dialects.postgresql", "indexer.readers", "indexer.reading.pool"),
    *("indexer.checking", "indexer.agreed", "indexer.quotations", "indexer.wording.sketch"),
    *("indexer.sync.maintenance", "indexer.works", "web"),
)


def imported(settings: Settings, *words: str) -> set[str]:
    """What is imported in the end by a command, which is run on a library."""
    places = ("--corpus", str(settings.corpus), "--data", str(settings.data))
    command = PRINTED.format(words=[*words, *places, "--engine", settings.engine])
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "Herrings" in done.stdout
    return set(done.stderr.split())


@pytest.mark.parametrize("engine", LOCAL)
def test_a_search_imports_little(settings: Settings, engine: str) -> None:
    settings = Settings(settings.corpus, settings.data, engine=engine)
    put(settings.corpus, "a.txt", b"1. Herrings swim in the sea.\n")
    with open_inline(settings) as library:
        library.maintenance.sync()
    modules = imported(settings, "search", "herrings")
    assert "sqlalchemy" in modules
    assert modules & set(NEVER) == set()
    assert ("numpy" in modules) == (engine == "whoosh")
