"""A corpus that changes in known ways; whether what a library says of it is whole, and as it was.

Document 7 says `doc7` in each of its paragraphs, and `rev3` in each where it is in its third
revision. Paragraphs are told apart by a token such as `doc7x5`. Each revision puts a paragraph on
top, so that all official numbers shift by one, and rewords all others by a word.
"""

import random
import re
from dataclasses import dataclass, field
from pathlib import Path

from indexer.config import Settings
from indexer.document import StoredPassage
from indexer.library import Library, open_library
from indexer.store.databases import sqlite_address
from indexer.store.store import Store

_BASE = 5  # paragraphs of the first revision
_WORDS = [a + b for a in ("ba", "ke", "lo", "mu", "ni", "ro") for b in ("dan", "fel", "gor", "tis")]
_TOKENS = re.compile(r"\b(doc\d+x\d+) rev(\d+)\b")


def text(number: int, revision: int) -> str:
    """A document's text: a numbered paragraph a line."""
    tokens = range(_BASE + revision, 0, -1)
    return "".join(
        f"{label}. {' '.join(_told(number, token))} says doc{number}x{token} rev{revision} of "
        f"doc{number}.\n"
        for label, token in enumerate(tokens, start=1)
    )


def _told(number: int, token: int) -> list[str]:
    return random.Random(number * 1_000 + token).sample(_WORDS, 12)


def assert_one_revision(number: int, texts: list[str]) -> int:
    """That `texts` are a whole revision of a document, each paragraph once; which one."""
    found = [_TOKENS.findall(each)[0] for each in texts]
    revisions = {int(revision) for _, revision in found}
    assert len(revisions) == 1, texts
    (revision,) = revisions
    tokens = sorted(token for token, _ in found)
    assert tokens == sorted(f"doc{number}x{n}" for n in range(1, _BASE + revision + 1)), texts
    return revision


@dataclass
class Growing:
    """The corpus; `states` are what each document may be found as: a revision, or 0, gone."""

    folder: Path
    chance: random.Random
    paths: dict[int, str] = field(default_factory=dict)
    revisions: dict[int, int] = field(default_factory=dict)
    states: dict[int, set[int]] = field(default_factory=dict)
    touched: dict[int, str] = field(default_factory=dict)  # since the last sync; how

    def add(self, count: int) -> None:
        """Adds so many documents."""
        for number in range(len(self.paths), len(self.paths) + count):
            self.paths[number] = f"{number % 3}/{number}.txt"
            self.states[number] = {0}
            self._write(number, 1)
            self.touched[number] = "new"

    def change(self, share: int) -> None:
        """Gives one in `share` documents a new revision."""
        free = [n for n in self._free("new", "changed") if self._standing(n)]
        for number in self.chance.sample(free, len(free) // share):
            self._write(number, self.revisions[number] + 1)
            self.touched[number] = "changed"

    def shuffle(self, share: int) -> None:
        """Takes documents away, brings those back that are away, and moves others."""
        free = self._free()
        for number in self.chance.sample(free, len(free) // share):
            path = self.folder / self.paths[number]
            if not self._standing(number):
                self._write(number, self.revisions[number] + 1)
                self.touched[number] = "new"
            elif self.chance.random() < 1 / 2:
                path.unlink()
                self.states[number].add(0)
                self.touched[number] = "removed"
            else:
                self.paths[number] = f"{self.chance.randrange(9)}/{number}.txt"
                (self.folder / self.paths[number]).parent.mkdir(exist_ok=True)
                path.rename(self.folder / self.paths[number])
                self.touched[number] = "moved"

    def synced(self) -> None:
        """Notes that a sync has ended: each document can be found in one way."""
        self.touched.clear()
        for number in self.paths:
            self.states[number] = {self._standing(number)}

    def _standing(self, number: int) -> int:
        return self.revisions[number] if (self.folder / self.paths[number]).exists() else 0

    def _free(self, *also: str) -> list[int]:
        """The documents not touched since the last sync, or only in these ways."""
        return [n for n in self.paths if self.touched.get(n, "") in ("", *also)]

    def _write(self, number: int, revision: int) -> None:
        path = self.folder / self.paths[number]
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text(text(number, revision), encoding="utf-8")
        beside.replace(path)
        self.revisions[number] = revision
        self.states[number].add(revision)


@dataclass
class Memory:
    """What addresses said when they were seen, by edition, and each paragraph's id."""

    said: dict[tuple[str, int, str], tuple[str, str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def assert_kept(self, settings: Settings) -> None:
        """That every address seen before says in its edition what it said; and sees some more."""
        store = Store(sqlite_address(settings.data))
        editions: dict[tuple[str, int], dict[str, tuple[str, str]]] = {}
        for slug, edition, local_id in self.said:
            if (slug, edition) not in editions:
                passages = store.passages(store.moved(slug) or slug, edition)
                editions[slug, edition] = {p.passage.id: _said(p) for p in passages}
            assert editions[slug, edition].get(local_id) == self.said[slug, edition, local_id]
        for document in store.documents():
            for stored in store.passages(document.slug):
                address = document.slug, document.edition, stored.passage.id
                self.said[address] = _said(stored)
                ((token, _),) = _TOKENS.findall(stored.passage.text)
                assert self.ids.setdefault(token, stored.passage.id) == stored.passage.id
        store.close()


def _said(stored: StoredPassage) -> tuple[str, str]:
    return stored.passage.label, stored.passage.text


def assert_sound(library: Library, corpus: Growing) -> None:
    """That each document is found as a whole, once, as one of what it may be found as."""
    for number, states in corpus.states.items():
        hits = library.search(f"doc{number}", size=100).hits
        assert len({hit.document.slug for hit in hits}) <= 1
        revision = (
            assert_one_revision(number, [hit.passage.passage.text for hit in hits]) if hits else 0
        )
        assert revision in states


def assert_complete(settings: Settings, corpus: Growing) -> None:
    """That store and index agree, and that each document is found as its file stands."""
    with open_library(settings) as library:
        assert library.maintenance.check().holds
        assert_sound(library, corpus)
