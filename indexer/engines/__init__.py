"""An engine's name in, the engine out; each is imported only when it is asked for."""

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from indexer.engine import Engine
from indexer.engines.generations import Stamp
from indexer.errors import BadSetting

# Name → module with `open_engine`.
ENGINES = {
    "whoosh": "indexer.engines.whoosh_engine",
    "tantivy": "indexer.engines.tantivy_engine",
}


class _Module(Protocol):
    def open_engine(self, folder: Path, made_for: Stamp) -> Engine:
        """The engine with its index below `folder`."""


def open_engine(name: str, folder: Path, made_for: Stamp) -> Engine:
    """The engine called `name`, with its index below `folder`.

    An index that was made for anything but `made_for` (the store, the analysis, …) is stale.
    Raises `BadSetting` where there is no such engine.
    """
    if name not in ENGINES:
        raise BadSetting(f"there is no engine {name!r}; there is {', '.join(ENGINES)}")
    module = cast(_Module, import_module(ENGINES[name]))
    return module.open_engine(folder, made_for)
