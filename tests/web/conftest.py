"""The sample county for the tests of the web: one agency tree, one person for every role."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from jixiao.form.forms import Form
from jixiao.lifecycle.journey import journey_of
from jixiao.pipeline import read
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor, actor_of
from jixiao.web.config import demo
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.filing import begin

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
SAMPLE = "src/jixiao/sample/taole-2022.txt"


@pytest.fixture(autouse=True)
def kept_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of a request never closes the connection that holds a test's own transaction.

    Django's client sees to that; a request through the server's doorway, or a response closed by
    hand, does not, and PostgreSQL's connections are given back after every request.
    """
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def keep(connection: BaseDatabaseWrapper) -> None:
        if not connection.in_atomic_block:
            close(connection)

    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", keep)


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """No request of the minute before counts: people of other tests have the same keys."""
    cache.clear()


@pytest.fixture(scope="session")
def sample_forms() -> tuple[Form, ...]:
    return read(SAMPLE).forms


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Agency]:
    """The tree and the people of the demonstration, without its window and its filings."""
    monkeypatch.setattr(demo, "_open_season", lambda *_: None)
    monkeypatch.setattr(demo, "_file_sample", lambda *_: None)
    demo.plant()
    return {agency.code: agency for agency in Agency.objects.all()}


@pytest.fixture
def person(county: dict[str, Agency]) -> Callable[[str], Actor]:
    """Somebody of the county as an actor, by the sign-in name."""
    return lambda name: actor_of(User.objects.get(username=name), TODAY)


@pytest.fixture
def signed_in(county: dict[str, Agency]) -> Callable[[str], Client]:
    """A browser in which somebody is signed in."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(
            User.objects.get(username=name), "django.contrib.auth.backends.ModelBackend"
        )
        return client

    return sign_in


@pytest.fixture
def a_filing(
    county: dict[str, Agency], person: Callable[[str], Actor], sample_forms: tuple[Form, ...]
) -> Callable[..., Filing]:
    """A draft of the town from one of the sample's forms (by its number, from 0)."""

    def make(number: int = 12, *, by: str = "taole", at: str = "055001") -> Filing:
        return begin(
            actor=person(by),
            agency=county[at],
            form=sample_forms[number],
            journey=journey_of(),
            budget_year=2022,
            now=NOW,
            profile="nx_pingluo_2022",
        )

    return make
