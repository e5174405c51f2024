"""Logs as a person and as a program read them: with ids, without secrets and queries."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from urllib.request import Request, urlopen

import pytest

from indexer.config import Settings, load_settings
from indexer.errors import BadSetting
from indexer.library import Library, open_library
from indexer.logs import REQUEST, JsonLines, TextLines, without_secrets
from tests.conftest import ROOT, Write
from tests.test_serve import free_port
from web.app import create_app


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("see https://me:secret@node:9200/x", "see https://me:***@node:9200/x"),
        ("postgresql+psycopg://pilcrow:p@ss:w@db/x", "postgresql+psycopg://pilcrow:***@db/x"),
        ("Authorization: Bearer abc-_123=", "Authorization: Bearer ***"),
        ("POST token=abc&x=1", "POST token=***&x=1"),
        ("https://library.example.org/a@b:c", "https://library.example.org/a@b:c"),
        ("mail to a@b.example: nothing", "mail to a@b.example: nothing"),
    ],
)
def test_secrets_are_not_shown(said: str, shown: str) -> None:
    assert without_secrets(said) == shown


def record(message: str, reason: str) -> logging.LogRecord:
    try:
        raise ValueError(reason)
    except ValueError:
        error = sys.exc_info()
    return logging.LogRecord("pilcrow.x", logging.ERROR, "x.py", 1, message, None, error)


def test_lines_name_the_request_and_no_secret_of_a_traceback() -> None:
    broken = record("it broke", "at https://me:secret@node:9200")
    token = REQUEST.set("r1")
    try:
        line, text = json.loads(JsonLines().format(broken)), TextLines().format(broken)
    finally:
        REQUEST.reset(token)
    assert (line["message"], line["level"], line["request_id"]) == ("it broke", "error", "r1")
    assert "https://me:***@node:9200" in line["exception"]
    assert text.splitlines()[0].endswith("ERROR pilcrow.x: it broke (request r1)")
    assert "secret" not in text
    assert "\n" not in JsonLines().format(broken)


def test_the_format_is_one_of_two() -> None:
    with pytest.raises(BadSetting, match="must be text or json"):
        load_settings({"log_format": "xml"}, {})


@pytest.mark.parametrize(
    "given",
    [
        {"store": "postgresql+psycopg://me:hidden@db/x"},
        {"store": "postgresql+psycopg://me@db/x?password=hidden"},
        {"engine": "opensearch", "engine_url": "https://me:hidden@node:9200"},
        {"public_url": "https://me:hidden@library.example.org"},
    ],
)
def test_a_password_in_a_setting_is_refused_and_not_repeated(
    settings: Settings, given: dict[str, str]
) -> None:
    flags = {"corpus": str(settings.corpus), "data": str(settings.data), **given}
    with pytest.raises(BadSetting) as raised:
        open_library(load_settings(flags, {})).close()
    assert "hidden" not in str(raised.value)


def test_an_id_is_taken_if_it_is_sane_and_made_otherwise(library: Library) -> None:
    client = create_app(library).test_client()
    assert client.get("/help", headers={"X-Request-ID": "a.b-1"}).headers["X-Request-ID"] == "a.b-1"
    for odd in ("", "a b", "<b>", "x" * 65):
        made = client.get("/help", headers={"X-Request-ID": odd}).headers["X-Request-ID"]
        assert made != odd
        assert len(made) == 16


@pytest.mark.parametrize("place", ["/search?q=whales", "/api/v1/search?q=whales"])
def test_a_page_without_an_index_names_the_request(
    settings: Settings, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    with open_library(settings) as library:
        answer = create_app(library).test_client().get(place, headers={"X-Request-ID": "told"})
    assert answer.status_code == 503
    assert "told" in answer.text
    assert caplog.records


def test_a_page_that_is_not_there_names_none(library: Library) -> None:
    answer = create_app(library).test_client().get("/nowhere", headers={"X-Request-ID": "told"})
    assert answer.status_code == 404
    assert "told" not in answer.text


def lines(
    library: Library, caplog: pytest.LogCaptureFixture, place: str
) -> list[dict[str, object]]:
    with caplog.at_level(logging.INFO, "pilcrow"):
        assert create_app(library).test_client().get(place).data
    found = [each for each in caplog.records if each.name == "pilcrow.request"]
    return [json.loads(JsonLines().format(each)) for each in found]


def test_a_request_is_one_line_without_the_query(
    write: Write, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    write("a.txt", "On Whales\n\n1. Whales sing.\n")
    library.maintenance.sync()
    (line,) = lines(library, caplog, "/d/a/para-1?q=whalesong")
    assert (line["method"], line["status"]) == ("GET", 200)
    assert line["path"] == "/d/<slug>/<local_id>"
    assert int(str(line["bytes"])) > 1000
    assert float(str(line["ms"])) > 0
    assert "whalesong" not in str(line)
    assert "/d/a/" not in str(line)


def test_a_query_is_logged_if_that_is_asked_for(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with open_library(replace(settings, log_queries=True)) as library:
        (line,) = lines(library, caplog, "/help?q=whalesong")
    assert line["query"] == "q=whalesong"


@pytest.fixture
def logged(settings: Settings, write: Write) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    write("a.txt", "On Whales\n\n1. Whales sing.\n")
    port = free_port()
    words = ["serve", "--watch", "--port", str(port), "--processes", "1"]
    words += ["--corpus", str(settings.corpus), "--data", str(settings.data)]
    process = subprocess.Popen(
        [sys.executable, "-c", "from indexer.cli import main; main()", *words],
        env=os.environ | {"PYTHONPATH": str(ROOT), "PILCROW_LOG_FORMAT": "json"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    yield f"http://127.0.0.1:{port}", process
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def until(process: "subprocess.Popen[str]", words: str) -> list[dict[str, object]]:
    assert process.stderr is not None
    found = []
    for line in process.stderr:
        found.append(json.loads(line))
        if words in line:
            return found
    raise AssertionError(found)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be asked to end")
def test_all_that_a_server_says_is_json(
    logged: tuple[str, "subprocess.Popen[str]"], write: Write
) -> None:
    address, process = logged
    said = until(process, "Pilcrow is at")
    headers = {"X-Request-ID": "mine", "Authorization": "Bearer hidden"}
    with urlopen(Request(f"{address}/search?q=whalesong", headers=headers)) as answer:
        assert answer.headers["X-Request-ID"] == "mine"
    said += until(process, '"request_id": "mine"')
    assert said[-1]["path"] == "/search"
    if not any("Following" in str(each) for each in said):
        said += until(process, "Following")
    write("b.txt", "On Krill\n\n1. Krill drift.\n")
    said += until(process, "b.txt")
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate()
    said += [json.loads(line) for line in err.splitlines()]
    assert not out
    assert "whalesong" not in str(said)
    assert "hidden" not in str(said)
