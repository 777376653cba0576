"""Two versions of a form, cell by cell: what was changed, added and taken out.

Indicators are matched by what they say, not by their number, so that a row put in at the top
does not make all the others look changed.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

from msgspec import Struct

from jixiao.form.forms import Form
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
    for before, after in zip(blocks_of(older), blocks_of(newer), strict=True):
        changes += _rows(before, after)
    return tuple(changes)


def blocks_of(form: Form) -> tuple[list[Item], ...]:
    """The rows of every block, block by block."""
    return (
        task_items(form.narrative.tasks, None),
        indicator_items(form.long_term_indicators, "long_term_indicators"),
        indicator_items(form.indicators, "indicators"),
        review_items(form.review),
    )


def _fields(older: Form, newer: Form) -> Iterator[CellChange]:
    before, after = fields_of(older), fields_of(newer)
    for field in dict.fromkeys((*after, *before)):
        yield from _cell(before.get(field), after.get(field), "")


def fields_of(form: Form) -> dict[str, Answer]:
    """What stands above and below the blocks, by the name a layout uses."""
    found = dict(header_answers(form)) | dict(funding_answers(form, None))
    return found | dict(other_answers(form)) | dict(review_answers(form))


def _rows(before: Sequence[Item], after: Sequence[Item]) -> Iterator[CellChange]:
    for old, new in paired(before, after):
        if old is None and new is not None:
            yield _whole(ChangeKind.ADDED, new)
        elif old is not None and new is None:
            yield _whole(ChangeKind.REMOVED, old)
        elif old is not None and new is not None:
            yield from _row(old, new)


def paired(
    before: Sequence[Item], after: Sequence[Item]
) -> Iterator[tuple[Item | None, Item | None]]:
    """Rows matched by their names; unequal stretches are matched in order as far as they go."""
    matcher = SequenceMatcher(
        None, [name_of(item) for item in before], [name_of(item) for item in after], autojunk=False
    )
    for _, start, stop, other_start, other_stop in matcher.get_opcodes():
        yield from zip_longest(before[start:stop], after[other_start:other_stop])


def _row(old: Item, new: Item) -> Iterator[CellChange]:
    for field in dict.fromkeys((*new, *old)):
        if field not in _PARTS:
            yield from _cell(old.get(field), new.get(field), name_of(new) or name_of(old))


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
        row=name_of(item),
        before="" if is_new else text,
        after=text if is_new else "",
    )


def name_of(item: Item) -> str:
    """What people know a row by."""
    for field in ("name", "item"):
        if field in item and item[field].text.strip():
            return " ".join(item[field].text.split())
    return ""
