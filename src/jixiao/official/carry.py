"""A form of one stage as the blank form of a later one (目标表 → 监控表, 自评表, 审核表 …).

What was approved is kept, as far as the later table shows it; what the later stage has to find
out is blank. Which table follows which is said by the layout (`follows`); what each kind of form
takes over stands in `_STAGES`. The form that was carried is not changed and loses nothing.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from jixiao.form.forms import Form, FormKind
from jixiao.form.funding import Funding, FundingLine
from jixiao.form.header import Header
from jixiao.form.indicator import Indicator
from jixiao.form.narrative import Narrative
from jixiao.official.answers import HEADER, other_name
from jixiao.official.blocks import PARTS, remark_name
from jixiao.official.printed import printed_indicators, printed_items
from jixiao.standards.labels import label_of
from jixiao.standards.layout import Layout, layouts

KIND_NAMES = {
    FormKind.PROJECT_TARGET: "项目绩效目标表",
    FormKind.DEPARTMENT_TARGET: "部门（单位）整体绩效目标表",
    FormKind.REGIONAL_TARGET: "区域绩效目标表",
    FormKind.MONITORING: "绩效监控表",
    FormKind.SELF_EVALUATION: "绩效自评表",
    FormKind.EVALUATION: "绩效评价表",
    FormKind.REVIEW: "绩效目标审核表",
    FormKind.ADJUSTMENT: "绩效目标调整申请表",
}
#: Columns of a row that are approved with the target, beside its name and value.
_APPROVED = ("weight", "direction", "core", "long_term_target")
#: Columns of money in which an approved amount may stand, the first the table has.
_MONEY = ("initial", "adjusted", "amount")


class _Stage(Struct, frozen=True, kw_only=True):
    """What a kind of form takes over from the one before it."""

    goal: bool = True
    indicators: bool = True
    framework: bool = False
    review: bool = False


_STAGES = {
    FormKind.MONITORING: _Stage(),
    FormKind.SELF_EVALUATION: _Stage(),
    FormKind.ADJUSTMENT: _Stage(),
    FormKind.EVALUATION: _Stage(goal=False, framework=True),
    FormKind.REVIEW: _Stage(goal=False, indicators=False, review=True),
}


class Refusal(Struct, frozen=True):
    """Why a form cannot be written on a layout, in words for the person who asked."""

    message: str


def carry(form: Form, layout: Layout) -> Form | Refusal:
    """The form as the blank one of the layout's kind, or why that cannot be."""
    stage = _STAGES.get(FormKind(layout.kind))
    if stage is None or form.kind.value not in layout.follows or layout.sheet is None:
        return Refusal(_refused(form, layout))
    plan = layout.sheet
    asked = frozenset(name for _, cell in plan.cells() for name in cell.asks)
    rows = tuple(_row(row, asked, stage) for row in form.indicators) if stage.indicators else ()
    return Form(
        kind=FormKind(layout.kind),
        file=form.file,
        index=form.index,
        budget_year=form.budget_year,
        year_entry=form.year_entry,
        layout=layout.id,
        header=_header(form.header, asked),
        funding=None if form.funding is None else _funding(form.funding, asked),
        narrative=_narrative(form.narrative, asked) if stage.goal else Narrative(),
        indicators=(*printed_indicators(plan), *rows) if stage.framework else rows,
        review=printed_items(plan) if stage.review else None,
    )


def _refused(form: Form, layout: Layout) -> str:
    own, wanted = KIND_NAMES[form.kind], KIND_NAMES[FormKind(layout.kind)]
    reason = f"这是一张{own}，不能写成版式“{layout.title}”（{wanted}）"
    if layout.follows:
        sources = "或".join(KIND_NAMES[FormKind(kind)] for kind in layout.follows)
        return f"{reason}：该表由{sources}转成，请提供{sources}"
    ways = [one for one in layouts() if form.kind.value in (one.kind, *one.follows) and one.sheet]
    others = "、".join(f"{one.title}（{one.id}）" for one in ways)
    why = "项目、部门、区域的目标表不能互相转成"
    if FormKind(layout.kind) in _STAGES or form.kind in _STAGES:
        why = "目标表不能由后面环节的表倒推"
    return f"{reason}：{why}，请提供原来的{wanted}；这张表可以写成：{others}"


def _header(header: Header, asked: frozenset[str]) -> Header:
    """Who and for what, as far as the later table asks; signatures and opinions are made anew."""
    kept = {
        attribute: getattr(header, attribute)
        for field, (attribute, _) in HEADER.items()
        if field in asked
    }
    wanted = {other_name(name.removeprefix("other.")) for name in asked if "other." in name}
    others = tuple(
        one
        for one in header.others
        if other_name(one.label) in wanted and label_of(one.label).header is not None
    )
    return Header(**kept, others=others)


def _narrative(narrative: Narrative, asked: frozenset[str]) -> Narrative:
    long_term = narrative.long_term_goal if "long_term_goal" in asked else None
    return Narrative(goal=narrative.goal if "goal" in asked else None, long_term_goal=long_term)


def _funding(funding: Funding, asked: frozenset[str]) -> Funding:
    """The approved amounts in the first column of the later table."""
    lines = tuple(_lines(funding, asked))
    first = {line.key: line.amount for line in reversed(lines)}
    return Funding(
        unit=funding.unit,
        unit_at=funding.unit_at,
        total=first.get("total"),
        fiscal=first.get("fiscal"),
        carry_over=first.get("carry_over"),
        other=first.get("other"),
        lines=lines,
    )


def _lines(funding: Funding, asked: frozenset[str]) -> Iterator[FundingLine]:
    seen: set[str] = set()
    for line in funding.lines:
        if line.key is None or line.key in seen:
            continue
        column = next((one for one in _MONEY if f"funding.{line.key}.{one}" in asked), None)
        if column is None:
            continue
        seen.add(line.key)
        approved = line.initial or line.amount
        kept = FundingLine(label=line.label, key=line.key, amount=approved)
        yield kept if column == "amount" else replace(kept, **{column: approved})


def _row(row: Indicator, asked: frozenset[str], stage: _Stage) -> Indicator:
    """An indicator with its target; what is to be found out is blank."""
    return Indicator(
        name=row.name,
        target=row.target,
        at=row.at,
        level1=row.level1,
        level2=row.level2,
        category=row.category,
        required=row.required,
        required_numeric=row.required_numeric,
        remarks=tuple(
            one for one in row.remarks if stage.framework and remark_name(one.label) in asked
        ),
        **{field: getattr(row, field) for field in _APPROVED if field in asked},
        **{cell: getattr(row, cell) for part, cell in PARTS.items() if part in asked},
    )
