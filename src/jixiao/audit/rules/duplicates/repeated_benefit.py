"""两行效益指标写的是同一句话。
Repeated benefit

检查内容
    经济、社会、生态效益和可持续影响各行之间，一行的名称是否与另一行相同，或者整句包含在另一行里。
为什么
    同一个效果在两处各算一次，另一类效益就等于没有填。
怎样修改
    保留最合适的一处，另一处写真正属于该类的效果。例如社会效益写“群众安全感测评得分≥95 分”，
    可持续影响写“网格员队伍流失率≤5%”“调解工作制度持续执行年限≥3 年”。
不适用的情形
    两行都是数字而且量的不是同一个量的；少于 6 个字的名称；同一类效益下名称完全相同的，由另一条规则报告。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.copied_rows import heading_of
from jixiao.audit.support.plain_clauses import plain
from jixiao.audit.support.template_names import names_an_indicator
from jixiao.audit.view import FormView, Row
from jixiao.foundation.pattern import pattern

_SHORTEST = 6
_FRAME = pattern(
    r"^(?:进一步|持续|不断|有效|切实|全面|逐步|明显|大力|着力|有力|稳步|显著)+|(?:情况|程度|效果)$"
)
#: Longer names that end so measure something of what the shorter one only names.
_MEASURES = pattern(r"(?:率|度|数|量|额|比例|占比|次|得分)$")


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:  # noqa: ARG001  every rule takes a context
    """The later of two rows is reported, once."""
    told: list[tuple[str, Row]] = []
    for row in view.rows:
        if row.category is None or not row.category.startswith("benefit."):
            continue
        core = _FRAME.sub("", plain(row.name))
        if len(core) < _SHORTEST or not names_an_indicator(row.name):
            continue
        earlier = next((one for text, one in told if _one_effect(text, core, one, row)), None)
        if earlier is not None:
            yield row.hit(
                "name",
                f"指标“{row.raw_name}”与“{earlier.raw_name}”说的是同一个效果，分别填在两行效益指标里。",
                suggestion="请保留最合适的一行，另一行写真正属于该类效益、能够检查的效果。",
                evidence={"first_row": str(earlier.index + 1), "second_row": str(row.index + 1)},
            )
        told.append((core, row))


def _one_effect(one: str, other: str, first: Row, second: Row) -> bool:
    short, long = sorted((one, other), key=len)
    if short not in long or _other_measure(first, second):
        return False
    if first.name == second.name:
        return heading_of(first) != heading_of(second)
    # 群众出行 in 群众出行时间缩短率: the longer name measures, it does not repeat.
    return not (short != long and _MEASURES.search(long) and not _MEASURES.search(short))


def _other_measure(first: Row, second: Row) -> bool:
    """Both are figures, but not the same one."""
    numbers = first.quantity.number, second.quantity.number
    return None not in numbers and first.value != second.value


RULE = form_rule(
    code="DUP005",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#10", "cn-mof-2015-88#22"),
    dimension="相关性",
    params=NoParams,
)
