"""Who may add documents: tokens are shown once, kept as hashes, and taken back at once."""

import re
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.atomic import write_once
from indexer.cli import main
from indexer.credentials import Tokens, session_key
from indexer.errors import BadSetting, NotFound, Taken


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path)


def test_a_token_is_known_by_itself_and_by_nothing_else(tokens: Tokens) -> None:
    assert not tokens.exist()
    one, two = tokens.make("one"), tokens.make("two")
    assert tokens.exist()
    assert [token.name for token in tokens.all()] == ["one", "two"]
    found = tokens.bearer(one)
    assert found is not None
    assert (found.name, tokens.of_digest(found.digest)) == ("one", found)
    for wrong in ("", one[:-1], one + "x", one + two, found.digest, "\ud800", "é", "\0"):
        assert tokens.bearer(wrong) is None


def test_a_revoked_token_is_refused_by_who_knew_it(tokens: Tokens, tmp_path: Path) -> None:
    token = tokens.make("one")
    assert tokens.bearer(token)
    Tokens(tmp_path).revoke("one")  # as another process does
    assert tokens.bearer(token) is None
    assert not tokens.exist()
    with pytest.raises(NotFound):
        tokens.revoke("one")


def test_a_name_is_given_once_and_leads_nowhere_else(tokens: Tokens) -> None:
    first = tokens.make("one")
    with pytest.raises(Taken):
        tokens.make("one")
    assert tokens.bearer(first)
    for name in ("", ".", "..", "../one", "a/b", "a\\b", "-x", "ö", "a\n", "x" * 65):
        with pytest.raises(BadSetting):
            tokens.make(name)
        with pytest.raises(NotFound):
            tokens.revoke(name)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_only_the_owner_can_read_what_is_kept_which_is_not_the_token(
    tokens: Tokens, tmp_path: Path
) -> None:
    token, key = tokens.make("one"), session_key(tmp_path)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.name for path in kept} == {"one.token", "session.key"}
    for path in kept:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert token not in path.read_text()
    assert len(key) >= 32


def test_one_key_is_made_however_many_ask_for_it_first(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = list(pool.map(session_key, [tmp_path] * 64))
        told = list(pool.map(write_once, [tmp_path / "once"] * 64, map(str, range(64))))
    assert len(set(keys)) == 1
    assert told.count(True) == 1
    assert (tmp_path / "once").read_text() == str(told.index(True))
    assert {path.name for path in tmp_path.iterdir()} == {"session.key", "once"}


def test_the_command_prints_a_token_and_later_its_name_alone(tmp_path: Path) -> None:
    place = ["--data", str(tmp_path)]
    run = CliRunner()
    made = run.invoke(main, ["token", "archive", *place])
    assert re.fullmatch(r"[\w-]{43}\n", made.stdout)
    assert "not shown again" in made.stderr
    assert Tokens(tmp_path).bearer(made.stdout.strip())
    listed = run.invoke(main, ["token", "--list", *place]).output
    assert re.fullmatch(r"archive  made \d{4}-\d\d-\d\d\n", listed)
    assert run.invoke(main, ["token", "archive", *place]).exit_code == 1
    assert run.invoke(main, ["token", "a/b", *place]).exit_code == 2
    assert run.invoke(main, ["token", "--revoke", "archive", *place]).exit_code == 0
    assert run.invoke(main, ["token", "--revoke", "archive", *place]).exit_code == 1
    assert not Tokens(tmp_path).exist()
