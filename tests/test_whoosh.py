"""What can go wrong in Whoosh alone."""

import random

import pytest

from indexer.errors import IndexUnavailable
from indexer.library import Library
from tests.conftest import Write


def test_a_commit_that_fails_is_told_and_the_next_sync_makes_it_good(
    library: Library, write: Write
) -> None:
    write("a.txt", "Herrings swim.\n")
    random.seed(7)
    library.maintenance.sync()
    write("a.txt", "Herrings fly.\n")
    random.seed(7)  # by which Whoosh names its files, so that it stumbles over those that are there
    with pytest.raises(IndexUnavailable, match="AssertionError"):
        library.maintenance.sync()
    assert [hit.passage.passage.text for hit in library.search("herrings").hits] == [
        "Herrings swim."
    ]
    random.seed()
    library.maintenance.sync()
    assert library.maintenance.check().holds
    assert [hit.passage.passage.text for hit in library.search("herrings").hits] == [
        "Herrings fly."
    ]
