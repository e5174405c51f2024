"""A citation as runs of text, upright or italic, and the same as text, Markdown and HTML."""

import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~]|&(?=#?\w+;))")


class Run(NamedTuple):
    """Some text of a citation."""

    text: str
    is_italic: bool = False
    is_address: bool = False


def plain(runs: Iterable[Run]) -> str:
    """The text alone."""
    return "".join(run.text for run in runs)


def markdown(runs: Iterable[Run]) -> str:
    """As CommonMark; an address is an autolink."""
    return "".join(_marked(run) for run in runs)


def html(runs: Iterable[Run]) -> str:
    """As HTML; an address is a link."""
    return "".join(_tagged(run) for run in runs)


def escaped(text: str) -> str:
    """Text as CommonMark within a line, in which nothing of it is markup."""
    return _MARKDOWN.sub(r"\\\1", text)


def _marked(run: Run) -> str:
    if run.is_address:
        return f"<{run.text}>"
    text = escaped(run.text)
    return f"*{text}*" if run.is_italic and text else text


def _tagged(run: Run) -> str:
    text = escape(run.text)
    if run.is_address:
        return f'<a href="{text}">{text}</a>'
    return f"<i>{text}</i>" if run.is_italic else text
