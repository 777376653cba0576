"""Examples in blank fields: what a good text looks like, pale, until somebody writes one.

They stand only where last year's form has nothing to show, and they are never a value.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jixiao.form.forms import Form
from jixiao.form.indicator import Category, Indicator

_FIELDS = {
    "header.project_attribute": "如：一年期项目",
    "header.project_period": "如：1年",
    "funding.total": "如：120000",
    "funding.fiscal": "如：120000",
    "narrative.goal": "写清全年花这笔钱要做成什么，如：维修镇区路灯 120 盏，保障群众夜间出行安全",
}
_ROWS = {
    Category.OUTPUT_QUANTITY: ("如：维修路灯数量", "如：≥120盏"),
    Category.OUTPUT_QUALITY: ("如：维修合格率", "如：≥98%"),
    Category.OUTPUT_TIMELINESS: ("如：维修完成时间", "如：2027年10月底前"),
    Category.OUTPUT_COST: ("如：每盏维修费用", "如：≤1000元"),
    Category.COST_ECONOMIC: ("如：维修总费用", "如：≤120000元"),
    Category.BENEFIT_ECONOMIC: ("如：年节约电费", "如：≥2万元"),
    Category.BENEFIT_SOCIAL: ("如：夜间照明覆盖率", "如：≥95%"),
    Category.BENEFIT_ECOLOGICAL: ("如：节能灯具使用率", "如：≥90%"),
    Category.BENEFIT_SUSTAINED_IMPACT: ("如：路灯管护年限", "如：≥3年"),
    Category.SATISFACTION_RECIPIENT: ("如：镇区居民满意度", "如：≥90%"),
}


def examples(form: Form) -> Iterator[tuple[str, str]]:
    """Field and example, for the fields of a form that are blank."""
    for path, text in _FIELDS.items():
        yield path, _(text)
    for number, row in enumerate(form.indicators):
        if row.category not in _ROWS or not _is_blank(row):
            continue
        for field, text in zip(("name", "target"), _ROWS[row.category], strict=True):
            yield f"indicators[{number}].{field}", _(text)


def _is_blank(row: Indicator) -> bool:
    return not row.name.raw.strip() and not row.target.raw.strip()
