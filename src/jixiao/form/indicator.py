"""One row of the indicator table, and the stable names of the categories it may stand under."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from jixiao.form.entry import Entry
from jixiao.foundation.location import SourceRef
from jixiao.foundation.quantity import Quantity


class Category(StrEnum):
    """Level-1 and level-2 category as one path; the same id means the same idea in every tree."""

    OUTPUT_QUANTITY = "output.quantity"
    OUTPUT_QUALITY = "output.quality"
    OUTPUT_TIMELINESS = "output.timeliness"
    OUTPUT_COST = "output.cost"
    COST_ECONOMIC = "cost.economic"
    COST_SOCIAL = "cost.social"
    COST_ECOLOGICAL = "cost.ecological"
    BENEFIT_ECONOMIC = "benefit.economic"
    BENEFIT_SOCIAL = "benefit.social"
    BENEFIT_ECOLOGICAL = "benefit.ecological"
    BENEFIT_SUSTAINED_IMPACT = "benefit.sustained_impact"
    SATISFACTION_RECIPIENT = "satisfaction.recipient"


class Remark(Struct, frozen=True, kw_only=True):
    """A further column of the indicator table (评分标准, 备注 …) by its heading."""

    label: str
    entry: Entry[str]


class Indicator(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A level-3 indicator with its target and, in later stages, its actual value.

    `level1` and `level2` keep the heading as printed in `raw` and without marks in `value`.
    Where operator, value and unit stand in separate columns, `target.raw` joins them and
    `operator_cell`, `value_cell`, `unit_cell` keep the parts. `long_term_target` is the value
    over several years where one row states both; `adjusted_target` the value after a
    mid-year change. `weight` and `score` are points.
    """

    name: Entry[str]
    target: Entry[Quantity]
    at: SourceRef
    level1: Entry[str] | None = None
    level2: Entry[str] | None = None
    category: Category | None = None
    required: bool = False
    required_numeric: bool = False
    operator_cell: Entry[str] | None = None
    value_cell: Entry[str] | None = None
    unit_cell: Entry[str] | None = None
    direction: Entry[str] | None = None
    core: Entry[str] | None = None
    weight: Entry[Decimal] | None = None
    long_term_target: Entry[Quantity] | None = None
    adjusted_target: Entry[Quantity] | None = None
    actual: Entry[Quantity] | None = None
    forecast: Entry[Quantity] | None = None
    score: Entry[Decimal] | None = None
    likelihood: Entry[str] | None = None
    deviation_cause: Entry[str] | None = None
    improvement: Entry[str] | None = None
    remarks: tuple[Remark, ...] = ()
