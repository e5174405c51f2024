"""compose.yaml in; its services, with the defaults of its variables, out."""

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
_VARIABLE = re.compile(r"\$\{\w+:-([^}]*)\}")

Compose = dict[str, Any]


def composed(*more: str) -> Compose:
    """compose.yaml, and over it what the files `more` of deploy/ have of services."""
    whole = _read(ROOT / "compose.yaml")
    for name in more:
        for service, said in _read(ROOT / "deploy" / name)["services"].items():
            for key, value in said.items():
                there = whole["services"][service].get(key, {})
                whole["services"][service][key] = {**there, **value}
    return whole


def ours(whole: Compose) -> dict[str, Compose]:
    """The services that run Pilcrow, by name."""
    return {n: s for n, s in whole["services"].items() if s["image"].startswith("pilcrow")}


def _read(path: Path) -> Compose:
    found: Compose = yaml.safe_load(_VARIABLE.sub(r"\1", path.read_text("utf-8")))
    return found
