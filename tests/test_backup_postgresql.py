"""A store in PostgreSQL that its own programs back up and restore, as docs/backup.md says."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from indexer.cli import main
from indexer.config import Settings
from indexer.errors import BadSetting, IndexUnavailable, StoreMissing, StoreUnavailable
from indexer.safekeeping import backups
from tests.conftest import Write
from tests.helpers.inline import open_inline

pytestmark = pytest.mark.skipif(not shutil.which("pg_dump"), reason="there is no pg_dump")


@pytest.fixture
def store_name() -> str:
    return "postgresql"


def sync(settings: Settings) -> None:
    with open_inline(settings, upgrades=True) as library:
        library.maintenance.sync()


def run(settings: Settings, *words: str) -> None:
    """One of PostgreSQL's programs, on the part of the database that the store is in."""
    address, _, options = settings.store.partition("?")
    plain = address.replace("+psycopg", "")
    schema = options.rpartition("%3D")[2]
    subprocess.run(
        [*words, f"--schema={schema}", f"--dbname={plain}"], check=True, capture_output=True
    )


def newest_dumped() -> int:
    """The version of servers up to which `pg_dump` works."""
    said = subprocess.run(["pg_dump", "--version"], check=True, capture_output=True, text=True)
    return int(re.findall(r"\d+", said.stdout)[0])


def server_of(settings: Settings) -> int:
    database = sa.create_engine(settings.store)
    with database.connect() as connection:
        version = int(str(connection.scalar(sa.text("SHOW server_version_num"))))
    database.dispose()
    return version // 10_000


def test_a_dump_takes_the_place_of_a_store(
    settings: Settings, write: Write, tmp_path: Path
) -> None:
    if newest_dumped() < server_of(settings):
        pytest.skip("pg_dump is older than the server")
    dump = tmp_path / "pilcrow.dump"
    for word in ("first", "second", "third"):
        write("a.txt", f"1. The {word} lamp.\n")
        sync(settings)
        if word == "second":
            run(settings, "pg_dump", "--format=custom", f"--file={dump}")
    run(settings, "pg_restore", "--clean", "--if-exists", "--single-transaction", str(dump))
    place = ["--corpus", str(settings.corpus), "--data", str(settings.data)]
    told = CliRunner().invoke(main, ["restore", *place, "--store", settings.store])
    assert told.exit_code == 0, told.output
    write("b.txt", "1. A harbour.\n")
    with open_inline(settings) as library:
        with pytest.raises(IndexUnavailable, match="for another store"):
            library.search("third")
        assert library.document("a").document.edition == 2
        library.maintenance.sync()
        assert library.maintenance.check().holds
        assert library.search("second").total == 0
        for edition, word in enumerate(("first", "second", "third"), start=1):
            (passage,) = library.document("a", edition).passages
            assert passage.passage.text == f"The {word} lamp."


def test_a_store_in_a_database_is_not_backed_up_to_a_file(settings: Settings) -> None:
    with pytest.raises(BadSetting, match="pg_dump"):
        backups.backup(settings, Path("kept.db"))


def test_an_empty_database_is_a_missing_store(settings: Settings, write: Write) -> None:
    write("a.txt", "1. A lamp.\n")
    sync(settings)
    database = sa.create_engine(settings.store)
    with database.begin() as connection:
        found = re.findall(r"test_\w+", settings.store)[0]
        connection.execute(sa.schema.DropSchema(found, cascade=True))
        connection.execute(sa.schema.CreateSchema(found))
    database.dispose()
    with pytest.raises(StoreMissing, match=r"one: .*STORE names it"):
        sync(settings)
    place = ["--corpus", str(settings.corpus), "--data", str(settings.data)]
    told = CliRunner().invoke(main, ["restore", *place, "--store", settings.store])
    assert "there is no store" in told.output
    shutil.rmtree(settings.data)
    sync(replace(settings))


def test_a_store_whose_tables_disagree_is_damaged(settings: Settings, write: Write) -> None:
    write("a.txt", "1. A lamp.\n")
    sync(settings)
    database = sa.create_engine(settings.store)
    with database.begin() as connection:
        connection.exec_driver_sql("DELETE FROM passages")
    database.dispose()
    with open_inline(settings) as library, pytest.raises(StoreUnavailable, match="a has not the"):
        library.maintenance.check()
