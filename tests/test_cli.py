"""The command as it is typed: what it prints, and the exit code."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import main
from indexer.config import Settings
from indexer.library import open_library
from indexer.processes.lock import builder_lock
from tests.conftest import ROOT, Write
from tests.helpers.inline import open_inline

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `pilcrow` on the test's corpus; in this process, since another takes long to start."""
    monkeypatch.chdir(tmp_path)
    folders = {"PILCROW_CORPUS": str(corpus), "PILCROW_DATA": str(tmp_path / "data")}

    def run_command(*words: str, **environ: str) -> Result:
        return CliRunner().invoke(main, words, env=folders | environ, catch_exceptions=False)

    return run_command


@pytest.fixture
def synced(run: Run, write: Write) -> Run:
    write("fish.txt", "On Fish\n\n1. Herrings swim in the North Sea.\n2. Cod swims too.\n")
    write("fish.txt.meta.yaml", "publisher: Ministry of Fish\nlanguage: en\n")
    assert run("sync").exit_code == 0
    return run


def test_a_search_prints_one_json_object(synced: Run) -> None:
    found = json.loads(synced("search", "herring", "--json").stdout)
    (passage,) = found["passages"]
    assert found["total"] == 1
    score = passage.pop("score")
    assert score > 0
    assert passage == {
        "address": "/d/fish/para-1",
        "edition": 1,
        "url": "/d/fish/para-1@1",
        "document": "fish",
        "id": "para-1",
        "kind": "paragraph",
        "label": "1.",
        "anchor": "",
        "page": 0,
        "note_marks": [],
        "confidence": None,
        "heading": [],
        "text": "Herrings swim in the North Sea.",
        "marks": [[0, 8]],
        "label_marks": [],
        "title_marks": [],
        "heading_marks": [],
        "above": [],
        "in_document": 1,
        "title": "On Fish",
        "date": "",
        "publisher": "Ministry of Fish",
        "source": "",
        "language": "en",
        "tags": [],
        "names": [],
        "file": "fish.txt",
    }


def test_a_search_prints_lines_for_a_person(synced: Run) -> None:
    lines = synced("search", "swim").stdout.splitlines()
    assert lines[0] == "2 paragraphs"
    assert "/d/fish/para-1   Ministry of Fish" in lines
    assert "1. Herrings swim in the North Sea." in lines


def test_a_search_prints_what_has_only_some_of_the_words(synced: Run) -> None:
    lines = synced("search", "herring", "cod").stdout.splitlines()
    assert lines[:3] == ["0 paragraphs", "herring alone (1 paragraph)", "cod alone (1 paragraph)"]
    after = lines[lines.index("2 paragraphs with some of the words") :]
    assert after[after.index("1. Herrings swim in the North Sea.") + 1] == "without: cod"
    assert after[after.index("2. Cod swims too.") + 1] == "without: herring"
    found = json.loads(synced("search", "herring", "cod", "--json").stdout)
    assert (found["total"], found["passages"], found["partial"]["total"]) == (0, [], 2)
    missing = {p["id"]: p["missing"] for p in found["partial"]["passages"]}
    assert missing == {"para-1": ["cod"], "para-2": ["herring"]}
    assert found["suggestions"][0] == {"text": "herring alone", "query": "herring", "total": 1}


