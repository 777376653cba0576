"""The money lines of a form."""

from decimal import Decimal

from msgspec import Struct

from jixiao.form.entry import Entry
from jixiao.foundation.location import SourceRef


class FundingLine(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One line of money.

    `key` is the stable id of the line (`total`, `fiscal`, `carry_over`, `other`,
    `special_account`, `unit_funds`, `central`, `provincial`, `local`, `basic`, `project`,
    `personnel`, `operating`, and with prefix `whole.` the same lines over all years), None where
    the label is not known. `amount` is the planned amount; the other columns stand in monitoring
    and self-evaluation forms: initial and adjusted budget, executed amount, expected at year end
    (all in the unit of the block), rate (%), points and score.
    """

    label: Entry[str]
    key: str | None = None
    amount: Entry[Decimal] | None = None
    initial: Entry[Decimal] | None = None
    adjusted: Entry[Decimal] | None = None
    executed: Entry[Decimal] | None = None
    expected: Entry[Decimal] | None = None
    rate: Entry[Decimal] | None = None
    points: Entry[Decimal] | None = None
    score: Entry[Decimal] | None = None


class Funding(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The money block. `unit` is 元 or 万元 as the form states it, None where it does not.

    `total`, `fiscal`, `carry_over` and `other` are the annual lines every table has; amounts are
    in `unit`, as printed. All lines, these included, stand in `lines`.
    """

    unit: str | None = None
    unit_at: SourceRef | None = None
    total: Entry[Decimal] | None = None
    fiscal: Entry[Decimal] | None = None
    carry_over: Entry[Decimal] | None = None
    other: Entry[Decimal] | None = None
    lines: tuple[FundingLine, ...] = ()
