"""Typing into a draft over the wire: who may, what comes back, and nothing written twice."""

import html
import json

import pytest

from jixiao.form.codec import decode, encode
from jixiao.official.editing import change
from jixiao.web.filings.models import Filing, Revision, Suppression
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.models import Event

WRITE = {"type": "write", "path": "indicators[0].target", "text": "≥9个"}


@pytest.fixture
def send(signed_in):
    """Send a batch of operations as the page's script does."""

    def post(name, filing, operations, *, where="edit", **more):
        asked = {"lock_version": 0, "operations": operations, **more}
        return signed_in(name).post(
            f"/filings/{filing.pk}/{where}", json.dumps(asked), content_type="application/json"
        )

    return post


def form_now(filing):
    current = Filing.objects.get(pk=filing.pk)
    return decode(Revision.objects.get(filing=current, number=current.number).form)


def test_who_is_not_signed_in_gets_an_answer_a_script_understands(client, a_filing):
    filing = a_filing()
    response = client.post(f"/filings/{filing.pk}/edit", "{}", content_type="application/json")
    assert response.status_code == 401
    assert response.json()["code"] == "signed_out"
    assert form_now(filing).indicators[0].target.raw != "≥9个"


@pytest.mark.parametrize("name", ["nongji", "xitong", "renda"])
def test_what_lies_outside_is_not_there(send, a_filing, name):
    filing = a_filing()
    assert send(name, filing, [WRITE]).status_code == 404


@pytest.mark.parametrize("name", ["zhenzhang"])
def test_a_reader_does_not_write(send, a_filing, name):
    filing = a_filing()
    response = send(name, filing, [WRITE])
    assert (response.status_code, response.json()["code"]) == (409, "closed")


def test_a_submitted_form_is_closed(send, a_filing):
    filing = a_filing()
    Filing.objects.filter(pk=filing.pk).update(state="with_unit_head")
    response = send("taole", filing, [WRITE])
    assert response.status_code == 409
    assert "单位审签" in response.json()["message"]


@pytest.mark.parametrize(
    "body",
    [
        *("", "[]", "{", '{"lock_version": "x"}', '{"lock_version": 0, "more": 1}'),
        '{"lock_version": 0, "operations": [{"type": "burn", "path": "x"}]}',
    ],
)
def test_nonsense_is_refused(signed_in, a_filing, body):
    filing = a_filing()
    address = f"/filings/{filing.pk}/edit"
    response = signed_in("taole").post(address, body, content_type="application/json")
    assert response.status_code == 400


@pytest.mark.parametrize(
    "operation",
    [
        {"type": "write", "path": "indicators[0].nothing", "text": "x"},
        {"type": "write", "path": "narrative.goal", "text": "长" * 20_001},
        {"type": "remove", "block": "indicators", "at": 99},
        {"type": "insert", "block": "indicators", "at": 0, "texts": {"at": "x"}},
    ],
)
def test_a_place_that_is_not_there_writes_nothing(send, a_filing, operation):
    filing = a_filing()
    response = send("taole", filing, [WRITE, operation])
    assert (response.status_code, response.json()["code"]) == (400, "unknown_place")
    assert Filing.objects.get(pk=filing.pk).lock_version == 0


def test_a_save_answers_with_what_the_engine_says(send, a_filing):
    filing = a_filing()
    wrong = {**WRITE, "text": "≧ >90%"}
    answer = send("taole", filing, [wrong]).json()
    assert answer["lock_version"] == 1
    assert "VAL002" in answer["list"]
    assert 'data-cells="indicators[0].target' in answer["list"]
    assert "改为“" in answer["list"]
    assert "table" not in answer
    assert Filing.objects.get(pk=filing.pk).errors == answer["errors"]
    assert form_now(filing).indicators[0].target.raw == "≧ >90%"


def test_looking_writes_nothing(send, a_filing):
    filing = a_filing()
    events = Event.objects.count()
    answer = send("taole", filing, [{**WRITE, "text": "≧ >90%"}], keep=False).json()
    assert "VAL002" in answer["list"]
    assert Filing.objects.get(pk=filing.pk).lock_version == 0
    assert Event.objects.count() == events
    assert form_now(filing).indicators[0].target.raw != "≧ >90%"


def test_the_fix_of_a_finding_can_be_applied_by_its_path(send, a_filing):
    filing = a_filing()
    shown = send("taole", filing, [{**WRITE, "text": "≧ >90%"}]).json()["list"]
    start = shown.index('data-writes="') + len('data-writes="')
    writes = json.loads(html.unescape(shown[start : shown.index('"', start)]))
    assert [one.pop("was") for one in writes] == ["≧ >90%"]  # what must stand there still
    writes = [{"type": "write", **one} for one in writes]
    answer = send("taole", filing, writes, lock_version=1).json()
    assert "VAL002" not in answer["list"]


