"""Two addresses or names in; how the documents differ, as one value, as JSON or as lines, out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypedDict

from indexer.address import Address
from indexer.document import StoredDocument, StoredPassage
from indexer.editions.compare import Became, Pair, compare, compare_documents
from indexer.editions.diff import ChangeKind, are_comparable, changes
from indexer.errors import NotFound
from indexer.held import Reading
from indexer.library import Library
from indexer.lookup import documents_named
from indexer.parallel.languages import speaks

SAME_WORDS = {Became.RENUMBERED, Became.HEADED}  # only that has happened: the words are the same
_JOINED = "\n"  # between the parts of a text that was split or merged


class Several(NotFound):
    """A name that several documents have: `name`, and their addresses `found`."""

    def __init__(self, name: str, found: Sequence[Address]) -> None:
        listed = ", ".join(map(str, found))
        super().__init__(f"{name!r} is the name of several documents; give one of {listed}")
        self.name = name
        self.found = found


class SideJson(TypedDict):
    """A paragraph in one of both; its text is null where the words are the same in both."""

    address: str
    label: str
    heading: list[str]
    text: str | None


class ChangeJson(TypedDict):
    """A paragraph that is not the same in both, as it is in the old one and in the new one.

    `more_old` and `more_new` are the further parts where one was split or some were merged.
    """

    id: str
    became: list[str]
    old: SideJson | None
    new: SideJson | None
    more_old: list[SideJson]
    more_new: list[SideJson]


# `from` is a word of Python's own.
ComparisonJson = TypedDict(
    "ComparisonJson",
    {
        "from": str,
        "to": str,
        "one_document": bool,
        "unchanged": int,
        "counts": dict[str, int],
        "changes": list[ChangeJson],
    },
)
ComparisonJson.__doc__ = "Two documents or editions: `changes` has what is not the same in both."


@dataclass(frozen=True)
class Comparison:
    """Two editions of a document, or two documents, and what became of each passage."""

    old: Reading
    new: Reading

    @property
    def is_one(self) -> bool:
        """Whether both are editions of one document."""
        return self.old.document.slug == self.new.document.slug

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every passage of both, in the order of the new."""
        if self.is_one:
            return compare(self.old.passages, self.new.passages)
        titles = self.old.document.metadata.title, self.new.document.metadata.title
        return compare_documents(self.old.passages, self.new.passages, titles)

    @property
    def counts(self) -> dict[Became, int]:
        """How often each happened."""
        counts = Counter(became for pair in self.pairs for became in pair.became)
        return {became: counts[became] for became in Became if counts[became]}

    @property
    def unchanged(self) -> int:
        """How many passages are the same in both, in the same place."""
        return sum(not pair.became for pair in self.pairs)

    def said(self, became: Became) -> str:
        """What happened, in a word: what one document has alone was not added to it."""
        if self.is_one:
            return became.value
        return {Became.ADDED: "only in the second", Became.RETIRED: "only in the first"}.get(
            became, became.value
        )

    def told(self, pair: Pair) -> str:
        """What became of a paragraph, in words."""
        return ", ".join(self._told(pair, became) for became in pair.became)

    def _told(self, pair: Pair, became: Became) -> str:
        if became is Became.RENUMBERED and pair.old and pair.new:
            was, now = pair.old.passage.label or "none", pair.new.passage.label or "none"
            if self.is_one:
                return f"renumbered from {was} to {now}"
            return f"number {was} in the first, {now} in the second"
        if became is Became.SPLIT:
            return f"split into {len(pair.news)}"
        if became is Became.MERGED:
            return f"merged from {len(pair.olds)}"
        return self.said(became)


def comparison(library: Library, old: str, new: str, languages: Sequence[str] = ()) -> Comparison:
    """Of what two texts are the addresses or names of.

    Of several documents with one name that in the language of the other side is meant, or else in
    the first of `languages` that one of them is in. Raises `NotFound`, and `Several` where it
    cannot be told which is meant.
    """
    found = [documents_named(library, text) for text in (old, new)]
    for text, addresses in zip((old, new), found, strict=True):
        if not addresses:
            raise NotFound(f"there is no document with the address or the name {text!r}")
    known = library.described([each.slug for addresses in found for each in addresses])
    spoken = {slug: each.metadata.language for slug, each in known.items()}
    chosen = []
    for text, addresses, others in zip((old, new), found, found[::-1], strict=True):
        beside = (spoken[others[0].slug],) if len(others) == 1 else ()
        meant = _meant(addresses, spoken, (*beside, *languages))
        if meant is None:
            raise Several(text, addresses)
        chosen.append(meant)
    return Comparison(*(library.document(each.slug, each.edition) for each in chosen))


