"""A sync or a rebuild that is killed at any moment loses nothing and leaves nothing half done."""

import random
import sys

import pytest

from indexer.config import Settings
from indexer.library import open_library
from tests.conftest import EVERY_ENGINE
from tests.helpers.growing import Growing, Memory, assert_complete, assert_sound
from tests.helpers.killing import kill, length, rebuild, sync

pytestmark = [
    pytest.mark.slow,
    EVERY_ENGINE,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL"),
]

# A few by default; in all a hundred, a fourth of them for each kind of work on each engine.
HOW_OFTEN = pytest.mark.parametrize(
    ("kills", "documents"), [(1, 24), pytest.param(25, 48, marks=pytest.mark.slow)]
)


@HOW_OFTEN
def test_killed_syncs_lose_nothing(settings: Settings, kills: int, documents: int) -> None:
    corpus, memory = Growing(settings.corpus, random.Random(kills)), Memory()
    corpus.add(documents)
    longest = length(sync, settings)
    corpus.synced()
    assert_nothing_lost(settings, corpus, memory)
    corpus.change(3)
    corpus.shuffle(4)
    for each in kill(sync, settings, kills, corpus.chance, longest):
        assert_nothing_lost(settings, corpus, memory)
        if each % 3 == 1:  # the others pile up
            sync_to_the_end(settings, corpus, memory)
        corpus.change(3)
        corpus.shuffle(4)
        corpus.add(1)
    sync_to_the_end(settings, corpus, memory)


@pytest.mark.slow
@HOW_OFTEN
def test_killed_rebuilds_change_nothing(settings: Settings, kills: int, documents: int) -> None:
    corpus, memory = Growing(settings.corpus, random.Random(kills)), Memory()
    corpus.add(documents)
    sync_to_the_end(settings, corpus, memory)
    longest = length(rebuild, settings)
    for each in kill(rebuild, settings, kills, corpus.chance, longest):
        assert_complete(settings, corpus)
        if each % 3 == 1:
            corpus.change(5)
            sync_to_the_end(settings, corpus, memory)
        if each % 3 == 2:
            length(rebuild, settings)
            assert_complete(settings, corpus)
            assert len(list((settings.data / settings.engine).glob("gen-*"))) == 1


def sync_to_the_end(settings: Settings, corpus: Growing, memory: Memory) -> None:
    with open_library(settings) as library:
        library.maintenance.sync()
    corpus.synced()
    assert_complete(settings, corpus)
    memory.assert_kept(settings)


def assert_nothing_lost(settings: Settings, corpus: Growing, memory: Memory) -> None:
    """Before any other sync: what was there is, and what is there is whole."""
    memory.assert_kept(settings)
    with open_library(settings) as library:
        assert_sound(library, corpus)
