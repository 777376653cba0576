"""Values as people write them: `≥95%`, `3 万元/个`, `2022年12月底之前`, `显著提升`.

This module holds the words of the understood value; `reading.py` turns text into them.
"""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class Comparator(StrEnum):
    """How the actual value is held against the number (指标性质)."""

    AT_LEAST = "≥"
    MORE_THAN = ">"
    EQUAL = "="
    AT_MOST = "≤"
    LESS_THAN = "<"
    ABOUT = "≈"


class ValueKind(StrEnum):
    """What sort of value a text is; the words are part of the public contract."""

    QUANTITY = "quantity"
    MONEY = "money"
    PERCENT = "percent"
    RANGE = "range"
    DATE = "date"
    PERIOD = "period"
    FREQUENCY = "frequency"
    QUALITATIVE = "qualitative"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"


class Quantity(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A target or actual value as understood.

    `number` is in `unit` as printed (4.5 with unit 万元, never 45000). For a range, `number` is
    the lower and `number_high` the upper bound. `unit` is what is counted, `per` what it is
    counted for: 3 万元/个 has unit 万元 and per 个. `glyphs` are the comparison signs and words
    in the order written, so that the audit can see `≧ >90%`. `rest` is the wording around the
    number (`补贴对象生活改善度` in `补贴对象生活改善度不低于80%`). `earliest` and `latest` are ISO
    dates where the text names a day, a month or a span. `doubtful` says that another reading is
    possible.
    """

    kind: ValueKind
    comparator: Comparator | None = None
    number: Decimal | None = None
    number_high: Decimal | None = None
    unit: str | None = None
    per: str | None = None
    doubtful: bool = False
    glyphs: tuple[str, ...] = ()
    rest: str = ""
    earliest: str | None = None
    latest: str | None = None

    @property
    def is_numeric(self) -> bool:
        """A number stands in it, whatever the unit."""
        return self.number is not None
