"""有的效益类别没有设指标，也没有说明不适用。
Missing benefit kind

检查内容
    经济效益、社会效益、生态效益、可持续影响中，哪些类别一行指标也没有，也没有写“不适用”。
为什么
    没有某一类效益是正常的，但表上应当看得出是“没有”还是“忘了填”，审核时不必再问。
怎样修改
    有这类效益的，补一个能够统计的指标；没有的，保留这一行，指标值写“不适用”或者在备注中说明理由。
不适用的情形
    口径规定必填的类别由“缺少必填的指标类别”检查；当地的指标体系没有可持续影响的，不检查可持续影响。
    本条每张表只提示一次，不影响提交。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable, unreadable
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.category_names import category_name
from jixiao.audit.view import FormView
from jixiao.form.forms import FormKind
from jixiao.form.indicator import Category

_BENEFITS = (
    Category.BENEFIT_ECONOMIC,
    Category.BENEFIT_SOCIAL,
    Category.BENEFIT_ECOLOGICAL,
    Category.BENEFIT_SUSTAINED_IMPACT,
)
_NEW_TREE = frozenset((Category.COST_ECONOMIC, Category.COST_SOCIAL, Category.COST_ECOLOGICAL))
_TREE_WITH_IMPACT = "cn_mof_2015"


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """A row of the kind, even an empty one or one that says 不适用, shows it was not forgotten."""
    if not view.rows:
        yield not_applicable("本表没有填写任何绩效指标。")
        return
    missing = [
        benefit
        for benefit in _BENEFITS
        if benefit not in view.by_category
        and benefit not in context.profile.required
        and not (benefit is Category.BENEFIT_SUSTAINED_IMPACT and _has_no_impact(view, context))
    ]
    if not missing:
        return
    if any(row.category is None for row in view.rows):
        yield unreadable("有的指标认不出类别，无法判断缺少哪些效益指标。")
        return
    names = "、".join(category_name(benefit) for benefit in missing)
    yield view.hit(
        "indicators",
        view.place_of(None),
        f"没有设{names}，也没有说明不适用。",
        suggestion="有这类效益的请补充能够统计的指标；没有的，请写“不适用”并说明理由。",
        evidence={"missing": " ".join(missing)},
    )


def _has_no_impact(view: FormView, context: Context[NoParams]) -> bool:
    """The tree of 2021 has no such kind any more."""
    new = not _NEW_TREE.isdisjoint(view.by_category)
    return new or context.profile.taxonomy != _TREE_WITH_IMPACT


RULE = form_rule(
    code="CAT008",
    severity=Severity.INFO,
    check=check,
    basis=("cn-mof-2015-88#10", "jixiao"),
    dimension="完整性",
    params=NoParams,
    kinds=frozenset((FormKind.PROJECT_TARGET, FormKind.REGIONAL_TARGET)),
)
