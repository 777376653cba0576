"""The commands as outside programs call them: exit status, what goes to which stream.

Each runs in this process; one at the end runs the installed command itself.
"""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from jixiao.cli.main import main
from jixiao.report.records import ReadRecord

SAMPLE = str(Path("src/jixiao/sample/taole-2022.txt").resolve())
CLEAN = """2023年度项目支出绩效目标表
项目名称\t农村公路养护
主管部门\t某县交通运输局\t实施单位\t某县公路站
项目资金（万元）\t年度资金总额\t30
\t其中：财政拨款\t30
\t其他资金\t0
年度总体目标\t全年养护县乡公路 30 公里，12 月 10 日前完成，验收合格率 100%，群众出行满意度 95%以上。
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t养护公路里程\t≥30公里
\t质量指标\t养护验收合格率\t＝100%
\t时效指标\t养护完成时间\t2023年12月10日前
\t成本指标\t每公里养护成本\t≤1万元/公里
效益指标\t社会效益指标\t受益行政村\t≥12个
满意度指标\t服务对象满意度指标\t沿线群众满意度\t≥95%
"""


@pytest.fixture
def clean(tmp_path):
    path = tmp_path / "养护.txt"
    path.write_text(CLEAN, encoding="utf-8")
    return str(path)


def run(capfdbinary, *arguments):
    status = main(list(arguments))
    out, err = capfdbinary.readouterr()
    return status, out.decode(), err.decode()


def test_no_command_shows_help(capfdbinary):
    status, out, err = run(capfdbinary)
    assert (2, "") == (status, out)
    assert "jixiao audit" in err


def test_missing_file_is_named_and_others_are_read(capfdbinary, clean):
    status, out, err = run(capfdbinary, "read", "没有.docx", clean)
    record = json.loads(out)
    assert 1 == status
    assert ["failed", "complete"] == [d["status"] for d in record["documents"]]
    assert ["INT013"] == [p["code"] for p in record["problems"]]
    assert 1 == len(record["forms"])
    assert "没有.docx" in err


def test_nothing_could_be_read(capfdbinary, tmp_path):
    empty = tmp_path / "空.xlsx"
    empty.write_bytes(b"")
    status, out, _ = run(capfdbinary, "read", str(empty))
    assert 2 == status
    assert [] == json.loads(out)["forms"]


def test_document_without_a_form(capfdbinary, tmp_path):
    prose = tmp_path / "说明.txt"
    prose.write_text("2023年部门预算说明\n本年度收支平衡。\n", encoding="utf-8")
    status, out, err = run(capfdbinary, "read", str(prose))
    assert (0, []) == (status, json.loads(out)["forms"])
    assert "没有发现绩效目标表" in err


def test_read_keeps_to_its_schema(capfdbinary):
    status, out, _ = run(capfdbinary, "read", SAMPLE)
    record = msgspec.json.decode(out, type=ReadRecord)
    assert (0, "jixiao.read/1", 16) == (status, record.schema, len(record.forms))


def test_read_as_lines_and_as_table(capfdbinary):
    _, lines, _ = run(capfdbinary, "read", SAMPLE, "--format", "jsonl")
    assert 16 == len([json.loads(line) for line in lines.splitlines()])
    _, table, _ = run(capfdbinary, "read", SAMPLE, "--format", "table")
    assert "16 张表 · 140 条指标" in table


def test_unknown_profile(capfdbinary):
    for command in ("read", "audit"):
        status, out, err = run(capfdbinary, command, SAMPLE, "--profile", "nx_pingluo_2099")
        assert (2, "") == (status, out)
        assert "nx_pingluo_2099" in err


def test_unknown_code(capfdbinary):
    status, out, err = run(capfdbinary, "audit", SAMPLE, "--select", "VAL999")
    assert (2, "") == (status, out)
    assert "VAL999" in err


def test_bad_date(capfdbinary):
    status, _, err = run(capfdbinary, "audit", SAMPLE, "--as-of", "2022-13-01")
    assert 2 == status
    assert "2022-13-01" in err


