"""Bad files beside a good one: one clear sentence each, and the good one is read all the same."""

import os
import re
from collections import Counter

import pytest

from tests.story.documents import FILES, nested_bomb, text, zipped
from tests.story.running import DAY, jixiao

#: Every sentence names a way out: something to do, in one of these words.
WAY_OUT = re.compile(r"请|是否指")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All bad files and the good one, which comes last."""
    place = tmp_path_factory.mktemp("报送")
    for name, (content, _, _) in FILES.items():
        (place / name).write_bytes(content)
    (place / "末.txt").write_text(text(), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def reading(folder):
    return jixiao("read", *(folder / name for name in [*FILES, "末.txt"]))


def test_status_says_read_in_part(reading):
    assert 1 == reading.status


def test_good_file_is_read_after_all_bad_ones(reading, folder):
    last = reading.record["documents"][-1]
    assert {
        "file": str(folder / "末.txt"),
        "media_type": "text/plain",
        "status": "complete",
    } == last
    assert "农村公路养护" == reading.record["forms"][-1]["project"]["name"]


@pytest.mark.parametrize("name", FILES)
def test_one_problem_with_place_and_way_out(reading, folder, name):
    _, code, is_read = FILES[name]
    of_file = str(folder / name)
    problems = [p for p in reading.record["problems"] if p["file"].startswith(of_file)]
    forms = [form for form in reading.record["forms"] if form["file"].startswith(of_file)]
    assert (([code] if code else []), int(is_read)) == ([p["code"] for p in problems], len(forms))
    for problem in problems:
        assert WAY_OUT.search(problem["message"])
        assert problem["message"].endswith(("。", "？"))


@pytest.mark.parametrize("name", FILES)
def test_status_of_each_file(reading, folder, name):
    _, code, is_read = FILES[name]
    documents = reading.record["documents"]
    states = {d["status"] for d in documents if d["file"].startswith(str(folder / name))}
    kept = "partial" if code else "complete"
    assert {kept if is_read or code == "INT009" else "failed"} == states


def test_one_line_for_people_about_each_problem(reading):
    said = Counter(line[:6] for line in reading.err.splitlines() if line.startswith("INT"))
    assert Counter(problem["code"] for problem in reading.record["problems"]) == said
    for line, problem in zip(reading.err.splitlines(), reading.record["problems"], strict=False):
        assert problem["file"] in line
        assert CHINESE.search(line)


def test_audit_of_the_same_files(folder):
    ran = jixiao("audit", folder, "--format", "json", *DAY)
    clean = [f for f in ran.record["findings"] if f["file"].endswith("末.txt")]
    assert ran.status in {1, 2}
    assert not [f for f in clean if f["severity"] == "error"]
    assert len(ran.record["problems"]) == len(
        [line for line in ran.err.splitlines() if line.startswith("INT")]
    )


def test_bad_file_alone_could_not_be_audited(folder):
    for name in ("截断.docx", "加密.xlsx", "照片.png"):
        assert 2 == jixiao("audit", folder / name, "--format", "json", *DAY).status
        assert 2 == jixiao("read", folder / name).status


def test_nested_bomb(tmp_path):
    (tmp_path / "炸弹.zip").write_bytes(nested_bomb())
    ran = jixiao("read", tmp_path)
    assert (2, {"INT007"}) == (ran.status, {p["code"] for p in ran.record["problems"]})


def test_good_file_beside_a_bad_one_in_an_archive(tmp_path):
    members = {"坏.docx": FILES["截断.docx"][0], "好.txt": text().encode()}
    (tmp_path / "报送.zip").write_bytes(zipped(members))
    ran = jixiao("read", tmp_path / "报送.zip")
    assert (1, 1) == (ran.status, len(ran.record["forms"]))
    assert [f"{tmp_path}/报送.zip/坏.docx"] == [p["file"] for p in ran.record["problems"]]


def test_folder_that_leads_into_itself(tmp_path):
    (tmp_path / "表.txt").write_text(text(), encoding="utf-8")
    (tmp_path / "上级").symlink_to(tmp_path)
    ran = jixiao("read", tmp_path)
    assert (1, 1) == (ran.status, len(ran.record["forms"]))
    assert ["INT012"] == [p["code"] for p in ran.record["problems"]]


def test_devices_and_pipes_are_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "管道")
    (tmp_path / "表.txt").write_text(text(), encoding="utf-8")
    ran = jixiao("read", "/dev/zero", tmp_path)
    assert (1, 1) == (ran.status, len(ran.record["forms"]))
    assert ["INT013", "INT013"] == [p["code"] for p in ran.record["problems"]]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_that_may_not_be_read(tmp_path):
    for name in ("锁.txt", "好.txt"):
        (tmp_path / name).write_text(text(), encoding="utf-8")
    (tmp_path / "锁.txt").chmod(0)
    ran = jixiao("read", tmp_path)
    assert (1, 1) == (ran.status, len(ran.record["forms"]))
    assert "没有读取权限" in ran.err


def test_names_in_any_locale(tmp_path):
    (tmp_path / "绩效目标表.txt").write_bytes(b"")
    (tmp_path / os.fsdecode("附件.txt".encode("gbk"))).write_bytes(b"")
    plain = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    ran = jixiao("read", tmp_path, env=plain)
    assert {"绩效目标表.txt", "附件.txt"} == {
        d["file"].rpartition("/")[2] for d in ran.record["documents"]
    }
    assert "绩效目标表.txt" in ran.err
