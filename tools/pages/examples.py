"""A case of a rule as an official would see the form: fields as a list, indicators as a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.support.cases import Case
from tests.support.forms import FUNDING_LABELS, LEVEL2

from jixiao.form.indicator import Category
from tools.pages.markdown import quoted, table

FIELDS = {
    "title": "表名", "project": "项目名称", "code": "项目编码", "year": "年度",
    "department": "主管部门", "implementing_unit": "实施单位", "attribute": "项目属性",
    "category": "项目类别", "period": "项目期", "start": "开始日期", "end": "结束日期",
    "unit": "金额单位", **FUNDING_LABELS,
    "goal": "年度总体目标", "long_term_goal": "中长期目标", "achieved": "目标完成情况",
}  # fmt: skip
COLUMNS = {
    "operator": "指标性质", "value": "指标值", "unit": "计量单位", "weight": "权重",
    "long_term_target": "中期指标值", "adjusted_target": "调整后指标值", "actual": "实际完成值",
    "score": "得分", "deviation_cause": "偏差原因", "improvement": "改进措施",
}  # fmt: skip
SHORT = ("category", "name", "target")
TASK = ("name", "content", "amount")


def example(case: Case) -> list[str]:
    """The form or forms of a case, with the sentence why it stands here."""
    lines = [f"{case.why}", ""] if case.why else []
    if case.forms is not None:
        for number, form in enumerate(case.forms, start=1):
            lines += [f"**第 {number} 张表**", "", *_form(form)]
        return lines
    if case.form is not None:
        return lines + _form(case.form)
    rows = [case.indicator] if case.indicators is None else case.indicators
    return lines + _indicators(rows)


def _form(form: Mapping[str, Any]) -> list[str]:
    lines = [f"- {FIELDS[key]}：{quoted(str(form[key]))}" for key in FIELDS if key in form]
    lines += [f"- {name}：{quoted(str(text))}" for name, text in _others(form)]
    for line in form.get("lines", ()):
        cells = _named(line, ("label", "key", "amount"))
        shown = "、".join(text for key, text in cells.items() if key not in ("label", "key"))
        lines.append(f"- {cells['label']}：{quoted(shown)}")
    tasks = [
        f"- 年度主要任务：{quoted('，'.join(_named(task, TASK).values()))}"
        for task in form.get("tasks", ())
    ]
    blank = [""] if lines or tasks else []
    rows = form.get("indicators", ())
    longer = form.get("long_term_indicators", ())
    lines = [*lines, *tasks, *blank, *(_indicators(rows) if rows else [])]
    return lines + (["中长期指标：", "", *_indicators(longer)] if longer else [])


def _others(form: Mapping[str, Any]) -> list[tuple[str, Any]]:
    others = form.get("others", {})
    return list(others.items()) if isinstance(others, Mapping) else []


def _indicators(rows: Sequence[Any]) -> list[str]:
    mappings = [_named(row, SHORT) for row in rows]
    further = [key for key in COLUMNS if any(key in row for row in mappings)]
    remarks = list(dict.fromkeys(label for row in mappings for label in _remarks(row)))
    targets = ["指标值"] if any("target" in row for row in mappings) else []
    headings = ["二级指标", "三级指标", *targets, *(COLUMNS[key] for key in further), *remarks]
    return table(headings, [_cells(row, bool(targets), further, remarks) for row in mappings])


def _named(cells: Any, names: Sequence[str]) -> Mapping[str, Any]:
    """A case may write a row short, as a list in this order."""
    return cells if isinstance(cells, Mapping) else dict(zip(names, cells, strict=False))


def _remarks(row: Mapping[str, Any]) -> Mapping[str, Any]:
    remarks = row.get("remarks", {})
    return remarks if isinstance(remarks, Mapping) else {}


def _cells(
    row: Mapping[str, Any], has_target: bool, further: list[str], remarks: list[str]
) -> list[str]:
    level2 = row.get("level2")
    if level2 is None:
        known = row.get("category")
        level2 = LEVEL2[Category(known)] if known else ""
    target = [quoted(str(row.get("target", "")))] if has_target else []
    return [
        str(level2),
        str(row.get("name", "")),
        *target,
        *(quoted(str(row.get(key, ""))) for key in further),
        *(quoted(str(_remarks(row).get(label, ""))) for label in remarks),
    ]
