"""One of everything an address can name, in a county where a filing waits with the department."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jixiao.web.accounts.tokens import issue
from jixiao.web.agencies.models import Membership
from jixiao.web.filings.models import Filing, Job, SavedView, Suppression
from jixiao.web.workflow.announcing import hand_over
from jixiao.web.workflow.intake import Upload, receive
from jixiao.web.workflow.jobs_run import run
from jixiao.web.workflow.models import Event, Holiday, Notice, Webhook, Window
from tests.web.conftest import NOW
from tests.web.handing_in import TEXT
from tests.web.handing_in import own_storage as own_storage  # noqa: PLC0414  a fixture
from tests.web.test_journey import accept_everything, step


@pytest.fixture
def things(a_filing, person, county, own_storage):
    filing, draft = a_filing(12), a_filing(13)
    accept_everything(filing, person)
    step(person, filing, "taole", "submit")
    step(person, filing, "zhenzhang", "pass")
    taole = person("taole")
    received = receive(
        actor=taole, agency=county["055001"], budget_year=2022, now=NOW,
        uploads=[Upload("附件2.txt", [TEXT])],
    )  # fmt: skip
    run(received.job.pk)
    webhook = Webhook.objects.create(
        agency=county["640221"], url="https://oa.example/", salt="s", created_by=taole.user
    )
    event = Event.objects.filter(filing=filing).first()
    job = Job.objects.create(
        kind="export", key="k", title="导出", agency=county["055001"], created_by=taole.user,
        created_at=NOW, state="failed",
    )  # fmt: skip
    window = Window.objects.create(
        agency=county["640221"], budget_year=2029, stage=filing.stage, round="一上",
        opens_on="2028-09-01", closes_on="2028-10-01", layout=filing.layout,
    )  # fmt: skip
    token = issue(user=taole.user, name="甲", scopes=["read"], days=1, now=timezone.now()).token
    lent = Membership.objects.create(
        user=person("taole2").user, agency=county["055001"], role="unit_head",
        starts_on="2026-01-01", delegated_by=person("zhenzhang").user,
    )  # fmt: skip
    suppression = Suppression.objects.create(
        filing=draft, code="COS003", path="", reason="样表", by=taole.user, until="2099-01-01"
    )
    view = SavedView.objects.create(
        user=taole.user, agency=county["055001"], name="本年", query="year=2022"
    )
    Holiday.objects.create(day="2029-10-01", name="国庆节")
    return {
        "view": view.pk,
        "post": Membership.objects.get(user=person("zhenzhang").user).pk,
        "filing": filing.pk,
        "version": Filing.objects.get(pk=filing.pk).lock_version,
        "draft": draft.pk,
        "suppression": suppression.pk,
        "agency": county["055001"].pk,
        "department": county["055"].pk,
        "person": taole.user.pk,
        "membership": Membership.objects.get(user=taole.user).pk,
        "loan": lent.pk,
        "batch": received.batch.pk,
        "document": received.batch.files.get().document_id,
        "job": job.pk,
        "token": token.pk,
        "notice": Notice.objects.create(user=taole.user, filing=filing, text="退回修改").pk,
        "window": window.pk,
        "webhook": webhook.pk,
        "delivery": hand_over(webhook, event, NOW).pk,
        "day": (timezone.localdate() + timedelta(days=30)).isoformat(),
    }
