"""The tables of the store of record, for SQLAlchemy Core."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

# Raise it when the tables change, and write the step that leads there into `migrations`.
VERSION = "7"

# The names of facts: the version of the tables, the store's own name, when a sync last ended.
SCHEMA, IDENTITY, SYNCED = "schema", "identity", "synced"

metadata = MetaData()

# Text that is sorted and compared sign by sign, the same in every database.
_NAME = String().with_variant(String(collation="C"), "postgresql")
# Numbers that go on for ever; SQLite counts by itself only what it knows as an integer.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")

# Single facts about the store: its schema's version and its own identity.
facts = Table(
    "facts",
    metadata,
    Column("name", _NAME, primary_key=True),
    Column("value", _NAME, nullable=False),
)

# One row a document, as it stands now. A document whose file is gone stays, with `present` false.
documents = Table(
    "documents",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    Column("slug", _NAME, nullable=False, unique=True),
    Column("file", _NAME, nullable=False),
    Column("hint", _NAME, nullable=False),
    Column("hash", _NAME, nullable=False),
    Column("reader", _NAME, nullable=False),
    Column("present", Boolean, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("date", _NAME, nullable=False),  # that of the metadata, to sort by
    Column("notes", JSON, nullable=False),
    Column("changed_at", _NAME, nullable=False),
    # What the start page asks for, so that it need not look at every document.
    Index("documents_by_date", "present", text("date DESC"), "slug"),
    Index("documents_held", "present", "passages", "changed_at"),
    Index("documents_by_file", "file"),
    Index("documents_by_hash", "hash"),
)

# One row an edition: what the document said of itself then, and when it came in. `digest` is that
# of all it said (`digests`); editions that came in before version 7 have none.
editions = Table(
    "editions",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("hash", _NAME, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("at", _NAME, nullable=False),
    Column("digest", _NAME),
)

# One row for each text that a passage has had: it stood so from edition `since` up to, and not
# including, edition `until`. Rows are only ever added and closed, never changed or deleted. From
# `order` on the columns are the fields of `Passage`, in their order: see `rows.SAID`.
passages = Table(
    "passages",
    metadata,
    Column("key", _NUMBER, primary_key=True, autoincrement=True),
    Column("document", ForeignKey("documents.id"), nullable=False),
    Column("since", Integer, nullable=False),
    Column("until", Integer),
    Column("order", Integer, nullable=False),
    Column("kind", _NAME, nullable=False),
    Column("text", Text, nullable=False),
    Column("label", _NAME, nullable=False),
    Column("heading", JSON, nullable=False),
    Column("language", _NAME, nullable=False),
    Column("anchor", _NAME, nullable=False),
    Column("page", Integer, nullable=False),
    Column("note_marks", JSON, nullable=False),
    Column("confidence", Float),
    Column("natural_id", _NAME, nullable=False),
    Column("id", _NAME, nullable=False),
    UniqueConstraint("document", "id", "since"),
    sqlite_autoincrement=True,
)

# What stands beside a passage.
Index("passages_by_order", passages.c.document, passages.c.order)

# What a person may call a document by: keys of its title, file, slug and the names it is cited by.
names = Table(
    "names",
    metadata,
    Column("key", _NAME, primary_key=True),
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Index("names_by_document", "document"),
)

# Addresses that documents had before their files moved.
redirects = Table(
    "redirects",
    metadata,
    Column("slug", _NAME, primary_key=True),
    Column("document", ForeignKey("documents.id"), nullable=False),
    Column("at", _NAME, nullable=False),
)

# From when until when the file of a document was gone from the corpus; `back` is empty as long as
# it is. Of documents that left before this table was there nothing is known.
absences = Table(
    "absences",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    Column("document", ForeignKey("documents.id"), nullable=False, index=True),
    Column("gone", _NAME, nullable=False),
    Column("back", _NAME, nullable=False),
)

# The change log that engines follow: one row for each write to a document. The last four columns
# are for people who follow it; rows that were written before these were there have none.
changes = Table(
    "changes",
    metadata,
    Column("seq", _NUMBER, primary_key=True, autoincrement=True),
    Column("slug", _NAME, nullable=False),
    Column("document", _NUMBER),
    Column("happening", _NAME),
    Column("edition", Integer),
    Column("at", _NAME),
    sqlite_autoincrement=True,
)
Index("changes_by_document", changes.c.document, changes.c.seq)

# Files that could not be read at the last sync, why, and what was tried: that is not tried again.
failures = Table(
    "failures",
    metadata,
    Column("file", _NAME, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("tried", Text, nullable=False),
)
