"""Saving a draft: what is written, what is not, and in how many statements."""

from collections.abc import Callable
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jixiao.form.codec import decode, encode
from jixiao.form.forms import Form
from jixiao.lifecycle.journey import journey_of
from jixiao.official.editing import change
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Filing, FindingCount, Revision, Tally
from jixiao.web.filings.selectors import form_of
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.filing import Conflict, NotYours, Saved, save_draft
from jixiao.web.workflow.models import Event
from tests.audit.test_remembered import edited
from tests.web.conftest import NOW

#: BEGIN and COMMIT are among them, the savepoint of the test's own transaction.
_MOST_STATEMENTS_OF_A_SAVE, _MOST_STATEMENTS_OF_A_REQUEST = 9, 14
TARGET = "indicators[3].target"


@pytest.fixture
def save(person: Callable[[str], Actor]) -> Callable[..., Saved | Conflict]:
    """Save as the page does: with the form that stands there at hand."""

    actor = person("taole")

    def saved(filing: Filing, form: Form, before: Form | None = None) -> Saved | Conflict:
        return save_draft(
            actor=actor,
            filing=filing,
            form=form,
            lock_version=filing.lock_version,
            journey=journey_of(),
            now=NOW,
            before=before,
        )

    return saved


def everything(filing: Filing) -> list[object]:
    """All that a save may write."""
    rows: list[object] = list(Filing.objects.filter(pk=filing.pk).values())
    rows += Revision.objects.filter(filing=filing).values()
    rows += FindingCount.objects.order_by("pk").values()
    rows += Tally.objects.order_by("pk").values()
    rows += Event.objects.order_by("pk").values()
    return rows


def test_a_form_that_is_the_same_writes_nothing(
    a_filing: Callable[..., Filing], save: Callable[..., Saved | Conflict]
) -> None:
    filing = a_filing(4)
    read, _ = form_of(filing)
    form = change(read, TARGET, "≥7个")  # typed: its place is the cell, no longer the document's
    save(filing, form, read)
    before = everything(filing)
    saved = save(filing, change(form, TARGET, "≥7个"), form)
    assert isinstance(saved, Saved)
    assert saved.filing.lock_version == 1
    assert saved.report.findings
    assert everything(filing) == before


def test_the_same_form_on_an_older_version_is_told_of_the_other(
    a_filing: Callable[..., Filing], save: Callable[..., Saved | Conflict]
) -> None:
    filing = a_filing(4)
    older = Filing.objects.get(pk=filing.pk)
    form, _ = form_of(filing)
    save(filing, change(form, TARGET, "≥7个"), form)
    assert isinstance(save(older, change(form, TARGET, "≥8个"), form), Conflict)


def test_a_frozen_revision_is_never_written(
    a_filing: Callable[..., Filing], save: Callable[..., Saved | Conflict]
) -> None:
    filing = a_filing(4)
    form, _ = form_of(filing)
    Revision.objects.filter(filing=filing).update(status="approved")
    before = everything(filing)
    with pytest.raises(NotYours):
        save(filing, change(form, TARGET, "≥7个"), form)
    assert everything(filing) == before


def test_what_is_saved_with_the_form_at_hand_is_what_is_saved_without(
    a_filing: Callable[..., Filing], save: Callable[..., Saved | Conflict]
) -> None:
    """The columns of lists and search, counts and sums do not depend on who knows what."""
    one, other, chance = a_filing(4), a_filing(4), Random(7)
    form, _ = form_of(one)
    derived = ("project_name", "project_code", "category", "total", "indicator_count", "words")
    for _ in range(25):
        new = edited(form, chance)
        assert decode(encode(new)) == new  # the writer goes on with the form, not with its text
        save(one, new, form)
        save(other, new)
        form, revision = form_of(one)
        assert form == new
        assert revision.form == form_of(other)[1].form
        now = [
            Filing.objects.values_list(*derived, "errors", "warnings").get(pk=each.pk)
            for each in (one, other)
        ]
        assert now[0] == now[1]
        counts = [
            list(each.finding_counts.order_by("code").values_list("code", "severity", "count"))
            for each in (one, other)
        ]
        assert counts[0] == counts[1]
    assert sum(row.errors for row in Tally.objects.all()) == 2 * one.errors
    assert not list(verify())


def test_a_save_is_a_few_statements(
    a_filing: Callable[..., Filing], save: Callable[..., Saved | Conflict]
) -> None:
    filing = a_filing(4)
    form, _ = form_of(filing)
    with CaptureQueriesContext(connection) as asked:
        save(filing, change(form, TARGET, form.indicators[3].target.raw + " "), form)
    texts = [one["sql"] for one in asked.captured_queries]
    assert len(texts) <= _MOST_STATEMENTS_OF_A_SAVE, texts
    written = next(text for text in texts if text.startswith('UPDATE "filings_filing"'))
    assert '"words"' not in written
    assert '"project_name"' not in written


def test_a_request_is_a_few_statements(
    a_filing: Callable[..., Filing], signed_in: Callable[[str], Client]
) -> None:
    filing, browser = a_filing(4), signed_in("taole")
    for number in range(3):
        operation = f'{{"type": "write", "path": "{TARGET}", "text": "≥{number}个"}}'
        sent = f'{{"lock_version": {number}, "operations": [{operation}], "batch": "{number}"}}'
        with CaptureQueriesContext(connection) as asked:
            answer = browser.post(
                f"/filings/{filing.pk}/edit", sent, content_type="application/json"
            )
        assert answer.status_code == 200, answer.content
    assert len(asked) <= _MOST_STATEMENTS_OF_A_REQUEST, [one["sql"] for one in asked]
