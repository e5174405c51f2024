"""CommonMark's examples in; those of which our passages lack a word, out.

    python benchmarks/commonmark.py ../shared/data/odd/commonmark-spec.json

The file is what CommonMark's `spec_tests.py --dump-tests` writes. An example counts as read when
each word that its HTML shows stands in a block, a label or the title. Deleted text is left out.
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from indexer.errors import DocumentError
from indexer.readers import read


def main() -> None:
    """Prints how many examples are read whole, and the others by section."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("examples", type=Path)
    arguments = parser.parse_args()
    examples = json.loads(arguments.examples.read_text(encoding="utf-8"))
    lacking = [(example, words) for example in examples if (words := _missing(example))]
    print(f"{len(examples) - len(lacking)} of {len(examples)} examples are read whole; lacking:")
    for section, count in Counter(example["section"] for example, _ in lacking).most_common():
        print(f"  {count:3} in {section}")
    for example, words in lacking:
        print(f"{example['example']:4} {example['markdown'][:60]!r} lacks {' '.join(words)}")


def _missing(example: dict[str, str]) -> list[str]:
    page = LexborHTMLParser(example["html"])
    page.strip_tags(["script", "style", "textarea"])
    shown = re.findall(r"\w+", page.body.text(separator=" ") if page.body else "")
    text = re.sub(r"\W", "", _read(example["markdown"]))
    return [word for word in shown if word not in text]


def _read(markdown: str) -> str:
    try:
        document = read(Path("example.md"), markdown.encode())
    except DocumentError:
        return ""
    blocks = (f"{block.label} {block.text}" for block in document.blocks)
    return " ".join([document.metadata.title, *blocks])


if __name__ == "__main__":
    main()
