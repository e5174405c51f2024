"""What all commands share: the library they open, their common options, how they print."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import click

from indexer.config import load_settings
from indexer.index.engines import ENGINES
from indexer.library import Library, open_library
from indexer.printed import echo, echo_json

P = ParamSpec("P")
Command = Callable[Concatenate[Library, P], None]


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
wait_option = click.option(
    "--wait",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=0.0,
    help="How long to wait for another process that writes.",
)


class Wrong(click.ClickException):
    """Asked in a way that cannot be carried out."""

    exit_code = 2


def with_library(command: Command[P]) -> Callable[P, None]:
    """Adds the options that every command has, and opens the library that they name."""

    @click.option("--corpus", metavar="DIR", help="The folder of documents.")
    @click.option("--data", metavar="DIR", help="The folder of store and index.")
    @click.option("--store", metavar="URL", help="The database of the store.")
    @click.option("--engine", type=click.Choice(list(ENGINES)), help="The search engine.")
    @click.option("--engine-url", metavar="URL", help="The addresses of its nodes.")
    @wraps(command)
    def with_options(*args: P.args, **kwargs: P.kwargs) -> None:
        names = ("corpus", "data", "store", "engine", "engine_url", "host", "port", "processes")
        settings = load_settings({name: kwargs.pop(name, None) for name in names})
        with open_library(settings) as library:
            command(library, *args, **kwargs)

    return with_options


def put(answer: Mapping[str, Any] | Iterable[str]) -> None:
    """Prints JSON, or lines for a person."""
    if isinstance(answer, Mapping):
        echo_json(answer, indent=2)
    else:
        for line in answer:
            echo(line)
