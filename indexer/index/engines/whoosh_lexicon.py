"""The terms of whole fields of a Whoosh index."""

from collections import Counter

from whoosh.reading import IndexReader

from indexer.index.engines.whoosh_codec import Vocabulary, vocabulary


class Lexicon:
    """The terms of whole fields, by segment. A segment never changes, so that each is read once.

    Each searcher has one of its own, which begins with what the last one knew: two searchers that
    share one would change it under each other's hands.
    """

    def __init__(self, reader: IndexReader, before: "Lexicon | None" = None) -> None:
        self._leaves: dict[str, IndexReader] = {}
        if reader.doc_count():
            leaves = (leaf for leaf, _ in reader.leaf_readers())
            self._leaves = {leaf.segment().segment_id(): leaf for leaf in leaves}
        read = before._read.copy() if before else {}
        self._read: dict[tuple[str, str], Vocabulary] = {
            key: words for key, words in read.items() if key[0] in self._leaves
        }

    def counts(self, field: str, prefix: str) -> Counter[str]:
        """In how many passages each term of `field` is that starts with `prefix`."""
        counts: Counter[str] = Counter()
        for leaf in self._leaves.values():
            counts.update(self.of(leaf, field).starting(prefix))
        return counts

    def frequency(self, field: str, name: str) -> int:
        """In how many passages a term is, those that were replaced included."""
        return sum(self.of(leaf, field).frequency(name) for leaf in self._leaves.values())

    def of(self, leaf: IndexReader, field: str) -> Vocabulary:
        """The terms of `field` in one segment; without `starts` if Whoosh's own codec wrote it."""
        key = leaf.segment().segment_id(), field
        if key not in self._read:
            self._read[key] = vocabulary(leaf, field) or _gathered(leaf, field)
        return self._read[key]

    def known(self, leaf: IndexReader, field: str) -> Vocabulary | None:
        """The same if it has been read."""
        return self._read.get((leaf.segment().segment_id(), field))


def _gathered(leaf: IndexReader, field: str) -> Vocabulary:
    infos = [(term.decode(), int(info.doc_frequency())) for term, info in leaf.iter_field(field)]
    return Vocabulary([term for term, _ in infos], [count for _, count in infos], [])
