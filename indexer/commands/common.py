"""What all commands share: the library they open, their common options, how they print."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import click

from indexer.config import Settings, load_settings
from indexer.index.engines import ENGINES
from indexer.library import Library, open_library
from indexer.printed import echo, echo_json

# Options by which a command that else writes leaves that to another process.
_READERS = ("only", "status", "dry_run")

P = ParamSpec("P")
Command = Callable[Concatenate[Library, P], None]


class JsonOption(click.Option):
    """`--json`; what it prints has one of `shapes`."""

    def __init__(self, *args: Any, shapes: tuple[Any, ...], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.shapes = shapes


def json_option(*shapes: Any) -> Callable[[Callable[P, None]], Callable[P, None]]:  # noqa: ANN401
    """Adds `--json` to a command that prints one of `shapes`; `pilcrow schema` tells them."""
    return click.option(
        "--json",
        "as_json",
        is_flag=True,
        cls=JsonOption,
        shapes=shapes,
        help="Print JSON instead of lines.",
    )


wait_option = click.option(
    "--wait",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=0.0,
    help="How long to wait for another process that writes.",
)


def with_library(command: Command[P]) -> Callable[P, None]:
    """Adds the options that every command has, and opens the library that they name."""
    return _with_options(command, upgrades=False)


def with_writer(command: Command[P]) -> Callable[P, None]:
    """As `with_library`, for what brings a store of an earlier version up, or makes a new one."""
    return _with_options(command, upgrades=True)


def with_settings(command: Callable[Concatenate[Settings, P], None]) -> Callable[P, None]:
    """Adds the options that every command has, and gives the settings; the store stays closed."""

    @_options
    @wraps(command)
    def with_options(*args: P.args, **kwargs: P.kwargs) -> None:
        command(_settings(kwargs), *args, **kwargs)

    return with_options


def _with_options(command: Command[P], *, upgrades: bool) -> Callable[P, None]:
    @_options
    @wraps(command)
    def with_options(*args: P.args, **kwargs: P.kwargs) -> None:
        new_store = bool(kwargs.pop("new_store", False))
        settings = _settings(kwargs)
        may = upgrades and not any(kwargs.get(name) for name in _READERS)
        with open_library(settings, upgrades=may, new_store=new_store) as library:
            command(library, *args, **kwargs)

    return with_options


def _settings(given: dict[str, Any]) -> Settings:
    names = ("corpus", "data", "store", "engine", "engine_url", "host", "port", "processes")
    return load_settings({name: given.pop(name, None) for name in names})


def _options(command: Callable[P, None]) -> Callable[P, None]:
    @click.option("--corpus", metavar="DIR", help="The folder of documents.")
    @click.option("--data", metavar="DIR", help="The folder of store and index.")
    @click.option("--store", metavar="URL", help="The database of the store.")
    @click.option("--engine", type=click.Choice(list(ENGINES)), help="The search engine.")
    @click.option("--engine-url", metavar="URL", help="The addresses of its nodes.")
    @wraps(command)
    def with_all(*args: P.args, **kwargs: P.kwargs) -> None:
        command(*args, **kwargs)

    return with_all


def put(answer: Mapping[str, Any] | Iterable[str]) -> None:
    """Prints JSON, or lines for a person."""
    if isinstance(answer, Mapping):
        echo_json(answer, indent=2)
    else:
        for line in answer:
            echo(line)
