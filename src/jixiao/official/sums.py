"""The last row of a scored table: all points and the score, as printed or as they add up."""

from collections.abc import Iterator
from decimal import Decimal

from jixiao.form.forms import Form
from jixiao.foundation.text import fold
from jixiao.official.answers import Answer

#: What the row is called, without marks.
SUM_LABELS = frozenset(
    {"合计", "总计", "总分", "总分值", "总得分", "得分合计", "自评得分", "自评总分"}
)


def sum_answers(form: Form) -> Iterator[tuple[str, Answer]]:
    """`sum.weight` and `sum.score`: what the form prints, else the exact sums of its lines."""
    printed = [
        (number, one)
        for number, one in enumerate(form.header.others)
        if fold(one.label).strip("*:") in SUM_LABELS
    ]
    fields = ("sum.weight", "sum.score")
    if printed:
        # One printed sum is the score: nobody prints only the points there are.
        for field, (number, one) in zip(fields[-len(printed[:2]) :], printed, strict=False):
            yield field, Answer(one.raw, f"header.others[{number}]", one.label.strip())
        return
    for field, column, line_column in (
        ("sum.weight", "weight", "points"),
        ("sum.score", "score", "score"),
    ):
        total = _total(form, column, line_column)
        if total is not None:
            yield field, Answer(format(total.normalize(), "f"), "", "合计")


def _total(form: Form, column: str, line_column: str) -> Decimal | None:
    """None where a line has no number: a sum of less than all would be none."""
    entries = [getattr(row, column) for row in form.indicators]
    values = [None if entry is None else entry.value for entry in entries]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    lines = () if form.funding is None else form.funding.lines
    stated = [getattr(line, line_column) for line in lines]
    points = [entry.value for entry in stated if entry is not None and entry.value is not None]
    return sum((*known, *points), Decimal(0))
