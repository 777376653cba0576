"""Where a fault stands, in the words of the form: the field, and the place in the file.

`indicators[3].target` is for programs; an official reads “第 4 条指标 · 指标值”.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath

from jixiao.form.forms import Form
from jixiao.foundation.location import SourceRef
from jixiao.foundation.pattern import pattern

_ROW = pattern(r"(indicators|long_term_indicators)\[(\d+)\](?:\.(\w+))?")
_ROW_FIELDS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "target": "指标值",
    "operator_cell": "指标性质",
    "value_cell": "指标值",
    "unit_cell": "计量单位",
    "direction": "指标方向",
    "core": "是否核心指标",
    "weight": "权重",
    "long_term_target": "中长期指标值",
    "adjusted_target": "调整后指标值",
    "actual": "实际完成值",
    "forecast": "全年预计完成值",
    "score": "得分",
    "likelihood": "完成可能性",
    "deviation_cause": "偏差原因",
    "improvement": "改进措施",
}
FIELDS = {
    "": "全表",
    "title": "表题",
    "budget_year": "年度",
    "year_entry": "年度",
    "columns": "表头",
    "indicators": "指标表",
    "long_term_indicators": "中长期指标表",
    "funding": "项目资金",
    "funding.unit": "金额单位",
    "funding.total": "年度资金总额",
    "funding.fiscal": "财政拨款",
    "funding.carry_over": "上年结转",
    "funding.other": "其他资金",
    "header": "表头信息",
    "header.project_name": "项目名称",
    "header.project_code": "项目编码",
    "header.project_attribute": "项目属性",
    "header.project_category": "项目类别",
    "header.project_period": "项目期",
    "header.start_date": "开始日期",
    "header.end_date": "结束日期",
    "header.supervising_department": "主管部门",
    "header.implementing_unit": "实施单位",
    "narrative": "总体目标",
    "narrative.goal": "年度总体目标",
    "narrative.long_term_goal": "中长期目标",
    "narrative.achieved": "目标完成情况",
    "narrative.tasks": "年度主要任务",
}


def field_words(path: str) -> str:
    """The field a path names, as it is called on the forms; unknown paths as they are."""
    row = _ROW.match(path)
    if row is not None:
        kind = "中长期指标" if row[1].startswith("long") else "指标"
        number = int(row[2]) + 1
        field = f" · {_ROW_FIELDS.get(row[3], row[3])}" if row[3] else ""
        return f"第 {number} 条{kind}{field}"
    if path in FIELDS:
        return FIELDS[path]
    stem = path.partition("[")[0]
    if stem == "columns":
        return f"表头第 {int(re.sub(r'[^0-9]', '', path) or 0) + 1} 列"
    if stem == "suppress":
        return "豁免清单"
    if stem in {"funding.lines", "narrative.tasks"}:
        number = int(re.sub(r"\D", "", path) or 0) + 1
        return f"第 {number} 项{'资金' if stem == 'funding.lines' else '任务'}"
    return FIELDS.get(path.partition(".")[0], path)


def is_cell(path: str) -> bool:
    """Whether the path names one place of the form, not the form or a table of it as a whole."""
    return path not in {"", "title", "columns", "indicators", "long_term_indicators", "funding"}


def place_words(source: SourceRef) -> str:
    """The place in the file, as far as it is known: 第 2 页 · 工作表“目标” C5."""
    parts = []
    if source.page is not None:
        parts.append(f"第 {source.page} 页")
    if source.sheet is not None:
        parts.append(f"工作表“{source.sheet}”")
    elif source.table is not None:
        parts.append(f"第 {source.table} 个表格")
    if source.cell is not None:
        parts.append(f"单元格 {source.cell}")
    elif source.line is not None:
        parts.append(f"第 {source.line} 行")
    elif source.row is not None:
        column = f"第 {source.column} 列" if source.column is not None else ""
        parts.append(f"第 {source.row} 行{column}")
    return " · ".join(parts)


def form_name(form: Form) -> str:
    """The project, or the department where the form is about one."""
    header = form.header
    for entry in (header.project_name, header.implementing_unit, header.supervising_department):
        if entry is not None and entry.raw.strip():
            return "".join(entry.raw.split("\n")).strip()
    return "（未填名称）"


def file_name(file: str) -> str:
    """The file without its folders; what follows the name (a member of an archive) stays."""
    return PurePath(file.replace("\\", "/")).name or file


def money_words(form: Form) -> str:
    """The year's total as printed with its unit; "" where the form does not state it."""
    funding = form.funding
    if funding is None or funding.total is None or funding.total.value is None:
        return ""
    return f"{funding.total.value:,f} {funding.unit or '（单位未注明）'}"


def total_words(forms: Sequence[Form]) -> str:
    """The sum of the totals; "" unless every form states one, all in the same unit."""
    totals = []
    units = set()
    for form in forms:
        funding = form.funding
        if funding is None or funding.total is None or funding.total.value is None:
            return ""
        totals.append(funding.total.value)
        units.add(funding.unit)
    unit = units.pop() if len(units) == 1 else None
    return f"{sum(totals):,f} {unit}" if unit is not None else ""


def column_words(path: str) -> str:
    """The field a path names, without the number of its row."""
    row = _ROW.match(path)
    return field_words(path) if row is None else _ROW_FIELDS.get(row[3], "指标")
