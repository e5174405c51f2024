"""The commands for agreed language: wording."""

import click

from indexer import lookup, usage
from indexer.commands.common import json_option, put, with_library
from indexer.commands.wrong import Wrong
from indexer.library import Library


@click.command()
@click.argument("address")
@json_option(usage.StoryJson)
@with_library
def wording(library: Library, address: str, as_json: bool) -> None:
    """Print the wording of the paragraph at ADDRESS through the years."""
    at = lookup.address_of(library, address)
    if not at.local_id:
        raise Wrong(f"{address!r} is a document; give the address of one of its paragraphs")
    reading, stored = library.as_cited(at.slug, at.local_id, at.edition)
    story = library.wording.story(reading.document, stored)
    put(dict(usage.story_json(story)) if as_json else usage.story_lines(story))
