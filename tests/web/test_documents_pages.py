"""The pages of handing in, as a browser asks for them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from jixiao.form.codec import decode
from jixiao.official.convert import convert
from jixiao.web.filings.models import Batch, Document, Filing, Job, ReadForm
from jixiao.web.workflow.jobs_run import run
from tests.web.handing_in import TEXT, handed_in, own_storage

__all__ = ["handed_in", "own_storage"]


def file(name="附件2.txt", content=TEXT):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def read_document(handed_in):
    run(handed_in(("附件2.txt", TEXT)).job.pk)
    return Document.objects.get()


def test_an_ended_session_is_said_before_anything_is_read(client, county):
    response = client.post("/documents/upload", {"files": file()})
    assert response.status_code == 401
    assert "登录已结束，文件没有上传" in response.content.decode()
    assert not Batch.objects.exists()


def test_the_token_is_asked_for(signed_in):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = signed_in("taole").cookies
    response = browser.post("/documents/upload", {"files": file()})
    assert response.status_code == 403
    assert not Batch.objects.exists()


def test_nothing_chosen(signed_in):
    response = signed_in("taole").post("/documents/upload", {})
    assert response.status_code == 400
    assert "没有选文件" in response.content.decode()


def test_a_file_over_the_limit_is_let_go(signed_in, settings, own_storage):
    settings.LARGEST_UPLOAD = 400_000
    large = SimpleUploadedFile("大.docx", b"x" * 3_000_000)
    page = signed_in("taole").post("/documents/upload", {"files": large})
    assert page.status_code == 413
    assert "“大.docx”超过" in page.content.decode()
    both = {"files": [SimpleUploadedFile("大.docx", b"x" * 500_000), file("小.txt", TEXT[:3000])]}
    assert signed_in("taole").post("/documents/upload", both).status_code == 302
    assert {row.name: row.status for row in Batch.objects.get().files.all()}["大.docx"] == "failed"


def test_a_hopeless_request_is_not_looked_at(signed_in, settings):
    settings.LARGEST_UPLOAD = 100
    page = signed_in("taole").post("/documents/upload", {"files": file()})
    assert page.status_code == 413
    assert "一次上传的内容太多" in page.content.decode()


def test_a_full_disk_is_said(signed_in, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jixiao.web.filings.documents.os.fsync", full)
    page = signed_in("taole").post("/documents/upload", {"files": file()})
    assert page.status_code == 507
    assert "存储空间不足" in page.content.decode()
    assert not Document.objects.exists()


def test_small_files_are_read_at_once_and_become_drafts(signed_in):
    browser = signed_in("taole")
    answer = browser.post("/documents/upload", {"files": file(), "year": "2022"})
    document = Document.objects.get()
    assert answer.headers["Location"] == f"/documents/{document.pk}"
    page = browser.get(f"/documents/{document.pk}").content.decode()
    assert "读出 16 张表" in page
    unit = document.agency_id
    chosen = {"form": ["1", "5"], "unit-1": str(unit), "unit-5": str(unit)}
    browser.post(f"/documents/{document.pk}/drafts", chosen)
    assert Filing.objects.count() == 2
    again = browser.post(f"/documents/{document.pk}/drafts", chosen, follow=True).content.decode()
    assert "2 张已有同名申报" in again
    assert Filing.objects.count() == 2


def test_a_foreign_unit_is_not_there(signed_in, read_document, county):
    answer = signed_in("taole").post(
        f"/documents/{read_document.pk}/drafts",
        {"form": "1", "unit-1": str(county["021001"].pk)},
    )
    assert answer.status_code == 404
    assert not Filing.objects.exists()


def test_a_neighbour_finds_no_document(signed_in, read_document):
    pages = ("", "/file", "/forms/1", "/pages/1.png")
    found = [f"/documents/{read_document.pk}{page}" for page in pages]
    for name in ("nongji", "xitong", "jixiao"):
        assert [signed_in(name).get(page).status_code for page in found] == [404] * 4
    batch = Batch.objects.get()
    assert signed_in("nongji").get(f"/imports/{batch.pk}").status_code == 404


def test_a_document_is_only_ever_downloaded(signed_in, read_document):
    response = signed_in("taole").get(f"/documents/{read_document.pk}/file")
    assert b"".join(response.streaming_content) == TEXT
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] == "application/octet-stream"


def test_the_page_beside_the_record(signed_in, read_document):
    browser = signed_in("taole")
    address = f"/documents/{read_document.pk}/forms/6"
    page = browser.get(f"{address}?at=indicators[0].target").content.decode()
    assert "原件" in page
    assert "style=" not in page
    form = ReadForm.objects.get(number=6)
    answer = browser.post(f"{address}/settle", {"path": "indicators[0].target", "text": "≥12次"})
    assert answer.status_code == 302
    form.refresh_from_db()
    assert form.settled == ["indicators[0].target"]
    assert "已改正" in browser.get(f"{address}?at=indicators[0].target").content.decode()
    missing = browser.post(f"{address}/settle", {"path": "indicators[99].target", "text": "x"})
    assert missing.status_code == 404
    assert browser.get(f"/documents/{read_document.pk}/forms/99").status_code == 404


def test_rows_of_the_document_stand_beside_the_record(signed_in, handed_in, sample_forms):
    made = convert(sample_forms[:2], "docx")
    run(handed_in(("两张.docx", made.content)).job.pk)
    document = Document.objects.get()
    browser = signed_in("taole")
    address = f"/documents/{document.pk}/forms/2"
    whole = browser.get(address).content.decode()  # nothing is doubtful, nothing chosen
    shown = whole.partition('class="original"')[2]
    assert sample_forms[1].header.project_name.raw in shown
    assert sample_forms[0].header.project_name.raw not in shown
    page = browser.get(f"{address}?at=indicators[3].target").content.decode()
    around = page.partition('class="original"')[2].partition("</table>")[0]
    assert f'class="marked-cell">{sample_forms[1].indicators[3].target.raw}' in around
    assert 5 <= around.count("<tr>") <= 7
    level = sample_forms[1].indicators[3].level1.raw  # a merged cell that begins further up
    assert level in around


def test_amounts_stand_as_the_document_has_them(signed_in, handed_in):
    """A table nobody has described is drawn on a layout in 万元; its 元 stay 元."""
    text = (
        "项目支出绩效目标表\n（2023年度）\n项目名称\t社区服务中心\t项目负责人\t\n"
        "实施单位\t街道办事处\t项目类别\t特定目标类\n"
        "项目资金（元）\t年度资金总额\t4100000\n\t其中：财政拨款\t4100000\n"
        "年度目标\t建成社区服务中心一处\n"
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t建筑面积\t≥13459平方米\n"
    )
    run(handed_in(("甲.txt", text.encode())).job.pk)
    page = signed_in("taole").get(f"/documents/{Document.objects.get().pk}/forms/1")
    sheet = page.content.decode().partition('class="read-sheet"')[2]
    assert "4100000" in sheet
    assert "换算" not in sheet


def test_a_page_of_a_pdf_with_its_box(signed_in, handed_in, sample_forms, settings):
    made = convert(sample_forms[:2], "pdf")
    run(handed_in(("两张.pdf", made.content)).job.pk)
    document = Document.objects.get()
    browser = signed_in("taole")
    picture = browser.get(f"/documents/{document.pk}/pages/1.png")
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert browser.get(f"/documents/{document.pk}/pages/1.png").content == picture.content
    assert browser.get(f"/documents/{document.pk}/pages/99.png").status_code == 404
    whole = browser.get(f"/documents/{document.pk}/forms/1").content.decode()
    assert '<img class="page-part"' in whole
    page = browser.get(f"/documents/{document.pk}/forms/1?at=header.project_name").content.decode()
    assert '<rect class="marked"' in page
    assert "第 1 页" in page


def test_the_report_of_a_batch(signed_in, handed_in, tmp_path):
    received = handed_in(("附件2.txt", TEXT), ("=坏.docx", b"PK\x03\x04broken" * 30))
    run(received.job.pk)
    browser = signed_in("taole")
    page = browser.get(f"/imports/{received.batch.pk}").content.decode()
    assert "读完了：2 个文件，读出 16 张表" in page
    response = browser.get(f"/imports/{received.batch.pk}/report.xlsx")
    (tmp_path / "r.xlsx").write_bytes(b"".join(response.streaming_content))
    rows = list(load_workbook(tmp_path / "r.xlsx").active.values)
    assert [row[1:4] for row in rows[1:]] == [
        ("附件2.txt", "已读取", 16),
        ("=坏.docx", "没有读出", 0),
    ]


def test_a_batch_becomes_drafts_without_the_doubtful_ones(signed_in, handed_in):
    received = handed_in(("附件2.txt", TEXT))
    run(received.job.pk)
    doubtful = ReadForm.objects.filter(doubtful__gt=0).count()
    assert doubtful
    browser = signed_in("taole")
    address = f"/imports/{received.batch.pk}"
    assert f"把无需核对的 {16 - doubtful} 张建为草稿" in browser.get(address).content.decode()
    assert signed_in("nongji").post(f"{address}/drafts").status_code == 404
    assert browser.post(f"{address}/drafts").headers["Location"] == "/jobs"
    job = Job.objects.get(kind="draft")
    assert run(job.pk) == "done"
    assert Filing.objects.count() == 16 - doubtful
    job.refresh_from_db()
    assert job.words == f"新建 {16 - doubtful} 张草稿，{doubtful} 张还要核对"
    assert browser.post(f"{address}/drafts").headers["Location"] == address
    assert Filing.objects.count() == 16 - doubtful


def test_queries_do_not_grow_with_rows(signed_in, handed_in, django_assert_max_num_queries):
    run(handed_in(("附件2.txt", TEXT)).job.pk)
    few = convert(tuple(decode(one.form) for one in ReadForm.objects.all()[:2]), "docx").content
    run(handed_in(("两张.docx", few)).job.pk)
    browser = signed_in("taole")
    browser.get("/documents")  # the session is written once
    counts = {}
    for document in Document.objects.order_by("pk"):
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(f"/documents/{document.pk}").status_code == 200
        counts[document.name] = len(seen)
    assert counts["附件2.txt"] == counts["两张.docx"]
    for page in ("/documents", "/jobs", "/imports/1"):
        with django_assert_max_num_queries(25):
            browser.get(page)
