"""Texts with their proofs in, a page that can be read and checked without anything else out.

The page is made of its data alone: who has the data can make every byte of it again.
"""

import json
from hashlib import sha256
from html import escape
from typing import TypedDict

from indexer.proof.canonical import StateJson

FORMAT = 1  # raise it with any change of what is made here
OPENING, CLOSING = '<script type="application/json" id="evidence">', "</script>"
ENDING = "<!-- pilcrow evidence {} sha256 {} signature {} -->\n"
UNSIGNED = "none"

_STYLE = (
    "body{font:1rem/1.5 serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "blockquote{white-space:pre-wrap;border-left:.2rem solid;margin:1rem 0;padding:0 1rem}"
    "code{overflow-wrap:anywhere}dt{font-weight:bold}dd{margin:0 0 .5rem}"
)
_TOLD = (
    "These paragraphs are as the collection named below had them. `pilcrow verify` finds every "
    "byte of this file that was changed since."
)


class ProofJson(TypedDict):
    """Where a leaf is: its `index`, from 0, `of` how many, and the `path` to the root, in hex."""

    index: int
    of: int
    path: list[str]


class DocumentJson(TypedDict):
    """A document as it is in the tree of a state, with its proof; `root` is that of its texts."""

    address: str
    edition: int
    present: bool
    texts: int
    root: str
    proof: ProofJson


class TextJson(TypedDict):
    """A text that stood from edition `since` until `until` (null: it stands), with its proof.

    `address` names the edition that was asked for, `paragraph` does not.
    """

    address: str
    paragraph: str
    url: str
    title: str
    date: str
    label: str
    heading: list[str]
    text: str
    sha256: str
    since: int
    until: int | None
    citation: str
    caveats: list[str]
    document: DocumentJson
    proof: ProofJson


class EvidenceJson(TypedDict):
    """What a page is made of; `key` and `signature` of the state are empty where none is set."""

    format: int
    made: str
    state: StateJson
    key: str
    signature: str
    texts: list[TextJson]


def body(evidence: EvidenceJson) -> bytes:
    """The page without its last line."""
    state = evidence["state"]
    data = json.dumps(evidence, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    facts = {
        "Collection": state["store"],
        "State": f"after write {state['position']} of its change log, as of {state['as_of']}",
        "Holds": f"{state['documents']} documents, {state['texts']} texts, earlier ones included",
        "Root of the state (SHA-256, RFC 6962)": state["root"],
        "Signed by (Ed25519)": evidence["key"] or "nobody",
        "Made": evidence["made"],
    }
    head = (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>Evidence: {len(evidence['texts'])} paragraphs</title>\n<style>{_STYLE}</style>\n"
    )
    parts = [
        head,
        f"<h1>Evidence</h1>\n<p>{escape(_TOLD)}</p>\n",
        *map(_article, evidence["texts"]),
        "<h2>The state of the collection</h2>\n",
        _facts(facts),
        f"{OPENING}\n{data}\n{CLOSING}\n",
    ]
    return "".join(parts).encode()


def ending(made: bytes, signature: str) -> bytes:
    """The last line of a page: the hash of all before it, and who vouches for that."""
    digest = sha256(made).hexdigest()
    return ENDING.format(FORMAT, digest, signature or UNSIGNED).encode()


def signed_state(state: bytes) -> bytes:
    """What is signed of a state, given in canonical form."""
    return b"pilcrow state 1\n" + state


def signed_page(made: bytes) -> bytes:
    """What is signed of a page, given without its last line."""
    return b"pilcrow evidence 1\n" + sha256(made).hexdigest().encode()


def _article(text: TextJson) -> str:
    stood = f"from edition {text['since']} "
    stood += "on" if text["until"] is None else f"until edition {text['until']}, exclusive"
    facts = {
        "Citation": text["citation"],
        "Address": text["url"],
        "Stood": stood,
        "Beware": "; ".join(text["caveats"]),
        "SHA-256 of the text": text["sha256"],
    }
    above = " › ".join((text["title"], *text["heading"]))
    number = f"{text['label']} " if text["label"] else ""
    return (
        f"<article>\n<h2>{escape(text['address'])}</h2>\n<p>{escape(above)}</p>\n"
        f"<blockquote>{escape(number)}{escape(text['text'])}</blockquote>\n{_facts(facts)}"
        "</article>\n"
    )


def _facts(facts: dict[str, str]) -> str:
    rows = (
        f"<dt>{escape(name)}</dt><dd><code>{escape(value)}</code></dd>\n"
        for name, value in facts.items()
        if value
    )
    return f"<dl>\n{''.join(rows)}</dl>\n"
