"""年度总体目标只有口号或者背景，没有具体的目标。
Slogan goal

检查内容
    总体目标里没有任何作为目标的数字，并且四分之三以上的文字是“提升能力、加强管理、保障正常运转”一类的口号，
    或者是成立时间、面积、现状一类的背景。年份、文号和背景里的数字不算目标。
为什么
    总体目标要说清楚花这笔钱、为谁、做什么、做多少、达到什么效果；只有口号，指标就没有依据，
    几个不同的项目也会写成同一句话。
怎样修改
    写明对象、工作、数量、时间和效果，例如“全年清运镇区生活垃圾约 1200 吨，维修基础设施 2 次，
    覆盖 2 个社区，群众满意度达到 90%以上”。背景放到立项依据里。
不适用的情形
    总体目标空着或者没有这一栏的由必填类规则检查；说出了具体对象和工作、只是没有数字的，不在本条之列。
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.goal_clauses import Clause, ClauseKind, goal_clauses
from jixiao.audit.view import FormView
from jixiao.foundation.quantity import ValueKind
from jixiao.foundation.text import placeholder_kind

_EMPTY = frozenset((ClauseKind.SLOGAN, ClauseKind.BACKGROUND))


class Params(Struct, frozen=True):
    """`most_empty` is the share of slogans and background a goal without figures may have."""

    most_empty: Decimal = Decimal("0.75")


def check(view: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    """A goal with a figure, or one that names its work, is let pass."""
    entry = view.goal_entry
    if entry is None or placeholder_kind(view.goal) in {
        ValueKind.BLANK,
        ValueKind.NOT_APPLICABLE,
    }:
        yield not_applicable("没有年度总体目标可以检查。")
        return
    clauses = goal_clauses(view, context.profile)
    total = sum(len(clause.text) for clause in clauses)
    if not total or any(clause.kind is ClauseKind.FIGURE for clause in clauses):
        return
    empty = sum(len(clause.text) for clause in clauses if clause.kind in _EMPTY)
    share = Decimal(empty) / total
    if share <= context.params.most_empty:
        return
    percent = f"{(share * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)}%"
    yield view.hit(
        "narrative.goal",
        entry.at,
        f"年度总体目标没有数量目标，约 {percent} 的文字是{_what(clauses)}，"
        "看不出为谁、做什么、做到多少。",
        suggestion="请写明对象、工作、数量、时间和效果，例如"
        "“全年完成……X 次（处、人），X 月底前完成，……满意度达到 X%以上”。",
        evidence={"characters": str(total), "empty_characters": str(empty)},
    )


def _what(clauses: tuple[Clause, ...]) -> str:
    kinds = {clause.kind for clause in clauses}
    if ClauseKind.BACKGROUND not in kinds:
        return "口号"
    return "背景和口号" if ClauseKind.SLOGAN in kinds else "背景"


RULE = form_rule(
    code="QUA005",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13", "practice-local-rule"),
    dimension="完整性",
    params=Params,
)