def test_a_search_says_what_it_repaired_and_what_else_there_is(synced: Run) -> None:
    lines = synced("search", "--", "-whale", "(herrinsg").stdout.splitlines()
    assert lines[0] == "A closing bracket is missing; it was taken to be at the end."
    assert lines[1] == "0 paragraphs"
    assert "Did you mean herrings? (1 paragraph)" in lines
    facts = synced("search", "cod", "whale").stdout.splitlines()
    assert "whale is in no paragraph" in facts


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_colours_mark_the_words_in_a_terminal(synced: Run, tmp_path: Path) -> None:
    import pty  # noqa: PLC0415 - not on Windows

    master, slave = pty.openpty()
    command = [sys.executable, "-c", "from indexer.cli import main; main()", "search", "cod"]
    folders = {"PILCROW_DATA": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    subprocess.run(command, stdout=slave, cwd=tmp_path, env=os.environ | folders, check=True)
    os.close(slave)
    printed = os.read(master, 10_000).decode()
    os.close(master)
    assert "2. \x1b[30m\x1b[43mCod\x1b[0m swims too." in printed
    assert "\x1b[" not in synced("search", "cod").stdout


def test_a_word_is_excluded_with_a_dash(synced: Run) -> None:
    found = json.loads(synced("search", "swim", "-herrings", "--json").stdout)
    assert [passage["id"] for passage in found["passages"]] == ["para-2"]
    found = json.loads(synced("search", "--json", '-"north sea" swim').stdout)
    assert [passage["id"] for passage in found["passages"]] == ["para-2"]


def test_nothing_found_is_no_error(synced: Run) -> None:
    done = synced("search", "whale", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["passages"] == []


@pytest.mark.parametrize(
    "address",
    ["/d/fish/para-2", "fish/para-2", "http://127.0.0.1:8000/d/fish/para-2?q=cod#para-2"],
)
def test_show_takes_an_address_in_any_form(synced: Run, address: str) -> None:
    shown = json.loads(synced("show", address, "--json").stdout)
    assert [passage["text"] for passage in shown["passages"]] == ["Cod swims too."]
    assert shown["title"] == "On Fish"


def test_show_prints_a_document_and_where_its_metadata_came_from(synced: Run) -> None:
    shown = json.loads(synced("show", "fish", "--json").stdout)
    assert [passage["id"] for passage in shown["passages"]] == ["para-1", "para-2"]
    lines = synced("show", "fish").stdout
    assert "Ministry of Fish  (sidecar)" in lines
    assert "On Fish  (first lines of the text)" in lines


def test_info_and_check_count(synced: Run) -> None:
    info = json.loads(synced("info", "--json").stdout)
    assert (info["documents"], info["passages"], info["behind"]) == (1, 2, 0)
    assert "1 document, 2 passages" in synced("info").stdout
    checked = json.loads(synced("check", "--json").stdout)
    agrees = {"agree": True, "missing": [], "surplus": [], "passages": 2, "behind": 0}
    assert checked == {**agrees, "stale": False}


def test_check_finds_an_index_that_disagrees(synced: Run, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "data" / "pilcrow.db") as store:
        store.execute("UPDATE passages SET until = 2 WHERE id = 'para-1'")
        store.execute("UPDATE documents SET passages = passages - 1")
    store.close()
    done = synced("check")
    assert done.exit_code == 1
    assert "only in the index: fish" in done.stdout


def test_check_tells_of_an_index_that_was_made_by_other_code(
    synced: Run, settings: Settings
) -> None:
    with open_inline(settings, analysis="another") as other:
        other.maintenance.sync()
    done = synced("check")
    assert done.exit_code == 1
    assert "made by other code" in done.stdout
    assert synced("sync").exit_code == 0
    assert "agree on 2 passages" in synced("check").stdout


def test_export_prints_every_passage_as_a_line_of_json(synced: Run) -> None:
    lines = [json.loads(line) for line in synced("export").stdout.splitlines()]
    assert [(line["address"], line["file"], line["text"]) for line in lines] == [
        ("/d/fish/para-1", "fish.txt", "Herrings swim in the North Sea."),
        ("/d/fish/para-2", "fish.txt", "Cod swims too."),
    ]
    assert {line["publisher"] for line in lines} == {"Ministry of Fish"}


def test_all_that_a_search_finds_is_printed_as_a_file(synced: Run) -> None:
    said = synced("search", "swims", "--export", "csv").stdout_bytes.decode()
    assert said.startswith("address,label,")
    assert sorted(line.split(",")[:2] for line in said.splitlines()[1:]) == [
        ["http://127.0.0.1:8000/d/fish/para-1@1", "1."],
        ["http://127.0.0.1:8000/d/fish/para-2@1", "2."],
    ]
    refused = synced("search", "swims", "--export", "xlsx")
    assert refused.exit_code == 2
    assert "csv, jsonl" in refused.stderr


def test_a_search_of_a_past_day_finds_what_stood_then(synced: Run) -> None:
    def total(day: str) -> int:
        return int(json.loads(synced("search", "swims", "--as-of", day, "--json").stdout)["total"])

    assert (total("2001-01-01"), total("2999-01-01")) == (0, 2)
    extent = json.loads(synced("search", "swims", "--json").stdout)["extent"]
    assert (extent["documents"], extent["of"]) == (1, 1)
    assert total(extent["as_of"]) == 2
    assert synced("search", "swims", "--as-of", "then").exit_code == 2


def test_a_dry_run_prints_the_plan_and_does_nothing(run: Run, write: Write) -> None:
    write("fish.txt", "Herrings swim.\n")
    done = run("sync", "--dry-run")
    assert "new      fish.txt" in done.stdout
    assert json.loads(run("sync", "--dry-run", "--json").stdout)["new"] == ["fish.txt"]
    assert json.loads(run("info", "--json").stdout)["documents"] == 0


def test_a_sync_lists_what_it_could_not_read_and_exits_with_1(run: Run, write: Write) -> None:
    write("good.txt", "Herrings swim.\n")
    write("empty.txt", "")
    write("picture.png", b"\x89PNG")
    done = run("sync")
    assert done.exit_code == 1
    assert "not read: empty.txt: is empty" in done.stdout
    assert "no reader: picture.png; save them as DOCX, ODT, PDF or text" in done.stdout
    assert run("search", "herrings").exit_code == 0
    report = json.loads(run("sync", "--json").stdout)
    (failure,) = report["failures"]
    assert failure["file"] == "empty.txt"
    assert failure["reason"].startswith("is empty")
    assert report["ignored"] == ["picture.png"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["search", "x"], 1, "run 'pilcrow sync'"),
        (["show", "nothing"], 1, "there is no document 'nothing'"),
        (["show", "a/b/c/d"], 1, "is no address"),
        (["sync", "--corpus", "nowhere"], 2, "create it or give --corpus DIR"),
        (["serve", "--port", "eighty"], 2, "must be a whole number"),
        (["serve", "--port", "70000"], 2, "from 1 to 65535"),
        (["search"], 2, "Missing argument"),
        (["search", "x", "--jsn"], 2, "No such option"),
        (["sing"], 2, "No such command"),
        (["search", "x", "--page", "0"], 2, "Invalid value"),
        (["info", "--engine", "lucene"], 2, "'lucene'"),
    ],
)
def test_mistakes_get_a_message_and_never_a_traceback(
    run: Run, words: list[str], code: int, message: str
) -> None:
    done = run(*words)
    assert done.exit_code == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_damaged_store_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "pilcrow.db").write_bytes(b"no database" * 500)
    done = run("info")
    assert done.exit_code == 1
    assert "pilcrow.db is damaged (file is not a database): 'pilcrow restore FILE'" in done.stderr


