"""两个项目的名称和指标大部分相同，可能重复立项。
Twin project

检查内容
    同一单位、同一年度的两个项目，名称去掉“经费”“工作”等字后一个包含另一个，
    并且有 3 行以上具体指标的名称相同。
为什么
    同一件事分在两个项目里申请资金，审核时会被问到是否重复安排。
怎样修改
    确属同一件事的，合并为一个项目；各有分工的，在名称和总体目标里写清各自的范围，
    例如“镇本级社会管理工作经费（矛盾调处中心运行）”“村级网格化管理经费（5 个村）”。
不适用的情形
    同一工程的不同期次、批次、标段；对象不同的同类项目（甲村、乙村道路硬化）；实施单位不同的；
    人员经费、公用经费使用统一模板的。
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.finding import Certainty, Severity
from jixiao.audit.rule import At, BatchContext, batch_rule
from jixiao.audit.support.copied_rows import nature_of
from jixiao.audit.support.project_nature import Nature
from jixiao.audit.support.sister_forms import lonely
from jixiao.audit.support.twin_projects import Twins, twin_projects
from jixiao.audit.view import Batch

_SHOWN = 3


class Params(Struct, frozen=True):
    """`fewest_names` is how many indicator names must be the same."""

    fewest_names: int = 3


def check(batch: Batch, context: BatchContext[Params]) -> Iterator[At]:
    """Each form is held against the twin with which it shares most."""
    yield from lonely(batch)
    closest: dict[int, Twins] = {}
    for pair in twin_projects(batch, context.profile, context.params.fewest_names):
        natures = {
            nature_of(batch.forms[at], context.profile.lexicon) for at in (pair.one, pair.other)
        }
        if natures <= {Nature.STAFF_PAY, Nature.RUNNING}:
            continue
        for position in (pair.one, pair.other):
            before = closest.get(position)
            if before is None or len(before.shared) < len(pair.shared):
                closest[position] = pair
    for position, pair in closest.items():
        yield _reported(batch, position, pair)


def _reported(batch: Batch, position: int, pair: Twins) -> At:
    view = batch.forms[position]
    partner = batch.forms[pair.other if position == pair.one else pair.one].project
    names = "".join(f"“{name}”" for name in pair.shared[:_SHOWN])
    more = "等" if len(pair.shared) > _SHOWN else ""
    entry = view.form.header.project_name
    hit = view.hit(
        "header.project_name",
        view.place_of(entry),
        f"项目“{view.project}”与“{partner}”名称相近，并有{names}{more} {len(pair.shared)} 行指标相同，请确认是否重复立项。",
        suggestion="同一件事的请合并；各有分工的，请在名称和总体目标里写清各自的范围。",
        evidence={"project": partner, "shared": str(len(pair.shared))},
    )
    return At(form=position, what=hit)


RULE = batch_rule(
    code="XPR001",
    severity=Severity.WARNING,
    certainty=Certainty.POSSIBLE,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="适当性",
    params=Params,
)
