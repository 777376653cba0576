"""What a form says and a layout has no place for."""

from collections.abc import Iterator
from decimal import Decimal

from jixiao.form.forms import Form
from jixiao.official.answers import (
    AMOUNTS,
    Answer,
    funding_answers,
    header_answers,
    other_answers,
    review_answers,
)
from jixiao.official.blocks import indicator_items, review_items, task_items

#: The parts of a value written in columns of their own say nothing the value does not say.
_PARTS = frozenset({"operator", "value", "unit"})


def leftovers(form: Form, asked: set[str], by: Decimal | None) -> Iterator[Answer]:
    """Every filled-in value of the form that was not asked for, once."""
    shown = asked | _same_amounts(form, asked)
    for answer in _everything(form, by):
        if answer.text.strip() and answer.path not in shown:
            shown.add(answer.path)
            yield answer


def _everything(form: Form, by: Decimal | None) -> Iterator[Answer]:
    for _, answer in (*header_answers(form), *other_answers(form), *funding_answers(form, by)):
        yield answer
    yield from (answer for _, answer in review_answers(form))
    for item in review_items(form.review):
        yield from item.values()
    for item in task_items(form.narrative.tasks, by):
        yield from item.values()
    for block in ("indicators", "long_term_indicators"):
        for item in indicator_items(getattr(form, block), block):
            yield from (answer for field, answer in item.items() if field not in _PARTS)
    yield from _unnamed_lines(form)


def _unnamed_lines(form: Form) -> Iterator[Answer]:
    """Money lines whose label is unknown, or that repeat one: no layout can ask for them."""
    if form.funding is None:
        return
    seen: set[str | None] = {None}
    for number, line in enumerate(form.funding.lines):
        if line.key in seen and line.amount is not None:
            yield Answer(line.amount.raw, f"funding.lines[{number}]", line.label.raw.strip())
        seen.add(line.key)


def _same_amounts(form: Form, asked: set[str]) -> set[str]:
    """The paths of amounts that another column of their line already shows."""
    if form.funding is None:
        return set()
    same: set[str] = set()
    for number, line in enumerate(form.funding.lines):
        paths = {
            column: f"funding.{line.key}"
            if column == "amount"
            else f"funding.lines[{number}].{column}"
            for column in AMOUNTS
        }
        drawn = [getattr(line, column) for column, path in paths.items() if path in asked]
        texts = {entry.raw.strip() for entry in drawn if entry is not None}
        for column, path in paths.items():
            entry = getattr(line, column)
            if entry is not None and entry.raw.strip() in texts:
                same.add(path)
    return same
