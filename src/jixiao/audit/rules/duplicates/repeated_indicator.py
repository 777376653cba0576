"""同一类指标下有两行名称相同的指标。
Repeated indicator

检查内容
    一张表里，同一个二级指标下是否出现两行名称相同的三级指标。
为什么
    重复的行使指标数量虚高，两行的指标值不同时还会互相矛盾，年底不知道按哪一行自评。
怎样修改
    删去多余的一行；如果想说的是两件事，把名称写清楚，例如“干部培训人次”“村民培训人次”。
不适用的情形
    两行分属不同的二级指标（例如数量与成本）的；计量单位不同，说明的不是同一个量的；空白表上印好的“指标1”等。
    指标值空白本身由另一条规则报告。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.copied_rows import heading_of
from jixiao.audit.support.template_names import names_an_indicator
from jixiao.audit.view import FormView, Row


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:  # noqa: ARG001  every rule takes a context
    """The later row is reported, with the number of the earlier one."""
    first: dict[tuple[str, str], Row] = {}
    for row in view.rows:
        if not names_an_indicator(row.name):
            continue
        earlier = first.setdefault((heading_of(row), row.name), row)
        if earlier is not row and not _two_measures(earlier, row):
            yield row.hit(
                "name",
                f"指标“{row.raw_name}”在同一类指标下写了两次，"
                f"指标值一处是{_stated(earlier)}，一处是{_stated(row)}。",
                suggestion="请删去多余的一行；说的是两件事的，请把两行名称区分开。",
                evidence={"first_row": str(earlier.index + 1), "second_row": str(row.index + 1)},
            )


def _stated(row: Row) -> str:
    return f"“{row.raw_value}”" if row.raw_value else "空白"


def _two_measures(one: Row, other: Row) -> bool:
    """Training counted in sessions and in people: one name, two measures."""
    units = one.quantity.printed_unit, other.quantity.printed_unit
    return None not in units and units[0] != units[1]


RULE = form_rule(
    code="DUP003",
    severity=Severity.WARNING,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="完整性",
    params=NoParams,
)
