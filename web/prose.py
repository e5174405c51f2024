"""The prose of our own pages, written in Markdown, as HTML. Never for what others wrote."""

import textwrap
from functools import cache

from markdown import Markdown
from markupsafe import Markup


@cache
def prose(text: str) -> Markup:
    """`text`, which is Markdown of ours, as HTML."""
    return Markup(Markdown().convert(textwrap.dedent(text).strip()))  # noqa: S704 (our own)
