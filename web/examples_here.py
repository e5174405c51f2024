"""A library in; examples of queries that find something in it, from one of its paragraphs, out."""

import re
from collections.abc import Iterator

from indexer.citing.source import title_of
from indexer.document import StoredDocument, StoredPassage
from indexer.library import Library
from web.examples import Example

_LOOKED_AT = 20  # documents, the newest, of which one has a paragraph that will do
_FEWEST = 4  # words of some length that its text has
_WORD = re.compile(r"[^\W\d_]{4,20}")
_PHRASE = re.compile(r"(?<!\S)[^\W\d_]{3,20} [^\W\d_]{3,20} [^\W\d_]{3,20}(?!\S)")


def examples_here(library: Library) -> tuple[Example, ...]:
    """Some examples; none if no paragraph has a few words between spaces."""
    for document in library.newest(_LOOKED_AT):
        for stored in library.document(document.slug).passages:
            passage = stored.passage
            words = sorted(set(_WORD.findall(passage.text)), key=lambda word: (-len(word), word))
            if passage.label and len(words) >= _FEWEST and (phrase := _PHRASE.search(passage.text)):
                return tuple(_examples(document, stored, words[0], words[1], phrase[0]))
    return ()


def _examples(
    document: StoredDocument, stored: StoredPassage, word: str, other: str, phrase: str
) -> Iterator[Example]:
    known, passage = document.metadata, stored.passage
    yield Example(f"{word} {other}", "both words in the same paragraph, whatever their endings")
    yield Example(f'"{phrase}"', "these words as written, side by side")
    yield Example(f"{word[:-2]}*", "words that begin so")
    number = passage.label.strip("()[]. ")
    if re.fullmatch(r"\w+", number):
        yield Example(f"label:{number} {word}", "in paragraphs with this number")
    if passage.heading and (found := _WORD.search(passage.heading[-1])):
        yield Example(f"heading:{found[0]} {word}", "below a heading with this word")
    if found := _WORD.search(title_of(document)):
        yield Example(f"title:{found[0]} {word}", "in documents with this word in the title")
    if known.date:
        yield Example(f"date:{known.date[:4]} {word}", "in documents of this year")
    if found := _WORD.search(known.publisher):
        yield Example(f"publisher:{found[0]} {word}", "in what this publisher published")
    yield Example(f"in:{document.slug} {word}", "in this document")
    yield Example(stored.address, "the paragraph at this address")
