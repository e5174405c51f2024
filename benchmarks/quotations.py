"""A library in; how often the verdicts on quotations made of its own paragraphs are right, out.

    python benchmarks/quotations.py DATA --engine tantivy --strangers FOLDER

DATA is the data folder of a library that is only read. Of its paragraphs quotations of several
lengths are made, in turn as they are, with other typography, with one word swapped, dropped or
added, with a denial put in or taken out, shortened, across two paragraphs, with misread letters,
with blocks in another order, and invented; in the languages that are asked for. What was changed
and stands so in some other paragraph, found by looking through all of them, is no alteration and
is made anew. FOLDER has text files (`*.txt`) of which sentences are taken as invented ones.
"""

import argparse
import time
from collections import Counter
from pathlib import Path

from quotation_gold import Gold, Maker, golds

from indexer.checking.findings import Finding
from indexer.config import Settings
from indexer.library import Library, open_library
from indexer.quotations.extract import Block
from indexer.quotations.verdicts import SOUND


def main() -> None:
    """Prints for each length how many verdicts are right, and all that are wrong if asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--languages", default="en,fr,ru,zh,ar")
    parser.add_argument("--lengths", default="6,9,12,20,40")
    parser.add_argument("--many", type=int, default=450)
    parser.add_argument("--strangers", type=Path)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--wrong", action="store_true", help="print each wrong verdict")
    asked = parser.parse_args()
    settings = Settings(data=asked.data, engine=asked.engine)
    with open_library(settings) as library:
        languages = asked.languages.split(",")
        maker = Maker(library, languages, asked.strangers, asked.seed)
        for length in map(int, asked.lengths.split(",")):
            made = list(golds(maker, languages, length, asked.many))
            _report(library, length, made, wrong=asked.wrong)
        _time(library, list(golds(maker, languages, 20, 50)))


def _report(library: Library, length: int, made: list[Gold], *, wrong: bool) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    unsafe = unsaid = denials = 0
    for gold in made:
        (finding,) = library.quotations.blocks([Block(gold.text, is_quotation=True)]).findings
        is_right = finding.verdict is gold.verdict
        for group in (gold.kind, gold.language, "all"):
            total[group] += 1
            right[group] += is_right
        unsafe += finding.verdict in SOUND and gold.verdict not in SOUND
        denials += gold.denies
        is_unsaid = gold.denies and is_right and not finding.denies
        unsaid += is_unsaid
        if wrong and (is_unsaid or not is_right):
            _print_wrong(gold, finding)
    shares = ", ".join(f"{name} {right[name] / total[name]:.3f}" for name in total)
    print(f"{length} words: {total['all']} quotations, {shares}")
    print(f"  called sound with a changed word: {unsafe}; of {denials} denials unsaid: {unsaid}")


def _print_wrong(gold: Gold, finding: Finding) -> None:
    beside = finding.parts[0].source if finding.parts else ""
    print(
        f"  {gold.kind} {gold.language}: {finding.verdict}\n    {gold.text!r}\n    {beside[:300]!r}"
    )


def _time(library: Library, made: list[Gold]) -> None:
    blocks = [Block(gold.text, is_quotation=True) for gold in made]
    apart = [each for block in blocks for each in (block, Block("He said:"))]
    library.quotations.blocks(apart)
    started, worked = time.perf_counter(), time.process_time()
    found = library.quotations.blocks(apart)
    took, work = time.perf_counter() - started, time.process_time() - worked
    print(f"a draft of {len(found.findings)}: {took:.2f} s, {work:.2f} s of them work")


if __name__ == "__main__":
    main()
