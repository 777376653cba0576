"""`jixiao fix` as outside programs call it: status, streams, and the file that is written."""

from zipfile import ZipFile

import pytest

from jixiao.cli.main import main
from jixiao.foundation.location import SourceRef
from jixiao.intake.document import SourceFile
from jixiao.report.patch import place_of
from jixiao.report.recheck import Looks
from tests.support.office_files import Grid, Sheet, docx_of, package, xlsx_of

HEAD = [
    ["2023年度项目支出绩效目标表", "", "", ""],
    ["项目名称", "农村公路养护", "", ""],
    ["主管部门", "某县交通运输局", "实施单位", "某县公路站"],
    ["项目资金（万元）", "年度资金总额", "30", ""],
    ["", "其中：财政拨款", "30", ""],
    ["", "其他资金", "0", ""],
    [
        "年度总体目标",
        "全年养护县乡公路30公里，12月10日前完成，验收合格率100%，群众出行满意度95%以上。",
        "",
        "",
    ],
    ["一级指标", "二级指标", "三级指标", "指标值"],
]
ROWS = [
    ["产出指标", "数量指标", "养护公路里程", "{length}"],
    ["", "质量指标", "养护验收合格率", "＝100%"],
    ["", "时效指标", "养护完成时间", "2023年12月10日前"],
    ["", "成本指标", "每公里养护成本", "≤1万元/公里"],
    ["效益指标", "社会效益指标", "受益行政村", "≥12个"],
    ["满意度指标", "服务对象满意度指标", "沿线群众满意度", "{share}"],
]


def _texts(length, share):
    rows = [[cell.format(length=length, share=share) for cell in row] for row in ROWS]
    return [*HEAD, *rows]


def _lines(texts):
    return "".join("\t".join(row).rstrip("\t") + "\r\n" for row in texts)


@pytest.fixture
def write(tmp_path):
    """A form with these two values as a file of any format; its path."""

    def _write(name, length="≥30公里", share="≥95%"):
        texts = _texts(length, share)
        content = _lines(texts).encode()
        if name.endswith(".docx"):
            content = docx_of([Grid(texts)])
        elif name.endswith(".xlsx"):
            content = xlsx_of([Sheet("目标", Grid(texts))])
        elif name.endswith(".html"):
            cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in texts)
            content = f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>".encode()
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return _write


def run(capfdbinary, *arguments):
    status = main(["fix", *map(str, arguments)])
    out, err = capfdbinary.readouterr()
    return status, out.decode(), err.decode()


def test_a_missing_file_is_named(capfdbinary, tmp_path):
    status, out, err = run(capfdbinary, tmp_path / "没有.docx")
    assert (status, out) == (2, "")
    assert "INT013" in err


def test_a_folder_and_an_archive_are_refused(capfdbinary, tmp_path, write):
    archive = tmp_path / "表.zip"
    archive.write_bytes(package({"表.txt": write("表.txt").read_bytes()}))
    for path in (tmp_path, archive):
        status, out, err = run(capfdbinary, path)
        assert (status, out) == (2, "")
        assert "一次只改一个文件" in err


def test_a_broken_file_is_refused_and_nothing_is_written(capfdbinary, tmp_path):
    path, output = tmp_path / "坏.docx", tmp_path / "改.docx"
    path.write_bytes(b"PK\x03\x04 broken")
    status, out, err = run(capfdbinary, path, "-o", output)
    assert (status, out) == (2, "")
    assert "INT003" in err
    assert not output.exists()


def test_a_wrong_day_is_refused(capfdbinary, write):
    status, out, err = run(capfdbinary, write("表.txt"), "--as-of", "明天")
    assert (status, out) == (2, "")
    assert "不是日期" in err


def test_a_clean_file_gives_no_difference(capfdbinary, write):
    status, out, err = run(capfdbinary, write("表.txt"))
    assert (status, out) == (0, "")
    assert "没有可以改正的书写问题" in err


@pytest.mark.parametrize("name", ["表.txt", "表.docx", "表.xlsx", "表.html"])
def test_the_difference_goes_to_standard_output(capfdbinary, write, name):
    path = write(name, length="≧30公里")
    before = path.read_bytes()
    status, out, _ = run(capfdbinary, path)
    assert status == 0
    assert out.startswith(f"--- {path}\n+++ ")
    assert "FMT002" in out
    assert "-≧30公里\n+≥30公里\n" in out
    assert path.read_bytes() == before


