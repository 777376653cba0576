"""What a form answers to the fields of a layout, and everything it has to say.

A layout asks (`funding.total.amount`), the form answers with its text and the path of the field
in the record. What no cell of the layout asked for is found by holding the two against each
other, so that a table never swallows a value in silence.
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.form.entry import Coded, Entry
from jixiao.form.forms import Form
from jixiao.form.funding import FundingLine
from jixiao.official.amounts import amount_text
from jixiao.standards.labels import bare_label, label_of

AMOUNTS = ("amount", "initial", "adjusted", "executed", "expected")
LINE_COLUMNS = (*AMOUNTS, "rate", "points", "score")
HEADER = {
    "project.name": ("project_name", "项目名称"),
    "project.code": ("project_code", "项目编码"),
    "project.attribute": ("project_attribute", "项目属性"),
    "project.category": ("project_category", "项目类别"),
    "project.period": ("project_period", "项目期"),
    "project.start_date": ("start_date", "开始日期"),
    "project.end_date": ("end_date", "结束日期"),
    "supervising_department": ("supervising_department", "主管部门"),
    "implementing_unit": ("implementing_unit", "实施单位"),
}
NARRATIVE = {"goal": "年度总体目标", "long_term_goal": "中长期目标", "achieved": "目标完成情况"}

REVIEW = {"grade": "综合评定等级", "total": "总分", "opinion": "总体意见"}


class Answer(Struct, frozen=True):
    """The text of a field, where it stands in the record, and what people call it.

    `also` are further fields of the record that say the same and are shown by the same cell.
    """

    text: str = ""
    path: str = ""
    label: str = ""
    also: tuple[str, ...] = ()


def header_answers(form: Form) -> Iterator[tuple[str, Answer]]:
    """Header and narrative fields the form has, by the name a layout uses."""
    for field, (attribute, label) in HEADER.items():
        entry: Entry[str] | Entry[Coded] | None = getattr(form.header, attribute)
        if entry is not None:
            yield field, Answer(entry.raw, f"header.{attribute}", label)
    for field, label in NARRATIVE.items():
        goal: Entry[str] | None = getattr(form.narrative, field)
        if goal is not None:
            yield field, Answer(goal.raw, f"narrative.{field}", label)


def review_answers(form: Form) -> Iterator[tuple[str, Answer]]:
    """The conclusion of a review sheet: `review.grade`, `review.total`, `review.opinion`."""
    if form.review is None:
        return
    for field, label in REVIEW.items():
        entry = getattr(form.review, field)
        if entry is not None:
            yield f"review.{field}", Answer(entry.raw, f"review.{field}", label)


def other_answers(form: Form) -> Iterator[tuple[str, Answer]]:
    """Labelled fields the model has no name for; a label met again gets a number behind it."""
    seen: dict[str, int] = {}
    for number, one in enumerate(form.header.others):
        name = other_name(one.label)
        seen[name] = seen.get(name, 0) + 1
        field = name if seen[name] == 1 else f"{name}#{seen[name]}"
        yield field, Answer(one.raw, f"header.others[{number}]", one.label.strip())


def other_name(label: str) -> str:
    """One name for the ways to write a label: its role where it has one, else its folded words."""
    known = label_of(label)
    role = known.header or known.goal
    return f"other.{role or bare_label(label)}"


def funding_answers(form: Form, by: Decimal | None) -> Iterator[tuple[str, Answer]]:
    """Columns of money lines: `funding.total.amount`, `funding.whole.fiscal.initial`."""
    if form.funding is None:
        return
    seen: set[str] = set()
    for number, line in enumerate(form.funding.lines):
        if line.key is None or line.key in seen:
            continue
        seen.add(line.key)
        for column in LINE_COLUMNS:
            yield from _column(line, number, column, by)


def _column(
    line: FundingLine, number: int, column: str, by: Decimal | None
) -> Iterator[tuple[str, Answer]]:
    entry: Entry[Decimal] | None = getattr(line, column)
    if entry is None:
        return
    text = amount_text(entry, by) if column in AMOUNTS else entry.raw
    path = f"funding.lines[{number}].{column}" if column != "amount" else f"funding.{line.key}"
    label = f"{line.label.raw.strip()}（{COLUMN_WORDS[column]}）"
    yield f"funding.{line.key}.{column}", Answer(text, path, label)


COLUMN_WORDS = {
    "amount": "金额",
    "initial": "年初预算数",
    "adjusted": "全年预算数",
    "executed": "执行数",
    "expected": "全年预计执行数",
    "rate": "执行率",
    "points": "分值",
    "score": "得分",
}
