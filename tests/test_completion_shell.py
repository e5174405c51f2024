"""Shells complete what can be typed after `pilcrow`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete, get_completion_class

from indexer.cli import main
from tests.conftest import ROOT

SHELLS = ("bash", "zsh", "fish")


def completed(*words: str, begun: str) -> list[str]:
    """What a shell is offered for the word that has `begun`."""
    found = ShellComplete(main, {}, "pilcrow", "_PILCROW_COMPLETE").get_completions(
        list(words), begun
    )
    return [item.value for item in found]


def test_commands_options_and_values_are_offered() -> None:
    assert completed(begun="se") == ["search", "serve"]
    assert set(completed(begun="")) == set(main.commands)
    assert completed("search", begun="--so") == ["--sort"]
    assert completed("search", "--sort", begun="") == ["relevance", "newest", "oldest"]
    assert completed("sync", "--engine", begun="t") == ["tantivy"]


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_its_script(shell: str) -> None:
    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(main, {}, "pilcrow", "_PILCROW_COMPLETE").source_template
    assert "%(complete_var)s" in script
    docs = (ROOT / "docs/commands.md").read_text("utf-8")
    assert f"_PILCROW_COMPLETE={shell}_source pilcrow" in docs


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes(tmp_path: Path) -> None:
    """By the script that it is given, as when somebody presses Tab."""
    program = tmp_path / "pilcrow"
    start = tmp_path / "start.py"
    start.write_text("from indexer.cli import main\nmain(prog_name='pilcrow')\n")
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} {start} "$@"\n')
    program.chmod(0o755)
    typed = """
        eval "$(_PILCROW_COMPLETE=bash_source pilcrow)"
        COMP_WORDS=(pilcrow search --sort n); COMP_CWORD=3
        _pilcrow_completion pilcrow; echo "${COMPREPLY[@]}"
    """
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    here = {**os.environ, "PATH": path}
    done = subprocess.run(
        ["bash", "-c", typed], env=here, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["newest"]


def test_orders_are_typed_as_documented() -> None:
    (sort,) = [p for p in main.commands["search"].params if p.name == "sort"]
    assert isinstance(sort.type, click.Choice)
    assert "|".join(sort.type.choices) in (ROOT / "docs/commands.md").read_text("utf-8")
