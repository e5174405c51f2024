"""Whatever the layout of a text, its words come out: in the passages, the title or a note."""

import re
from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import Unreadable
from indexer.readers import read
from indexer.reading.passages import split

SOME = (
    "the",
    "peace",
    "41.",
    "(a)",
    "1999",
    "12",
    "-",
    "•",
    "General",
    "Assembly.",
    "eco-",
    "nomic",
)
WORDS = st.sampled_from((*SOME, "Мир", "人人", "。", "a."))
LINES = st.builds(
    lambda indent, words, gap: indent + gap.join(words),
    st.sampled_from(["", " ", "    ", "\f", "\t"]),
    st.lists(WORDS, max_size=9),
    st.sampled_from([" ", "   ", "\t"]),
)
TEXTS = st.lists(
    st.one_of(LINES, st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)),
    min_size=1,
    max_size=30,
).map("\n".join)


def letters(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]", text))


@given(TEXTS)
def test_no_letter_is_lost(text: str) -> None:
    try:
        document = read(Path("x.txt"), text.encode("utf-8", "replace"))
    except Unreadable:
        return
    passages = split(document)
    shown = [document.metadata.title, *document.notes]
    for passage in passages:
        shown += [passage.label, passage.text, *passage.heading]
    missing = letters(text) - letters(" ".join(shown))
    # Furniture that comes again is noted once, and a repetition of the title is left out.
    assert set(missing) <= set(letters(" ".join((document.metadata.title, *document.notes))))
