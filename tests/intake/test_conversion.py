"""Reading by way of LibreOffice: refusals where there is none or it hangs, then real conversions."""

import pickle
import stat
from pathlib import Path

import pytest

from jixiao.intake import conversion, converted
from jixiao.intake.choose import open_document
from jixiao.intake.conversion import ConversionFault
from jixiao.intake.document import SourceFile, Table
from tests.golden.old_office.twins import contents, seed_document, seed_workbook
from tests.support.office_files import Grid, docx_of
from tests.support.old_office import WordFile, Words, soffice_or_skip
from tests.support.old_office import converted as made_by_libreoffice

RTF = rb"{\rtf1\ansi text\par}"
WORD_95 = WordFile([Words("标题\r")], version=0x68).packed()


def program(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def opened(name, content):
    return open_document(SourceFile(name=name, content=content))


@pytest.mark.parametrize(
    ("name", "content", "label", "plain"),
    [("表.rtf", RTF, "RTF", ".docx"), ("表.doc", WORD_95, "Word 95", ".docx")],
)
def test_without_libreoffice_the_way_out_is_said(name, content, label, plain, monkeypatch):
    monkeypatch.setattr(conversion, "program", lambda: None)
    document = opened(name, content)
    (problem,) = document.problems
    assert (document.unreadable, problem.code) == (True, "INT002")
    assert all(words in problem.message for words in (name, label, plain, "安装 LibreOffice"))


def test_a_program_that_hangs_is_ended_with_all_its_children(tmp_path, monkeypatch):
    mark = tmp_path / "child"
    script = f"sleep 600 & echo $! > {mark}; sleep 600"
    monkeypatch.setattr(conversion, "program", lambda: program(tmp_path, script))
    with pytest.raises(ConversionFault, match=r"超过 0\.5 秒"):
        conversion.converted(RTF, ".rtf", "docx", patience=0.5)
    child = int(mark.read_text(encoding="utf-8"))
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text(encoding="utf-8").split()[2] == "Z"


def test_a_hanging_program_is_said_with_file_and_way_out(tmp_path, monkeypatch):
    monkeypatch.setattr(conversion, "program", lambda: program(tmp_path, "sleep 600"))
    monkeypatch.setattr(converted, "PATIENCE", 0.2)
    (problem,) = opened("表.rtf", RTF).problems
    assert problem.code == "INT003"
    assert all(words in problem.message for words in ("表.rtf", "已中止", "另存为 .docx"))


@pytest.mark.parametrize("script", ["exit 1", "exit 0", "kill -9 $$"])
def test_a_program_without_a_result(script, tmp_path, monkeypatch):
    monkeypatch.setattr(conversion, "program", lambda: program(tmp_path, script))
    with pytest.raises(ConversionFault, match="打不开"):
        conversion.converted(RTF, ".rtf", "docx")


def test_a_program_that_cannot_be_started(tmp_path, monkeypatch):
    monkeypatch.setattr(conversion, "program", lambda: str(tmp_path / "nothing"))
    with pytest.raises(ConversionFault, match="无法启动"):
        conversion.converted(RTF, ".rtf", "docx")


WRITE = 'for last; do :; done; mkdir -p "$HOME/out"; {} > "$HOME/out/document.docx"'


def test_a_result_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(conversion, "LARGEST", 100)
    script = WRITE.format("head -c 200 /dev/zero")
    monkeypatch.setattr(conversion, "program", lambda: program(tmp_path, script))
    with pytest.raises(ConversionFault, match="转换结果超过"):
        conversion.converted(RTF, ".rtf", "docx")


def test_a_document_too_large_is_not_given_away(monkeypatch):
    monkeypatch.setattr(conversion, "LARGEST", 3)
    monkeypatch.setattr(conversion, "program", lambda: "soffice")
    with pytest.raises(ConversionFault, match="文件超过"):
        conversion.converted(RTF, ".rtf", "docx")


def test_a_senseless_result_is_a_refusal(tmp_path, monkeypatch):
    script = WRITE.format("echo senseless")
    monkeypatch.setattr(conversion, "program", lambda: program(tmp_path, script))
    (problem,) = opened("表.rtf", RTF).problems
    assert problem.code == "INT003"


def test_the_program_sees_no_settings_of_the_person(tmp_path, monkeypatch):
    """It gets a home and a profile of its own, macros switched off."""
    seen = tmp_path / "seen"
    script = (
        f'echo "$HOME|$JIXIAO_SECRET|$*" > {seen}; '
        f'cat "$HOME"/profile/user/registrymodifications.xcu >> {seen}'
    )
    monkeypatch.setenv("JIXIAO_SECRET", "geheim")
    monkeypatch.setattr(conversion, "program", lambda: program(tmp_path, script))
    with pytest.raises(ConversionFault):
        conversion.converted(RTF, ".rtf", "docx")
    text = seen.read_text(encoding="utf-8")
    assert "geheim" not in text
    assert str(Path.home()) + "|" not in text
    assert "DisableMacrosExecution" in text
    assert "--headless" in text
    assert not list(Path(text.partition("|")[0]).parent.glob(Path(text.partition("|")[0]).name))


def test_conversion_faults_travel():
    fault = pickle.loads(pickle.dumps(ConversionFault("原因", missing=True)))
    assert (fault.reason, fault.missing) == ("原因", True)


@pytest.mark.parametrize(("target", "source"), [("rtf", "docx"), ("odt", "docx"), ("ods", "xlsx")])
def test_real_conversions_are_read_and_said(target, source, tmp_path):
    soffice_or_skip()
    new = seed_document(1) if source == "docx" else seed_workbook()
    (old,) = made_by_libreoffice({f"seed.{source}": new}, target, tmp_path).values()
    document = opened(f"表.{target}", old)
    assert document.problems == ()
    assert [repair.code for repair in document.repairs] == ["converted"]
    assert "经 LibreOffice 转换后读取" in document.repairs[0].message
    tables = [block for block in document.blocks if isinstance(block, Table)]
    twins = [block for block in opened(f"表.{source}", new).blocks if isinstance(block, Table)]
    assert [table.texts for table in tables] == [table.texts for table in twins]


def test_word_95_is_converted(tmp_path, monkeypatch):
    """Nothing at hand writes Word 95 any more, so a stand-in answers with the converted file."""
    new = docx_of(["标题", Grid([["甲", "乙"], ["丙", "丁"]]), ""])
    (tmp_path / "answer").write_bytes(new)
    script = WRITE.format(f"cat {tmp_path / 'answer'}")
    monkeypatch.setattr(conversion, "program", lambda: program(tmp_path, script))
    document = opened("表.doc", WORD_95)
    assert [repair.code for repair in document.repairs] == ["converted"]
    assert document.media_type == "application/msword"
    assert contents(document) == contents(opened("表.docx", new))
