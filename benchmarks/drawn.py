"""A folder of documents in; a store of them, its texts, and queries drawn from these, out."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from indexer.analysis import analyzer
from indexer.corpus.corpus import Corpus
from indexer.document import FileRecord
from indexer.readers import SUFFIXES
from indexer.reading.pool import read_all
from indexer.reading.protocol import Limits
from indexer.store.databases import sqlite_address
from indexer.store.store import Store
from indexer.sync.apply import Means, apply
from indexer.sync.plan import make_plan


@dataclass(frozen=True, slots=True)
class Text:
    """A passage for a rival: its number, its text and the language of that."""

    number: int
    text: str
    language: str


def queries(store: Store, count: int) -> list[list[str]]:
    """Two or three neighbouring words, as people would type them, from passages drawn by chance."""
    chance = random.Random(1)
    documents = store.documents()
    drawn: list[list[str]] = []
    while len(drawn) < count:
        document = chance.choice(documents)
        passage = chance.choice(store.passages(document.slug)).passage
        words = [w for w in analyzer.terms(passage.text, "")[0] if is_telling(w)]
        size = chance.choice((2, 3))
        if len(words) >= size:
            start = chance.randrange(len(words) - size + 1)
            drawn.append(words[start : start + size])
    return drawn


def is_telling(word: str) -> bool:
    """Whether a person might ask for a word."""
    return len(word) > 3 and word.isalpha() and not analyzer.is_stopword(word, "en")  # noqa: PLR2004


def texts(store: Store) -> Iterator[Text]:
    """Every passage that stands."""
    for document in store.documents():
        for stored in store.passages(document.slug):
            yield Text(stored.key, stored.passage.text, stored.passage.language)


def filled(folder: Path, data: Path, times: int, share: int) -> Store:
    """The store of every `share`-th document in `folder`, each `times` over."""
    data.mkdir(parents=True, exist_ok=True)
    store = Store(sqlite_address(data))
    if store.documents():
        return store
    corpus = Corpus(folder, SUFFIXES)
    found = list(corpus.files())[::share]
    limits = Limits()
    plan = make_plan(store, corpus, found, limits)
    read = partial(read_all, corpus, limits=limits)
    with store.working() as work:
        apply(store, work, plan, lambda *_: None, Means(limits, read, lambda _: ""))
    for document in store.documents():
        passages = [stored.passage for stored in store.passages(document.slug)]
        for number in range(1, times):
            with store.writing() as transaction:
                name = f"{document.slug}-again-{number}"
                record = FileRecord(f"{number}/{name}", name, "", "", "", present=True)
                transaction.put(record, document.metadata, (), passages)
    return store
