"""A department's folder at once: hundreds of files in one request, and clear words beyond that."""

from django.core.files.uploadedfile import SimpleUploadedFile

from jixiao.web.filings.models import Batch, Job
from jixiao.web.workflow.jobs_run import run
from tests.web.handing_in import own_storage

__all__ = ["own_storage"]


def many(count, folder="2027年报送"):
    files = [
        SimpleUploadedFile(f"{number}.csv", f"单位{number},金额\n甲,{number}\n".encode())
        for number in range(count)
    ]
    return {"files": files, "paths": [f"{folder}/{number}.csv" for number in range(count)]}


def test_four_hundred_files_of_a_folder_arrive_and_are_read(signed_in, county, own_storage):
    browser = signed_in("taole")
    answer = browser.post("/documents/upload", many(400), follow=True)
    assert answer.status_code == 200
    batch = Batch.objects.get()
    assert batch.files.count() == 400
    assert batch.files.first().name.startswith("2027年报送/")
    page = answer.content.decode()
    assert "0 / 400" in page
    run(Job.objects.get().pk)
    page = browser.get(f"/imports/{batch.pk}").content.decode()
    assert "400 个文件" in page
    assert "正在读取" not in page


def test_more_than_that_is_refused_with_words_and_nothing_is_kept(signed_in, county, own_storage):
    answer = signed_in("taole").post("/documents/upload", many(501))
    assert answer.status_code == 413
    assert "一次最多 500 个文件" in answer.content.decode()
    assert not Batch.objects.exists()
