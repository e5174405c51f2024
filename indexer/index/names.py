"""Titles and headings as they are looked up while a person types: from any of their words on."""

from collections.abc import Iterable

from indexer.naming import name_key

TITLE_NAME, HEADING_NAME = "t", "h"  # before the key of a title or a heading from a word on
NAME_END = "\x1f"  # between such a key and the title or the heading itself
_NAME_WORDS = 16  # at which such a key begins, and ten times as many characters


class Names:
    """The title and the headings of a document, each for the first passage that is below it."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._seen: set[str] = set()

    def of(self, headings: Iterable[str]) -> list[str]:
        """The terms of those that no passage before had."""
        new = [name for name in (self._title, *headings) if name not in self._seen]
        self._seen.update(new)
        return [
            term
            for name in dict.fromkeys(new)
            for term in _from_each_word(TITLE_NAME if name == self._title else HEADING_NAME, name)
        ]


def _from_each_word(kind: str, name: str) -> list[str]:
    shown = " ".join(name.split())
    words = name_key(shown).split() if len(shown) <= _NAME_WORDS * 10 else []
    starts = range(min(len(words), _NAME_WORDS))
    return [f"{kind}{' '.join(words[at:])}{NAME_END}{shown}" for at in starts]
