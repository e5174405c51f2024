"""The unpacked model of languages says what the packed one says."""

import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from indexer.readers.common.language_model import identifier, unpack
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

TEXTS = (
    "All human beings are born free and equal in dignity and rights.",
    "Tous les êtres humains naissent libres et égaux en dignité et en droits.",
    "Все люди рождаются свободными и равными в своём достоинстве и правах.",
    "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق.",
    "人人生而自由，在尊严和权利上一律平等。",
    "",
)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cache, empty."""
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: tmp_path)
    return tmp_path


def test_it_tells_languages_as_the_packed_one_does(cache: Path) -> None:
    unpack()
    (made,) = cache.iterdir()
    packed = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    assert [identifier().classify(text) for text in TEXTS] == [packed.classify(t) for t in TEXTS]
    before = made.stat().st_mtime_ns
    unpack()
    assert made.stat().st_mtime_ns == before


def test_one_of_another_version_gives_way(cache: Path) -> None:
    (cache / "languages-1-1").mkdir()
    unpack()
    (made,) = cache.iterdir()
    assert made.name != "languages-1-1"


@pytest.mark.parametrize("harm", ["missing", "torn", "unwritable"])
def test_without_it_the_packed_one_serves(cache: Path, harm: str) -> None:
    if harm == "unwritable":
        cache.rmdir()
        cache.write_text("a file where the folder should be")
    unpack()
    for made in cache.glob("*/ptc.npy"):
        made.write_bytes(made.read_bytes()[:1000]) if harm == "torn" else made.unlink()
    assert identifier().classify(TEXTS[1])[0] == "fr"


def test_processes_that_unpack_at_once_do_no_harm(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from indexer.readers.common.language_model import *; unpack()",
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path)}
    processes = [subprocess.Popen(command, env=environment) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    if sys.platform == "linux":
        (made,) = (tmp_path / "pilcrow").iterdir()
        assert (made / "classes.json").exists()
