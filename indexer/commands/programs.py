"""The commands for programs: mcp, schema."""

from typing import Any, cast

import click
from click.shell_completion import CompletionItem

from indexer.commands.common import JsonOption, with_library
from indexer.commands.wrong import Wrong
from indexer.library import Library
from indexer.printed import echo_json
from indexer.shapes import PassageJson

_LINES = {"export": (PassageJson,)}  # of commands that print nothing but lines of JSON


@click.command()
@click.option("--text", "as_text", is_flag=True, help="Answer in text, not in structured content.")
@with_library
def mcp(library: Library, as_text: bool) -> None:
    """Answer a language model's questions over standard input and output (MCP)."""
    try:
        from indexer.agents.server import serve  # noqa: PLC0415 - its library is an extra
    except ModuleNotFoundError as error:
        said = f"{error.name} is not installed: pip install 'pilcrow[mcp]'"
        raise Wrong(said) from error
    serve(library, as_text=as_text)


def _complete(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in _shapes() if name.startswith(begun)]


@click.command()
@click.argument("command", required=False, shell_complete=_complete)
def schema(command: str | None) -> None:
    """Print the JSON Schema of what COMMAND prints with --json, or which commands have one."""
    from indexer.schemas import schema_of  # noqa: PLC0415 - its library is for few commands

    known = _shapes()
    if command is None:
        for name in known:
            click.echo(name)
    elif command in known:
        echo_json(schema_of(*known[command]), indent=2)
    else:
        raise Wrong(f"{command!r} prints no JSON; these do: {', '.join(known)}")


def _shapes() -> dict[str, tuple[Any, ...]]:
    """The shapes of what each command prints as JSON, by its name."""
    group = cast("click.Group", click.get_current_context().find_root().command)
    return _LINES | {
        name: option.shapes
        for name, command in group.commands.items()
        for option in command.params
        if isinstance(option, JsonOption)
    }
