"""Files by program: handed in, read, begun as drafts; what is out of reach is not there."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jixiao.web.filings.models import Batch, Filing
from tests.web.api import V1, Program
from tests.web.handing_in import TEXT
from tests.web.handing_in import own_storage as own_storage  # noqa: PLC0414  a fixture


def hand_in(program, content=TEXT, name="附件2.txt", status=201, key="", **more):
    sent = {"file": SimpleUploadedFile(name, content), "agency": "055001", **more}
    headers = {"Idempotency-Key": key} if key else {}
    response = program.client.post(f"{V1}/documents", sent, headers=headers)
    assert response.status_code == status, response.content
    return response.json()


def test_upload_forms_and_a_draft(county):
    program = Program("taole")
    uploaded = hand_in(program, budget_year=2022)
    (file,) = uploaded["files"]
    assert (file["status"], file["form_count"]) == ("read", 16)
    assert program.get(f"/uploads/{uploaded['id']}") == uploaded
    document = program.get(f"/documents/{file['document']}")
    assert document["sha256"] == hashlib.sha256(TEXT).hexdigest()
    assert program.get("/documents")["items"] == [document]
    forms = program.get(f"/documents/{file['document']}/forms")["items"]
    assert len(forms) == 16
    chosen = forms[12]
    asked = {
        "agency": "055001",
        "budget_year": 2022,
        "document": file["document"],
        "form": chosen["number"],
    }
    made = program.post("/filings", asked, status=201)
    assert made["project_name"] == chosen["project_name"]
    again = program.post("/filings", asked, status=200)
    assert again["id"] == made["id"]
    assert Filing.objects.count() == 1
    response = program.client.get(f"{V1}/documents/{file['document']}/content")
    assert b"".join(response.streaming_content) == TEXT
    assert "attachment" in response.headers["Content-Disposition"]
    assert "sandbox" in response.headers["Content-Security-Policy"]
    program.post("/filings", {**asked, "form": 99}, status=404)


def test_an_upload_sent_twice_is_one(county):
    program = Program("taole")
    first = hand_in(program, key="k1")
    assert hand_in(program, key="k1") == first  # another boundary, the same parts
    assert Batch.objects.count() == 1
    assert hand_in(program, b"other", status=422, key="k1")["code"] == "key_reused"


@pytest.mark.parametrize(("name", "status"), [("nongji", 404), ("zhuguan", 403), ("xitong", 403)])
def test_who_does_not_hand_in_for_this_unit(county, name, status):
    hand_in(Program(name), status=status)


def test_what_is_no_document_says_so(county):
    (file,) = hand_in(Program("taole"), b"\x00\x01\x02", "奇怪.bin")["files"]
    assert file["status"] == "failed"
    assert file["problems"][0]["message"]


def test_too_large(county, settings):
    settings.LARGEST_UPLOAD = 1 << 20
    refused = hand_in(Program("taole"), b"x" * (2 << 20), status=413)
    assert refused["code"] == "too_large"


def test_out_of_reach_is_not_there(county):
    uploaded = hand_in(Program("taole"))
    document = uploaded["files"][0]["document"]
    for name in ("nongji", "xitong", "jixiao"):
        program = Program(name)
        program.get(f"/uploads/{uploaded['id']}", status=404)
        for path in ("", "/forms", "/content"):
            program.get(f"/documents/{document}{path}", status=404)
        assert program.get("/documents")["items"] == []