def test_every_command_has_help() -> None:
    shown = CliRunner().invoke(main, ["--help"]).output
    for name in main.commands:
        assert f"  {name}" in shown
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_the_life_of_a_paragraph_is_printed(synced: Run, write: Write, corpus: Path) -> None:
    said = "On Fish\n\n1. Whales dive.\n2. Herrings swim in the South Sea.\n3. Cod swims too.\n"
    write("fish.txt", said)
    synced("sync")
    for suffix in ("", ".meta.yaml"):
        (corpus / f"fish.txt{suffix}").rename(corpus / f"sea.txt{suffix}")
    synced("sync")
    lines = synced("history", "/d/fish/para-1").stdout.splitlines()
    assert lines[:2] == ["On Fish", "/d/sea/para-1"]
    assert lines[2].endswith("at /d/fish/para-1")
    assert lines[-1] == "2. Herrings swim in the [-North-]{+South+} Sea."
    assert lines[-2].endswith(": reworded, renumbered from 1. to 2.")
    life = json.loads(synced("history", "fish/para-1@1", "--json").stdout)
    assert [moment["events"] for moment in life["history"]] == [
        ["appeared"],
        ["reworded", "renumbered"],
    ]
    assert (life["stands"], life["formerly"]) == (True, ["/d/fish/para-1"])
    assert [line.split(": ")[1] for line in synced("history", "fish").stdout.splitlines()] == [
        "2 added",
        "1 reworded, 1 added",
    ]
    done = json.loads(synced("history", "fish", "--json").stdout)["editions"][1]
    assert (done["edition"], done["reworded"], done["added"], done["retired"]) == (2, 1, 1, 0)


def test_an_edition_can_be_shown(synced: Run, write: Write) -> None:
    write("fish.txt", "On Fish\n\n1. Herrings swim in the South Sea.\n")
    synced("sync")
    assert "in the North Sea" in synced("show", "/d/fish@1").stdout
    assert "in the North Sea" in synced("show", "http://127.0.0.1:8000/d/fish/para-1@1").stdout
    assert "in the South Sea" in synced("show", "fish/para-1@2").stdout
    refused = synced("show", "fish@3")
    assert refused.exit_code == 1
    assert "has no edition 3; the newest is 2" in refused.stderr


def test_an_index_is_made_anew_and_put_right(run: Run, settings: Settings, write: Write) -> None:
    write("a.txt", "Herrings swim.\n\nCod swims.\n")
    assert run("sync").exit_code == 0
    assert run("rebuild").output.startswith("2 passages indexed again in ")
    with open_library(settings) as library, library.engine.update() as batch:
        batch.drop("a")
        batch.commit(library.engine.position())
    assert run("check").exit_code == 1
    repaired = run("check", "--repair", "--json")
    assert repaired.exit_code == 0
    assert json.loads(repaired.output)["passages"] == 2
    with builder_lock(settings.data):
        refused = run("rebuild", "--wait", "0.1")
    assert refused.exit_code == 1
    assert refused.output.startswith(f"Error: process {os.getpid()} on ")


def test_a_server_keeps_the_index_or_leaves_it_to_another(run: Run) -> None:
    refused = run("serve", "--watch", "--no-sync")
    assert refused.exit_code == 2
    assert "choose one" in refused.stderr
