"""The commands for programs: mcp, schema."""

import click

from indexer.commands.common import with_library
from indexer.commands.wrong import Wrong
from indexer.library import Library


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
