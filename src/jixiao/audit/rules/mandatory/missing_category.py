"""缺少必须填写的二级指标。
Missing category

检查内容
    按本地区、本年度的要求必须填写的二级指标（例如数量指标、质量指标、满意度指标），表中一条也没有。
为什么
    产出、成本、效益、满意度要从不同方面说明花这笔钱做什么、做到什么程度、有什么用，缺了一类，目标就不完整，
    审核时按重大缺项处理。
怎样修改
    补上这一类指标，至少一条，并填写指标值。例如缺数量指标的，补“培训人次 ≥200 人次”；
    缺满意度指标的，补“参训人员满意度 ≥90%”。
不适用的情形
    没有规定必填的类别不检查；成本放在产出指标下还是单列一级指标都可以；
    表中有认不出类别的行时，先处理那些行，本条不下结论。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable, unreadable
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.category_names import ORDER, category_name, standing_for
from jixiao.audit.view import FormView
from jixiao.form.forms import FormKind
from jixiao.form.indicator import Category


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Each demanded category must have a row; either tree's place for cost will do."""
    profile = context.profile
    if not profile.required and not profile.required_any:
        yield not_applicable("本口径没有规定必填的指标类别。")
        return
    if not view.rows:
        yield _hit(view, "本表没有填写任何绩效指标。", ())
        return
    present = view.by_category.keys()
    missing = [one for one in profile.required if present.isdisjoint(standing_for(one))]
    groups = [group for group in profile.required_any if present.isdisjoint(_all_of(group))]
    if not missing and not groups:
        return
    unknown = sum(row.category is None for row in view.rows)
    if unknown:
        yield unreadable(f"有 {unknown} 行指标的类别认不出来，无法判断是否缺少必填的类别。")
        return
    for category in sorted(missing, key=ORDER.__getitem__):
        yield _hit(view, f"缺少必填的{category_name(category)}。", (category,))
    for group in groups:
        names = "、".join(category_name(one) for one in sorted(group, key=ORDER.__getitem__))
        yield _hit(view, f"{names}至少要填写一类，本表一类也没有。", tuple(group))


def _all_of(group: frozenset[Category]) -> frozenset[Category]:
    return frozenset().union(*map(standing_for, group))


def _hit(view: FormView, message: str, categories: tuple[Category, ...]) -> Hit:
    """The place is the form's title: a row that is missing has none of its own."""
    return view.hit(
        "indicators",
        view.place_of(None),
        message,
        suggestion="请补充这一类指标，写明名称、指标值和单位。",
        evidence={"missing": " ".join(sorted(categories))},
    )


RULE = form_rule(
    code="MND001",
    severity=Severity.ERROR,
    check=check,
    basis=("cn-mof-2015-88#10", "cn-mof-2021-101"),
    dimension="完整性",
    params=NoParams,
    kinds=frozenset((FormKind.PROJECT_TARGET, FormKind.REGIONAL_TARGET)),
)
