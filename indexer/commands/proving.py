"""The commands for evidence: bundle, verify, root, key."""

import sys
from pathlib import Path

import click

from indexer import evidence
from indexer.commands.common import json_option, put, with_library
from indexer.commands.wrong import Wrong
from indexer.library import Library
from indexer.proof import keys
from indexer.proof.page import EvidenceJson
from indexer.proof.verifying import verified

_HEX = 64  # digits of a key, and of a root


@click.command()
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True)
@with_library
def bundle(library: Library, addresses: tuple[str, ...]) -> None:
    """Print what stands at each ADDRESS as evidence: a page with hashes and proofs."""
    signer = keys.signer(library.settings.signing_key)
    click.echo(evidence.evidence(library, addresses, signer), nl=False)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--key", metavar="HEX", default="", help="It must be signed by this public key.")
@click.option("--root", metavar="HEX", default="", help="It must be of the state with this root.")
def verify(file: str, key: str, root: str) -> None:
    """Check the evidence in FILE, or in standard input (-)."""
    for name, value in (("--key", key), ("--root", root)):
        if value and (len(value) != _HEX or not set(value.lower()) <= set("0123456789abcdef")):
            raise Wrong(f"{name} takes {_HEX} hexadecimal digits")
    with click.open_file(file, "rb") as given:
        found = verified(given.read(), key.lower(), root.lower())
    if found.wrong:
        put(("This is not as it was made:", *(f"  {each}" for each in found.wrong)))
        sys.exit(1)
    put(_told(found.evidence, signed=found.signed) if found.evidence else ())


@click.command()
@json_option(evidence.RootJson)
@with_library
def root(library: Library, as_json: bool) -> None:
    """Print the root of all texts that the store holds, signed if a key is set."""
    signer = keys.signer(library.settings.signing_key)
    state = evidence.tree(library).state
    key, signature = signer.public if signer else "", evidence.signed(state, signer)
    if as_json:
        put({**state, "key": key, "signature": signature})
    else:
        put([state["root"], f"after write {state['position']}, as of {state['as_of']}"])


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def key(file: Path) -> None:
    """Make a key to sign evidence with in FILE, and print its public part."""
    click.echo(keys.make(file))
    said = f"Keep {file} secret and set signing_key to it; publish the line above."
    click.echo(said, err=True)


def _told(found: EvidenceJson, *, signed: bool) -> list[str]:
    state = found["state"]
    return [
        f"Unchanged: {len(found['texts'])}, each in the tree of the state",
        f"  {state['root']}",
        f"  of {state['store']} after write {state['position']}, as of {state['as_of']}.",
        f"Signed by {found['key']}." if signed else "Nobody has signed it.",
    ]
