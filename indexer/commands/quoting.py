"""The command that checks quotations."""

from pathlib import Path

import click

from indexer import lookup
from indexer.checked.values import CheckedJson
from indexer.commands.common import json_option, put, with_library
from indexer.library import Library


@click.command("check-quotes")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@json_option(CheckedJson)
@with_library
def check_quotes(library: Library, file: Path, as_json: bool) -> None:
    """Check the quotations in FILE, or in standard input (-), against the collection."""
    from indexer.checked.citations import Citations  # noqa: PLC0415 - its library is slow to start
    from indexer.checked.lines import lines  # noqa: PLC0415
    from indexer.checked.values import checked_json  # noqa: PLC0415
    from indexer.intake.drafts import paragraphs  # noqa: PLC0415

    if str(file) == "-":
        with click.open_file("-", encoding="utf-8", errors="replace") as given:
            found = library.quotations.text(given.read())
    else:
        if not file.is_file():
            raise click.BadParameter(f"there is no file {str(file)!r}", param_hint="FILE")
        found = library.quotations.blocks(paragraphs(library, file.resolve().parent, file.name))
    cite = Citations(lookup.root_of(library), library.standing)
    put(checked_json(found, cite) if as_json else lines(found, cite))