def test_clean_form_has_no_error(capfdbinary, clean):
    status, out, _ = run(capfdbinary, "audit", clean, "--as-of", "2023-12-31")
    assert "错误" not in out.splitlines()[-2]
    assert 0 == status


def test_fail_level(capfdbinary, clean):
    status, _, _ = run(capfdbinary, "audit", clean, "--fail-level", "info")
    assert 1 == status


def test_the_sample_says_what_an_expert_would(capfdbinary):
    status, out, _ = run(capfdbinary, "audit", SAMPLE, "--format", "json")
    report = json.loads(out)
    messages = {(f["code"], f["form"]): f["message"] for f in report["findings"]}
    assert 1 == status
    assert "3 万元/个 × 5 个 = 150,000 元 ≠ 年度资金总额 230,000 元" in messages["COS003", 10]
    assert "6,000 元" in messages["COS001", 5]
    assert "24,600 元" in messages["COS001", 5]
    assert "2020" in messages["YR001", 11]
    assert "吨" in messages["VAL001", 13]
    assert {5, 7, 10} == {form for code, form in messages if code == "VAL002"}
    silent = {(code, form) for code, form in messages if code in ("COS001", "COS003", "YR001")}
    assert not silent & {("COS003", 12), ("COS001", 12), ("YR001", 13)}


def test_duties_account_for_every_rule_on_every_form(capfdbinary):
    _, out, _ = run(capfdbinary, "audit", SAMPLE, "--format", "json")
    _, rules, _ = run(capfdbinary, "rules", "--format", "json")
    report = json.loads(out)
    duties = {(o["code"], o["form"]) for o in report["outcomes"]}
    stable = [r for r in json.loads(rules) if not r["preview"] and r["default"]]
    assert len(report["outcomes"]) == len(duties)
    assert 16 * len(stable) == len(duties)


@pytest.mark.parametrize(
    "form", ["text", "jsonl", "sarif", "csv", "html", "junit", "github", "xlsx"]
)
def test_every_format_writes_a_file(capfdbinary, tmp_path, form):
    target = tmp_path / f"报告.{form}"
    status, out, _ = run(capfdbinary, "audit", SAMPLE, "--format", form, "-o", str(target))
    assert (1, "") == (status, out)
    assert target.stat().st_size > 1000


def test_output_that_cannot_be_written(capfdbinary, tmp_path):
    status, _, err = run(capfdbinary, "audit", SAMPLE, "-o", str(tmp_path / "无" / "报告.txt"))
    assert 2 == status
    assert "无法写入" in err


def test_suppression_needs_a_reason(capfdbinary, tmp_path):
    path = tmp_path / "豁免.toml"
    path.write_text('[[suppress]]\ncode = "COS003"\n', encoding="utf-8")
    status, _, err = run(capfdbinary, "audit", SAMPLE, "--suppressions", str(path))
    assert 2 == status
    assert "reason" in err


def test_suppressed_finding_no_longer_counts(capfdbinary, tmp_path):
    path = tmp_path / "豁免.toml"
    path.write_text(
        '[[suppress]]\ncode = "COS003"\nproject = "村委会办公经费"\n'
        'reason = "另有 8 万元用于培训"\nperson = "审核员"\nuntil = 2099-12-31\n',
        encoding="utf-8",
    )
    arguments = ("audit", SAMPLE, "--format", "json", "--select", "COS003")
    _, before, _ = run(capfdbinary, *arguments)
    _, after, _ = run(capfdbinary, *arguments, "--suppressions", str(path))
    assert 10 in {f["form"] for f in json.loads(before)["findings"]}
    assert 10 not in {f["form"] for f in json.loads(after)["findings"]}
    outcomes = {(o["code"], o["form"]): o["outcome"] for o in json.loads(after)["outcomes"]}
    assert "suppressed" == outcomes["COS003", 10]


def test_baseline_counts_only_what_is_new(capfdbinary, tmp_path):
    path = str(tmp_path / "基线.json")
    run(capfdbinary, "audit", SAMPLE, "--write-baseline", path)
    status, out, _ = run(capfdbinary, "audit", SAMPLE, "--baseline", path, "--format", "json")
    assert (0, []) == (status, json.loads(out)["findings"])


