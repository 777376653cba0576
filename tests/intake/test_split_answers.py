"""Answers that a form spreads over several cells of one row."""

import json

import pytest

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.report.records import form_record

TABLE = [["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "里程", "≥3公里"]]


def form_of(*rows):
    grid = [["项目支出绩效目标表", "", "", ""], ["项目名称", "道路", "", ""], *rows, *TABLE]
    content = json.dumps(grid, ensure_ascii=False).encode()
    (form,) = read_file(SourceFile(name="表.json", content=content)).forms
    return form


@pytest.mark.parametrize("sign", ["至", "-", "—", "～", "到"])
def test_a_period_over_three_cells_is_one_answer(sign):
    form = form_of(["项目起止时间", "2025-01-01", sign, "2027-12-31"])
    assert f"2025-01-01{sign}2027-12-31" == form_record(form).project.period
    entry = form.header.project_period
    assert ["2025-01-01", sign, "2027-12-31"] == [
        entry.at.quote,
        *(place.quote for place in entry.at.also),
    ]


def test_a_period_before_another_field_ends_there():
    form = form_of(["项目起止时间", "2025年", "项目负责人", "—"])
    assert "2025年" == form_record(form).project.period
