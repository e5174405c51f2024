"""Queries that cost the most that a query can; work, size and time of their pages, out.

    python benchmarks/expensive.py --corpus FOLDER --data DATA --engine tantivy

DATA is a data folder that FOLDER was synced into. Each query is asked of the page twice, by a
library of its own that was asked for one word before: the first time all else is read from the
index. Work is the time of all processors; two hundred queries put together by chance, the same at
each run, follow those of the list.
"""

import argparse
import random
import time
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from urllib.parse import quote

from indexer.config import Settings
from indexer.library import open_library
from web.app import create_app

_SHOWN = 10
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TEXT = """the of and to in that a is for we our on this with as it by be nations united world peace
international security development government countries people"""
_WORDS = _TEXT.split()
_BY_CHANCE = 200


def main() -> None:
    """Prints the queries with the most work, and the largest pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--engine", default="whoosh")
    arguments = parser.parse_args()
    settings = Settings(arguments.corpus, arguments.data, engine=arguments.engine)
    rows = [(*_asked(settings, query), name) for name, query in expensive().items()]
    print(f"{len(rows)} queries; work in ms the first time and again, KB of the page:")
    for at, what in ((0, "most work at first"), (1, "most work again"), (2, "largest page")):
        print(what)
        for first, again, size, name in sorted(rows, key=itemgetter(at), reverse=True)[:_SHOWN]:
            print(f"  {first:8.0f} {again:8.0f} {size:6.0f}  {name}")


def _asked(settings: Settings, query: str) -> tuple[float, float, float]:
    """The work of a query the first time and the second, and the size of the page."""
    with open_library(settings) as library:
        client = create_app(library).test_client()
        client.get("/search?q=first")
        works = []
        for _ in range(2):
            started = time.process_time()
            page = client.get(f"/search?q={quote(query)}")
            works.append((time.process_time() - started) * 1000)
    return works[0], works[1], len(page.data) / 1000


def expensive() -> dict[str, str]:
    """All of the queries, by what they are."""
    return {**_of_each_kind(), **_by_chance()}


def _of_each_kind() -> dict[str, str]:
    pairs = [f"{a} {b}" for a in _WORDS[:8] for b in _WORDS[:4]]
    return {
        "one phrase, 200 words, near": '"' + "the of " * 100 + '"~100',
        "one phrase of 180 words, near": '"' + " ".join(_WORDS[:20] * 9) + '"~50',
        "one phrase of 200 words": '"' + "the of " * 100 + '"',
        "two words near": '"the of"~100',
        "32 phrases": " ".join(f'"{pair}"' for pair in pairs),
        "five phrases, near": " ".join(f'"{pair}"~100' for pair in pairs[:5]),
        "32 stars": " ".join(["*a*"] * 32),
        "26 stars": " ".join(f"*{c}*" for c in _LETTERS),
        "26 stars, any of them": " OR ".join(f"*{c}*" for c in _LETTERS),
        "26 stars, none of them": " ".join(f"-{c}*" for c in _LETTERS),
        "30 fuzzy words": " ".join(f"{word}~2" for word in _WORDS * 2),
        "any of many words": " OR ".join(_WORDS * 9)[:990],
        "many words": " ".join(_WORDS * 9)[:990],
        "a sentence": " ".join(_WORDS[:22]),
        "brackets": "(" * 8 + " OR ".join(_WORDS) + ")" * 8,
        "each letter": " ".join(_LETTERS),
        "numbers of articles": " ".join(f"article {n}" for n in range(80)),
        "symbols": "A/RES/70/1 " * 80,
        "words with slips": " ".join(f"{word}x" for word in _WORDS if len(word) > 5),  # noqa: PLR2004
        "one sign, no spaces": "国" * 300,
        "a script that addresses spell out": "the OR " + " OR ".join(["ประเทศ" * 8] * 19),
        "a long query without results": "-" + " -".join(_WORDS * 8),
        "words with hyphens": " ".join(f"{a}-{b}" for a, b in pairwise(_WORDS)),
        "stars that nothing has all of": "*o (that's the's *a) *t *e",
        "stars narrowed by five facets": "*a* *e* date:1990..2000 lang:en doc:x tag:y publisher:z",
        "every year": "the date:1900..2100 -lang:xx",
        "nothing but what is left out": "-zzzz",
    }


def _by_chance() -> dict[str, str]:
    chance = random.Random(7)

    def one(deep: int) -> str:
        word = chance.choice(_WORDS)
        kinds = (
            lambda: word,
            lambda: f'"{word} {chance.choice(_WORDS)}"',
            lambda: f'"{word} {chance.choice(_WORDS)}"~{chance.randint(1, 100)}',
            lambda: f"*{word[:2]}*",
            lambda: f"{word}~",
            lambda: f"-{word}",
            lambda: f"{word}-{chance.choice(_WORDS)}",
            lambda: f"{word}~2",
            lambda: f"*{word[0]}*{word[-1]}*",
            lambda: f'"{" ".join(chance.choices(_WORDS, k=chance.randint(3, 30)))}"',
            lambda: f"date:{chance.randint(1940, 1990)}..{chance.randint(1990, 2030)}",
            lambda: chance.choice(("lang:en", "title:the", "heading:of", "label:5", "人", "กา")),
            lambda: f"({many(deep - 1)})" if deep else word,
        )
        return chance.choice(kinds)()

    def many(deep: int) -> str:
        joint = chance.choice((" ", " OR ", " AND "))
        return joint.join(one(deep) for _ in range(chance.randint(2, 6)))

    queries = [many(3)[:990] for _ in range(_BY_CHANCE)]
    return {f"by chance: {query[:60]}": query for query in queries}


if __name__ == "__main__":
    main()
