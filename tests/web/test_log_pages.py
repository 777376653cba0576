"""The log: filtered, verified, and taken along as a file that proves itself."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import jixiao.web
from jixiao.lifecycle.journey import journey_of
from jixiao.web.filings.models import Job
from jixiao.web.workflow import verifier
from jixiao.web.workflow.event_words import EVENT_LABELS, payload_label
from jixiao.web.workflow.jobs_run import run
from jixiao.web.workflow.models import Event


def exported(browser, query="") -> list[str]:
    answer = browser.get(f"/log/export{query}")
    return b"".join(answer.streaming_content).decode().splitlines(keepends=True)


def test_every_kind_of_event_has_words():
    known = {action.event for action in journey_of().stage.actions}
    for path in Path(jixiao.web.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                "write_event",
                "note",
                "_note",
            ):
                known |= {
                    word.value.value for word in node.keywords
                    if word.arg == "code" and isinstance(word.value, ast.Constant)
                }  # fmt: skip
    assert known
    assert not sorted(known - set(EVENT_LABELS))


def test_filters(signed_in, a_filing, county):
    filing = a_filing()
    browser = signed_in("rizhi")
    assert "新建申报" in browser.get(f"/log?filing={filing.pk}&code=filing.begun").content.decode()
    for nothing in ("who=nobody", "from=2099-01-01", "to=2000-01-01", f"agency={county['021'].pk}"):
        assert "没有符合条件的记录" in browser.get(f"/log?{nothing}").content.decode()
    assert browser.get("/log?from=2026-13-45&agency=x&filing=y").status_code == 200


def test_the_page_verifies(signed_in, a_filing):
    a_filing()
    browser = signed_in("rizhi")
    assert "核验通过" in browser.post("/log/verify").content.decode()
    Event.objects.filter(code="filing.begun").update(actor_name="别人")
    assert "内容被改动" in browser.post("/log/verify").content.decode()


def test_an_exported_file_proves_itself_alone(signed_in, a_filing, tmp_path):
    a_filing()
    a_filing(13)
    file = tmp_path / "log.jsonl"
    file.write_text("".join(exported(signed_in("rizhi"))), encoding="utf-8")
    program = [sys.executable, "-I", verifier.__file__, str(file)]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "操作日志完整。\n")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda lines: lines[:-1], "末尾的记录缺失"),
        (lambda lines: [lines[0], *lines[2:]], "序号不连续"),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], "序号不连续"),
        (lambda lines: [one.replace("陶乐镇经办人", "某人") for one in lines], "内容被改动"),
        (lambda lines: lines[1:], "第一行不是"),
        (lambda lines: [], "第一行不是"),
    ],
)
def test_a_damaged_file_is_found_out(signed_in, a_filing, county, damage, words):
    a_filing()
    a_filing(13)
    lines = exported(signed_in("rizhi"), f"?agency={county['055001'].pk}")
    assert not list(verifier.broken(lines))
    assert any(words in one for one in verifier.broken(damage(lines)))


def test_the_export_is_in_the_log_itself(signed_in, a_filing):
    a_filing()
    lines = exported(signed_in("rizhi"))
    assert json.loads(lines[0])["format"] == "jixiao.log/1"
    assert Event.objects.filter(code="log.exported").count() == 1


def test_state_audit_reads_the_log_of_its_part(signed_in):
    assert signed_in("shenji").get("/log").status_code == 200
    assert signed_in("renda").get("/log").status_code == 404


def test_a_long_log_is_verified_in_the_background_and_the_last_result_is_shown(
    signed_in, a_filing, monkeypatch
):
    monkeypatch.setattr("jixiao.web.workflow.jobs_verify._AT_ONCE", 0)
    a_filing()
    browser = signed_in("rizhi")
    assert "正在后台核验" in browser.post("/log/verify").content.decode()
    run(Job.objects.get(kind="verify").pk)
    page = browser.get("/log").content.decode()
    assert "核验通过" in page
    assert "核验时间" in page
    Event.objects.filter(code="filing.begun").update(actor_name="别人")
    assert "核验通过" in browser.get("/log").content.decode()  # nothing is walked by looking
    browser.post("/log/verify")
    run(Job.objects.filter(kind="verify").latest("pk").pk)
    assert "内容被改动" in browser.get("/log").content.decode()


def test_what_was_issued_is_called_by_its_words():
    assert payload_label("control.issued", "number") == "文号"
    assert payload_label("filing.passed", "number") == "版本"
    assert payload_label("window.opened", "opens_on") == "开始"
    assert payload_label("filing.passed", "没有的") == "没有的"
