"""Plain Chinese names of the categories, for messages, and which categories stand for another.

The editions of 2015 and 2021 put cost in different places; a demand for cost is met by either.
"""

from jixiao.form.indicator import Category

_NAMES = {
    Category.OUTPUT_QUANTITY: "数量指标",
    Category.OUTPUT_QUALITY: "质量指标",
    Category.OUTPUT_TIMELINESS: "时效指标",
    Category.OUTPUT_COST: "成本指标",
    Category.COST_ECONOMIC: "经济成本指标",
    Category.COST_SOCIAL: "社会成本指标",
    Category.COST_ECOLOGICAL: "生态环境成本指标",
    Category.BENEFIT_ECONOMIC: "经济效益指标",
    Category.BENEFIT_SOCIAL: "社会效益指标",
    Category.BENEFIT_ECOLOGICAL: "生态效益指标",
    Category.BENEFIT_SUSTAINED_IMPACT: "可持续影响指标",
    Category.SATISFACTION_RECIPIENT: "服务对象满意度指标",
}
_COSTS = frozenset(
    (
        Category.OUTPUT_COST,
        Category.COST_ECONOMIC,
        Category.COST_SOCIAL,
        Category.COST_ECOLOGICAL,
    )
)
#: The order of the official table, for stable messages.
ORDER = {category: place for place, category in enumerate(_NAMES)}


def category_name(category: Category) -> str:
    """The category as a table prints it."""
    return _NAMES[category]


def standing_for(category: Category) -> frozenset[Category]:
    """The categories that meet a demand for this one."""
    if category in (Category.OUTPUT_COST, Category.COST_ECONOMIC):
        return _COSTS
    return frozenset((category,))
