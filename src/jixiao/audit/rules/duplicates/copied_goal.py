"""年度总体目标与其他项目相同。
Copied goal

检查内容
    同一单位、同一年度的不同项目，年度总体目标是否相同，或者长句之间只有个别字不同（相同的在九成上下，数字也一样）。
为什么
    目标写给哪个项目都成立，就没有说清这个项目要做什么、做到什么程度。
怎样修改
    写明本项目的对象、数量、时限和效果。例如“保障部门单位机构正常运转”改为
    “按月足额发放 45 名在职人员津贴补贴，全年按时发放率达到 100%”。
不适用的情形
    全部是人员经费（或者全部是公用经费）的项目使用统一写法的；数字不同的同类目标；少于 6 个字的目标；同一项目的表重复报送的。
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.finding import Certainty, Severity
from jixiao.audit.rule import At, BatchContext, batch_rule
from jixiao.audit.support.copied_rows import nature_of
from jixiao.audit.support.near_copies import copies, tokens_of
from jixiao.audit.support.project_nature import Nature
from jixiao.audit.support.sister_forms import lonely, named, sisters, with_partners
from jixiao.audit.view import Batch
from jixiao.foundation.pattern import pattern
from jixiao.standards.lexicon import Lexicon

_SIGNS = pattern(r"[^\w%]")
_NUMBERS = pattern(r"\d+")
_TEMPLATES = frozenset((Nature.STAFF_PAY, Nature.RUNNING))


class Params(Struct, frozen=True):
    """Goals of `shortest` signs must be equal; from `long_from` signs on `percent` suffices."""

    shortest: int = 6
    long_from: int = 30
    percent: int = 85


def check(batch: Batch, context: BatchContext[Params]) -> Iterator[At]:
    """Each form of a group of copies is reported once, at its goal."""
    yield from lonely(batch)
    params = context.params
    for group in sisters(batch):
        goals = {position: _SIGNS.sub("", batch.forms[position].goal) for position in group}
        # Goals with other numbers are other goals, however alike the words.
        by_figures: dict[tuple[str, ...], list[int]] = {}
        for position, goal in goals.items():
            by_figures.setdefault(tuple(_NUMBERS.findall(goal)), []).append(position)
        for positions in by_figures.values():
            sets = [
                tokens_of(goals[one], shortest=params.shortest, long_from=params.long_from)
                for one in positions
            ]
            for alike in copies(sets, params.percent / 100):
                members = tuple(positions[i] for i in alike)
                if not _one_template(batch, members, context.profile.lexicon):
                    yield from _reported(batch, members)


def _one_template(batch: Batch, members: tuple[int, ...], lexicon: Lexicon) -> bool:
    natures = {nature_of(batch.forms[position], lexicon) for position in members}
    return len(natures) == 1 and natures <= _TEMPLATES


def _reported(batch: Batch, members: tuple[int, ...]) -> Iterator[At]:
    for position, partners in with_partners(batch, members):
        view = batch.forms[position]
        entry = view.goal_entry
        shown = "" if entry is None else entry.raw.strip()
        goal = shown if len(shown) <= 40 else f"{shown[:40]}……"
        hit = view.hit(
            "narrative.goal",
            view.place_of(entry),
            f"年度总体目标“{goal}”与{named(batch, partners)}的目标相同或者几乎相同。",
            suggestion="请写明本项目的对象、数量、时限和预期效果，使目标只适用于本项目。",
            evidence={"projects": str(partners.count)},
        )
        yield At(form=position, what=hit)


RULE = batch_rule(
    code="DUP002",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13", "cn-mof-2015-88#22"),
    dimension="相关性",
    params=Params,
)
