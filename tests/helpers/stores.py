"""The databases that a store can be in, each empty for a test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
import sqlalchemy as sa

DATABASE = "TEST_POSTGRESQL"  # the address of a server; see tests/cluster
STORES = ("sqlite", "postgresql")


@contextmanager
def store_of(name: str) -> Iterator[str]:
    """The setting `store` for a store of this kind with nothing in it, until the end."""
    if name == "sqlite":
        yield ""
        return
    server = os.environ.get(DATABASE)
    if not server:
        pytest.skip("there is no PostgreSQL; run: python -m tests.cluster pytest")
    schema = f"test_{uuid4().hex}"
    database = sa.create_engine(server)
    with database.begin() as connection:
        connection.execute(sa.schema.CreateSchema(schema))
    try:
        yield f"{server}?options=-csearch_path%3D{schema}"
    finally:
        with database.begin() as connection:
            connection.execute(sa.schema.DropSchema(schema, cascade=True))
        database.dispose()
