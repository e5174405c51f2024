"""The tools: arguments in, the library asked, an answer that fits out."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from indexer import lookup
from indexer.address import Address
from indexer.agents import finding, frame, reading
from indexer.agents.checking import checked
from indexer.agents.listing import TOOLS
from indexer.agents.values import AnswerJson
from indexer.errors import NotFound, OperatorError, PilcrowError
from indexer.library import Library

_DEFAULTS = {
    tool.name: {name: each["default"] for name, each in tool.takes.items() if "default" in each}
    for tool in TOOLS
}


class Refused(Exception):
    """A call that cannot be answered; its text says to a model what to do instead."""


class Tools:
    """Answers calls of the tools in `listing.TOOLS` from one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._named: Mapping[str, Callable[..., AnswerJson]] = {
            "search": self._search,
            "read": self._read,
            "resolve": self._resolve,
            "check_quotations": self._check,
            "cited_by": self._cited_by,
            "history": self._history,
        }

    def __call__(self, name: str, arguments: Mapping[str, Any]) -> AnswerJson:
        """What a tool answers to arguments that fit its schema. Raises `Refused`."""
        given = {**_DEFAULTS[name], **arguments}
        clean = {k: _clean(v) if isinstance(v, str) else v for k, v in given.items()}
        try:
            return self._named[name](**clean)
        except NotFound as error:
            raise Refused(
                f"{str(error)[:500]}. Nothing is at this address: search for some words of the "
                "paragraph, or resolve a citation, and take the address from the answer."
            ) from error
        except OperatorError as error:
            raise Refused(
                f"The collection cannot answer now: {str(error)[:500]}. Trying again at once will "
                "not help; tell the person you work for."
            ) from error
        except PilcrowError as error:
            raise Refused(str(error)[:500]) from error

    def _search(self, query: str, page: int, sort: str) -> AnswerJson:
        if not query.strip():
            raise Refused("The query is empty: give some words that the paragraph should have.")
        return cast("AnswerJson", finding.search(self._library, query, page, sort))

    def _read(self, address: str, around: int, from_character: int) -> AnswerJson:
        at = self._address(address)
        if from_character and not at.local_id:
            raise Refused("from_character reads on in a paragraph: give a paragraph's address.")
        return cast("AnswerJson", reading.read(self._library, at, around, from_character))

    def _resolve(self, citation: str) -> AnswerJson:
        if not citation.strip():
            raise Refused("The citation is empty: give it as it is written in the text.")
        return cast("AnswerJson", finding.resolve(self._library, citation))

    def _check(self, draft: str) -> AnswerJson:
        return cast("AnswerJson", checked(self._library, draft))

    def _cited_by(self, address: str, page: int) -> AnswerJson:
        return cast("AnswerJson", finding.cited_by(self._library, self._address(address), page))

    def _history(self, address: str) -> AnswerJson:
        return cast("AnswerJson", reading.history(self._library, self._address(address)))

    def _address(self, text: str) -> Address:
        return lookup.address_of(self._library, text.strip())


def summary(answer: AnswerJson) -> str:
    """The answer in a line, for those who see nothing else of it."""
    return frame.joined(answer["summary"], answer["cut"])


def _clean(text: str) -> str:
    """`text` without what no store can be asked for: half signs and zeros."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")
