"""A changed letter in the store is found by the digests of editions, in every database."""

import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from indexer.config import Settings
from indexer.errors import StoreUnavailable
from indexer.library import Library
from indexer.store import databases, schema
from tests.conftest import Write
from tests.helpers.inline import open_inline
from tests.helpers.stores import STORES

ODD = "1. Signs: \u2028 \U0001f40b \x7f \u202e «é»[^1]\n\n2. Below.\n\n[^1]: A note.\n"


@pytest.fixture(params=STORES)
def store_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def filled(library: Library, write: Write) -> Library:
    """Documents with one edition and with several, moved and gone, with notes and odd signs."""
    write("odd.md", ODD)
    write("gone.txt", "1. This goes.\n")
    write("old.txt", "The Old\n\n1. It moves.\n")
    for words in ("at dawn", "at noon", "at dusk"):
        write("lamps.md", f"# On Lamps\n\n## Below\n\n1. It burns {words}.\n\n2. It is red.\n")
        library.maintenance.sync()
    (library.settings.corpus / "gone.txt").unlink()
    (library.settings.corpus / "old.txt").rename(library.settings.corpus / "new.txt")
    library.maintenance.sync()
    write("lamps.md.meta.yaml", "publisher: Harbour Office\n")  # an edition of metadata alone
    library.maintenance.sync()
    write("gone.txt", "1. This goes.\n")
    library.maintenance.sync()
    return library


def database(settings: Settings) -> sa.Engine:
    return databases.opened(databases.address_of(settings.store, settings.data))


def test_whatever_was_done_to_documents_is_no_damage(filled: Library) -> None:
    assert filled.maintenance.check().holds
    db = database(filled.settings)
    with db.connect() as connection:
        digests = connection.execute(sa.select(schema.editions.c.digest)).scalars().all()
    db.dispose()
    assert len(digests) == 7
    assert all(each and len(each) == 64 for each in digests)


PASSAGES, EDITIONS = schema.passages.c, schema.editions.c
BELOW = PASSAGES.text == "It burns at noon."
FIRST = EDITIONS.number == 2


@pytest.mark.parametrize(
    ("where", "column", "value"),
    [
        (BELOW, PASSAGES.text, "It burns at nooo."),
        (BELOW, PASSAGES.label, "7."),
        (BELOW, PASSAGES.heading, ["Above"]),
        (BELOW, PASSAGES.id, "para-7"),
        (BELOW, PASSAGES.kind, "quote"),
        (BELOW, PASSAGES.until, 4),
        (FIRST, EDITIONS.metadata, {"title": "On Gates"}),
    ],
    ids=["text", "label", "heading", "id", "kind", "until", "metadata"],
)
def test_what_was_altered_is_named(
    filled: Library, where: sa.ColumnElement[bool], column: sa.Column[object], value: object
) -> None:
    db = database(filled.settings)
    with db.begin() as connection:
        connection.execute(sa.update(column.table).where(where).values({column: value}))
    with pytest.raises(StoreUnavailable, match=r"lamps@[123] has been altered"):
        filled.maintenance.check()
    with db.begin() as connection:  # what came in before there were digests is passed over
        connection.execute(sa.update(schema.editions).values(digest=None))
    db.dispose()
    filled.maintenance.check()


def test_one_bit_of_a_file_is_found(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("bit")
    settings = Settings(folder / "corpus", folder / "data")
    settings.corpus.mkdir()
    (settings.corpus / "lamps.txt").write_text("On Lamps\n\n1. The lamp burns at the gate.\n")
    with open_inline(settings) as library:
        library.maintenance.sync()
    file = settings.data / "pilcrow.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(file.read_bytes())
    content[content.index(b"burns at the gate")] ^= 1
    file.write_bytes(content)
    with open_inline(settings) as library:
        assert library.search("gate").total == 1  # SQLite sees nothing wrong
        with pytest.raises(StoreUnavailable, match="lamps@1 has been altered"):
            library.maintenance.check()
