"""Seeds and findings of benchmarks/fuzz.py, and a few changes of each, in every run."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.fuzzing import TARGETS, cases

FEW = settings(max_examples=8, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", TARGETS)
def test_what_was_found_stays_mended(name: str) -> None:
    known = cases(name)
    assert known, f"there is no seed in tests/data/fuzz/{name}"
    for case in known:
        TARGETS[name](case.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
@FEW
@given(seed=st.integers(0, 2**32))
def test_what_is_like_it_does_no_harm(name: str, seed: int) -> None:
    drawn = random.Random(seed)
    TARGETS[name](changed(drawn.choice(cases(name)).read_bytes(), drawn))


def changed(data: bytes, drawn: random.Random) -> bytes:
    """`data` with some bytes turned, pieces taken out, or pieces said twice."""
    said = bytearray(data)
    for _ in range(drawn.randint(1, 8)):
        first, end = sorted((drawn.randint(0, len(said)), drawn.randint(0, len(said))))
        end = min(end, first + 40)
        match drawn.randrange(4):
            case 0:
                said[first:end] = b""
            case 1:
                said[first:first] = said[first:end]
            case 2:
                said[first:first] = drawn.randbytes(2)
            case _:
                said[first:end] = bytes(byte ^ 0x10 for byte in said[first:end])
    return bytes(said)
