"""全角半角混用，或者有多余的空格。
Uneven notation

检查内容
    指标名称、指标值、级别名称和总体目标里，有没有全角的数字和百分号，比较符号后面有没有空格，
    同一张表里括号、标点是不是全角半角混用，数字和单位之间是不是有的空格、有的不空格。一张表只提示一次。
为什么
    写法不统一不影响理解，但是汇总、查找和系统比对的时候，会把同一个指标当成两个。
怎样修改
    数字、百分号、比较符号用半角，汉字之间的括号和标点用全角，不加空格，例如“≥95%”“12个月”“（必填）”。
    可以直接采用自动更正，不改变意思。
不适用的情形
    全表统一在数字和单位之间加空格的，是写作习惯，不提示；≧、=> 等符号由“不规范的比较符号”检查。
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from jixiao.audit.finding import Edit, Fix, Hit, Severity, Skip
from jixiao.audit.rule import INDICATOR_FORMS, Context, NoParams, form_rule
from jixiao.audit.support.notation import Unevenness, tidied, unevenness
from jixiao.audit.support.target_cell import stands_apart
from jixiao.audit.view import FormView
from jixiao.form.entry import Entry

_SHOWN = 20


class _Cell(NamedTuple):
    row: int | None
    field: str
    entry: Entry[Any]
    is_value: bool = False

    @property
    def path(self) -> str:
        return self.field if self.row is None else f"indicators[{self.row}].{self.field}"


def check(view: FormView, _context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """All cells together, because being uneven is a matter of the whole form."""
    cells = [cell for cell in _cells(view) if cell.entry.raw]
    values = frozenset(place for place, cell in enumerate(cells) if cell.is_value)
    found = unevenness([cell.entry.raw for cell in cells], values)
    if not found.cells:
        return
    example = min(
        (cells[place] for place in sorted(found.cells)), key=lambda cell: len(cell.entry.raw)
    )
    kinds = "；".join(f"{kind}（{count} 处）" for kind, count in found.kinds)
    edits = tuple(_edits(cells, found))
    shown = example.entry.raw.strip()
    yield view.hit(
        example.path,
        example.entry.at,
        f"全表有 {len(found.cells)} 个单元格写法不统一：{kinds}。"
        f"例如“{shown[:_SHOWN]}{'…' if len(shown) > _SHOWN else ''}”。",
        suggestion="数字和符号用半角，汉字间的标点和括号用全角，不加多余的空格；可以自动更正。",
        evidence={"cells": str(len(found.cells)), "kinds": kinds},
        fix=Fix(safe=True, title="统一全角半角和空格", edits=edits) if edits else None,
    )


def _edits(cells: list[_Cell], found: Unevenness) -> Iterator[Edit]:
    for place, kinds in sorted(found.cells.items()):
        entry = cells[place].entry
        new = tidied(entry.raw, kinds)
        if new != entry.raw:
            yield Edit(at=entry.at, old=entry.raw, new=new)


def _cells(view: FormView) -> Iterator[_Cell]:
    """Every text cell once; a merged level name stands in many rows and in one place."""
    form = view.form
    if form.year_entry is not None:
        yield _Cell(None, "year_entry", form.year_entry)
    if form.narrative.goal is not None:
        yield _Cell(None, "narrative.goal", form.narrative.goal)
    above: Entry[str] | None = None
    for row in view.rows:
        item, number = row.indicator, row.index
        if item.level2 is not None and (above is None or item.level2.at != above.at):
            yield _Cell(number, "level2", item.level2)
        above = item.level2
        yield _Cell(number, "name", item.name)
        if not stands_apart(row):
            yield _Cell(number, "target", item.target, is_value=True)
            continue
        for name, entry in (("value_cell", item.value_cell), ("unit_cell", item.unit_cell)):
            if entry is not None:
                yield _Cell(number, name, entry, is_value=True)


RULE = form_rule(
    code="FMT001",
    severity=Severity.ADVICE,
    check=check,
    basis=("practice-filling-notes",),
    dimension="完整性",
    params=NoParams,
    kinds=INDICATOR_FORMS,
)
