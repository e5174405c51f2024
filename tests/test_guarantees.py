"""The page of promises names tests that are there, and no promise is without one."""

import re

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "guarantees.md").read_text("utf-8")
ROWS = [
    line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| promise")
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2:40])
def test_a_promise_has_tests_that_are_there(row: str) -> None:
    named = re.findall(r"`(test_\w+)::(test_\w+)`", row)
    assert named
    for module, test in named:
        code = (ROOT / "tests" / f"{module}.py").read_text("utf-8")
        assert f"\ndef {test}(" in code, f"{module}::{test}"