def test_configuration_is_found_up_the_folders(capfdbinary, tmp_path):
    folder = tmp_path / "2022" / "陶乐镇"
    folder.mkdir(parents=True)
    (tmp_path / "jixiao.toml").write_text('select = ["YR"]\n', encoding="utf-8")
    document = folder / "表.txt"
    document.write_bytes(Path(SAMPLE).read_bytes())
    _, out, _ = run(capfdbinary, "audit", str(document), "--format", "json")
    assert {"YR001"} == {f["code"] for f in json.loads(out)["findings"]}
    _, out, _ = run(capfdbinary, "audit", str(document), "--format", "json", "--no-config")
    assert len({f["code"] for f in json.loads(out)["findings"]}) > 10


def test_faulty_configuration_names_file_and_key(capfdbinary, tmp_path, clean):
    (Path(clean).parent / "jixiao.toml").write_text('selct = ["YR"]\n', encoding="utf-8")
    status, _, err = run(capfdbinary, "audit", clean)
    assert 2 == status
    assert "selct" in err
    assert "jixiao.toml" in err


def test_explain(capfdbinary):
    status, out, _ = run(capfdbinary, "explain", "COS003")
    assert 0 == status
    for heading in ("检查内容", "为什么", "怎样修改", "不适用的情形", "依据"):
        assert heading in out
    status, _, err = run(capfdbinary, "explain", "COS999")
    assert 2 == status
    assert "COS99" in err


@pytest.mark.parametrize("command", ["rules", "layouts", "profiles"])
def test_lists(capfdbinary, command):
    status, out, _ = run(capfdbinary, command, "--format", "json")
    assert 0 == status
    assert len(json.loads(out)) >= 5
    status, text, _ = run(capfdbinary, command)
    assert len(json.loads(out)) == len(text.splitlines())


def test_profile_shows_where_values_come_from(capfdbinary):
    status, out, _ = run(capfdbinary, "profiles", "nx_pingluo_2022")
    assert 0 == status
    assert "cn_mof_2015" in out


def test_archive_and_folder(capfdbinary, tmp_path, clean):
    import zipfile

    with zipfile.ZipFile(tmp_path / "附件.zip", "w") as archive:
        archive.writestr("甲/养护.txt", CLEAN)
        archive.writestr("乙.txt", CLEAN)
    status, out, _ = run(capfdbinary, "read", str(tmp_path))
    assert (0, 3) == (status, len(json.loads(out)["forms"]))


def test_installed_command():
    command = Path(sys.executable).parent / "jixiao"
    done = subprocess.run([command, "audit", SAMPLE], capture_output=True, check=False)
    assert 1 == done.returncode
    assert "16 张表".encode() in done.stdout


@pytest.mark.parametrize(("name", "words"), [("没有.toml", "找不到"), (".", "文件夹")])
def test_settings_that_cannot_be_opened(capfdbinary, tmp_path, name, words):
    status, out, err = run(capfdbinary, "audit", SAMPLE, "--suppressions", str(tmp_path / name))
    assert (2, "", 1) == (status, out, err.count("\n"))
    assert words in err


def test_the_file_to_be_read_is_not_overwritten(capfdbinary, clean):
    before = Path(clean).read_bytes()
    for command in ("read", "audit"):
        status, _, err = run(capfdbinary, command, clean, "-o", clean)
        assert 2 == status
        assert "不能同时作为输出" in err
    assert before == Path(clean).read_bytes()


def test_an_old_report_is_replaced_whole(capfdbinary, clean, tmp_path):
    target = tmp_path / "报告.json"
    target.write_text("旧", encoding="utf-8")
    run(capfdbinary, "read", clean, "-o", str(target))
    assert "jixiao.read/1" == json.loads(target.read_text(encoding="utf-8"))["schema"]
    assert [] == list(tmp_path.glob(".*.part"))


def test_a_file_given_twice_is_read_once(capfdbinary, clean):
    _, out, _ = run(capfdbinary, "read", clean, clean)
    assert 1 == len(json.loads(out)["forms"])
