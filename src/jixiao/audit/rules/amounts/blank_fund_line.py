"""资金栏有的分项空着没填。
Blank fund line

检查内容
    资金栏中印有名称的分项（财政拨款、上年结转、其他资金等）没有填数。
为什么
    空白看不出是“没有这项资金”还是“忘了填”。没有的应当写 0，总额才能由分项加出来。
怎样修改
    没有该项资金的填“0”。例如年度资金总额 230000、财政拨款 230000，其他资金填 0。
不适用的情形
    表上没有印这一行的；总额空白由必填项规则提示；已填“0”“—”或“无”的。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Edit, Fix, Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.fund_lines import FundLine, fund_lines, possible_sums
from jixiao.audit.view import FormView
from jixiao.foundation.text import is_blank


def check(form: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:  # noqa: ARG001  every rule takes a context
    funding = form.form.funding
    if funding is None:
        yield not_applicable("本表没有资金栏")
        return
    lines = fund_lines(form)
    blank = tuple(line for line in lines if line.key != "total" and is_blank(line.entry.raw))
    if not blank or len(blank) == len(lines) - (funding.total is not None):
        return
    names = "、".join(f"“{line.label}”" for line in blank)
    derivable = funding.total is not None and funding.total.value in set(possible_sums(lines))
    note = "，按 0 计算时各项之和与总额相符" if derivable else ""
    yield form.hit(
        blank[0].path,
        blank[0].entry.at,
        f"资金栏{names}空白，没有填数{note}",
        suggestion="没有该项资金的请填“0”，有的请补填金额。",
        fix=_zeros(blank) if derivable else None,
    )


def _zeros(blank: tuple[FundLine, ...]) -> Fix:
    """A blank may mean forgotten, so a zero is a proposal for a person to accept."""
    edits = tuple(Edit(at=line.entry.at, old=line.entry.raw, new="0") for line in blank)
    return Fix(safe=False, title="空白的资金分项填 0", edits=edits)


RULE = form_rule(
    code="AMT005",
    severity=Severity.INFO,
    check=check,
    basis=("practice-filling-notes",),
    dimension="完整性",
    params=NoParams,
)
