"""比较符号用了不规范的字形。
Odd comparator glyph

检查内容
    指标值或者指标性质一栏里，有没有“≧”“≦”“﹦”“>=”“=>”这样的写法。
为什么
    一体化系统里的指标性质只有“＞”“≥”“＝”“＜”“≤”和“定性”几种，其他写法导入时认不出来，
    汇总比对时也会被当成不同的值。
怎样修改
    改成规范的符号：“≧”“>=”“=>”改为“≥”，“≦”“<=”“=<”改为“≤”，“﹦”改为“＝”。可以自动更正。
不适用的情形
    “不低于”“不超过”“以上”等文字不检查；一个值里有两个符号的，先按“两个比较符号”处理，本条不自动更正。
"""

import re
from collections.abc import Iterator

from jixiao.audit.finding import Edit, Fix, Hit, Severity, Skip
from jixiao.audit.rule import INDICATOR_FORMS, Context, NoParams, row_rule
from jixiao.audit.support.stacked_signs import stacked_signs
from jixiao.audit.view import Row
from jixiao.form.entry import Entry
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import Quantity

_STANDARD = {
    "≥": "[≧⩾≽≿⪰]|[>＞﹥] ?[=＝﹦]|[=＝﹦] ?[>＞﹥]",
    "≤": "[≦⩽≼≾⪯]|[<＜﹤] ?[=＝﹦]|[=＝﹦] ?[<＜﹤]",
    "＝": "[﹦═]",
    "＞": "﹥",
    "＜": "﹤",
}
_ODD = pattern("|".join(f"(?P<s{place}>{odd})" for place, odd in enumerate(_STANDARD.values())))
_SIGNS = tuple(_STANDARD)


def check(row: Row, _context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Look at the cell as printed, not at the folded text, which has one sign for all."""
    if not row.quantity.glyphs:
        return
    field, entry = _place(row)
    found = _ODD.search(entry.raw)
    if found is None:
        return
    standard = _standard(found)
    edit = Edit(at=entry.at, old=entry.raw, new=_ODD.sub(_standard, entry.raw))
    doubled = stacked_signs(row.value) is not None
    yield row.hit(
        field,
        f"指标“{row.raw_name}”的“{entry.raw.strip()}”用了不规范的比较符号“{found[0]}”。",
        suggestion=f"请改为“{standard}”。",
        evidence={"glyph": found[0], "standard": standard},
        fix=None
        if doubled
        else Fix(safe=True, title=f"“{found[0]}”改为“{standard}”", edits=(edit,)),
    )


def _place(row: Row) -> tuple[str, Entry[str] | Entry[Quantity]]:
    """The operator's column, else the value's, else the target: whichever the table prints."""
    item = row.indicator
    if item.operator_cell is not None and _ODD.search(item.operator_cell.raw):
        return "operator_cell", item.operator_cell
    if item.value_cell is not None:
        return "value_cell", item.value_cell
    return "target", item.target


def _standard(found: re.Match[str]) -> str:
    return _SIGNS[int((found.lastgroup or "s0")[1:])]


RULE = row_rule(
    code="FMT002",
    severity=Severity.WARNING,
    check=check,
    basis=("practice-integrated-system",),
    dimension="完整性",
    params=NoParams,
    kinds=INDICATOR_FORMS,
)
