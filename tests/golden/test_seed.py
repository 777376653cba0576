"""The bundled sample, as 平罗县陶乐镇 published it: 16 forms, 140 indicators, 9,777,821 元.

The table is written by hand from the document; rows count the indicators of each category in
printed order after the row torn by a page break is joined.
"""

from decimal import Decimal
from importlib.resources import files

import pytest

from jixiao.form.indicator import Category
from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.intake.result import Status
from jixiao.report.records import form_record

FORMS = [
    ("平罗县陶乐镇人民政府本级_津贴补贴及奖金", "02-经常性项目", "99 年", 4902018, "111101011"),
    ("平罗县陶乐镇人民政府本级_社保缴费", "02-经常性项目", "99 年", 1415670, "111101011"),
    ("平罗县陶乐镇人民政府本级_退休人员支出", "02-经常性项目", "99 年", 423149, "111101011"),
    ("政府临聘人员经费", "02-经常性项目", "1 年", 60000, "131102011"),
    ("庙庙湖环境保护运行经费", "02-经常性项目", "1 年", 100000, "321101111"),
    ("社区人员公积金", "02-经常性项目", "1 年", 24600, "111101011"),
    ("助力乡村振兴驻村工作队经费", "02-经常性项目", "1 年", 10000, "211101011"),
    ("乡镇两中心运行经费", "02-经常性项目", "1 年", 20000, "421101011"),
    ("村级创新社会管理经费", "02-经常性项目", "1 年", 100000, "221101011"),
    ("创新社会管理工作经费", "02-经常性项目", "1 年", 45000, "221101011"),
    ("村委会办公经费", "02-经常性项目", "1 年", 230000, "311101011"),
    ("社区党组织建设工作经费", "02-经常性项目", "1 年", 40000, "421302011"),
    ("城乡社区运转经费", "02-经常性项目", "1 年", 200000, "211101011"),
    ("陶乐镇镇区维修维护、垃圾清运等项目", "0101-一年期项目", "1 年", 1300000, "211101011"),
    ("平罗县陶乐镇人民政府本级_基本运转支出", "02-经常性项目", "99 年", 633414, "111101011"),
    ("平罗县陶乐镇人民政府本级_公用经费其他支出", "02-经常性项目", "99 年", 273970, "211101011"),
]
CATEGORIES = (
    Category.OUTPUT_QUANTITY,
    Category.OUTPUT_QUALITY,
    Category.OUTPUT_TIMELINESS,
    Category.OUTPUT_COST,
    Category.BENEFIT_ECONOMIC,
    Category.BENEFIT_SOCIAL,
    Category.BENEFIT_ECOLOGICAL,
    Category.BENEFIT_SUSTAINED_IMPACT,
    Category.SATISFACTION_RECIPIENT,
)


@pytest.fixture(scope="module")
def seed():
    content = files("jixiao").joinpath("sample/taole-2022.txt").read_bytes()
    return content.decode(), read_file(SourceFile(name="taole-2022.txt", content=content))


def test_read_whole(seed):
    _, result = seed
    assert (result.status, result.problems) == (Status.COMPLETE, ())
    assert len(FORMS) == len(result.forms)
    assert sum(len(form.indicators) for form in result.forms) == 140
    assert Decimal(9777821) == sum(form.funding.total.value for form in result.forms)


@pytest.mark.parametrize("index", range(16))
def test_form(seed, index):
    _, result = seed
    form = form_record(result.forms[index])
    name, attribute, period, total, rows = FORMS[index]
    assert (name, attribute, period) == (
        form.project.name,
        form.project.attribute,
        form.project.period,
    )
    assert (
        form.kind,
        form.budget_year,
        form.layout,
    ) == ("project_target", 2022, "nx_pingluo/project_target_2022")
    assert (
        form.supervising_department.code,
        form.supervising_department.name,
    ) == ("055", "平罗县陶乐镇人民政府")
    assert form.implementing_unit.name == "平罗县陶乐镇人民政府"
    funding = form.funding
    assert ("元", total, total, None) == (
        funding.unit,
        funding.total,
        funding.fiscal,
        funding.other,
    )
    counted = [sum(row.category == c for row in form.indicators) for c in CATEGORIES]
    assert rows == "".join(map(str, counted))


def test_the_torn_row_is_joined_with_both_places(seed):
    _, result = seed
    row = result.forms[9].indicators[2]
    assert row.name.raw == "实行网格化管理, 网格员走访村 (社区) 民、全覆盖)"
    assert row.target.raw == "全覆盖"
    assert (row.name.at.line, tuple(place.line for place in row.name.at.also)) == (220, (222,))


def test_shifted_rows_are_put_back(seed):
    _, result = seed
    for index, position, name, value in (
        (7, 4, "社会保障政策覆盖率", "100%"),
        (11, 4, "规范开展党建活动", "规范"),
    ):
        row = result.forms[index].indicators[position]
        assert row.category == Category.OUTPUT_QUALITY
        assert (name, value) == (row.name.raw, row.target.raw)


def test_marks_of_the_headings(seed):
    _, result = seed
    for form in result.forms:
        for row in form.indicators:
            hard = row.category in (Category.OUTPUT_QUANTITY, Category.OUTPUT_COST)
            assert hard == row.required_numeric
            assert (row.category is not Category.BENEFIT_ECOLOGICAL) == row.required


def test_every_value_stands_on_the_line_it_names(seed):
    text, result = seed
    lines = text.split("\n")
    entries = [
        entry
        for form in result.forms
        for entry in (
            form.header.project_name,
            form.header.project_period,
            form.funding.total,
            form.narrative.goal,
            *(row.target for row in form.indicators),
        )
    ]
    assert len(entries) == 16 * 4 + 140
    for entry in entries:
        assert entry.raw in lines[entry.at.line - 1]


def test_repairs_are_said(seed):
    _, result = seed
    assert sorted(r.code for r in result.repairs) == ["shifted-cells", "shifted-cells", "torn-row"]
