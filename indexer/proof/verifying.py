"""A page of evidence in, all that is wrong with it out; of whatever bytes, without an error."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from indexer.proof import page
from indexer.proof.canonical import canonical, document_leaf, text_leaf
from indexer.proof.hashes import text_hash
from indexer.proof.keys import is_signed
from indexer.proof.merkle import root_from
from indexer.proof.page import EvidenceJson, ProofJson, TextJson

_ENDING = re.compile(
    rb"<!-- pilcrow evidence 1 sha256 ([0-9a-f]{64}) signature ([0-9a-f]{128}|none) -->\n"
)
_LAST = 300  # bytes of the end that have the last line


@dataclass(frozen=True, slots=True)
class Verified:
    """What is wrong, nothing if all is as it was made; and the evidence, if it can be read."""

    wrong: tuple[str, ...]
    evidence: EvidenceJson | None = None
    signed: bool = False


def verified(data: bytes, key: str = "", root: str = "") -> Verified:
    """Checks a page: every byte, every text, every proof, and the signatures if there are any.

    With `key` it must be signed by that public key, with `root` of that state. Raises `BadSetting`
    where signatures cannot be checked.
    """
    evidence = _read(data)
    if evidence is None:
        return Verified(("the data in it cannot be read: it is no evidence, or was changed",))
    try:
        wrong = tuple(_wrong(data, evidence, key, root))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return Verified(("the data in it is not what evidence has: it was changed",))
    return Verified(wrong, evidence, bool(evidence["signature"]))


def _read(data: bytes) -> EvidenceJson | None:
    try:
        text = data.decode()
        found = text[text.rindex(page.OPENING) + len(page.OPENING) :]
        evidence: EvidenceJson = json.loads(found[: found.index(page.CLOSING)])
    except (ValueError, RecursionError):
        return None
    return evidence if isinstance(evidence, dict) else None


def _wrong(data: bytes, evidence: EvidenceJson, key: str, root: str) -> Iterator[str]:
    cut = data.rfind(b"<!-- ", max(0, len(data) - _LAST))
    made, last = (data[:cut], data[cut:]) if cut >= 0 else (data, b"")
    ending = _ENDING.fullmatch(last)
    if ending is None:
        yield "its last line is not as it was made"
    elif sha256(made).hexdigest().encode() != ending[1]:
        yield "its bytes do not have the hash in its last line"
    if evidence["format"] != page.FORMAT:
        yield f"it has format {evidence['format']!r}; this version knows {page.FORMAT}"
    elif page.body(evidence) != made:
        yield "what it shows is not what its data says"
    for text in evidence["texts"]:
        yield from _wrong_text(text, evidence["state"]["root"])
    if root and root != evidence["state"]["root"]:
        yield f"its root is {evidence['state']['root']}, not {root}"
    signature = ending[2].decode() if ending else page.UNSIGNED
    yield from _wrong_signatures(evidence, made, signature, key)


def _wrong_text(text: TextJson, root: str) -> Iterator[str]:
    where, document = text["address"], text["document"]
    if text_hash(text["text"]) != text["sha256"]:
        yield f"{where}: the text does not have its hash"
    edition = int(where.rpartition("@")[2])
    until = text["until"]
    if where != f"{text['paragraph']}@{edition}" or not _stood(text["since"], edition, until):
        yield f"{where}: the text did not stand in this edition"
    if not text["paragraph"].startswith(f"{document['address']}/"):
        yield f"{where}: the paragraph is of another document"
    leaf = text_leaf(text["paragraph"], text["since"], until, text["label"], text["sha256"])
    if (
        _climbed(leaf, text["proof"]) != document["root"]
        or text["proof"]["of"] != document["texts"]
    ):
        yield f"{where}: the text is not in the tree of its document"
    present, many = document["present"], document["texts"]
    above = document_leaf(document["address"], document["edition"], present, many, document["root"])
    if _climbed(above, document["proof"]) != root:
        yield f"{where}: the document is not in the tree of the state"


def _stood(since: int, edition: int, until: int | None) -> bool:
    return since <= edition and (until is None or edition < until)


def _climbed(leaf: bytes, proof: ProofJson) -> str:
    way = [bytes.fromhex(each) for each in proof["path"]]
    found = root_from(leaf, proof["index"], proof["of"], way)
    return found.hex() if found else ""


def _wrong_signatures(
    evidence: EvidenceJson, made: bytes, signature: str, key: str
) -> Iterator[str]:
    known = evidence["key"]
    if key and key != known:
        yield f"it is signed by {known or 'nobody'}, not by {key}"
    if not known:
        if evidence["signature"] or signature != page.UNSIGNED:
            yield "it has a signature without a key"
        return
    state = page.signed_state(canonical(evidence["state"]))
    if not is_signed(known, evidence["signature"], state):
        yield "the signature of the state is not that of its key"
    if not is_signed(known, signature, page.signed_page(made)):
        yield "the signature of the page is not that of its key"
