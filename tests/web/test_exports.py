"""What is seen leaves as a file: official documents, the list as workbook and text."""

import csv
import io
import re

import pytest
from django.utils.translation import override
from docx import Document as WordDocument
from openpyxl import load_workbook

from jixiao.web.accounts.models import User
from jixiao.web.agencies.selectors import actor_of
from jixiao.web.filings.models import Filing, Job
from jixiao.web.workflow.jobs_export import export
from jixiao.web.workflow.jobs_list import start_list
from jixiao.web.workflow.jobs_run import run
from jixiao.web.workflow.models import Event
from tests.web.conftest import NOW, TODAY
from tests.web.handing_in import own_storage

__all__ = ["own_storage"]
HAN = re.compile(r"[\u3400-\u9fff]")


def content(response):
    return b"".join(response.streaming_content)


def test_a_neighbour_exports_nothing(a_filing, signed_in):
    filing = a_filing()
    browser = signed_in("nongji")
    assert browser.get(f"/filings/{filing.pk}/official.docx").status_code == 404
    refused = browser.post("/exports/official", {"query": "", "to": "docx"})
    assert refused.status_code == 409
    assert "没有可以导出的表" in refused.content.decode()
    lines = content(browser.get("/exports/list.csv")).decode("utf-8-sig").splitlines()
    assert len(lines) == 1


def test_unknown_formats_are_not_there(a_filing, signed_in):
    filing = a_filing()
    assert signed_in("taole").get(f"/filings/{filing.pk}/official.exe").status_code == 404
    assert signed_in("taole").get("/exports/list.pdf").status_code == 404


@pytest.mark.parametrize(("to", "start"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_one_official_document(a_filing, signed_in, to, start):
    response = signed_in("taole").get(f"/filings/{a_filing(4).pk}/official.{to}")
    assert response.status_code == 200
    assert content(response).startswith(start)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(code="document.exported").count() == 1


def test_what_the_list_shows_as_an_annex(a_filing, signed_in):
    for number in range(5):
        a_filing(number)
    name = Filing.objects.order_by("pk")[2].project_name
    response = signed_in("taole").post(
        "/exports/official", {"query": "order=name", "to": "docx", "annex": "1", "title": "附件2"}
    )
    text = "".join(cell.text for table in WordDocument(io.BytesIO(content(response))).tables
                   for row in table.rows for cell in row.cells)  # fmt: skip
    assert name in text


def test_many_forms_are_written_in_the_background(a_filing, signed_in, monkeypatch):
    for number in range(22):
        a_filing(number % 16)
    browser = signed_in("taole")
    asked = {"query": "year=2022", "to": "xlsx"}
    assert browser.post("/exports/official", asked).headers["Location"] == "/jobs"
    assert browser.post("/exports/official", asked).headers["Location"] == "/jobs"
    job = Job.objects.get()
    assert run(job.pk) == "done"
    assert "下载" in browser.get("/jobs").content.decode()
    book = load_workbook(io.BytesIO(content(browser.get(f"/jobs/{job.pk}/result"))))
    assert len(book.sheetnames) == 22
    assert signed_in("taole2").get(f"/jobs/{job.pk}/result").status_code == 404


def test_what_left_the_reach_is_not_written(a_filing, signed_in, person):
    for number in range(21):
        a_filing(number % 16)
    signed_in("taole").post("/exports/official", {"query": "", "to": "docx"})
    job = Job.objects.get()
    person("taole").user.memberships.update(ends_on="2020-01-01")
    assert run(job.pk) == "failed"
    job.refresh_from_db()
    assert "不在您可以查看的范围内" in job.reason
    assert export is not None


def test_the_list_as_workbook_and_text(a_filing, signed_in, sample_forms):
    filing = a_filing(4)
    Filing.objects.filter(pk=filing.pk).update(project_name="=1+2项目", total="1400000.50")
    browser = signed_in("taole")
    book = load_workbook(io.BytesIO(content(browser.get("/exports/list.xlsx"))))
    heads, row = list(book.active.values)
    assert heads[0] == "项目名称"
    assert (row[0], row[5]) == ("=1+2项目", 1400000.5)
    assert book.active["A2"].data_type == "s"
    text = content(browser.get("/exports/list.csv")).decode("utf-8-sig")
    assert next(iter(list(csv.reader(io.StringIO(text)))[1:]))[0] == "'=1+2项目"
    assert "没有" not in text
    assert (
        content(browser.get("/exports/list.csv?year=1999")).decode("utf-8-sig").count("\r\n") == 1
    )


def test_the_page_counts_what_is_seen(a_filing, signed_in):
    first = a_filing(4)
    a_filing(13)
    page = signed_in("taole").get("/exports", {"q": first.project_name}).content.decode()
    assert "列表中的 1 张表" in page


def test_the_list_speaks_the_language_of_the_page(a_filing, signed_in):
    filing = a_filing(4)
    Filing.objects.filter(pk=filing.pk).update(grade="良")
    browser = signed_in("taole")
    browser.cookies["django_language"] = "en"
    heads, row = list(csv.reader(io.StringIO(
        content(browser.get("/exports/list.csv")).decode("utf-8-sig")
    )))  # fmt: skip
    assert heads[:3] == ["Project name", "Project code", "Unit"]
    assert heads[-1] == "Filing no."
    assert (row[0], row[4], row[9]) == (filing.project_name, "Draft", "good")
    response = browser.get("/exports/list.xlsx")
    assert "%E7%94%B3%E6%8A%A5" not in response["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(content(response))).active
    assert not any(HAN.search(str(cell)) for cell in (sheet.title, *next(iter(sheet.values))))


def test_a_list_made_in_the_background_speaks_the_language_it_was_asked_in(a_filing):
    a_filing(4)
    for language, wanted in (("en", "Project name,"), ("zh", "项目名称,")):
        with override("zh-hans" if language == "zh" else "en"):
            job = start_list(
                actor=actor_of(User.objects.get(username="taole"), TODAY),
                words={}, order="updated", to="csv", now=NOW,
            )  # fmt: skip
        assert run(job.pk) == "done"
        job.refresh_from_db()
        with job.result.open() as kept:
            assert kept.read().decode("utf-8-sig").startswith(wanted)
        assert job.result_name.startswith("申报列表" if language == "zh" else "Filings")
        Job.objects.all().delete()
