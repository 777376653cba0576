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
from jixiao.audit.support.notation import tidied, unevenness
from jixiao.audit.support.target_cell import stands_apart
from jixiao.audit.view import FormView
from jixiao.form.entry import Entry
from jixiao.foundation.location import SourceRef


class _Cell(NamedTuple):
    path: str
    raw: str
    at: SourceRef


def check(view: FormView, _context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """All cells together, because being uneven is a matter of the whole form."""
    cells = list(_cells(view))
    found = unevenness([cell.raw for cell in cells])
    if not found.cells:
        return
    first = cells[found.cells[0]]
    kinds = "；".join(f"{kind}（{count} 处）" for kind, count in found.kinds)
    edits = []
    for place in found.cells:
        cell = cells[place]
        new = tidied(cell.raw, (kind for kind, _ in found.kinds))
        if new != cell.raw:
            edits.append(Edit(at=cell.at, old=cell.raw, new=new))
    yield view.hit(
        first.path,
        first.at,
        f"全表有 {len(found.cells)} 个单元格写法不统一：{kinds}。例如“{first.raw.strip()}”。",
        suggestion="数字和符号用半角，汉字间的标点和括号用全角，不加多余的空格；可以自动更正。",
        evidence={kind: str(count) for kind, count in found.kinds},
        fix=Fix(safe=True, title="统一全角半角和空格", edits=tuple(edits)) if edits else None,
    )


def _cells(view: FormView) -> Iterator[_Cell]:
    """Every text cell once; a merged level name stands in many rows and in one place."""
    form = view.form
    seen: set[SourceRef] = set()
    named: list[tuple[str, Entry[Any] | None]] = [
        ("year_entry", form.year_entry),
        ("narrative.goal", form.narrative.goal),
    ]
    for row in view.rows:
        item, path = row.indicator, f"indicators[{row.index}]"
        named += [(f"{path}.level2", item.level2), (f"{path}.name", item.name)]
        if stands_apart(row):
            named += [
                (f"{path}.value_cell", item.value_cell),
                (f"{path}.unit_cell", item.unit_cell),
            ]
        else:
            named.append((f"{path}.target", item.target))
    for path, entry in named:
        if entry is not None and entry.raw and entry.at not in seen:
            seen.add(entry.at)
            yield _Cell(path, entry.raw, entry.at)


RULE = form_rule(
    code="FMT001",
    severity=Severity.ADVICE,
    check=check,
    basis=("practice-filling-notes",),
    dimension="完整性",
    params=NoParams,
    kinds=INDICATOR_FORMS,
)