def _meant(
    addresses: Sequence[Address], spoken: Mapping[str, str], languages: Sequence[str]
) -> Address | None:
    """The one of `addresses` that is alone, or alone in the first of `languages` it is in."""
    for language in languages if len(addresses) > 1 else ():
        found = [each for each in addresses if speaks(spoken[each.slug], language)]
        if language and found:
            return found[0] if len(found) == 1 else None
    return addresses[0] if len(addresses) == 1 else None


def texts_of(pair: Pair) -> tuple[str, str]:
    """The words of a pair in the old one and in the new one, each part on a line of its own."""
    old, new = (_JOINED.join(s.passage.text for s in side) for side in (pair.olds, pair.news))
    return old, new


def comparison_json(found: Comparison) -> ComparisonJson:
    """The comparison for programs: each paragraph that is not the same in both."""
    return {
        "from": str(_place(found.old.document)),
        "to": str(_place(found.new.document)),
        "one_document": found.is_one,
        "unchanged": found.unchanged,
        "counts": {each.value: many for each, many in found.counts.items()},
        "changes": [_change(found, pair) for pair in found.pairs if pair.became],
    }


def comparison_lines(found: Comparison) -> Iterator[str]:
    """The comparison for a person: `-` before what is only in the old one, `+` in the new."""
    old, new = found.old.document, found.new.document
    yield f"from {_place(old)}  {old.metadata.title}".rstrip()
    yield f"to   {_place(new)}  {new.metadata.title}".rstrip()
    counted = (f"{many:,} {found.said(each)}" for each, many in found.counts.items())
    yield ", ".join((*counted, f"{found.unchanged:,} unchanged"))
    for pair in found.pairs:
        if pair.became:
            yield ""
            yield from _lines(found, pair)


def _lines(found: Comparison, pair: Pair) -> Iterator[str]:
    shown = pair.shown
    edition = (found.new if pair.new else found.old).document.edition
    place = Address(shown.document, shown.passage.id, edition)
    yield f"{place}  {shown.passage.label} {found.told(pair)}".replace("   ", "  ")
    if set(pair.became) <= {*SAME_WORDS, Became.MOVED}:
        return
    old, new = texts_of(pair)
    if not (old and new) or not are_comparable(old, new):
        yield from (f"  - {line}" for line in old.splitlines())
        yield from (f"  + {line}" for line in new.splitlines())
        return
    yield f"  {''.join(_marked(old, new))}".replace("\n", "\n  ")


def _marked(old: str, new: str) -> Iterator[str]:
    """The words of both, with `[-these-]` taken out and `{+those+}` put in."""
    for change in changes(old, new):
        was, now = old[slice(*change.old)], new[slice(*change.new)]
        if change.kind is ChangeKind.UNCHANGED:
            yield now
            continue
        if was.strip():
            yield f"[-{was.strip()}-]" + (" " if was.endswith(" ") and not now.strip() else "")
        if now.strip():
            yield f"{{+{now.strip()}+}}" + (" " if now.endswith(" ") else "")


def _place(document: StoredDocument) -> Address:
    return Address(document.slug, edition=document.edition)


def _change(found: Comparison, pair: Pair) -> ChangeJson:
    with_text = not set(pair.became) <= SAME_WORDS
    olds = [_side(each, found.old.document.edition, with_text=with_text) for each in pair.olds]
    news = [_side(each, found.new.document.edition, with_text=with_text) for each in pair.news]
    return {
        "id": pair.shown.passage.id,
        "became": [each.value for each in pair.became],
        "old": olds[0] if olds else None,
        "new": news[0] if news else None,
        "more_old": olds[1:],
        "more_new": news[1:],
    }


def _side(stored: StoredPassage, edition: int, *, with_text: bool) -> SideJson:
    passage = stored.passage
    return {
        "address": str(Address(stored.document, passage.id, edition)),
        "label": passage.label,
        "heading": list(passage.heading),
        "text": passage.text if with_text else None,
    }
