"""How long it takes to align a large document with its next edition, by what has changed in it.

    python benchmarks/editions.py 1000 5000 20000

Paragraphs of 60 words, drawn from 20,000 as unevenly as words are; "kept" is how many of the new
passages got an id of the old edition, and "right" how many of those got the one they came from.
"""

import argparse
import random
import resource
import time
from collections.abc import Callable, Sequence
from itertools import accumulate

from indexer.document import Kind, Passage
from indexer.editions.align import align

_WORDS = 60
_VOCABULARY = [f"w{n}" for n in range(20_000)]
_WEIGHTS = list(accumulate(1 / n for n in range(1, len(_VOCABULARY) + 1)))

Texts = list[tuple[str, str]]  # a paragraph's text, and the text it came from or ""


def main() -> None:
    """Prints a line for each size and kind of change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    for size in parser.parse_args().sizes:
        texts = [_paragraph() for _ in range(size)]
        old = align([], _passages(texts))
        for name, change in _CHANGES.items():
            _report(f"{size:>7,}  {name:<28}", old, change(texts))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"at most {peak} MB")


def _report(name: str, old: Sequence[Passage], changed: Texts) -> None:
    new = _passages([text for text, _ in changed])
    started = time.perf_counter()
    aligned = align(old, new)
    took = time.perf_counter() - started
    ids = {passage.text: passage.id for passage in old}
    old_ids = set(ids.values())
    kept = sum(passage.id in old_ids for passage in aligned)
    right = sum(
        ids.get(came_from) == p.id for p, (_, came_from) in zip(aligned, changed, strict=True)
    )
    print(f"{name} {took:6.2f} s  kept {kept:>6,}  right {right:>6,}")


def _passages(texts: Sequence[str]) -> list[Passage]:
    return [
        Passage(n, Kind.PARAGRAPH, text, f"{n}.", natural_id=f"para-{n}")
        for n, text in enumerate(texts, start=1)
    ]


def _words(number: int) -> list[str]:
    return random.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=number)


def _paragraph() -> str:
    return " ".join(_words(_WORDS))


def _edited(text: str) -> str:
    words = text.split()
    for at in random.sample(range(len(words)), k=int(len(words) * 0.3)):
        words[at] = _words(1)[0]
    return " ".join(words)


def _shuffled(texts: list[str]) -> list[str]:
    return random.sample(texts, k=len(texts))


_CHANGES: dict[str, Callable[[list[str]], Texts]] = {
    "unchanged": lambda texts: [(text, text) for text in texts],
    "all labels shifted": lambda texts: [(_paragraph(), ""), *((text, text) for text in texts)],
    "30 % of words, labels shifted": lambda texts: [
        (_paragraph(), ""),
        *((_edited(text), text) for text in texts),
    ],
    "30 % of words, shuffled": lambda texts: [(_edited(text), text) for text in _shuffled(texts)],
    "all rewritten": lambda texts: [(_paragraph(), "") for _ in texts],
}


if __name__ == "__main__":
    random.seed(1)
    main()