def test_quiet_says_nothing_but_the_difference(capfdbinary, write):
    status, out, err = run(capfdbinary, write("表.txt", length="≧30公里"), "-q")
    assert (status, err) == (0, "")
    assert "+≥30公里" in out


@pytest.mark.parametrize("name", ["表.txt", "表.docx", "表.xlsx"])
def test_the_corrected_file_is_written_and_is_clean(capfdbinary, write, tmp_path, name):
    path, output = write(name, length="≧30公里"), tmp_path / f"改-{name}"
    status, out, err = run(capfdbinary, path, "-o", output)
    assert (status, out) == (0, "")
    assert "已改 1 处" in err
    assert "+≥30公里" in err
    again, out, err = run(capfdbinary, output)
    assert (again, out) == (0, "")


def test_only_the_cell_changes_in_a_text_file(capfdbinary, write, tmp_path):
    path, output = write("表.txt", length="≧30公里"), tmp_path / "改.txt"
    run(capfdbinary, path, "-o", output)
    assert output.read_bytes() == _lines(_texts("≥30公里", "≥95%")).encode()


def test_a_file_may_be_corrected_in_place(capfdbinary, write):
    path = write("表.docx", length="≧30公里")
    assert run(capfdbinary, path, "-o", path)[0] == 0
    assert run(capfdbinary, path)[1] == ""


def test_an_error_that_only_a_person_can_settle_stays(capfdbinary, write, tmp_path):
    path, output = write("表.docx", share="≧ >95%"), tmp_path / "改.docx"
    status, _, err = run(capfdbinary, path, "-o", output)
    assert status == 1
    assert "VAL002 1 处" in err
    assert "--unsafe" in err
    assert "改后仍有" in err


def test_unsafe_corrections_settle_it(capfdbinary, write, tmp_path):
    path, output = write("表.docx", share="≧ >95%"), tmp_path / "改.docx"
    status, out, err = run(capfdbinary, path, "--unsafe", "-o", output)
    assert (status, out) == (0, "")
    assert "+≥95%" in err
    assert "请人工确认" in err
    assert run(capfdbinary, output)[0] == 0


def test_a_suppressed_finding_is_not_corrected(capfdbinary, write, tmp_path):
    waivers = tmp_path / "豁免.toml"
    waivers.write_text(
        '[[suppress]]\ncode = "FMT002"\nreason = "沿用旧表"\nperson = "某人"\nuntil = 2099-01-01\n',
        encoding="utf-8",
    )
    path = write("表.txt", length="≧30公里")
    assert "+≥30公里" in run(capfdbinary, path)[1]
    status, out, _ = run(capfdbinary, path, "--suppressions", waivers)
    assert (status, out) == (0, "")


def test_a_format_that_cannot_be_changed_is_said_and_listed(capfdbinary, write, tmp_path):
    path, output = write("表.html", length="≧30公里"), tmp_path / "改.html"
    status, out, err = run(capfdbinary, path, "-o", output)
    assert status == 2
    assert "此格式不能改原件，已给出修改清单" in err
    assert "+≥30公里" in out
    assert not output.exists()


def test_a_place_that_cannot_be_written_is_said(capfdbinary, write, tmp_path):
    path = write("表.txt", length="≧30公里")
    status, out, err = run(capfdbinary, path, "-o", tmp_path / "没有" / "改.txt")
    assert (status, out) == (2, "")
    assert "无法写入" in err


def test_the_settings_beside_the_file_are_followed(capfdbinary, write, tmp_path):
    path = write("表.txt", length="≧30公里")
    (tmp_path / "jixiao.toml").write_text('ignore = ["FMT002"]\n', encoding="utf-8")
    status, out, _ = run(capfdbinary, path)
    assert (status, out) == (0, "")
    (tmp_path / "jixiao.toml").write_text('fail-level = "info"\n', encoding="utf-8")
    assert run(capfdbinary, path)[0] == 1


