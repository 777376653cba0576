"""Servers of the web's proofs. One server a module, made from one template."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.with_postgres import binaries

from tests.story_web.cluster import Cluster
from tests.story_web.server import Server
from tests.support.chromium import missing

_BASE = os.environ.get("DATABASE_URL", "")
#: Done once, in the run on SQLite: it brings its own cluster.
collect_ignore = ["test_database_restart.py"] if _BASE.startswith("postgres") else []


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The system with the sample county, on the database of this run."""
    yield from _served(tmp_path_factory.mktemp("data"), _own_database())


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server of this test alone, which may do anything to it."""
    yield from _served(tmp_path / "data", _own_database())


@pytest.fixture
def own_database() -> Iterator[str]:
    """The address of an empty database of this test alone; empty where the run is on SQLite."""
    made = _own_database()
    yield made
    if made:
        _drop(made)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    if binaries() is None:
        missing("PostgreSQL", "apt-get install postgresql")
    made = Cluster()
    yield made
    made.remove()


def _served(data: Path, database: str) -> Iterator[Server]:
    one = Server(data, database)
    try:
        one.start()
        yield one
    finally:
        one.stop()
        if database:
            _drop(database)


def _own_database() -> str:
    """A new database beside the one of the run, empty where the run is on SQLite."""
    if not _BASE.startswith("postgres"):
        return ""
    name = f"story_{uuid.uuid4().hex[:12]}"
    _tell(f'CREATE DATABASE "{name}"')
    return _BASE.replace("@/postgres?", f"@/{name}?")


def _drop(database: str) -> None:
    name = database.partition("@/")[2].partition("?")[0]
    _tell(f'DROP DATABASE "{name}" WITH (FORCE)')


def _tell(statement: str) -> None:
    import psycopg

    with psycopg.connect(_BASE, autocommit=True) as connection:
        connection.execute(statement)
