"""A folder of documents in many languages in; how many of their paragraphs find themselves, out.

    python benchmarks/languages.py ../shared/data/udhr/html

Of each paragraph three neighbouring terms are looked for in its own document, as plain words and as
a phrase; the paragraph must be among those found in full.
"""

import argparse
import random
import tempfile
import unicodedata
from pathlib import Path

from indexer.analysis import analyzer
from indexer.config import Settings
from indexer.document import StoredPassage
from indexer.library import Library, open_library

_TERMS = 3


def main() -> None:
    """Prints a row for each document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    print("| document | language | paragraphs | found by words | found by phrase |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(corpus=arguments.folder, data=Path(data))
        with open_library(settings) as library:
            library.maintenance.sync()
            for document in library.documents():
                print(_row(library, document.slug))


def _row(library: Library, slug: str) -> str:
    reading = library.document(slug)
    chance = random.Random(slug)
    sampled = [
        (stored, sample)
        for stored in reading.passages
        if (sample := _sample(stored.passage.text, stored.passage.language, chance))
    ]
    words = sum(_finds(library, f"{sample} in:{slug}", stored) for stored, sample in sampled)
    phrases = sum(_finds(library, f'"{sample}" in:{slug}', stored) for stored, sample in sampled)
    language = reading.document.metadata.language
    return f"| {slug} | {language} | {len(sampled)} | {words} | {phrases} |"


def _sample(text: str, language: str, chance: random.Random) -> str:
    """Three neighbouring terms as they stand in `text`, or nothing where there are fewer."""
    found = analyzer.analyze(text, language)
    if len(found.exact) < _TERMS:
        return ""
    first = chance.randrange(len(found.exact) - _TERMS + 1)
    (start, _), (_, end) = found.spans([first, first + _TERMS - 1])
    piece = text[start:end]
    return "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in piece)


def _finds(library: Library, query: str, stored: StoredPassage) -> bool:
    return stored.key in {hit.passage.key for hit in library.search(query, size=100).hits}


if __name__ == "__main__":
    main()