def test_a_change_of_rows_sends_the_table_and_what_undoes_it(send, a_filing):
    filing = a_filing()
    before = form_now(filing)
    answer = send("taole", filing, [{"type": "remove", "block": "indicators", "at": 1}]).json()
    assert "<table" in answer["table"]
    assert answer["rows"]["indicators"] == len(before.indicators) - 1
    back = send("taole", filing, answer["undo"], lock_version=1).json()
    assert back["rows"]["indicators"] == len(before.indicators)
    again = form_now(filing)
    assert [row.name.raw for row in again.indicators] == [row.name.raw for row in before.indicators]
    assert [row.target.raw for row in again.indicators] == [
        row.target.raw for row in before.indicators
    ]


def test_a_level_that_is_changed_merges_anew(send, a_filing):
    filing = a_filing()
    operation = {"type": "write", "path": "indicators[1].level2", "text": "成本指标"}
    assert "成本指标" in send("taole", filing, [operation]).json()["table"]


def test_the_second_writer_is_told_who_and_when_and_sees_both(send, a_filing):
    filing = a_filing()
    assert send("taole", filing, [WRITE]).status_code == 200
    response = send("taole2", filing, [{**WRITE, "text": "≥80%"}])
    answer = response.json()
    assert (response.status_code, answer["code"], answer["by"]) == (
        409, "conflict", "陶乐镇经办人",
    )  # fmt: skip
    assert "≥9个" in answer["table"]
    assert answer["lock_version"] == 1
    assert not answer["is_me"]
    assert form_now(filing).indicators[0].target.raw == "≥9个"


def test_looking_tells_of_the_other_writer_too(send, a_filing):
    filing = a_filing()
    send("taole", filing, [WRITE])
    assert send("taole2", filing, [], keep=False).status_code == 409


def test_a_batch_that_comes_twice_is_written_once(send, a_filing):
    filing = a_filing()
    insert = [{"type": "insert", "block": "indicators", "at": 1}]
    first = send("taole", filing, insert, batch="abc")
    second = send("taole", filing, insert, batch="abc")
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json()["lock_version"] == 1
    assert len(form_now(filing).indicators) == first.json()["rows"]["indicators"]
    assert Event.objects.filter(filing=filing, code="filing.saved").count() == 1
    assert not list(verify())


def test_the_page_is_the_official_table_with_fields(signed_in, a_filing):
    filing = a_filing()
    page = signed_in("taole").get(f"/filings/{filing.pk}").content.decode()
    assert 'name="indicators[0].target"' in page
    assert 'rowspan="' in page
    assert "<noscript>" in page
    assert "style=" not in page
    read = signed_in("zhenzhang").get(f"/filings/{filing.pk}").content.decode()
    assert 'data-path="indicators[0].target"' in read
    assert 'name="indicators[0].target"' not in read


def test_what_a_form_says_is_text_and_nothing_else(send, signed_in, a_filing):
    filing = a_filing()
    evil = '</textarea><script>alert("x")</script>'
    send("taole", filing, [{"type": "write", "path": "narrative.goal", "text": evil}, WRITE])
    for address in (f"/filings/{filing.pk}", f"/filings/{filing.pk}/print"):
        page = signed_in("taole").get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;/textarea&gt;" in page


def test_a_leading_line_break_is_not_swallowed(send, signed_in, a_filing):
    filing = a_filing()
    send("taole", filing, [{"type": "write", "path": "narrative.goal", "text": "\n目标"}])
    page = signed_in("taole").get(f"/filings/{filing.pk}").content.decode()
    assert ">\n\n目标</textarea>" in page


# -- without scripts ------------------------------------------------------------------------------


def test_a_plain_form_saves_what_differs(signed_in, a_filing):
    filing = a_filing()
    asked = {"lock_version": 0, "indicators[0].target": "≥9个", "narrative.goal": "一\r\n二"}
    response = signed_in("taole").post(f"/filings/{filing.pk}/form", asked)
    assert response.status_code == 302
    form = form_now(filing)
    assert (form.indicators[0].target.raw, form.narrative.goal.raw) == ("≥9个", "一\n二")
    assert len(form.indicators) > 3


def test_a_plain_form_that_is_stale_keeps_the_persons_words(signed_in, a_filing, send):
    filing = a_filing()
    send("taole2", filing, [WRITE])
    asked = {"lock_version": 0, "narrative.goal": "我写的总目标"}
    response = signed_in("taole").post(f"/filings/{filing.pk}/form", asked)
    page = response.content.decode()
    assert response.status_code == 409
    assert "陶乐镇第二经办人" in page
    assert "我写的总目标" in page
    assert form_now(filing).narrative.goal.raw != "我写的总目标"


