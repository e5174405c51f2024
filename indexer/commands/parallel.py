"""The commands that put texts side by side: languages, beside, compare."""

import click

from indexer import lookup
from indexer.commands.common import json_option, put, with_library
from indexer.library import Library
from indexer.parallel.comparison import (
    ComparisonJson,
    comparison,
    comparison_json,
    comparison_lines,
)
from indexer.parallel.languages import (
    BesideJson,
    VersionsJson,
    beside_json,
    beside_lines,
    documents_beside,
    versions_at,
    versions_json,
    versions_lines,
)


@click.command()
@click.argument("address")
@click.option("--in", "language", metavar="TAG", default="", help="Only in this language: fr.")
@json_option(VersionsJson)
@with_library
def languages(library: Library, address: str, language: str, as_json: bool) -> None:
    """Print what stands at ADDRESS in the other languages of the work."""
    found = versions_at(library, lookup.address_of(library, address), language)
    root = library.settings.public_url
    put(versions_json(found, root) if as_json else versions_lines(found))


@click.command()
@click.argument("old")
@click.argument("new")
@json_option(ComparisonJson)
@with_library
def compare(library: Library, old: str, new: str, as_json: bool) -> None:
    """Print how the documents or editions OLD and NEW differ."""
    found = comparison(library, old, new)
    put(comparison_json(found) if as_json else comparison_lines(found))


@click.command()
@click.argument("left")
@click.argument("right")
@json_option(BesideJson)
@with_library
def beside(library: Library, left: str, right: str, as_json: bool) -> None:
    """Print the documents LEFT and RIGHT side by side, two language versions say."""
    sides = [lookup.address_of(library, each).slug for each in (left, right)]
    found = documents_beside(library, sides[0], sides[1])
    put(beside_json(found) if as_json else beside_lines(found))
