"""How well two documents are compared: what was split, merged, reworded, moved, put in, left out.

    python benchmarks/comparing.py FOLDER --size 2000 --rounds 5

FOLDER holds .txt files with a paragraph a line, or .xml files. Paragraphs of at least 12 words are
drawn from them, so that all are real text, and a second document is made of the first by changes
that are drawn too: most paragraphs stay as they are. Found is how many of these changes the
comparison names as what they are, with the right paragraphs on both sides; named wrongly is what it
says of those places instead. The time is that which the comparison alone takes of a
processor.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.document import Kind, Passage, StoredPassage
from indexer.editions.compare import Became, Pair, compare_documents
from indexer.errors import DocumentError
from indexer.readers import read
from indexer.reading.passages import split

_FEWEST = 12  # words
_MOST = 400
_SHARES = {"same": 0.6, "reworded": 0.1, "split": 0.08, "merged": 0.08, "added": 0.05}
_REWORDED = 0.2  # of the words, each put out for another word of the same document

Change = tuple[str, tuple[int, ...], tuple[int, ...]]  # what, old places, new places


def main() -> None:
    """Prints a line for each kind of change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    texts = sorted(set(_texts(asked.folder)))
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    times = []
    for seed in range(asked.rounds):
        chance = random.Random(seed)
        old = chance.sample(texts, asked.size)
        new, changes = _changed(old, chance)
        started = time.process_time()
        pairs = compare_documents(_stored(old, "a"), _stored(new, "b"))
        times.append(time.process_time() - started)
        told = {_places(pair): set(pair.became) for pair in pairs}
        for what, olds, news in changes:
            made[what] += 1
            found[what] += _is_told(what, told.get((olds, news)))
        _count_wrong(changes, told, wrong)
    for what, many in made.items():
        print(f"{what:<9} {many:>6}  found {found[what] / many:.4f}  named wrongly {wrong[what]}")
    print(f"{asked.size:,} paragraphs each side: {sorted(times)[len(times) // 2]:.2f} s")


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".txt":
            found = path.read_text(encoding="utf-8", errors="replace").splitlines()
        elif path.suffix == ".xml":
            try:
                found = [each.text for each in split(read(path, path.read_bytes()))]
            except DocumentError:
                continue
        else:
            continue
        yield from (text for text in found if _FEWEST <= len(text.split()) <= _MOST)


def _changed(old: Sequence[str], chance: random.Random) -> tuple[list[str], list[Change]]:
    """Another text made of `old`, with what was done, in its order."""
    vocabulary = [word for text in old for word in text.split()]
    new: list[str] = []
    changes: list[Change] = []
    kinds = [*_SHARES, "retired"]
    weights = [*_SHARES.values(), 1 - sum(_SHARES.values())]
    at = 0
    while at < len(old):
        what = chance.choices(kinds, weights)[0]
        words, start, many = old[at].split(), len(new), 1
        if what == "split" and len(words) >= 2 * _FEWEST:
            cut = chance.randint(_FEWEST // 2, len(words) - _FEWEST // 2)
            new += [" ".join(words[:cut]), " ".join(words[cut:])]
        elif what == "merged" and at + 1 < len(old):
            new.append(f"{old[at]} {old[at + 1]}")
            many = 2
        elif what == "added":
            new.append(" ".join(chance.choices(vocabulary, k=len(words))))
            changes.append((what, (), (start,)))
            continue
        elif what == "reworded":
            new.append(" ".join(_other(word, vocabulary, chance) for word in words))
            what = "same" if new[-1] == old[at] else what
        elif what != "retired":
            what = "same"
            new.append(old[at])
        changes.append((what, tuple(range(at, at + many)), tuple(range(start, len(new)))))
        at += many
    return new, changes


def _other(word: str, vocabulary: Sequence[str], chance: random.Random) -> str:
    return chance.choice(vocabulary) if chance.random() < _REWORDED else word


def _stored(texts: Sequence[str], slug: str) -> list[StoredPassage]:
    return [
        StoredPassage(n, slug, 1, None, Passage(n, Kind.PARAGRAPH, text, id=f"p{n}"))
        for n, text in enumerate(texts)
    ]


def _places(pair: Pair) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(each.key for each in pair.olds), tuple(each.key for each in pair.news)


def _is_told(what: str, became: set[Became] | None) -> bool:
    if became is None:
        return False
    return not became if what == "same" else Became(what) in became


def _count_wrong(
    changes: Sequence[Change],
    told: dict[tuple[tuple[int, ...], tuple[int, ...]], set[Became]],
    wrong: Counter[str],
) -> None:
    """What is said that was not done, by what was done there."""
    done = {(olds, news): what for what, olds, news in changes}
    by_new = {b: what for what, _, news in changes for b in news}
    by_old = {a: what for what, olds, _ in changes for a in olds}
    for (olds, news), became in told.items():
        if (olds, news) in done or not became:
            continue
        wrong[by_new[news[0]] if news else by_old[olds[0]]] += 1


if __name__ == "__main__":
    main()