@pytest.mark.parametrize("name", ["表.txt", "表.xlsx"])
def test_tracked_changes_are_refused_where_there_are_none(capfdbinary, write, tmp_path, name):
    path, output = write(name, length="≧30公里"), tmp_path / "改"
    status, out, err = run(capfdbinary, path, "--track-changes", "-o", output)
    assert (status, out) == (2, "")
    assert "只有 Word 文档（.docx）有修订" in err
    assert not output.exists()


def test_tracked_changes_wait_in_the_document(capfdbinary, write, tmp_path):
    path, output = write("表.docx", length="≧30公里"), tmp_path / "改.docx"
    options = ("--track-changes", "--as-of", "2022-06-30", "-o", output)
    status, out, err = run(capfdbinary, path, *options)
    assert (status, out) == (0, "")
    assert "已以修订方式改 1 处" in err
    with ZipFile(output) as archive:
        written = archive.read("word/document.xml").decode()
    assert '<w:ins w:id="2" w:author="jixiao" w:date="2022-06-30T00:00:00Z">' in written
    assert run(capfdbinary, output)[1] == ""


def test_tracked_without_an_output_shows_the_difference(capfdbinary, write):
    path = write("表.docx", length="≧30公里")
    assert run(capfdbinary, path, "--track-changes")[:2] == run(capfdbinary, path)[:2]


@pytest.fixture
def given(tmp_path):
    """A file of corrections; its path."""

    def _given(text):
        path = tmp_path / "改法.json"
        path.write_text(text, encoding="utf-8")
        return path

    return _given


LENGTH = '{"quote": "≥30公里", "table": 1, "row": 9, "column": 4}'
SHARE = '{"quote": "≥90%", "table": 1, "row": 14, "column": 4}'
NOT_UNDERSTOOD = [
    "",
    "{}",
    f'[{{"source": {LENGTH}}}]',
    f'[{{"source": {LENGTH}, "new": "1", "old": ""}}]',
    f'[{{"source": {LENGTH}, "new": "1"}}, {{"source": {LENGTH}, "new": "2"}}]',
]


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_corrections_that_are_not_understood_are_refused(capfdbinary, write, given, text):
    status, out, err = run(capfdbinary, write("表.docx"), "--corrections", given(text))
    assert (status, out) == (2, "")
    assert "看不懂" in err or "两种改法" in err


def test_a_missing_file_of_corrections_is_named(capfdbinary, write, tmp_path):
    path = tmp_path / "没有.json"
    status, _, err = run(capfdbinary, write("表.docx"), "--corrections", path)
    assert status == 2
    assert "没有.json" in err


def test_given_corrections_and_unsafe_ones_do_not_go_together(capfdbinary, write, given):
    with pytest.raises(SystemExit) as left:
        run(capfdbinary, write("表.docx"), "--unsafe", "--corrections", given("[]"))
    assert left.value.code == 2
    assert "不能同用" in capfdbinary.readouterr().err.decode()


@pytest.mark.parametrize("options", [(), ("--track-changes",)])
def test_given_cells_are_written_and_what_does_not_fit_is_told(
    capfdbinary, write, given, tmp_path, options
):
    path, output = write("表.docx"), tmp_path / "改.docx"
    text = f'[{{"source": {LENGTH}, "new": "≥35公里"}}, {{"source": {SHARE}, "new": "≥98%"}}]'
    status, out, err = run(capfdbinary, path, "--corrections", given(text), *options, "-o", output)
    assert (status, out) == (1, "")
    assert "该处现在是“≥95%”，与给出的原文“≥90%”不同" in err
    assert "-≥30公里\n+≥35公里\n" in err
    assert "请人工确认" not in err
    read = Looks().at(SourceFile(name="改.docx", content=output.read_bytes()))
    assert read.texts[place_of(SourceRef(quote="", table=1, row=9, column=4))] == ("≥35公里",)


def test_given_corrections_are_shown_before_they_are_written(capfdbinary, write, given):
    text = f'[{{"source": {LENGTH}, "new": "≥35公里"}}]'
    status, out, err = run(capfdbinary, write("表.docx"), "--corrections", given(text))
    assert status == 0
    assert "@@ 给定的改法" in out
    assert "加 -o 写出" in err
