"""控制数: what the bureau gives in 一下, and what is filed against it in 二上.

A figure is for one place (a unit, or a department with all below it) or for one project. No
figure is not 0: without one nothing is compared, and 0 is a figure that arranges nothing.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from jixiao.lifecycle.roles import RoleCode

#: The passes whose totals stand beside the figure; what was handed in outside of any is the first.
FIRST, GIVING, SECOND = "一上", "一下", "二上"
#: Divisions write figures for what they answer for; the budget division gives them out.
ENTERING = frozenset({RoleCode.LINE_DIVISION, RoleCode.BUDGET_DIVISION})
ISSUING = frozenset({RoleCode.BUDGET_DIVISION})
#: What is not given out yet is the bureau's own business.
SEEING_DRAFTS = ENTERING | {RoleCode.PERFORMANCE_DIVISION}
UNITS = {"元": Decimal(1), "万元": Decimal(10_000)}
_SIGNED = re.compile(r"([-−+]?)¥?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(元|万元|万)?")
_LARGEST = Decimal(10) ** 15
_CENTS = Decimal("0.01")


class Exceeding(StrEnum):
    """What a county does with forms that come to more than the figure."""

    WARN = "warn"
    REFUSE = "refuse"


class Against(Struct, frozen=True, kw_only=True):
    """A figure and what is filed against it; either may be unknown, which is not 0."""

    name: str
    control: Decimal | None
    filed: Decimal | None

    @property
    def left(self) -> Decimal | None:
        """What may still be filed; below 0 where it is too much already."""
        return None if self.control is None else self.control - (self.filed or 0)

    @property
    def is_over(self) -> bool:
        """Whether more is filed than was given."""
        return self.left is not None and self.left < 0


class NoAmount(Struct, frozen=True):
    """A text that is no figure, and why."""

    reason: str


def read_amount(text: str, unit: str) -> Decimal | NoAmount | None:
    """A figure as typed, in 元; None where nothing is. A unit behind it goes before `unit`."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").strip()
    if not plain:
        return None
    found = _SIGNED.fullmatch(plain)
    if found is None:
        return NoAmount(f"“{text.strip()[:40]}”不是金额，请填数字；不下达的留空")
    sign, whole, rest, own = found.groups()
    if sign in ("-", "−"):
        return NoAmount("控制数不能是负数")
    factor = UNITS["元" if own == "元" else "万元" if own else unit]
    if len(whole) > len(str(_LARGEST)) or len(rest or "") > len(str(_LARGEST)):
        return NoAmount("金额太大，请核对单位是元还是万元")
    return checked(Decimal(whole.replace(",", "") + (rest or "")) * factor)


def checked(amount: Decimal) -> Decimal | NoAmount:
    """An amount in 元 with its cents, where it can be a figure."""
    if not amount.is_finite():
        return NoAmount("控制数要填数字")
    if amount < 0:
        return NoAmount("控制数不能是负数")
    if amount >= _LARGEST:
        return NoAmount("金额太大，请核对单位是元还是万元")
    if amount != amount.quantize(_CENTS):
        return NoAmount("金额最多精确到分")
    return amount.quantize(_CENTS)


def exceeded(filed: Iterable[Against]) -> tuple[str, ...]:
    """Every figure that is exceeded, in words; the same whether it is refused or only told."""
    return tuple(
        f"{one.name}填报 {_grouped(one.filed)} 元，超过控制数 {_grouped(one.control)} 元，"
        f"超出 {_grouped(-one.left)} 元"
        for one in filed
        if one.is_over and one.left is not None
    )


def refused_days(opens_on: date | None, closes_on: date | None, today: date) -> str | None:
    """Why figures cannot be given out today; without days set for 一下 they always can."""
    if opens_on is not None and today < opens_on:
        return f"一下于 {opens_on:%Y-%m-%d} 开始，现在还不能下达控制数"
    if closes_on is not None and today > closes_on:
        return f"一下已于 {closes_on:%Y-%m-%d} 截止，请先在申报窗口里延长"
    return None


def _grouped(amount: Decimal | None) -> str:
    text = f"{amount or 0:,.2f}"
    return text.rstrip("0").rstrip(".")
