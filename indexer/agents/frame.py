"""What every answer has beside what was asked for: caveat, state of the collection, what next."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar, cast

from indexer.address import Address
from indexer.agents.paragraphs import LONG, piece
from indexer.agents.tokens import fitting
from indexer.agents.values import AnswerJson, CorpusJson, NextJson, ParagraphJson
from indexer.errors import IndexUnavailable
from indexer.library import Library

CAVEAT = (
    "These are the words of the files in this collection as a program read them, no official copy: "
    "check the source before anything depends on them. What is not found may still exist elsewhere."
)
_BEHIND = " The index has yet to follow {:,} writes: what changed last may not be found."

A = TypeVar("A", bound=AnswerJson)
T = TypeVar("T")


def corpus(library: Library) -> CorpusJson:
    """The state of the collection now."""
    held, position = library.holdings.held(), library.log.position()
    try:
        behind = max(0, position - library.engine.position())
    except IndexUnavailable:
        behind = None
    return {
        "documents": held.documents,
        "paragraphs": held.passages,
        "as_of": held.synced_at,
        "position": position,
        "behind": behind,
    }


def frame(library: Library, next_calls: Sequence[NextJson] = ()) -> AnswerJson:
    """An answer that says nothing yet."""
    state = corpus(library)
    behind = _BEHIND.format(state["behind"]) if state["behind"] else ""
    return {
        "summary": "",
        "caveat": f"{CAVEAT}{behind}",
        "cut": "",
        "corpus": state,
        "next": list(next_calls),
    }


def call(tool: str, why: str, **arguments: Any) -> NextJson:  # noqa: ANN401 - they become JSON
    """A call that may follow."""
    return {"tool": tool, "arguments": arguments, "why": why}


def after(address: str) -> list[NextJson]:
    """What may be asked about a paragraph that was found."""
    bare = str(_without_edition(address))
    return [
        call("read", "what stands around it", address=address, around=3),
        call("cited_by", "which paragraphs cite it", address=bare),
        call("history", "whether it has changed", address=bare),
    ]


def filled(
    answer: A,
    key: str,
    items: Iterable[T],
    smaller: Callable[[T, int], T],
    left: Callable[[int, int], str],
) -> A:
    """`answer` with as many of `items` under `key` as it has room for.

    `smaller` gives an item with shorter texts. If items were left out, `cut` says so by `left`,
    which is given how many there are and how many there would be.
    """
    all_items = [smaller(item, LONG) for item in items]
    taken = fitting({**answer, "cut": left(len(all_items), len(all_items))}, all_items, smaller)
    said = left(len(taken), len(all_items)) if len(taken) < len(all_items) else ""
    return cast("A", {**answer, key: taken, "cut": said or answer["cut"]})


def smaller_paragraph(whole: ParagraphJson, most: int) -> ParagraphJson:
    """A paragraph with at most `most` characters of its text."""
    return piece(whole, most)


def has_pieces(paragraphs: Iterable[ParagraphJson]) -> str:
    """A sentence on texts that are only pieces, if there are any."""
    cut = next((each for each in paragraphs if each["is_cut"]), None)
    if cut is None:
        return ""
    start = cut["starts_at"] + len(cut["text"]) if not cut["starts_at"] else 0
    return (
        "Long texts are pieces (is_cut): read them whole with read, "
        f"such as address {cut['address']}, from_character {start}."
    )


def joined(*sentences: str) -> str:
    """Those of `sentences` that say anything."""
    return " ".join(filter(None, sentences))


def _without_edition(address: str) -> Address:
    found = Address.parse(address)
    return Address(found.slug, found.local_id)
