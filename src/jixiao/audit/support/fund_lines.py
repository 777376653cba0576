"""Which money lines make up the total, and what they are called on the form.

`fiscal` and `other` always count. Carry-over, special-account and unit funds stand beside them in
some layouts and inside them in others, so both readings are tried; lines whose label nobody
knows may explain a difference, and are never taken for a fault.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from msgspec import Struct

from jixiao.audit.view import FormView, once_per_form
from jixiao.form.entry import Entry

LABELS = {
    "total": "年度资金总额",
    "fiscal": "财政拨款",
    "carry_over": "上年结转",
    "other": "其他资金",
}
_ALWAYS = ("fiscal", "other")
_MOST_OPTIONAL = 8


class FundLine(Struct, frozen=True, kw_only=True):
    """One amount cell: its path in the record, the words of its label, and the cell."""

    key: str | None
    path: str
    label: str
    entry: Entry[Decimal]


@once_per_form
def fund_lines(view: FormView) -> tuple[FundLine, ...]:
    """The annual amounts of the form, each once; the four named lines first."""
    funding = view.form.funding
    if funding is None:
        return ()
    found: list[FundLine] = []
    for key, label in LABELS.items():
        entry: Entry[Decimal] | None = getattr(funding, key)
        if entry is not None:
            found.append(FundLine(key=key, path=f"funding.{key}", label=label, entry=entry))
    named = {line.key for line in found}
    for index, line in enumerate(funding.lines):
        if line.amount is None or line.key in named or _is_whole(line.key):
            continue
        label = (line.label.value or line.label.raw).strip(" ：:")
        path = f"funding.lines[{index}].amount"
        found.append(FundLine(key=line.key, path=path, label=label, entry=line.amount))
    return tuple(found)


def _is_whole(key: str | None) -> bool:
    """Lines over all years of a project have their own total."""
    return key is not None and key.startswith("whole.")


def possible_sums(lines: tuple[FundLine, ...]) -> Iterator[Decimal]:
    """The sum of the sources in every admissible reading, the plain one first."""
    always = [line for line in lines if line.key in _ALWAYS]
    optional = [line for line in lines if line.key not in _ALWAYS and line.key != "total"]
    base = sum((_amount(line) for line in always), Decimal(0))
    filled = [_amount(line) for line in optional if _amount(line) != 0][:_MOST_OPTIONAL]
    for size in range(len(filled), -1, -1):
        for chosen in combinations(filled, size):
            yield base + sum(chosen, Decimal(0))


def _amount(line: FundLine) -> Decimal:
    return Decimal(0) if line.entry.value is None else line.entry.value
