"""On SQLite people write one after the other: nobody is turned away, and nobody waits for ever."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.utils import OperationalError
from pytest_django.plugin import DjangoDbBlocker

from jixiao.web.config.database import database
from jixiao.web.config.sqlite import base
from jixiao.web.ui.outage import outage


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "turns.sqlite3"
    with sqlite3.connect(made) as one:
        one.execute("CREATE TABLE said (who INTEGER, what INTEGER)")
    one.close()
    return made


@pytest.fixture
def connections(
    file: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[list[base.DatabaseWrapper]]:
    """Two of one database, as two threads have them."""
    defaults = {"AUTOCOMMIT": True, "TIME_ZONE": None, "CONN_HEALTH_CHECKS": False}
    settings = {**defaults, **database(f"sqlite:///{file}"), "NAME": str(file)}
    made = [base.DatabaseWrapper(settings, alias="default") for _ in range(2)]
    for one in made:
        one.inc_thread_sharing()
    with django_db_blocker.unblock():
        yield made
        for one in made:
            one.close()


def test_who_waits_too_long_is_told_that_the_database_is_busy(
    connections: list[base.DatabaseWrapper], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "_PATIENCE_SECONDS", 0.05)
    first, second = connections
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with pytest.raises(OperationalError) as told:
        second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert outage(told.value) == "数据库正忙，别的操作还没有做完。"
    first.rollback()


def test_another_process_has_the_turn(
    connections: list[base.DatabaseWrapper], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread lock is free, the file's is not; then it is, and one writes."""
    monkeypatch.setattr(base, "_PATIENCE_SECONDS", 0.05)
    theirs = base._Turn(str(file))
    theirs.lock.release()
    with pytest.raises(OperationalError):
        base._Turn(str(file))
    theirs.lock.acquire()
    theirs.end()
    base._Turn(str(file)).end()


def test_a_transaction_that_is_rolled_back_or_cut_off_gives_the_turn_away(
    connections: list[base.DatabaseWrapper], file: Path
) -> None:
    first, second = connections
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    first.rollback()
    first.set_autocommit(True)
    second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    second.close()
    assert not base._QUEUES[str(file)].locked()


def test_without_a_place_for_its_file_sqlite_itself_is_asked(tmp_path: Path) -> None:
    turn = base._Turn(str(tmp_path / "gone" / "turns.sqlite3"))
    assert turn.file == -1
    turn.end()


def test_all_who_write_at_once_are_written(
    connections: list[base.DatabaseWrapper], file: Path
) -> None:
    def write(who: int) -> None:
        one = connections[who]
        for what in range(50):
            one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            with one.cursor() as cursor:
                cursor.execute("INSERT INTO said VALUES (%s, %s)", [who, what])
            one.commit()
            one.set_autocommit(True)

    threads = [threading.Thread(target=write, args=(who,)) for who in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with sqlite3.connect(file) as outside:
        found = outside.execute("SELECT count(DISTINCT who * 100 + what) FROM said").fetchone()
    outside.close()
    assert found == (100,)
