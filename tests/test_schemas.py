"""What commands print as JSON is as `pilcrow schema` says, key by key; exit codes as documented."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from indexer.cli import main
from tests.conftest import ROOT, put

Run = Callable[..., Result]
RULES = (
    "The Harbour\n\n1. Ships enter the harbour of the old town by {}, and lie at the quay."
    "\n\n2. The keeper, under paragraph 1, keeps the gate.\n"
)
GERMAN = "Der Hafen\n\n1. Schiffe laufen bei Tag ein.\n\n2. Der Wärter hütet das Tor.\n"
NOTED = "# Notes\n\nA lamp.[^1]\n\n[^1]: It burns.\n"
DRAFT = (
    "“Ships enter the harbour of the old town by night” (The Harbour, para. 1). “No such words.”\n"
)
# Each command that prints JSON, so that every kind of answer is there: what is found and what is
# not, lists that are empty, what is past, what could not be read.
ASKED = [
    ("search", "ships"),
    ("search", "ships", "zebra"),
    ("search", "The", "Harbour"),
    ("search", "zebra"),
    ("search", "lmap"),
    ("search", "ships", "--as-of", "2020-01-01"),
    ("search", "near~3", "gate*", "publisher:x", "--sort", "newest"),
    ("show", "harbour"),
    ("show", "harbour@1"),
    ("show", "harbour/para-1"),
    ("show", "noted"),
    ("show", "noted/p1"),
    ("history", "harbour"),
    ("history", "harbour/para-1"),
    ("history", "gone/para-1"),
    ("check-quotes", "DRAFT"),
    ("compare", "harbour@1", "harbour@2"),
    ("compare", "harbour", "noted"),
    ("languages", "harbour"),
    ("languages", "harbour/para-2"),
    ("languages", "noted"),
    ("beside", "harbour", "hafen"),
    ("wording", "harbour/para-1"),
    ("sync",),
    ("sync", "--dry-run"),
    ("check",),
    ("check", "--repair"),
    ("info",),
    ("root",),
]


# What is wrong with the data is a part of the answer of these.
TOLD = [("sync",), ("verify", "DRAFT"), ("watch", "--status")]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs `pilcrow` on a library with editions, languages, notes, and a file of no reader."""
    folder: Path = tmp_path_factory.mktemp("schemas")
    corpus = folder / "corpus"

    def run_command(*words: str) -> Result:
        words = tuple(str(folder / "draft.txt") if word == "DRAFT" else word for word in words)
        environ = {"PILCROW_CORPUS": str(corpus), "PILCROW_DATA": str(folder / "data")}
        return CliRunner().invoke(main, words, env=environ, catch_exceptions=False)

    put(folder, "draft.txt", DRAFT.encode())
    for name, text in (("hafen.txt", GERMAN), ("noted.md", NOTED), ("gone.txt", "1. Snow.\n")):
        put(corpus, name, text.encode())
    for name, language in (("harbour", "en"), ("hafen", "de")):
        put(corpus, f"{name}.txt.meta.yaml", f"work: HARBOUR\nlanguage: {language}\n".encode())
    for word in ("day", "night"):
        put(corpus, "harbour.txt", RULES.format(word).encode())
        run_command("sync")
    (corpus / "gone.txt").unlink()
    run_command("sync")
    put(corpus, "new.txt", b"1. A new one.\n")
    put(corpus, "torn.pdf", b"%PDF-1.7 torn")
    put(corpus, "other.xyz", b"?")
    return run_command


def schema_of(run: Run, command: str) -> Draft202012Validator:
    schema = json.loads(run("schema", command).stdout)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_every_command_with_json_is_asked(run: Run) -> None:
    listed = run("schema").stdout.split()
    assert set(listed) == {words[0] for words in ASKED} | {"export"}


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_what_is_printed_is_as_described(run: Run, words: tuple[str, ...]) -> None:
    printed = run(*words, "--json")
    assert printed.exit_code in {0, 1}, printed.output
    schema_of(run, words[0]).validate(json.loads(printed.stdout))


def test_lines_of_an_export_are_as_described(run: Run) -> None:
    schema = schema_of(run, "export")
    lines = [json.loads(line) for line in run("export").stdout.splitlines()]
    assert lines
    for line in lines:
        schema.validate(line)


def test_no_key_is_allowed_that_is_not_described(run: Run) -> None:
    def objects(schema: Any) -> list[Any]:
        if isinstance(schema, list):
            return [each for part in schema for each in objects(part)]
        if not isinstance(schema, dict):
            return []
        return [schema] * ("properties" in schema) + objects(list(schema.values()))

    for command in run("schema").stdout.split():
        found = objects(schema_of(run, command).schema)
        assert found
        assert all(each["additionalProperties"] is False for each in found)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("search", "ships"), 0),
        (("search", "zebra"), 0),
        (("show", "harbour"), 0),
        (("schema",), 0),
        (("show", "nothing"), 1),
        (("history", "harbour/para-9"), 1),
        (("cite", "harbour"), 1),
        (("sync",), 1),  # a file cannot be read
        (("watch", "--status"), 1),
        (("verify", "DRAFT"), 1),
        (("schema", "sreach"), 2),
        (("search",), 2),
        (("search", "ships", "--size", "0"), 2),
        (("search", "--no-such-option", "ships"), 2),
        (("no-such-command",), 2),
        (("info", "--engine", "none"), 2),
        (("sync", "--corpus", "/no/such/folder"), 2),
        (("cite", "harbour/para-1", "--format", "none"), 2),
        (("verify", "/no/such/file"), 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_exit_codes(run: Run, words: tuple[str, ...], code: int) -> None:
    found = run(*words)
    assert found.exit_code == code, found.output
    assert bool(found.stderr) == (code > 0 and words not in TOLD)


def test_exit_codes_are_documented() -> None:
    docs = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [f"| {code} |" in docs for code in (0, 1, 2)] == [True] * 3
