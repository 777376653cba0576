"""同一个单位的几张表对同一事实说法不一。
Contradictory fact

检查内容
    同一实施单位、同一年度的几张表中，村、社区、党支部、学校等的个数是否一致：
    一处写“下辖 2 个社区”，另一处写“社区个数 3 个”；或者“支持社区 5 个”超过了总数。
为什么
    基础数据互相矛盾，至少有一张表的数量和金额是错的。
怎样修改
    按实际情况核对，统一各表的数字；只涉及其中一部分的，在名称里写明，例如“试点社区个数＝1 个”。
不适用的情形
    只覆盖一部分而且没有超过总数的；带“≥”“≤”的目标值；实施单位不同的表；人数、户数等经常变动的数。
"""

from collections import Counter
from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Severity
from jixiao.audit.rule import At, BatchContext, NoParams, batch_rule
from jixiao.audit.support.sister_forms import lonely, project_key, sisters
from jixiao.audit.support.stated_facts import Fact, stated_facts
from jixiao.audit.support.twin_projects import unit_of_form
from jixiao.audit.view import Batch

Placed = tuple[int, Fact]


def check(batch: Batch, context: BatchContext[NoParams]) -> Iterator[At]:
    """What most forms state holds; of two equal camps each is held against the other."""
    yield from lonely(batch)
    for group in sisters(batch):
        known: dict[tuple[str, str], list[Placed]] = {}
        for position in group:
            view = batch.forms[position]
            unit = unit_of_form(view)
            for fact in stated_facts(view, context.profile):
                known.setdefault((unit, fact.thing), []).append((position, fact))
        for facts in known.values():
            yield from _contradictions(batch, facts)


def _contradictions(batch: Batch, facts: list[Placed]) -> Iterator[At]:
    whole = [(position, fact) for position, fact in facts if not fact.part]
    if not whole:
        return
    witnesses = _witnesses(whole)
    told: set[int] = set()
    # What a form states as a whole goes before what it only covers.
    for position, fact in sorted(facts, key=lambda placed: placed[1].part):
        for witness in witnesses:
            number = witness[1].number
            wrong = fact.number > number if fact.part else fact.number != number
            if wrong and position not in told and _other(batch, position, witness[0]):
                told.add(position)
                yield _reported(batch, position, fact, witness)


def _witnesses(whole: list[Placed]) -> list[Placed]:
    """The first fact with the commonest number; where two are equally common, one of each."""
    counted = Counter(fact.number for _, fact in whole).most_common(2)
    usual = [number for number, often in counted if often == counted[0][1]]
    return [next(placed for placed in whole if placed[1].number == number) for number in usual]


def _other(batch: Batch, one: int, other: int) -> bool:
    return project_key(batch.forms[one]) != project_key(batch.forms[other])


def _reported(batch: Batch, position: int, fact: Fact, witness: Placed) -> At:
    other = batch.forms[witness[0]].project
    relation = "超过了" if fact.part else "不同于"
    hit = batch.forms[position].hit(
        fact.path,
        fact.at,
        f"本表写“{fact.said}”，{fact.thing}的个数 {fact.number} {relation}项目“{other}”所写的“{witness[1].said}”。",
        suggestion="请按实际情况核对，统一各表的数字；只涉及一部分的，在名称里写明。",
        evidence={"number": str(fact.number), "other_number": str(witness[1].number)},
    )
    return At(form=position, what=hit)


RULE = batch_rule(
    code="XPR005",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="完整性",
    params=NoParams,
)
