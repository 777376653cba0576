"""各项目的金额与部门整体表对不上。
Projects do not add up

检查内容
    同一单位、同一年度既有部门（单位）整体支出绩效目标表，又有项目表时：
    项目金额合计是否超过部门总额，是否超过整体表里的“项目支出”一行；年度主要任务的金额与同名项目是否一致。
为什么
    部门总额由基本支出和项目支出组成，项目合计不可能超过它们；超过了，必有一处填错。
怎样修改
    以批复的部门预算为准逐项核对，例如任务“公路养护”填 120 万元而项目表为 100 万元的，改成一致。
不适用的情形
    没有部门整体表的，只列出各项目合计，不作判断；合计小于总额的（可能不是全部项目都在这批表里）；
    只差整体表最后一位四舍五入的；其他实施单位的项目。
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, not_enough_data
from jixiao.audit.rule import At, BatchContext, batch_rule
from jixiao.audit.support.figures import plain, yuan
from jixiao.audit.support.plain_clauses import plain as plain_text
from jixiao.audit.support.sister_forms import project_key
from jixiao.audit.support.twin_projects import unit_of_form
from jixiao.audit.view import Batch, FormView
from jixiao.form.entry import Entry
from jixiao.form.forms import FormKind
from jixiao.foundation.location import SourceRef
from jixiao.foundation.money import Money
from jixiao.foundation.text import fold

_SHORTEST = 4


class Params(Struct, frozen=True):
    """`tolerance` in the unit of the department's form, for rounding to its last digit."""

    tolerance: Decimal = Decimal("0.01")


class _Projects(Struct, frozen=True):
    """Positions of the project forms, their sum, and how many state no amount."""

    positions: tuple[int, ...]
    total: Decimal
    without: int


def check(batch: Batch, context: BatchContext[Params]) -> Iterator[At]:
    """The findings stand on the department's form; the ledger of each form says what was summed."""
    for group in batch.groups:
        wholes = [at for at in group if _kind(batch, at) is FormKind.DEPARTMENT_TARGET]
        projects = _summed(batch, group)
        if not wholes or not projects.positions:
            reason = not_enough_data(_reason(wholes, projects))
            yield from (At(form=position, what=reason) for position in group)
            continue
        for at in wholes:
            own = _summed(batch, [other for other in group if _belongs(batch, other, at)])
            for hit in _compared(batch, at, own, context.params):
                yield At(form=at, what=hit)


def _belongs(batch: Batch, project: int, whole: int) -> bool:
    """A sub-unit's whole holds its own projects only; a department's those of all its units."""
    unit = unit_of_form(batch.forms[whole])
    return unit in {"", unit_of_form(batch.forms[project])}


def _kind(batch: Batch, position: int) -> FormKind:
    return batch.forms[position].form.kind


def _summed(batch: Batch, group: Sequence[int]) -> _Projects:
    """Every project once, also where it was filed twice."""
    once = {
        project_key(batch.forms[at]): at
        for at in reversed(group)
        if _kind(batch, at) is FormKind.PROJECT_TARGET
    }
    totals = [batch.forms[at].total for at in once.values()]
    known = [total.yuan for total in totals if total is not None]
    return _Projects(tuple(sorted(once.values())), sum(known, Decimal(0)), len(totals) - len(known))


def _reason(wholes: list[int], projects: _Projects) -> str:
    if not projects.positions:
        what = "只有部门整体表" if wholes else "没有项目表和部门整体表"
        return f"同一单位同一年度{what}，无法核对合计"
    lacking = f"（另有 {projects.without} 张没有金额）" if projects.without else ""
    count = len(projects.positions)
    return f"本单位 {count} 张项目表合计 {yuan(projects.total)}{lacking}，没有部门整体支出绩效目标表可以核对"


def _compared(batch: Batch, at: int, projects: _Projects, params: Params) -> Iterator[Hit]:
    view = batch.forms[at]
    funding = view.form.funding
    unit = None if funding is None else funding.unit
    if funding is None or unit is None:
        return
    allowed = Money.of(params.tolerance, unit).yuan
    evidence = {"projects": str(len(projects.positions)), "sum": plain(projects.total)}
    total = view.total
    if total is not None and projects.total > total.yuan + allowed:
        yield view.hit(
            "funding.total",
            view.place_of(None) if funding.total is None else funding.total.at,
            f"{len(projects.positions)} 个项目合计 {yuan(projects.total)}，"
            f"超过部门年度资金总额 {yuan(total.yuan)}，多出 {yuan(projects.total - total.yuan)}。",
            suggestion="请以批复的部门预算为准，逐个核对项目金额和部门总额。",
            evidence={**evidence, "total": plain(total.yuan)},
        )
    else:
        yield from _project_line(view, unit, projects, allowed)
    yield from _tasks(batch, view, unit, projects, allowed)


def _project_line(
    view: FormView, unit: str, projects: _Projects, allowed: Decimal
) -> Iterator[Hit]:
    """Less than the line may mean that not every project was handed in; more cannot be."""
    funding = view.form.funding
    for number, line in enumerate(() if funding is None else funding.lines):
        stated = _amount(line.amount, unit)
        if line.key != "project" or line.amount is None or stated is None:
            continue
        if projects.total > stated + allowed:
            yield view.hit(
                f"funding.lines[{number}].amount",
                line.amount.at,
                f"“{line.label.raw.strip()}”填 {yuan(stated)}，{len(projects.positions)} 个项目"
                f"合计 {yuan(projects.total)}，多出 {yuan(projects.total - stated)}。",
                suggestion="请核对是否有项目没有计入，或者金额填错。",
                evidence={"sum": plain(projects.total), "stated": plain(stated)},
            )


def _amount(entry: Entry[Decimal] | None, unit: str) -> Decimal | None:
    return None if entry is None or entry.value is None else Money.of(entry.value, unit).yuan


def _tasks(
    batch: Batch, view: FormView, unit: str, projects: _Projects, allowed: Decimal
) -> Iterator[Hit]:
    """A task with the very name of a project has its amount too."""
    named: dict[str, Money] = {}
    for at in projects.positions:
        total, name = batch.forms[at].total, plain_text(fold(batch.forms[at].project))
        if total is not None and len(name) >= _SHORTEST:
            named[name] = total
    for number, task in enumerate(view.form.narrative.tasks):
        stated = _amount(task.amount, unit)
        project = named.get(plain_text(fold(task.name.raw)))
        if stated is None or project is None or abs(stated - project.yuan) <= allowed:
            continue
        at_task: SourceRef = task.name.at if task.amount is None else task.amount.at
        yield view.hit(
            f"narrative.tasks[{number}].amount",
            at_task,
            f"任务“{task.name.raw.strip()}”填 {yuan(stated)}，"
            f"同名项目表为 {yuan(project.yuan)}，相差 {yuan(abs(stated - project.yuan))}。",
            suggestion="请以批复的预算为准，把两处改成一致。",
            evidence={"task": plain(stated), "project": plain(project.yuan)},
        )


RULE = batch_rule(
    code="XPR006",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13", "cn-mof-2015-88#22"),
    dimension="完整性",
    params=Params,
    kinds=frozenset((FormKind.PROJECT_TARGET, FormKind.DEPARTMENT_TARGET)),
)
