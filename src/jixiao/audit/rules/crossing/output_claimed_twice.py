"""几个项目都报了同一项产出。
Output claimed twice

检查内容
    同一单位、同一年度的几个项目，数量指标里是否有同一项具体工作（例如三个项目都报“矛盾纠纷排查化解”的件数）。
为什么
    同一件工作的成果在几个项目里各算一次，产出虚高；也看不出这件工作到底用的是哪一笔钱。
怎样修改
    只在实际承担这项工作的项目里保留；确实分头承担的，在名称里写清范围，例如“村级调解矛盾纠纷件数＝5 件”“镇级调处矛盾纠纷件数＝20 件”。
不适用的情形
    培训次数、购置数量、发放人数一类通用名称；对象不同的同类项目（甲村、乙村道路硬化）；
    这项工作就写在各项目名称里的；指标整套相同的、疑似重复立项的两个项目之间，由另外的规则报告；实施单位不同的。
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.finding import Certainty, Severity
from jixiao.audit.rule import At, BatchContext, batch_rule
from jixiao.audit.support.copied_rows import copied_rows
from jixiao.audit.support.cost_names import thing_named
from jixiao.audit.support.near_copies import grams
from jixiao.audit.support.sister_forms import lonely, project_key, sisters
from jixiao.audit.support.template_names import names_an_indicator
from jixiao.audit.support.twin_projects import (
    core_of_project,
    parallel,
    twin_projects,
    unit_of_form,
)
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import Batch, Row
from jixiao.form.indicator import Category
from jixiao.standards.profile import Profile

#: Of the work in the project's own name so many pairs of signs stand in the output's name.
_OWN_WORK = 2

Claims = dict[int, Row]


class Params(Struct, frozen=True):
    """A name of `shortest` signs; claimed by more than `most_projects` it is a general one."""

    shortest: int = 4
    most_projects: int = 8
    copied_percent: int = 90
    copied_rows: int = 3
    fewest_names: int = 3


def check(batch: Batch, context: BatchContext[Params]) -> Iterator[At]:
    """Every claim is reported, with the other projects and their figures."""
    yield from lonely(batch)
    params, profile = context.params, context.profile
    copied: dict[int, int] = {}
    twins = {(pair.one, pair.other) for pair in twin_projects(batch, profile, params.fewest_names)}
    groups = copied_rows(batch, params.copied_percent / 100, params.copied_rows)
    for number, members in enumerate(groups):
        copied |= dict.fromkeys(members, number)
    for group in sisters(batch):
        for thing, claims in _claims(batch, group, profile, params.shortest).items():
            if 1 < len(claims) <= params.most_projects:
                kept = _independent(batch, thing, claims, profile, copied)
                if tuple(sorted(kept)) in twins:
                    continue
                for position, row in kept.items():
                    yield _reported(batch, position, row, kept)


def _claims(
    batch: Batch, group: tuple[int, ...], profile: Profile, shortest: int
) -> dict[tuple[str, str], Claims]:
    """By unit and particular work, the rows that count it; a project counts once."""
    tails = profile.lexicon.words("cost_and_count_tails")
    general = containing(profile.lexicon.words("general_output_words"))
    found: dict[tuple[str, str], Claims] = {}
    keys: dict[tuple[str, str], set[str]] = {}
    for position in group:
        view = batch.forms[position]
        unit, key = unit_of_form(view), project_key(view)
        for row in view.of(Category.OUTPUT_QUANTITY):
            if row.quantity.number is None or not names_an_indicator(row.name):
                continue
            thing = thing_named(row.name, tails)
            if len(thing) < shortest or len(general.sub("", thing)) < 2:
                continue
            if key not in keys.setdefault((unit, thing), set()):
                keys[unit, thing].add(key)
                found.setdefault((unit, thing), {})[position] = row
    return found


def _independent(
    batch: Batch,
    thing: tuple[str, str],
    claims: Claims,
    profile: Profile,
    copied: dict[int, int],
) -> Claims:
    """The claims that are left when copies, parallel projects and own work are taken out."""
    pairs = grams(thing[1], 2)
    cores = {at: core_of_project(batch.forms[at], profile) for at in claims}
    own = [at for at in claims if len(pairs & grams(cores[at], 2)) >= _OWN_WORK]
    if len(own) > 1:
        return {}
    kept: Claims = {}
    for at, row in claims.items():
        alike = (
            parallel(cores[at], cores[other]) or (at in copied and copied.get(other) == copied[at])
            for other in kept
        )
        if not any(alike):
            kept[at] = row
    return kept if len(kept) > 1 else {}


def _reported(batch: Batch, position: int, row: Row, claims: Claims) -> At:
    others = "、".join(
        f"“{batch.forms[at].project}”{other.raw_value}"
        for at, other in claims.items()
        if at != position
    )
    hit = row.hit(
        "name",
        f"产出“{row.raw_name}”（{row.raw_value}）在其他项目里也有：{others}，请确认没有重复计算。",
        suggestion="请只在实际承担的项目里保留，或者在名称里写清各自的范围。",
        evidence={"projects": str(len(claims) - 1), "value": row.raw_value},
    )
    return At(form=position, what=hit)


RULE = batch_rule(
    code="XPR002",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="相关性",
    params=Params,
)
