"""Citations followed to what they name, and back to the paragraphs that make them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.address import PREFIX, Address
from indexer.document import StoredDocument, StoredPassage
from indexer.index.engine import Engine, Searcher
from indexer.index.fields import Field
from indexer.index.matches import AnyOf, Term
from indexer.index.request import Request
from indexer.naming import name_key
from indexer.references import keys
from indexer.references.finder import references
from indexer.references.places import is_meant, meaning, nearest
from indexer.references.typed import Typed, typed
from indexer.references.values import Reference
from indexer.store.cited import Cited

_FEWEST_WORDS = 3  # of a title that may have been cited with more words behind it


@dataclass(frozen=True, slots=True)
class Target:
    """What a citation leads to: a document, and the paragraph of it if that is known.

    `is_exact` tells whether it is the very paragraph that is cited, or all that is cited; else it
    is what that would be a part of.
    """

    document: StoredDocument
    local_id: str = ""
    is_exact: bool = True

    @property
    def address(self) -> Address:
        """Where it is."""
        return Address(self.document.slug, self.local_id)


@dataclass(frozen=True, slots=True)
class Link:
    """The characters from `start` to `end` of a text cite `name`, and there `label`.

    `target` is missing where no document of that name is here.
    """

    start: int
    end: int
    name: str
    label: str
    target: Target | None


class Cites:
    """What is cited, by the names that documents have in a store."""

    def __init__(self, cited: Cited) -> None:
        self._cited = cited

    def targets(self, asked: Typed, language: str = "") -> tuple[Target, ...]:
        """The documents that `asked` can mean, each with its paragraph.

        Those in `language` come first.
        """
        key = name_key(asked.name)
        found = self._cited.named([key]).get(key, ()) if asked.is_whole else ()
        found = found or self._cited.opening(key)
        there = self._cited.standing([each.slug for each in found]) if asked.label else {}
        ranked = sorted(found, key=lambda each: each.metadata.language != language)
        return tuple(_place(each, asked.label, there) for each in ranked)

    def terms(self, text: str) -> list[str]:
        """The terms of passages that cite what `text` names: a citation, a name, or an address."""
        if address := _address(text):
            return _terms(self._cited.names_of(address.slug), self._labels(address))
        asked = typed(text) or Typed(text, "")
        slugs = [each.document.slug for each in self.targets(asked._replace(label=""))]
        names = {name for slug in slugs for name in self._cited.names_of(slug)}
        return _terms(names or {name_key(asked.name)}, (asked.label,))

    def _labels(self, address: Address) -> tuple[str, ...]:
        if not address.local_id:
            return ("",)
        return meaning(address.local_id, self._cited.standing([address.slug])[address.slug])


def _terms(names: Iterable[str], labels: Iterable[str]) -> list[str]:
    """The terms for a document with these keys of names, or for some places in it."""
    made = (keys.term(name, label) for label in labels for name in sorted(names))
    return [term for term in made if term]


class Citations:
    """Follows citations by a store and an engine.

    Methods raise `StoreUnavailable`, and `IndexUnavailable` where an index is asked.
    """

    def __init__(self, cited: Cited, engine: Engine) -> None:
        self.cites = Cites(cited)
        self._cited = cited
        self._engine = engine

    def links(
        self, document: StoredDocument, passages: Iterable[StoredPassage]
    ) -> Mapping[int, Sequence[Link]]:
        """For each of the passages of `document` that cites anything, by key, what and where."""
        found = {
            stored.key: references(stored.passage.text, stored.passage.natural_id)
            for stored in passages
        }
        made = [each for some in found.values() for each in some]
        documents = self._documents(document, {each.name for each in made if each.name})
        placed = {each.name for each in made if each.label}
        there = self._cited.standing({documents[n].slug for n in placed if n in documents})
        targets = {
            (each.name, each.label): _target(each, documents, there)
            for each in dict.fromkeys(each._replace(start=0, end=0) for each in made)
        }
        return {key: _links(some, targets) for key, some in found.items() if some}

    def passage(self, target: Target) -> StoredPassage | None:
        """The paragraph that a citation leads to, if it leads to one."""
        return self._cited.passage(target.document.slug, target.local_id)

    def counts(
        self, document: StoredDocument, passages: Iterable[StoredPassage]
    ) -> Mapping[str, int]:
        """How many paragraphs cite each of `passages`, all those of `document`, by local id.

        Under "" those that cite the document; what is not cited is left out. What cites (a) of
        paragraph 3 cites paragraph 3 too.
        """
        names = self._cited.names_of(document.slug)
        with self._engine.searcher() as searcher:
            cited = {
                keys.label_of(term)
                for name in names
                for term, _ in searcher.vocabulary(Field.CITES, keys.below(name))
            }
            ids = [stored.passage.id for stored in passages] if cited else []
            places = {place for label in cited if (place := nearest(label, ids))}
            labels = {"": ("",)} | {place: meaning(place, ids) for place in sorted(places)}
            counts = {
                place: _count(searcher, _terms(names, each)) for place, each in labels.items()
            }
        return {place: count for place, count in counts.items() if count}

    def _documents(
        self, citing: StoredDocument, names: Collection[str]
    ) -> dict[str, StoredDocument]:
        """The document for each of `names`, that in the language of `citing` if there is one."""
        by_key = self._cited.named([part for name in names for part in _readings(name)])
        found = {"": citing}
        for name in names:
            some = next((by_key[key] for key in _readings(name) if key in by_key), ())
            language = citing.metadata.language
            ranked = sorted(some, key=lambda each: each.metadata.language != language)
            if ranked:
                found[name] = ranked[0]
        return found


def _readings(name: str) -> list[str]:
    """The keys of a cited name: the whole, and of a title also what opens it."""
    words = name_key(name).split()
    least = len(words) if any(map(str.isdigit, name)) else min(_FEWEST_WORDS, len(words))
    return [" ".join(words[:end]) for end in range(len(words), least - 1, -1) if end]


def _target(
    reference: Reference,
    documents: Mapping[str, StoredDocument],
    there: Mapping[str, Mapping[str, str]],
) -> Target | None:
    document = documents.get(reference.name)
    return _place(document, reference.label, there) if document else None


def _place(document: StoredDocument, label: str, there: Mapping[str, Mapping[str, str]]) -> Target:
    """`document` at what `label` means in it."""
    if not label:
        return Target(document)
    local_id = nearest(label, there[document.slug])
    return Target(document, local_id, is_meant(label, local_id))


def _links(
    found: Sequence[Reference], targets: Mapping[tuple[str, str], Target | None]
) -> list[Link]:
    """The links of a text; a number of its own document that is not there is no link."""
    links = (
        Link(each.start, each.end, each.name, each.label, targets[each.name, each.label])
        for each in found
        if each.start < each.end
    )
    return [each for each in links if _is_known(each)]


def _is_known(link: Link) -> bool:
    """Whether it leads anywhere: a number of its own document must be there, a title too."""
    if link.target is None:
        return any(map(str.isdigit, link.name))
    return bool(link.name) or (bool(link.target.local_id) and link.target.is_exact)


def _count(searcher: Searcher, terms: Sequence[str]) -> int:
    found = AnyOf(tuple(Term(Field.CITES, term) for term in terms))
    return searcher.search(Request(found, limit=1)).total


def _address(text: str) -> Address | None:
    """The address of ours that was typed behind `cites:`, if it is one."""
    try:
        return Address.parse(text) if PREFIX in text else None
    except ValueError:
        return None
