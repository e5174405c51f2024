"""Opens an engine by its name; each is imported only when it is asked for."""

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from indexer.errors import BadSetting
from indexer.index.engine import Engine
from indexer.index.engines.generations import Fingerprint
from indexer.index.engines.remote import Remote

# Name → module with `open_engine`.
ENGINES = {
    "whoosh": "indexer.index.engines.whoosh_engine",
    "tantivy": "indexer.index.engines.tantivy_engine",
    "opensearch": "indexer.index.engines.opensearch_engine",
}
LOCAL = ("whoosh", "tantivy")  # those whose index is in the data folder


# The engine for more passages than the first of each pair can search quickly, and how many those
# are: beyond, frequent words take a tenth of a second and more (docs/benchmarks.md).
_OUTGROWN = {"whoosh": (100_000, "tantivy")}


class _Module(Protocol):
    def open_engine(self, folder: Path, made_for: Fingerprint, remote: Remote) -> Engine:
        """The engine with its index below `folder`, or in a cluster."""


def open_engine(
    name: str, folder: Path, made_for: Fingerprint, remote: Remote | None = None
) -> Engine:
    """The engine called `name`, with its index below `folder`, or in the cluster that is `remote`.

    An index that was made for anything but `made_for` (the store, the analysis, …) is stale.
    Raises `BadSetting` if there is no such engine, or its library is not installed.
    """
    if name not in ENGINES:
        raise BadSetting(f"there is no engine {name!r}; there is {', '.join(ENGINES)}")
    try:
        module = cast(_Module, import_module(ENGINES[name]))
    except ModuleNotFoundError as error:
        raise BadSetting(
            f"the engine {name!r} needs a package that is not installed; "
            f"run: pip install 'pilcrow[{name}]'"
        ) from error
    return module.open_engine(folder, made_for, remote or Remote())


def open_beside(name: str, folder: Path, made_for: Fingerprint) -> Engine:
    """An engine for a small index of this process's own: the one called `name`, if it is local."""
    return open_engine(name if name in LOCAL else LOCAL[0], folder, made_for)


def advice(name: str, passages: int) -> str:
    """What to do about an engine that so many passages make slow; empty if none is needed."""
    most, other = _OUTGROWN.get(name, (passages, ""))
    if passages <= most:
        return ""
    return (
        f"{name} gets slow beyond {most:,} passages, and there are {passages:,}; "
        f"{other} does not: pip install 'pilcrow[{other}]', then pilcrow sync --engine {other}, "
        f'and engine = "{other}" in pilcrow.toml'
    )
