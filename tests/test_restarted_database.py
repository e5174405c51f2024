"""PostgreSQL that is stopped in the middle of a sync, and comes back."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from indexer.config import Settings
from tests.cluster.database import Database, server
from tests.cluster.nodes import CannotStart
from tests.conftest import ROOT, Write
from tests.helpers.crew import Pace, crew
from tests.helpers.inline import open_inline

pytestmark = pytest.mark.slow
FILES = 400


def test_a_sync_loses_nothing_where_the_database_is_restarted(
    corpus: Path, write: Write, tmp_path: Path
) -> None:
    for number in range(FILES):
        write(f"{number}.txt", f"1. Lamp {number} burns.\n\n2. Ship {number} sails.\n")
    try:
        with server() as database:
            settings = Settings(corpus=corpus, data=tmp_path / "data", store=database.address)
            for immediate in (True, False):
                interrupt(settings, database, immediate=immediate)
            with open_inline(settings) as library:
                library.maintenance.sync()
                assert library.maintenance.check().holds
                assert library.search("burns").total == FILES
                assert {each.edition for each in library.documents()} == {1}
                events = library.log.between(0, library.log.position())
                assert len({event.slug for event in events}) == len(events) == FILES
    except CannotStart as error:
        pytest.skip(str(error))


def test_several_workers_lose_nothing_where_the_database_is_restarted(
    corpus: Path, write: Write, tmp_path: Path
) -> None:
    for number in range(FILES):
        write(f"{number}.txt", f"1. Lamp {number} burns.\n\n2. Ship {number} sails.\n")
    try:
        with server() as database:
            settings = Settings(corpus=corpus, data=tmp_path / "data", store=database.address)
            with open_inline(settings, upgrades=True) as library:
                for immediate in (True, False):
                    before = written(settings)
                    with crew([settings] * 3, Pace(tmp_path / "pace", slow=0.01)) as members:
                        for member in members:
                            member.begin()
                        while written(settings) == before:
                            time.sleep(0.02)
                        database.restart(immediate=immediate)
                        said = [member.answer() for member in members]
                    assert any("the store postgresql" in str(each) for each in said)
                library.maintenance.sync()
                assert library.maintenance.check().holds
                assert library.search("burns").total == FILES
                events = library.log.between(0, library.log.position())
                assert len({event.slug for event in events}) == len(events) == FILES
    except CannotStart as error:
        pytest.skip(str(error))


def interrupt(settings: Settings, database: Database, *, immediate: bool) -> None:
    """Restarts the database once a sync has written something; the sync ends by itself."""
    before = written(settings)
    words = ["sync", "--corpus", str(settings.corpus), "--data", str(settings.data)]
    process = subprocess.Popen(
        [sys.executable, "-c", "from indexer.cli import main; main()", *words],
        env=os.environ | {"PYTHONPATH": str(ROOT), "PILCROW_STORE": settings.store},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    while process.poll() is None and written(settings) == before:
        time.sleep(0.02)
    database.restart(immediate=immediate)
    _, said = process.communicate()
    assert process.returncode in {0, 1}
    assert "Traceback" not in said
    assert process.returncode == 0 or "the store postgresql" in said


def written(settings: Settings) -> int:
    """How many documents the store has."""
    database = sa.create_engine(settings.store)
    try:
        with database.connect() as connection:
            return int(connection.scalar(sa.text("SELECT count(*) FROM documents")) or 0)
    except sa.exc.ProgrammingError:  # there is no table yet
        return 0
    finally:
        database.dispose()
