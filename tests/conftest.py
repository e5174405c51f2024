"""What most tests start from: a corpus folder, and a library over it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from indexer.config import Settings
from indexer.index.engine import Engine
from indexer.index.engines import LOCAL
from indexer.library import Library
from tests.helpers.besieged import besieged
from tests.helpers.engines import STARTED, TEXTS, Open, entry, forget, opened_at, reached
from tests.helpers.files import put
from tests.helpers.inline import open_inline
from tests.helpers.stores import STORES, store_of

# No example has a time limit: machines differ. CI looks at the same examples at every run.
hypothesis_settings.register_profile(
    "pilcrow", deadline=None, derandomize=os.environ.get("CI") == "true"
)
hypothesis_settings.load_profile("pilcrow")

__all__ = ["put"]

ROOT = Path(__file__).parent.parent
Write = Callable[..., Path]
Keep = Callable[..., Library]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def write(corpus: Path) -> Write:
    """Writes a file of the corpus: `write("a/b.txt", "text")`, or bytes."""

    def write_file(name: str, content: str | bytes) -> Path:
        return put(corpus, name, content.encode() if isinstance(content, str) else content)

    return write_file


@pytest.fixture
def engine_name() -> str:
    """The engine of `library`; a test marked with EVERY_ENGINE runs on each."""
    return Settings().engine


EVERY_ENGINE = pytest.mark.parametrize("engine_name", LOCAL)


@pytest.fixture
def store_name() -> str:
    """The kind of the store of `library`; a module may have all of STORES in its place."""
    return STORES[0]


@pytest.fixture
def settings(corpus: Path, tmp_path: Path, engine_name: str, store_name: str) -> Iterator[Settings]:
    with store_of(store_name) as store:
        yield Settings(corpus=corpus, data=tmp_path / "data", store=store, engine=engine_name)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with open_inline(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The project's own corpus, synced."""
    data = tmp_path_factory.mktemp("seeds")
    with open_inline(Settings(corpus=ROOT / "corpus", data=data)) as opened:
        opened.maintenance.sync()
        yield opened


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library that hostile authors wrote."""
    with besieged(tmp_path_factory.mktemp("besieged")) as opened:
        yield opened


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keep]:
    """Makes a library of files by name, once for all tests of a module, which only read it."""
    opened: list[Library] = []

    def keep(files: dict[str, str], engine: str = Settings().engine) -> Library:
        folder = tmp_path_factory.mktemp("kept")
        for name, text in files.items():
            put(folder / "corpus", name, text.encode())
        settings = Settings(corpus=folder / "corpus", data=folder / "data", **reached(engine))
        opened.append(open_inline(settings))
        opened[-1].maintenance.sync()
        return opened[-1]

    yield keep
    for library in opened:
        library.close()


@pytest.fixture(params=STARTED)
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the engine again, as another process would."""
    opened: list[Engine] = []

    def open_again() -> Engine:
        opened.append(opened_at(request.param, tmp_path))
        return opened[-1]

    yield open_again
    for engine in opened:
        engine.close()
    forget(request.param, tmp_path)


@pytest.fixture
def engine(reopen: Open) -> Engine:
    """An engine with one document for each of TEXTS."""
    made = reopen()
    with made.rebuild() as fresh, fresh.update() as batch:
        for key, text in TEXTS.items():
            batch.put(f"doc-{key}", [entry(key, text)])
        batch.commit(4)
    return made
