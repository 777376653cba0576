"""What is spared on PostgreSQL: planning the same statement again, asking a connection just used."""

import pytest
from django.db import connection, connections

from jixiao.web.accounts.models import User
from jixiao.web.statements import Read, insert, update

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL only"),
    pytest.mark.django_db,
]


def kept_plans():
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return "\n".join(text for (text,) in cursor.fetchall())


def test_what_is_found_by_its_key_is_planned_once():
    person = User.objects.create(username="ren", full_name="某人")
    names = Read(lambda pk: User.objects.filter(pk=pk).values_list("full_name"), 2_000_000_011)
    kept = Read(lambda pk: User.objects.filter(pk=pk).values_list("username"), 2_000_000_011)
    kept.planned_once()
    for number in range(4):
        assert update(User, {"pk": person.pk}, {"full_name": f"第{number}人"}) == 1
        assert names.first(person.pk) == (f"第{number}人",)
        assert kept.first(person.pk) == ("ren",)
    plans = kept_plans()
    assert 'UPDATE "accounts_user" SET "full_name" = $1 WHERE "id" = $2' in plans
    assert 'SELECT "accounts_user"."username"' in plans
    assert 'SELECT "accounts_user"."full_name"' not in plans


def test_values_of_every_kind_travel_beside_the_text():
    when = User.objects.create(username="ren", full_name="某人").created_at
    said = {
        "full_name": "%s 占位",
        "password": "",
        "last_login": None,
        "is_active": True,
        "must_change_password": False,
        "password_changed_at": when,
        "session_key": "",
        "created_at": when,
    }
    for number in range(4):
        key = insert(User, {**said, "username": f"ta{number}"})
        made = User.objects.get(pk=key)
        assert (made.full_name, made.last_login, made.created_at) == ("%s 占位", None, when)


def test_a_connection_just_used_is_not_asked_again(monkeypatch):
    from django.db.backends.postgresql import base  # not where there is no PostgreSQL

    asked, one = [], connections["default"]
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda _: asked.append(1) or True)
    monkeypatch.setattr(one, "_looked_at", float("-inf"))
    assert [one.is_usable() for _ in range(3)] == [True] * 3
    assert asked == [1]
    monkeypatch.setattr(one, "errors_occurred", True)
    assert one.is_usable()
    assert asked == [1, 1]
    monkeypatch.setattr(one, "errors_occurred", False)
    monkeypatch.setattr(type(one), "_is_quiet", lambda _: False)
    assert one.is_usable()
    assert asked == [1, 1, 1]
