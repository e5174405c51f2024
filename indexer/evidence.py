"""Addresses in; what stood there, with the proof that a state of the store has it, out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from indexer import lookup
from indexer.address import Address
from indexer.citing.formats import citation
from indexer.citing.source import title_of
from indexer.document import StoredPassage
from indexer.errors import Locked
from indexer.held import Reading
from indexer.library import Library
from indexer.proof import merkle, page
from indexer.proof.canonical import StateJson, canonical, document_leaf, text_leaf
from indexer.proof.hashes import text_hash
from indexer.proof.keys import Signer
from indexer.proof.page import DocumentJson, EvidenceJson, ProofJson, TextJson
from indexer.store.everything import HeldDocument

_TRIES = 5


class RootJson(StateJson):
    """The state of a store; `key` and `signature` are empty where nobody has signed it."""

    key: str
    signature: str


@dataclass(slots=True)
class Tree:
    """The tree of a state: its statement, the leaves of all documents, and some documents whole."""

    state: StateJson
    leaves: list[bytes]
    whole: dict[str, tuple[int, HeldDocument]] = field(default_factory=dict)


def tree(library: Library, slugs: Collection[str] = ()) -> Tree:
    """The tree of the state that the store is in, with the documents at `slugs` whole.

    All texts are read for it. Raises `Locked` where the store is written to all the time.
    """
    for _ in range(_TRIES):
        position = library.log.position()
        made = _tree(library, position, slugs)
        if library.log.position() == position:
            return made
    raise Locked("the store is written to while it is read; try again when the sync is over")


def evidence(library: Library, addresses: Sequence[str], signer: Signer | None) -> bytes:
    """The page of evidence for what stands at `addresses`, each in its edition or the last.

    Of a document's address all its paragraphs. Raises `NotFound`, and as `tree` does.
    """
    readings = [_reading(library, each) for each in addresses]
    made = tree(library, {reading.document.slug for reading in readings})
    root = lookup.root_of(library)
    texts = [
        _text(library, reading, stored, made, root)
        for reading in readings
        for stored in reading.passages
    ]
    content: EvidenceJson = {
        "format": page.FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "state": made.state,
        "key": signer.public if signer else "",
        "signature": signed(made.state, signer),
        "texts": texts,
    }
    body = page.body(content)
    return body + page.ending(body, signer.sign(page.signed_page(body)) if signer else "")


def signed(state: StateJson, signer: Signer | None) -> str:
    """The signature of a state; nothing where there is no key."""
    return signer.sign(page.signed_state(canonical(state))) if signer else ""


def _tree(library: Library, position: int, slugs: Collection[str]) -> Tree:
    leaves: list[bytes] = []
    whole: dict[str, tuple[int, HeldDocument]] = {}
    texts = 0
    for document in library.everything.documents():
        if document.slug in slugs:
            whole[document.slug] = len(leaves), document
        root = merkle.root(_leaves(document)).hex()
        many = len(document.texts)
        place = str(Address(document.slug))
        leaves.append(document_leaf(place, document.edition, document.present, many, root))
        texts += many
    last = library.log.between(position - 1, position)
    state: StateJson = {
        "store": library.log.identity,
        "position": position,
        "as_of": last[0].at if last else "",
        "documents": len(leaves),
        "texts": texts,
        "root": merkle.root(leaves).hex(),
    }
    return Tree(state, leaves, whole)


def _leaves(document: HeldDocument) -> list[bytes]:
    return [
        text_leaf(
            str(Address(document.slug, each.id)),
            each.since,
            each.until,
            each.label,
            text_hash(each.text),
        )
        for each in document.texts
    ]


def _reading(library: Library, text: str) -> Reading:
    asked = lookup.address_of(library, text)
    if not asked.local_id:
        return library.document(asked.slug, asked.edition)
    whole, stored = library.as_cited(asked.slug, asked.local_id, asked.edition)
    return Reading(whole.document, (stored,))


def _text(
    library: Library, reading: Reading, stored: StoredPassage, made: Tree, root: str
) -> TextJson:
    passage, document = stored.passage, reading.document
    address = str(Address(document.slug, passage.id, document.edition))
    source = lookup.source_of(library, address)
    at, held = made.whole[document.slug]
    leaves = _leaves(held)
    index = [(each.id, each.since) for each in held.texts].index((passage.id, stored.since))
    return {
        "address": address,
        "paragraph": stored.address,
        "url": f"{root}{address}",
        "title": title_of(document),
        "date": document.metadata.date,
        "label": passage.label,
        "heading": list(passage.heading),
        "text": passage.text,
        "sha256": text_hash(passage.text),
        "since": stored.since,
        "until": held.texts[index].until,
        "citation": citation(source),
        "caveats": list(source.caveats),
        "document": _document(held, leaves, made.leaves, at),
        "proof": _proof(leaves, index),
    }


def _document(
    held: HeldDocument, leaves: Sequence[bytes], documents: Sequence[bytes], at: int
) -> DocumentJson:
    return {
        "address": str(Address(held.slug)),
        "edition": held.edition,
        "present": held.present,
        "texts": len(leaves),
        "root": merkle.root(leaves).hex(),
        "proof": _proof(documents, at),
    }


def _proof(leaves: Sequence[bytes], index: int) -> ProofJson:
    return {
        "index": index,
        "of": len(leaves),
        "path": [each.hex() for each in merkle.path(leaves, index)],
    }
