"""Two versions of a form, cell by cell: what was changed, added and taken out.

Indicators are matched by what they say, not by their number, so that a row put in at the top
does not make all the others look changed.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from msgspec import Struct

from jixiao.form.forms import Form
from jixiao.form.indicator import Indicator
from jixiao.official.answers import (
    Answer,
    funding_answers,
    header_answers,
    other_answers,
    review_answers,
)
from jixiao.official.blocks import Item, indicator_items, review_items, task_items

#: Parts of a value stand in its whole already.
_PARTS = frozenset({"operator", "value", "unit"})


class ChangeKind(StrEnum):
    """What happened to a cell or a row."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class CellChange(Struct, frozen=True, kw_only=True):
    """One difference. `row` names the indicator it belongs to, "" above the indicators.

    `path` is that of the newer version, or of the older one for what was taken out.
    """

    kind: ChangeKind
    label: str
    path: str
    row: str = ""
    before: str = ""
    after: str = ""


def compare(older: Form, newer: Form) -> tuple[CellChange, ...]:
    """Every difference in what the two say, in the order of the form."""
    changes = [*_fields(older, newer)]
    for before, after in (
        (task_items(older.narrative.tasks, None), task_items(newer.narrative.tasks, None)),
        (_items(older, "long_term_indicators"), _items(newer, "long_term_indicators")),
        (_items(older, "indicators"), _items(newer, "indicators")),
        (review_items(older.review), review_items(newer.review)),
    ):
        changes += _rows(before, after)
    return tuple(changes)


def _items(form: Form, block: str) -> list[Item]:
    rows: tuple[Indicator, ...] = getattr(form, block)
    return indicator_items(rows, block)


def _fields(older: Form, newer: Form) -> Iterator[CellChange]:
    before, after = _answers(older), _answers(newer)
    for field in dict.fromkeys((*after, *before)):
        yield from _cell(before.get(field), after.get(field), "")


def _answers(form: Form) -> dict[str, Answer]:
    found = dict(header_answers(form)) | dict(funding_answers(form, None))
    return found | dict(other_answers(form)) | dict(review_answers(form))


def _rows(before: Sequence[Item], after: Sequence[Item]) -> Iterator[CellChange]:
    """Rows matched by their names; unequal stretches are matched in order as far as they go."""
    matcher = SequenceMatcher(
        None, [_name(item) for item in before], [_name(item) for item in after], autojunk=False
    )
    for _, start, stop, other_start, other_stop in matcher.get_opcodes():
        left, right = before[start:stop], after[other_start:other_stop]
        for old, new in zip(left, right, strict=False):
            yield from _row(old, new)
        for old in left[len(right) :]:
            yield _whole(ChangeKind.REMOVED, old)
        for new in right[len(left) :]:
            yield _whole(ChangeKind.ADDED, new)


def _row(old: Item, new: Item) -> Iterator[CellChange]:
    for field in dict.fromkeys((*new, *old)):
        if field not in _PARTS:
            yield from _cell(old.get(field), new.get(field), _name(new) or _name(old))


def _cell(old: Answer | None, new: Answer | None, row: str) -> Iterator[CellChange]:
    before, after = "" if old is None else old.text, "" if new is None else new.text
    if before.strip() == after.strip():
        return
    said = new or old
    assert said is not None
    yield CellChange(
        kind=ChangeKind.CHANGED,
        label=said.label,
        path=said.path,
        row=row,
        before=before,
        after=after,
    )


def _whole(kind: ChangeKind, item: Item) -> CellChange:
    first = next(iter(item.values()), Answer())
    text = " | ".join(answer.text for field, answer in item.items() if field not in _PARTS)
    is_new = kind is ChangeKind.ADDED
    return CellChange(
        kind=kind,
        label="整行",
        path=first.path,
        row=_name(item),
        before="" if is_new else text,
        after=text if is_new else "",
    )


def _name(item: Item) -> str:
    for field in ("name", "item"):
        if field in item and item[field].text.strip():
            return " ".join(item[field].text.split())
    return ""
