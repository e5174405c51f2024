"""A document in, the same with its language found where none is declared, out."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from indexer.document import Block, Document, Metadata
from indexer.readers.common.language_model import identifier

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLES = (400, 3_000)  # characters; where the first leaves doubt, and more change nothing
_FEWEST = 30  # letters; fewer do not say enough
_SURE = 0.9  # probability


def with_language(document: Document) -> Document:
    """`document` with the language of its text, unless it declares one or says too little."""
    if document.metadata.language:
        return document
    found = Metadata(language=detect(document.blocks), origins={"language": "found from the text"})
    return replace(document, metadata=document.metadata.over(found))


def detect(blocks: Iterable[Block]) -> str:
    """The ISO 639-1 code of the language that `blocks` are in, or an empty string."""
    text = _opening(block.text for block in blocks)
    for size in _SAMPLES:
        if language := _language(text[:size]):
            return language
    return ""


def _language(sample: str) -> str:
    if sum(map(str.isalpha, sample)) < _FEWEST:
        return ""
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= _SURE else ""


def _opening(texts: Iterable[str]) -> str:
    taken = 0

    def fits(text: str) -> bool:
        nonlocal taken
        fitting = taken < _SAMPLES[-1]
        taken += len(text)
        return fitting

    return " ".join(takewhile(fits, texts))


@cache
def _identifier() -> "LanguageIdentifier":
    return identifier()
