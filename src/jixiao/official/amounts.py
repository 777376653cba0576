"""Amounts in the money unit a layout prescribes, with not a digit gained or lost."""

from decimal import Decimal

from jixiao.form.entry import Entry

_IN_YUAN = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}


def factor(written: str | None, wanted: str) -> Decimal | None:
    """By what amounts in `written` are multiplied to stand in `wanted`.

    None where they stand as they are: the units are the same, or the form states none.
    """
    if written is None or written == wanted:
        return None
    if written not in _IN_YUAN or wanted not in _IN_YUAN:
        return None
    return _IN_YUAN[written] / _IN_YUAN[wanted]


def amount_text(entry: Entry[Decimal], by: Decimal | None) -> str:
    """The amount as the layout's unit has it; what is no number stands as it was written."""
    if by is None or entry.value is None:
        return entry.raw
    return format((entry.value * by).normalize(), "f")
