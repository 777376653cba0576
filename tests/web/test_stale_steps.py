"""A step from a tab whose form has moved on: nothing happens, it is said, and no word is lost."""

import pytest

from jixiao.web.filings.models import Filing
from jixiao.web.workflow.models import Event, Opinion

WORDS = "同意。第三季度前完成招标，<b>请核</b>预算。"


@pytest.fixture
def step(signed_in, a_filing):
    """One filing whose audit has errors, and a press on one of its buttons."""
    filing = a_filing(5)

    def press(name, action, lock=None):
        asked = {"action": action, "lock_version": filing.lock_version if lock is None else lock}
        return signed_in(name).post(f"/filings/{filing.pk}/act", {**asked, "opinion": WORDS})

    press.pk = filing.pk
    return press


def state(pk):
    return Filing.objects.values_list("state", "lock_version").get(pk=pk)


def test_a_step_from_a_stale_tab_is_told_and_keeps_what_was_written(step, signed_in):
    save = {"lock_version": 0, "operations": [], "batch": "x1"}
    lock = Filing.objects.get(pk=step.pk).lock_version
    write = {"type": "write", "path": "narrative.goal", "text": "另一个窗口写的目标"}
    save |= {"lock_version": lock, "operations": [write]}
    done = signed_in("taole").post(
        f"/filings/{step.pk}/edit", save, content_type="application/json"
    )
    assert done.status_code == 200
    before = state(step.pk)
    told = step("taole", "withdraw", lock=lock)
    page = told.content.decode()
    assert told.status_code == 409
    assert "有了变化，请看过最新内容再办理" in page
    assert "另一个窗口写的目标" in page
    assert "同意。第三季度前完成招标，&lt;b&gt;请核&lt;/b&gt;预算。</textarea>" in page
    assert state(step.pk) == before
    assert not Opinion.objects.exists()
    assert not Event.objects.filter(code="filing.withdrawn").exists()


def test_a_refused_step_keeps_what_was_written(step):
    told = step("taole", "submit")
    assert told.status_code == 409
    assert "第三季度前完成招标" in told.content.decode().partition('id="opinion"')[2]
    assert state(step.pk)[0] == "draft"


def test_the_button_pressed_twice_takes_the_step_once(step):
    assert step("taole", "withdraw").status_code == 302
    assert step("taole", "withdraw").status_code == 409
    assert Event.objects.filter(code="filing.withdrawn").count() == 1
    assert Opinion.objects.count() == 1


def test_the_words_of_one_are_not_on_the_page_of_another(step, signed_in):
    step("taole", "submit")
    assert (
        "第三季度前完成招标" not in signed_in("taole").get(f"/filings/{step.pk}").content.decode()
    )
