"""A county to measure on: the demonstration's tree, a draft of so many rows, and bare views.

The bare views are the floor: the same framework, server and database, the same bytes, no thought.
"""

from datetime import date

from benchmarks import web_setting
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from jixiao.lifecycle.journey import journey_of
from jixiao.official.editing import change, insert_row
from jixiao.pipeline import read
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import actor_of
from jixiao.web.config import demo, urls
from jixiao.web.desk.context import actor
from jixiao.web.filings.counting import keep_tally
from jixiao.web.filings.models import Filing, Revision
from jixiao.web.workflow.filing import begin

assert web_setting.FOLDER  # settings stand before the models are met
SAMPLE = "src/jixiao/sample/taole-2022.txt"


def county() -> None:
    """Tables, tree and people; nothing where they stand already."""
    call_command("migrate", verbosity=0, interactive=False)
    if not Agency.objects.exists():
        demo._file_sample = lambda *_: None  # noqa: SLF001  the tree alone
        demo.plant()


def actor_named(name: str):
    return actor_of(User.objects.get(username=name), date(2026, 11, 22))


def a_draft(*, rows: int):
    """A real form of the sample, brought to so many rows."""
    county()
    form = read(SAMPLE).forms[4]
    while len(form.indicators) < rows:
        at = len(form.indicators)
        form = insert_row(form, "indicators", at)
        form = change(form, f"indicators[{at}].name", f"清运生活垃圾{at}")
        form = change(form, f"indicators[{at}].target", f"≥{at}吨")
    filing = begin(
        actor=actor_named("taole"),
        agency=Agency.objects.get(code="055001"),
        form=form,
        journey=journey_of(),
        budget_year=2022,
        now=timezone.now(),
        profile="nx_pingluo_2022",
    )
    return filing, form


def client_of(name: str) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username=name), "django.contrib.auth.backends.ModelBackend")
    return client


class BareWrite:
    """One transaction that writes a draft's document, as a service and as a view."""

    def __init__(self, filing: Filing) -> None:
        self.pk = Revision.objects.get(filing=filing, number=1).pk
        self.text = Revision.objects.get(pk=self.pk).form
        self.number = 0
        self.address = add_view("bare-write", self.view)

    def write(self) -> None:
        self.number += 1
        with transaction.atomic():
            # A blank more or less: another text each time, and the same form.
            Revision.objects.filter(pk=self.pk).update(form=self.text + " " * (self.number % 2))

    def view(self, request):
        assert request.user.is_authenticated
        self.write()
        return HttpResponse(b"{}", content_type="application/json")


def add_view(name: str, view) -> str:
    """An address for a bare view of this run."""
    urls.urlpatterns.insert(0, path(f"bench/{name}", view))
    return f"/bench/{name}"


def bare_page(name: str, content: bytes) -> str:
    """A view that knows who asks, and answers these bytes."""

    def view(request):
        assert actor(request).posts
        return HttpResponse(content)

    return add_view(f"page-{name}", view)


def some_filings(least: int) -> dict[str, list[int]]:
    """Forms of twelve rows, no two alike: drafts, and such as wait for reviewers."""
    filing, form = a_draft(rows=12)
    found: dict[str, list[int]] = {"draft": [filing.pk]}
    waiting = ("with_department", "with_performance_division")
    unit, now = Agency.objects.get(code="055001"), timezone.now()
    for number in range(3 * least):
        goal = f"{number}年内清运生活垃圾，保持道路整洁。"
        one = begin(
            actor=actor_named("taole"),
            agency=unit,
            form=change(
                change(form, "narrative.goal", goal), "header.project_name", f"项目{number}"
            ),
            journey=journey_of(),
            budget_year=2022,
            now=now,
            profile="nx_pingluo_2022",
        )
        state = ("draft", *waiting)[number % 3]
        if state != "draft":
            Filing.objects.filter(pk=one.pk).update(state=state, submitted_at=now)
            Revision.objects.filter(filing=one).update(status="submitted")
        found.setdefault(state, []).append(one.pk)
    keep_tally(unit.pk, 2022)
    return found
