"""A paragraph in; the paragraphs of a library that are worded as it is, or alike, out."""

from collections import defaultdict

from indexer.agreed.candidates import candidates
from indexer.document import StoredDocument, StoredPassage
from indexer.index.engine import Searcher
from indexer.store.store import Store
from indexer.wording.threes import words_of
from indexer.wording.timeline import Timeline, Use, Words, timeline


def use_of(document: StoredDocument, stored: StoredPassage) -> Use:
    """A passage as it is compared."""
    said = stored.passage
    place = stored.document, said.id, document.metadata.date
    return Use(stored.key, *place, said.label, said.language, said.text)


def family(store: Store, searcher: Searcher, asked: Use) -> Timeline:
    """The family of `asked` as the index has it."""
    found = candidates(searcher, words_of(asked.text, asked.language))
    by_words: dict[Words, list[Use]] = defaultdict(list)
    for text in store.texts.of(found.keys):
        by_words[tuple(words_of(text.text, text.language))].append(Use(*text))
    return timeline(asked, by_words, is_whole=found.is_whole)
