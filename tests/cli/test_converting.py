"""`jixiao convert`: what is written, what is said, and what is refused."""

import json
from pathlib import Path

import pytest

from jixiao.cli.main import main
from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file

SAMPLE = str(Path("src/jixiao/sample/taole-2022.txt").resolve())
EVERY = ("docx", "xlsx", "pdf", "html", "csv", "json")


def read_back(path: Path):
    return read_file(SourceFile(name=path.name, content=path.read_bytes()))


def test_a_format_nobody_named_is_asked_for(capsys):
    assert main(["convert", SAMPLE]) == 2
    assert "请用 --to 写明格式" in capsys.readouterr().err


def test_the_input_is_never_overwritten(tmp_path, capsys):
    path = tmp_path / "表.txt"
    path.write_bytes(Path(SAMPLE).read_bytes())
    assert main(["convert", str(path), "--to", "docx", "-o", str(path)]) == 2
    assert path.read_bytes() == Path(SAMPLE).read_bytes()


def test_no_form_no_document(tmp_path, capsys):
    path, out = tmp_path / "信.txt", tmp_path / "信.docx"
    path.write_text("关于召开会议的通知", encoding="utf-8")
    assert main(["convert", str(path), "-o", str(out)]) == 2
    assert not out.exists()
    assert "没有可以写出的表" in capsys.readouterr().err


def test_an_unknown_layout_names_itself(tmp_path, capsys):
    out = tmp_path / "x.docx"
    assert main(["convert", SAMPLE, "--layout", "nowhere/none", "-o", str(out)]) == 2
    assert "没有名为“nowhere/none”的版式" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("to", ["docx", "xlsx", "html"])
def test_the_sample_comes_back_whole(to, tmp_path, capsys):
    out = tmp_path / f"附件.{to}"
    assert main(["convert", SAMPLE, "-o", str(out)]) == 0
    said = capsys.readouterr()
    assert "" == said.out
    assert "16 张表、140 条指标" in said.err
    assert "全部一致" in said.err
    result = read_back(out)
    assert sum(len(form.indicators) for form in result.forms) == 140
    assert sum(form.funding.total.value for form in result.forms) == 9777821


def test_front_pages_are_no_forms(tmp_path):
    out = tmp_path / "附件.docx"
    assert main(["convert", SAMPLE, "--annex", "-q", "-o", str(out)]) == 0
    assert len(read_back(out).forms) == 16


def test_records_are_a_source_like_any_other(tmp_path, capsys):
    record, out = tmp_path / "表.json", tmp_path / "表.docx"
    assert main(["convert", SAMPLE, "-o", str(record)]) == 0
    assert json.loads(record.read_text(encoding="utf-8"))["schema"] == "jixiao.read/1"
    assert main(["convert", str(record), "-o", str(out)]) == 0
    assert "全部一致" in capsys.readouterr().err
    assert sum(len(form.indicators) for form in read_back(out).forms) == 140


def test_the_flat_list_reads_back(tmp_path):
    out = tmp_path / "清单.csv"
    assert main(["convert", SAMPLE, "-o", str(out)]) == 0
    forms = read_back(out).forms
    assert len(forms) == 16
    assert sum(len(form.indicators) for form in forms) == 140


def test_a_folder_gets_a_file_for_each_form(tmp_path):
    folder = tmp_path / "各项目"
    assert main(["convert", SAMPLE, "--to", "html", "-q", "-o", f"{folder}/"]) == 0
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 16
    assert names[3] == "004-政府临聘人员经费.html"


def test_findings_stand_beside_their_cells(tmp_path):
    out = tmp_path / "意见.html"
    assert main(["convert", SAMPLE, "--findings", "-q", "-o", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert "系统校核意见" in text
    assert "3 万元/个 × 5 个 = 150,000 元" in text
    assert "审核等级" in text


def test_a_broken_record_says_where(tmp_path, capsys):
    path = tmp_path / "坏.json"
    path.write_text('{"schema": "jixiao.read/1", "forms": [{"kind": "nothing"}]}', encoding="utf-8")
    assert main(["convert", str(path), "--to", "docx", "-o", str(tmp_path / "x.docx")]) == 2
    assert "$.forms[0].kind" in capsys.readouterr().err
