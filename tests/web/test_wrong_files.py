"""Files nobody can use, handed in by page and by program: each is told apart, nothing is kept.

What it is, is told by its content; a name proves nothing.
"""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jixiao.web.filings.models import Batch, Document, Filing, Job, ReadForm
from jixiao.web.workflow.jobs_run import run
from tests.web.api import V1, Program
from tests.web.handing_in import TEXT, own_storage, zipped

__all__ = ["own_storage"]


def program():
    """The head of a program, whatever the file is called."""
    return b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0" + bytes(400)


def locked():
    """A zip whose one file has a password, as its flag says."""
    made = bytearray(zipped(**{"附件2.txt": TEXT}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(sign) + place] |= 1
    return bytes(made)


def packed(*first, name, of):
    """A small zip with one file that would unpack to 64 MB of the same sign."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in first:
            archive.writestr(one, content)
        archive.writestr(name, of * (64 << 20))
    return stream.getvalue()


def bomb():
    return packed(name="附件2.txt", of=b"\0")


def bomb_of_a_document():
    return packed(("[Content_Types].xml", "<Types/>"), name="word/document.xml", of=b" ")


WRONG = (
    ("程序.docx", program, "可执行程序"),
    ("残缺.docx", lambda: b"MZ\x90\x00" + bytes(200), "内容却不是"),
    ("空.docx", lambda: b"", "是空的"),
    ("空白.txt", lambda: b" \r\n" * 40, "空"),
    ("有密码.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为"),
    ("有密码.zip", locked, "密码"),
    ("炸弹.zip", bomb, "超出限额"),
    ("炸弹.docx", bomb_of_a_document, "压缩比"),
    ("断了.zip", lambda: zipped(**{"附件2.txt": TEXT})[:900], "损坏"),
    ("程序.exe", program, "请核对文件"),
)
given = pytest.mark.parametrize(("name", "made", "words"), WRONG, ids=[name for name, *_ in WRONG])


def nothing_came_of_it(words):
    rows = Batch.objects.get().files.exclude(status="unpacked")
    said = [problem["message"] for row in rows for problem in row.problems]
    assert {row.status for row in rows} <= {"failed", "empty"}
    assert said
    assert any(words in one for one in said), said
    assert not any("Traceback" in one or "Error" in one for one in said)
    assert not ReadForm.objects.exists()
    assert not Filing.objects.exists()
    return said


@given
def test_by_page(signed_in, name, made, words):
    browser = signed_in("taole")
    answer = browser.post("/documents/upload", {"files": SimpleUploadedFile(name, made())})
    batch = Batch.objects.get()
    assert answer.headers["Location"] == f"/imports/{batch.pk}"
    finish()
    said = nothing_came_of_it(words)
    page = browser.get(f"/imports/{batch.pk}").content.decode()
    assert said[0].split("”")[-1][:12] in page


@given
def test_by_program(county, name, made, words):
    program = Program("taole")
    sent = {"file": SimpleUploadedFile(name, made()), "agency": "055001"}
    answer = program.client.post(f"{V1}/documents", sent)
    assert answer.status_code == 201, answer.content
    finish()
    nothing_came_of_it(words)
    files = program.get(f"/uploads/{answer.json()['id']}")["files"]
    assert any(file["problems"] for file in files)


def finish():
    """What was left to the background."""
    for job in Job.objects.filter(state="waiting"):
        run(job.pk)


def test_a_good_file_beside_a_bad_one_is_read(signed_in):
    files = [SimpleUploadedFile("坏.docx", b"MZ" + bytes(90)), SimpleUploadedFile("好.txt", TEXT)]
    signed_in("taole").post("/documents/upload", {"files": files})
    finish()
    found = {row.name: row.status for row in Batch.objects.get().files.all()}
    assert found == {"坏.docx": "failed", "好.txt": "read"}
    assert Document.objects.get().name == "好.txt"
