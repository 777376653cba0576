"""Reading a corrected file again: the new text stands where it should, all else is as it was.

A correction counts as made only when this has been seen. Texts are compared place by place as
the reader gives them, before anything is repaired or recognised, so that nothing can hide; what
the forms say is compared as well where the changes promised to keep it.
"""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from jixiao.foundation.location import SourceRef
from jixiao.foundation.quantity import Quantity
from jixiao.foundation.text import fold
from jixiao.intake.choose import open_document
from jixiao.intake.document import SourceFile, Table
from jixiao.intake.read import read_file
from jixiao.intake.result import IntakeResult
from jixiao.report.changes import meaning
from jixiao.report.patch import CannotPatch, Change, Place, place_of
from jixiao.report.patching.alignment import replaced

Texts = dict[Place, tuple[str, ...]]


class Look(Struct, frozen=True):
    """What a file shows: its texts by place, what its forms say, and the whole result."""

    texts: Texts
    forms: tuple[Any, ...]
    result: IntakeResult


class Looks:
    """Reads files for comparison, and the same file not twice in a row."""

    def __init__(self) -> None:
        self._known: list[tuple[SourceFile, Look]] = []

    def at(self, source: SourceFile) -> Look:
        for known, look in self._known:
            if known is source:
                return look
        look = _look_at(source)
        self._known = [*self._known[-1:], (source, look)]
        return look


def _look_at(source: SourceFile) -> Look:
    texts: dict[Place, list[str]] = {}
    for block in open_document(source).blocks:
        if not isinstance(block, Table):
            texts.setdefault(place_of(block.at()), []).append(block.text.strip())
            continue
        for row, line in enumerate(block.texts):
            for column, text in enumerate(line):
                if text.strip():
                    place = place_of(block.at(row, column))
                    texts.setdefault(place, []).append(text.strip())
    result = read_file(source)
    forms = tuple(_sense(form) for form in result.forms)
    return Look({place: tuple(found) for place, found in texts.items()}, forms, result)


def is_as_wished(before: Look, after: Look, changes: Sequence[Change]) -> bool:
    """Only the changed texts differ, each as its change says; safe ones keep every value."""
    if not texts_agree(before, after, changes) or len(before.forms) != len(after.forms):
        return False
    return before.forms == after.forms or not all(change.safe for change in changes)


def texts_agree(before: Look, after: Look, changes: Sequence[Change]) -> bool:
    """Every text stands where it stood, except that the changed ones are changed."""
    wished = dict(before.texts)
    try:
        for change in changes:
            _apply(wished, change, after.texts)
    except CannotPatch:
        return False
    return wished == after.texts


def _apply(wished: Texts, change: Change, shown: Texts) -> None:
    place = _where_it_stands(wished, change)
    new = tuple(text for text in _changed(wished.pop(place, ("",)), change) if text)
    if not change.old.strip() and _is_shown_as(new, shown.get(place, ())):
        new = shown.get(place, new)
    if new:
        wished[place] = new


def _where_it_stands(texts: Texts, change: Change) -> Place:
    """Of a list with one cell a line the form is put together later: the reader sees lines."""
    at = change.at
    if change.place in texts or at.line is None or not change.old.strip():
        return change.place
    return place_of(SourceRef(quote="", page=at.page, line=at.line))


def _is_shown_as(written: tuple[str, ...], shown: tuple[str, ...]) -> bool:
    """A number put into a blank cell is shown in the format the cell has: 0 as 0.00."""
    try:
        return [Decimal(text) for text in written] == [Decimal(text) for text in shown]
    except InvalidOperation:
        return False


def _changed(standing: tuple[str, ...], change: Change) -> tuple[str, ...]:
    """Of several texts at one place, the first that holds the old one has the new one."""
    for number, text in enumerate(standing):
        try:
            new = replaced(text, change.old, change.new).strip()
        except CannotPatch:
            continue
        return (*standing[:number], new, *standing[number + 1 :])
    raise CannotPatch("原处的文字已经不是这样")


def _sense(thing: Any) -> Any:
    """A record without places and spelling: what remains must survive a safe correction."""
    if isinstance(thing, Quantity):
        return meaning(thing)
    if isinstance(thing, str):
        return fold(thing)
    if isinstance(thing, tuple):
        return tuple(_sense(one) for one in thing)
    if isinstance(thing, dict):
        return {key: _sense(value) for key, value in thing.items()}
    if isinstance(thing, Struct):
        fields = ((name, getattr(thing, name)) for name in thing.__struct_fields__)
        return tuple(
            (name, _sense(value))
            for name, value in fields
            if not isinstance(value, SourceRef) and not (name == "raw" and _is_understood(thing))
        )
    return thing


def _is_understood(entry: Struct) -> bool:
    """Where a value was understood, its spelling may change; where not, only the folding may."""
    return getattr(entry, "value", None) is not None
