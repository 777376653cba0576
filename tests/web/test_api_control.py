"""Control figures by programs: the same refusals as at the desk, the same places out of reach."""

from importlib import import_module

import pytest
from django.apps import apps

from jixiao.web.workflow.models import ControlFigure, RoundTotal
from tests.web.controlling import give_out as give_out  # noqa: PLC0414  a fixture
from tests.web.controlling import handed_in as handed_in  # noqa: PLC0414  a fixture
from tests.web.controlling import write as write  # noqa: PLC0414  a fixture

FIGURES, ISSUES = "/api/v1/control-figures", "/api/v1/control-issues"


def put(browser, *figures):
    asked = {"budget_year": 2022, "figures": list(figures)}
    return browser.put(FIGURES, asked, content_type="application/json")


@pytest.mark.parametrize(
    ("figure", "status"),
    [({"agency": "055001", "amount": "-1"}, 422), ({"agency": "055001", "amount": "1.234"}, 422),
     ({"agency": "055001", "amount": "无"}, 422), ({"agency": "055001", "amount": "NaN"}, 422),
     ({"agency": "055001"}, 422), ({"agency": "999", "amount": "1"}, 404),
     ({"agency": "640221-0101", "amount": "1"}, 422),
     ({"agency": "055001", "amount": "1", "project": "0" * 32}, 404)],
)  # fmt: skip
def test_what_is_no_figure_is_refused_and_nothing_is_written(signed_in, figure, status):
    answer = put(signed_in("yusuan"), {"agency": "055002", "amount": "5"}, figure)
    assert answer.status_code == status, answer.content
    assert not ControlFigure.objects.exists()


def test_the_same_unit_twice_and_a_stale_mark_are_refused(signed_in):
    bureau = signed_in("yusuan")
    one = {"agency": "055001", "amount": "1"}
    assert put(bureau, one, one).status_code == 422
    assert put(bureau, one | {"base": ""}).json() == {"written": 1}
    stale = put(signed_in("yewu"), one | {"base": "", "amount": "2"})
    assert stale.status_code == 409
    assert stale.json()["details"]["changed"][0]["by"] == "预算股经办人"


def test_written_given_out_and_read_by_the_unit(signed_in, handed_in):
    filing = handed_in()
    bureau, unit = signed_in("yusuan"), signed_in("taole")
    put(bureau, {"agency": "055001", "amount": "1.00", "note": "压减"})
    (row,) = unit.get(f"{FIGURES}?year=2022").json()["items"]
    assert (row["control"], row["draft"], row["has_draft"], row["note"]) == (None, None, False, "")
    paper = {"budget_year": 2022, "number": "1号", "issued_on": "2026-11-22"}
    made = bureau.post(ISSUES, paper, content_type="application/json")
    assert made.status_code == 201
    assert bureau.post(ISSUES, paper, content_type="application/json").status_code == 409
    (row,) = unit.get(f"{FIGURES}?year=2022").json()["items"]
    assert (row["control"], row["number"], row["note"]) == ("1.00", "1号", "压减")
    assert [one["number"] for one in unit.get(f"{ISSUES}?year=2022").json()["items"]] == ["1号"]
    assert signed_in("nongji").get(f"{ISSUES}?year=2022").json()["items"] == []
    (told,) = unit.get(f"/api/v1/filings/{filing.pk}/control").json()["items"]
    assert told["is_over"]
    assert unit.get(f"{FIGURES}?year=2022&under=021001").status_code == 404
    assert unit.get(f"{FIGURES}?year=2022&projects=021001").status_code == 404
    (project,) = bureau.get(f"{FIGURES}?year=2022&projects=055001").json()["items"]
    assert project["project"] == str(filing.project_key)


def test_an_upgrade_notes_what_was_handed_in_before(handed_in):
    filing = handed_in()
    RoundTotal.objects.all().delete()
    upgrade = import_module("jixiao.web.workflow.migrations.0003_control_figures")
    upgrade.note_rounds(apps, None)
    upgrade.note_rounds(apps, None)
    assert list(RoundTotal.objects.values_list("filing", "total")) == [(filing.pk, filing.total)]