def test_a_plain_form_of_a_reader_is_refused(signed_in, a_filing):
    filing = a_filing()
    asked = {"lock_version": 0, "narrative.goal": "x"}
    assert signed_in("zhenzhang").post(f"/filings/{filing.pk}/form", asked).status_code == 409
    assert signed_in("nongji").post(f"/filings/{filing.pk}/form", asked).status_code == 404


# -- suggestions, reasons, rules ------------------------------------------------------------------


def test_last_years_value_is_suggested_first(signed_in, a_filing, sample_forms):
    last = a_filing(4)
    Filing.objects.filter(pk=last.pk).update(budget_year=2021)
    filing = a_filing(4)
    address = f"/filings/{filing.pk}/suggestions?path=indicators[0].target"
    (first, *_) = signed_in("taole").get(address).json()["suggestions"]
    assert first["source"] == "上年（2021）"
    assert first["text"] == sample_forms[4].indicators[0].target.raw.strip()


def test_nothing_is_suggested_from_out_of_reach(signed_in, a_filing):
    a_filing(4, by="taole", at="055001")
    other = a_filing(4, by="nongji", at="021001")
    address = f"/filings/{other.pk}/suggestions?path=indicators[0].target"
    assert signed_in("nongji").get(address).json()["suggestions"] == []
    assert signed_in("taole").get(address).status_code == 404


def answered(signed_in, name, filing, **asked):
    return signed_in(name).post(
        f"/filings/{filing.pk}/answer", json.dumps(asked), content_type="application/json"
    )


def test_a_finding_is_kept_with_a_reason_and_an_end(signed_in, a_filing, send):
    filing = a_filing()
    shown = send("taole", filing, [{**WRITE, "text": "≧ >90%"}]).json()
    asked = {"code": "VAL002", "path": "indicators[0].target"}
    for wrong in ({"reason": "", "until": "2999-01-01"}, {"reason": "有文件依据"}):
        assert answered(signed_in, "taole", filing, **asked, **wrong).status_code == 400
    until = "2027-06-30"
    said = answered(signed_in, "taole", filing, **asked, reason="有文件依据", until=until)
    assert said.status_code == 200, said.content
    assert Filing.objects.get(pk=filing.pk).errors == shown["errors"] - 1
    page = signed_in("taole").get(f"/filings/{filing.pk}").content.decode()
    assert "有文件依据" in page
    assert Event.objects.filter(filing=filing, code="finding.accepted").exists()
    answered(signed_in, "taole", filing, **asked, back=True)
    assert not Suppression.objects.exists()
    assert Filing.objects.get(pk=filing.pk).errors == shown["errors"]
    assert not list(verify())


def test_only_whose_turn_it_is_answers_for_findings(signed_in, a_filing):
    filing = a_filing()
    asked = {"code": "VAL002", "path": "", "reason": "有文件依据", "until": "2027-06-30"}
    assert answered(signed_in, "zhuguan", filing, **asked).status_code in (404, 409)
    assert answered(signed_in, "nongji", filing, **asked).status_code == 404
    assert not Suppression.objects.exists()


def test_the_page_of_a_rule(signed_in, county):
    page = signed_in("taole").get("/rules/VAL002").content.decode()
    assert "怎样修改" in page
    assert "依据" in page
    assert signed_in("taole").get("/rules/NOPE").status_code == 404


def test_a_value_in_the_forms_own_unit_is_typed_in_that_unit(signed_in, a_filing, sample_forms):
    filing = a_filing()
    Filing.objects.filter(pk=filing.pk).update(layout="cn_mof/project_target_2015")
    form = change(sample_forms[12], "funding.total", "12345")
    Revision.objects.filter(filing=filing).update(form=encode(form).decode())
    page = signed_in("taole").get(f"/filings/{filing.pk}").content.decode()
    assert ">\n12345</textarea>" in page
    read = signed_in("zhenzhang").get(f"/filings/{filing.pk}").content.decode()
    assert "1.2345" in read


def test_a_reason_that_has_ended_no_longer_counts(signed_in, a_filing, send, person):
    filing = a_filing()
    Suppression.objects.create(
        filing=filing, code="VAL002", path="", reason="到期了", by=person("taole").user,
        until="2020-01-01",
    )  # fmt: skip
    assert "VAL002" in send("taole", filing, [{**WRITE, "text": "≧ >90%"}]).json()["list"]
    assert "到期了" not in signed_in("taole").get(f"/filings/{filing.pk}").content.decode()


def test_a_value_written_whole_shows_anew_in_its_parts(send, a_filing):
    filing = a_filing()
    Filing.objects.filter(pk=filing.pk).update(layout="sc/self_evaluation_2023")
    answer = send("taole", filing, [{**WRITE, "text": "≥95%"}]).json()
    assert 'name="indicators[0].operator"' in answer["table"]
