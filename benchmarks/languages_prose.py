"""How many paragraphs of texts with few numbers are joined to the right ones of a translation.

    python benchmarks/languages_prose.py --declaration UDHR --articles XQUAD_en XQUAD_de XQUAD_zh

UDHR is a folder with html/ (one page a language) and aligned.jsonl (lang, unit, article, para,
text): what each page says is read as any page is, and joined to the English one; right is a pair of
paragraphs with the same article and para, of articles that both versions have in as many. The
other folders each have corpus.jsonl with the same paragraphs of an encyclopaedia in the same
order, the first of them in the language that the others are joined to; they have no numbers of
their own. Of these a share is left out on either side, and a share parted in two at a space near
the middle, drawn by chance; right is a pair that is of one paragraph, and what was left out must be
joined to nothing.
"""

import argparse
import json
import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from indexer.document import Kind, Passage
from indexer.readers import read
from indexer.reading.passages import split
from indexer.works.pair import Ground, pair

_LEFT_OUT, _PARTED = 0.05, 0.05
_ROUNDS = 5


def main() -> None:
    """Prints a line for each language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--declaration", type=Path)
    parser.add_argument("--articles", type=Path, nargs="*", default=[])
    asked = parser.parse_args()
    if asked.declaration:
        _declaration(asked.declaration)
    for other in asked.articles[1:]:
        _articles(asked.articles[0], other)


def _declaration(folder: Path) -> None:
    gold: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    lines = (folder / "aligned.jsonl").read_text(encoding="utf-8").splitlines()
    for each in map(json.loads, lines):
        if each["unit"] != "title":
            gold[each["lang"]][_letters(each["text"])] = (each["article"], each["para"])
    read_in = {
        path.stem: tuple(split(read(path, path.read_bytes())))
        for path in sorted((folder / "html").glob("*.html"))
    }
    for language, passages in read_in.items():
        if language != "eng":
            _compare_declaration(language, read_in["eng"], passages, gold)


def _compare_declaration(
    language: str,
    english: Sequence[Passage],
    passages: Sequence[Passage],
    gold: dict[str, dict[str, tuple[int, int]]],
) -> None:
    counts: Counter[str] = Counter()
    here, there = (
        [gold[name].get(_letters(each.text)) for each in side]
        for name, side in (("eng", english), (language, passages))
    )
    many = [Counter(article for article, _ in gold[name].values()) for name in ("eng", language)]
    known = {key for key in there if key and many[0][key[0]] == many[1][key[0]]}
    for each in pair(english, passages):
        for at in each.left:
            if here[at] in known:
                counts["of"] += 1
                counts["right"] += here[at] in [there[b] for b in each.right]
                counts["lost"] += not each.right
    print(f"declaration {language}: {counts['right']} of {counts['of']}, {counts['lost']} lost")


def _articles(first: Path, second: Path) -> None:
    texts = [
        [json.loads(line)["text"] for line in (folder / "corpus.jsonl").open(encoding="utf-8")]
        for folder in (first, second)
    ]
    counts: Counter[str] = Counter()
    for seed in range(_ROUNDS):
        chance = random.Random(seed)
        (left, here), (right, there) = (_disturbed(side, chance) for side in texts)
        for each in pair(left, right):
            said = {here[at] for at in each.left}, {there[at] for at in each.right}
            for number in said[0]:
                is_right = said[1] == {number} if number in there else not said[1]
                counts["of"] += 1
                counts["right"] += is_right
                counts[f"{each.ground} of"] += 1
                counts[f"{each.ground} right"] += is_right
    grounds = ", ".join(
        f"{ground} {counts[f'{ground} right']}/{counts[f'{ground} of']}" for ground in Ground
    )
    share = counts["right"] / counts["of"]
    print(f"articles {second.name}: {share:.4f} of {counts['of']} ({grounds})")


def _disturbed(texts: Sequence[str], chance: random.Random) -> tuple[list[Passage], list[int]]:
    """Passages of some of the texts, and which text each is of."""
    said: list[tuple[str, int]] = []
    for number, text in enumerate(texts):
        drawn = chance.random()
        if drawn < _LEFT_OUT:
            continue
        cut = text.find(" ", len(text) // 2)
        if drawn < _LEFT_OUT + _PARTED and cut > 0:
            said += [(text[:cut], number), (text[cut:].strip(), number)]
        else:
            said.append((text, number))
    passages = [Passage(n, Kind.PARAGRAPH, text) for n, (text, _) in enumerate(said, start=1)]
    return passages, [number for _, number in said]


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


if __name__ == "__main__":
    main()
