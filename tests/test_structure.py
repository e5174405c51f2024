"""The house is built as ARCHITECTURE.md says, and the docs name everything that can be typed."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import click
import pytest

from indexer.cli import main
from indexer.config import PREFIX, Settings
from tests.conftest import ROOT

SOURCES = sorted([*ROOT.glob("indexer/**/*.py"), *ROOT.glob("web/**/*.py")])
ENGINE_LIBRARIES = {"whoosh": "indexer/index/engines/whoosh_"}


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return "web" if parts[0] == "web" else (parts[1] if len(parts) > 1 else "indexer")


def table() -> dict[str, set[str]]:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(?:indexer/)?(\w+)(?:\.py|/)` \|.*\| ([^|]+) \|$", text, re.MULTILINE)
    return {room: set() if may == "nothing" else set(may.split(", ")) for room, may in rows}


def imported_rooms(path: Path) -> set[str]:
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "indexer":
            names = [f"indexer.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        for name in names:
            top, _, rest = name.partition(".")
            if top == "web":
                rooms.add("web")
            elif top == "indexer" and rest:
                rooms.add(rest.split(".")[0])
    return rooms - {"__version__"}


def test_the_table_names_every_room() -> None:
    rooms = {room_of(path) for path in SOURCES if path.parent != ROOT or path.name != "__init__.py"}
    assert set(table()) == rooms - {"__init__"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_are_in_the_table(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        assert not imported_rooms(path)
        return
    assert imported_rooms(path) - {room} <= table()[room]


def test_the_table_allows_no_import_that_nobody_makes() -> None:
    made: dict[str, set[str]] = {}
    for path in SOURCES:
        made.setdefault(room_of(path), set()).update(imported_rooms(path))
    unused = {room: may - made[room] for room, may in table().items() if may - made[room]}
    assert not unused


def test_no_rooms_import_each_other() -> None:
    """Neither directly nor by way of others: `static_order` raises for a cycle."""
    assert set(TopologicalSorter(table()).static_order()) == set(table())


def test_no_room_imports_itself_through_others() -> None:
    rooms = table()
    for path in SOURCES:
        if (room := room_of(path)) in rooms:
            rooms[room] |= imported_rooms(path) - {room}
    assert list(TopologicalSorter(rooms).static_order())  # raises CycleError, which names them


@pytest.mark.parametrize(("library", "home"), ENGINE_LIBRARIES.items())
def test_an_engine_library_is_imported_by_its_engine_alone(library: str, home: str) -> None:
    pattern = re.compile(rf"^\s*(?:import|from) {library}\b", re.MULTILINE)
    files = [str(p.relative_to(ROOT)) for p in SOURCES if pattern.search(p.read_text("utf-8"))]
    assert files
    assert all(file.startswith(home) for file in files)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 350
    functions = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > 40]
    assert not long


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_its_options_are_documented(name: str) -> None:
    docs = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert f"## pilcrow {name}" in docs
    section = docs.split(f"## pilcrow {name}")[1].split("\n## ")[0]
    own = [p for p in main.commands[name].params if isinstance(p, click.Option)]
    everywhere = {"--corpus", "--data", "--store", "--engine", "--engine-url"}
    for option in {opt for p in own for opt in p.opts} - everywhere:
        assert f"`{option}" in section
    for option in everywhere:
        assert f"`{option}" in docs


@pytest.mark.parametrize("name", sorted(Settings.__dataclass_fields__))
def test_every_setting_is_documented(name: str) -> None:
    docs = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert f"`{name}`" in docs
    assert f"`{PREFIX}{name.upper()}`" in docs
