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
    possible. `numbers` are the numbers of a text that is not one plain quantity (`完成3个项目，
    培训200人`), so that rules know digits stand in it. `written_unit` is the printed unit where
    joining `unit` and `per` would not give it back (`元每人每月`, `次` after `每季度`).
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
    numbers: tuple[Decimal, ...] = ()
    written_unit: str | None = None

    @property
    def printed_unit(self) -> str | None:
        """The unit in one word as printed: `万元/个`, `元每人每月`."""
        if self.written_unit is not None or self.unit is None or self.per is None:
            return self.written_unit or self.unit
        return f"{self.unit}/{self.per}"

    @property
    def is_unit_only(self) -> bool:
        """Somebody wrote `吨` or `≥%` and forgot the number."""
        return self.number is None and self.unit is not None

    def canonical(self) -> str:
        """The shortest usual way to write this value, for messages and suggestions."""
        if self.number is None:
            return f"{self.comparator or ''}{self.unit or ''}{self.rest}"
        low = f"{self.comparator or ''}{self.number:f}"
        high = "" if self.number_high is None else f"~{self.number_high:f}"
        return f"{low}{high}{self.printed_unit or ''}"

    @property
    def is_numeric(self) -> bool:
        """A number stands in it, whatever the unit."""
        return self.number is not None
