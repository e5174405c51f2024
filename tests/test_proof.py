"""Evidence: what is proven of a text, and that no byte can be changed without being seen."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import main
from indexer.config import Settings
from indexer.evidence import evidence, tree
from indexer.library import Library
from indexer.proof import merkle
from indexer.proof.keys import Signer, make
from indexer.proof.verifying import verified
from tests.conftest import put
from tests.helpers.inline import open_inline

pytestmark = pytest.mark.slow

# The leaves that implementations of RFC 6962 are tried with, and roots over the first of them.
LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
TEXT = "Gates\n\n1. Gates are shut at dusk <and> kept.\n\n2. Nobody opens « them ».\n"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("proof")
    for number in range(5):
        put(folder / "corpus", f"act-{number}.txt", f"Act\n\n1. Rule {number} holds.\n".encode())
    put(folder / "corpus", "gates.txt", TEXT.encode())
    with open_inline(Settings(corpus=folder / "corpus", data=folder / "data")) as library:
        library.maintenance.sync()
        put(folder / "corpus", "gates.txt", TEXT.replace("dusk", "dawn").encode())
        library.maintenance.sync()
        yield library


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    pytest.importorskip("cryptography", reason="the extra proof is not installed")
    file = tmp_path_factory.mktemp("key") / "key.pem"
    make(file)
    return Signer(file)


@pytest.mark.parametrize("many", ROOTS)
def test_roots_are_those_of_the_standard(many: int) -> None:
    leaves = [merkle.leaf_hash(bytes.fromhex(each)) for each in LEAVES[:many]]
    assert merkle.root(leaves).hex() == ROOTS[many]


@pytest.mark.parametrize("many", range(1, 18))
def test_every_leaf_has_a_way_to_the_root_and_no_other_has_it(many: int) -> None:
    leaves = [merkle.leaf_hash(bytes([n])) for n in range(many)]
    root = merkle.root(leaves)
    for index, leaf in enumerate(leaves):
        way = merkle.path(leaves, index)
        assert merkle.root_from(leaf, index, many, way) == root
        assert merkle.root_from(merkle.leaf_hash(b"x"), index, many, way) != root
        assert merkle.root_from(leaf, index, many, [*way, root]) is None
        assert merkle.root_from(leaf, many, many, way) is None
        if way:
            assert merkle.root_from(leaf, index, many, way[:-1]) is None


def test_evidence_shows_and_proves_the_edition_that_was_cited(held: Library) -> None:
    made = evidence(held, ["/d/gates/para-1@1", "/d/gates/para-1", "/d/act-3"], None)
    found = verified(made)
    assert not found.wrong
    assert found.evidence
    first, second, third = found.evidence["texts"]
    assert first["text"] == "Gates are shut at dusk <and> kept."
    assert (first["since"], first["until"]) == (1, 2)
    assert second["text"] == "Gates are shut at dawn <and> kept."
    assert (second["since"], second["until"]) == (2, None)
    assert third["address"] == "/d/act-3/para-1@1"
    assert first["sha256"] == sha256(first["text"].encode()).hexdigest()
    assert found.evidence["state"] == tree(held).state
    shown = made.decode()
    assert "Gates are shut at dusk &lt;and&gt; kept." in shown
    assert not {"src=", "href=", "url("} & set(shown.split())  # it needs nothing from elsewhere


def test_the_root_changes_with_the_store_and_not_without(held: Library) -> None:
    before = tree(held).state
    assert tree(held).state == before
    put(held.settings.corpus, "act-4.txt", b"Act\n\n1. Rule 4 holds no more.\n")
    held.maintenance.sync()
    after = tree(held).state
    assert after["root"] != before["root"]
    assert after["position"] == before["position"] + 1
    assert after["texts"] == before["texts"] + 1


@pytest.mark.parametrize("step", [pytest.param(1, marks=pytest.mark.slow), 67])
def test_every_changed_byte_is_found(held: Library, step: int) -> None:
    made = evidence(held, ["/d/gates/para-2"], None)
    assert not verified(made).wrong
    for at in range(0, len(made), step):
        for bit in (1, 0x20, 0x80):  # 0x20 turns capitals into small letters
            changed = made[:at] + bytes([made[at] ^ bit]) + made[at + 1 :]
            assert verified(changed).wrong, at
    for at in range(0, len(made), 7 * step):
        assert verified(made[:at]).wrong, at
        assert verified(made[:at] + b" " + made[at:]).wrong, at
    assert verified(made + b"\n").wrong


def test_whoever_makes_the_hashes_again_is_found_by_the_proof(held: Library) -> None:
    """Who changes a text, its hash and the last line cannot make the tree lead to the root."""
    from indexer.proof import page  # noqa: PLC0415

    found = verified(evidence(held, ["/d/gates/para-2"], None)).evidence
    assert found
    text = found["texts"][0]
    text["text"] = "Everybody opens them."
    text["sha256"] = sha256(text["text"].encode()).hexdigest()
    body = page.body(found)
    (wrong,) = verified(body + page.ending(body, "")).wrong
    assert "not in the tree of its document" in wrong
    shown = body.replace(b"Everybody opens", b"Nobody  opens", 1)
    assert (
        "what it shows is not what its data says" in verified(shown + page.ending(shown, "")).wrong
    )


def test_a_signature_says_whose_it_is(held: Library, signer: Signer) -> None:
    made = evidence(held, ["/d/gates/para-2"], signer)
    assert not verified(made, signer.public).wrong
    assert verified(made, "0" * 64).wrong
    assert verified(made, "", "0" * 64).wrong
    unsigned = evidence(held, ["/d/gates/para-2"], None)
    assert verified(unsigned, signer.public).wrong
    assert verified(made.replace(b"signature ", b"signature 0", 1)).wrong
    end = made.rindex(b"signature ") + len(b"signature ")
    assert verified(made[:end] + b"0" * 128 + made[end + 128 :]).wrong


@pytest.fixture
def run(held: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Run":
    monkeypatch.chdir(tmp_path)
    return Run(held.settings)


class Run:
    """Runs `pilcrow` on the module's library."""

    def __init__(self, settings: Settings) -> None:
        self._environ = {"PILCROW_CORPUS": str(settings.corpus), "PILCROW_DATA": str(settings.data)}

    def __call__(self, *words: str, **environ: str) -> Result:
        return CliRunner().invoke(main, words, env=self._environ | environ, catch_exceptions=False)


