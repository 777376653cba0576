"""Database addresses: what they mean, and what is no address."""

import pytest

from jixiao.foundation.errors import ConfigurationError
from jixiao.web.config.database import database


@pytest.mark.parametrize(
    "url",
    [
        "mysql://a/b",
        "",
        "sqlite:///a?timeout=bald",
        "postgresql:///a?lock_timeout=x",
        "postgresql:///a?prepared=perhaps",
        "jixiao.sqlite3",
    ],
)
def test_what_is_no_address(url):
    with pytest.raises(ConfigurationError):
        database(url)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////srv/data.sqlite3", "/srv/data.sqlite3"),
        ("sqlite:///data.sqlite3", "data.sqlite3"),
        ("sqlite:///:memory:", ":memory:"),
        ("sqlite:////srv/%E5%8E%BF.sqlite3", "/srv/县.sqlite3"),
    ],
)
def test_a_file(url, name):
    found = database(url)
    assert (found["NAME"], found["OPTIONS"]["timeout"]) == (name, 20)
    assert "busy_timeout=20000" in found["OPTIONS"]["init_command"]


def test_how_long_one_writer_waits_for_another():
    found = database("sqlite:////srv/data.sqlite3?timeout=3")
    assert found["NAME"] == "/srv/data.sqlite3"
    assert found["OPTIONS"]["timeout"] == 3
    assert "busy_timeout=3000" in found["OPTIONS"]["init_command"]


def test_a_server_is_looked_at_before_use_and_noticed_when_it_is_gone():
    found = database(
        "postgresql://ren:mi%40ma@db.example:5433/jx?connect_timeout=2&sslmode=require"
    )
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "jx")
    assert (found["USER"], found["PASSWORD"]) == ("ren", "mi@ma")
    assert found["CONN_HEALTH_CHECKS"]
    assert "pool" not in found["OPTIONS"]  # a pool is shared by processes forked after it opened
    assert found["OPTIONS"]["connect_timeout"] == "2"
    assert found["LOCK_SECONDS"] == 20
    assert database("postgresql:///a?lock_timeout=3")["LOCK_SECONDS"] == 3
    assert found["OPTIONS"]["sslmode"] == "require"
    assert database("postgresql://ren@/jx?host=/run/pg")["HOST"] == "/run/pg"


def test_plans_are_kept_unless_a_pooler_forbids_it():
    assert database("postgresql://ren@/jx")["OPTIONS"]["prepare_threshold"] == 2
    found = database("postgresql://ren@/jx?prepared=no")["OPTIONS"]
    assert found["prepare_threshold"] is None
    assert "prepared" not in found
