"""A year of control figures for tests: somebody writes, gives out, opens rounds and hands in."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from jixiao.web.filings.models import Filing
from jixiao.web.workflow.controlling import Entry, enter, issue
from jixiao.web.workflow.models import Window
from tests.web.conftest import NOW, TODAY
from tests.web.test_journey import accept_everything, step

LAYOUT = "nx_pingluo/project_target_2022"
HEADER = ["单位编码", "单位名称", "一上申报数（元）", "控制数（元）", "说明"]


@pytest.fixture
def write(person, county):
    """Somebody writes figures for places, by their codes."""

    def write(by="yusuan", base=None, year=2022, **figures):
        entries = [
            Entry(
                agency=county[code.removeprefix("at")],
                amount=None if amount is None else Decimal(amount),
                base=base,
            )
            for code, amount in figures.items()
        ]
        return enter(actor=person(by), year=year, entries=entries, now=NOW)

    return write


@pytest.fixture
def give_out(person):
    def give_out(number="平财预〔2022〕1号", by="yusuan", year=2022, now=NOW):
        return issue(actor=person(by), year=year, number=number, issued_on=TODAY, note="", now=now)

    return give_out


@pytest.fixture
def opened(county):
    """A window of a round, open today, or over."""

    def opened(round_, year=2022, days=5):
        return Window.objects.create(
            agency=county["640221"], budget_year=year, stage="target_setting", round=round_,
            opens_on=TODAY - timedelta(days=9), closes_on=TODAY + timedelta(days=days),
            layout=LAYOUT,
        )  # fmt: skip

    return opened


@pytest.fixture
def handed_in(a_filing, person):
    def handed_in(number=12):
        filing = a_filing(number)
        accept_everything(filing, person)
        done = step(person, filing, "taole", "submit")
        assert isinstance(done, Filing), done
        return Filing.objects.get(pk=filing.pk)

    return handed_in


def book(*rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()