def test_a_bundle_is_made_signed_and_verified(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("cryptography", reason="the extra proof is not installed")
    made_key = run("key", "key.pem")
    public = made_key.stdout.strip()
    assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0
    assert run("key", "key.pem").exit_code == 1
    bundled = run("bundle", "/d/gates/para-1", "/d/act-2", PILCROW_SIGNING_KEY="key.pem")
    assert bundled.exit_code == 0
    (tmp_path / "evidence.html").write_bytes(bundled.stdout_bytes)
    checked = run("verify", "evidence.html", "--key", public)
    assert checked.exit_code == 0
    assert f"Signed by {public}" in checked.stdout
    root = json.loads(run("root", "--json").stdout)["root"]
    assert run("verify", "evidence.html", "--root", root).exit_code == 0
    damaged = bundled.stdout_bytes.replace(b"shut", b"Shut", 1)
    (tmp_path / "evidence.html").write_bytes(damaged)
    refused = run("verify", "evidence.html")
    assert refused.exit_code == 1
    assert "its bytes do not have the hash" in refused.stdout


def test_what_cannot_be_asked_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "none.html").write_bytes(b"\xff\x00 nothing")
    assert run("verify", "none.html").exit_code == 1
    assert run("verify", "missing.html").exit_code == 2
    assert run("verify", "none.html", "--key", "abc").exit_code == 2
    assert run("bundle", "/d/nowhere").exit_code == 1
    assert run("bundle", "/d/gates", PILCROW_SIGNING_KEY="no.pem").exit_code == 2
