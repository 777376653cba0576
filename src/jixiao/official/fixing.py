"""A proposed correction as texts to write: each edit of a fix with the path of its field."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct

from jixiao.audit.finding import Finding
from jixiao.form.entry import Entry
from jixiao.form.forms import Form
from jixiao.form.indicator import Indicator
from jixiao.foundation.location import SourceRef
from jixiao.official.answers import LINE_COLUMNS
from jixiao.official.blocks import PARTS
from jixiao.official.editing import Write

_LEFT_OUT = frozenset({"at", "category", "required", "required_numeric", "remarks"})
_PART_NAMES = {attribute: part for part, attribute in PARTS.items()}
_ROW_FIELDS = tuple(
    (field, _PART_NAMES.get(field, field))
    for field in Indicator.__struct_fields__
    if field not in _LEFT_OUT
)
Place = tuple[str, str, SourceRef]


class Correction(Struct, frozen=True, kw_only=True):
    """A text to write into a field, and the one that stands there when it is proposed."""

    path: str
    text: str
    was: str


def writes_of(form: Form, finding: Finding) -> tuple[Write, ...]:
    """What to write to carry out the fix; nothing where one of its edits meets no field."""
    made = Fixing(form).corrections_of(finding)
    return tuple(Write(path=one.path, text=one.text) for one in made)


class Fixing:
    """The fixes of one form: its fields are looked up once for all its findings."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def corrections_of(self, finding: Finding) -> tuple[Correction, ...]:
        """What to write to carry out the fix; nothing where one of its edits meets no field.

        A merged level name is one cell and a field of each of its rows. Title and year are printed
        by the table itself: edits of them have nothing to write.
        """
        if finding.fix is None:
            return ()
        made: list[Correction] = []
        for edit in finding.fix.edits:
            if edit.at in self._printed:
                continue
            met = self._standing.get((edit.old, edit.at))
            if not met:
                return ()
            made += [
                Correction(path=path, text=edit.new, was=edit.old)
                for path in _meant(met, finding.path)
            ]
        return tuple(made)

    @cached_property
    def _printed(self) -> list[SourceRef]:
        entries = (self._form.title, self._form.year_entry)
        return [entry.at for entry in entries if entry is not None]

    @cached_property
    def _standing(self) -> dict[tuple[str, SourceRef], list[str]]:
        """The paths of all fields by their text and place."""
        found: dict[tuple[str, SourceRef], list[str]] = {}
        for path, text, at in places(self._form):
            found.setdefault((text, at), []).append(path)
        return found


def _meant(met: list[str], path: str) -> list[str]:
    """The fields an edit is about; a value in parts is written whole."""
    if path in met:
        return [path]
    return met if all(one.endswith((".level1", ".level2")) for one in met) else met[:1]


def places(form: Form) -> Iterator[Place]:
    """Every field that can be typed into: its path, its text and where it stood."""
    for field in form.header.__struct_fields__:
        if field != "others":
            yield from _entry(f"header.{field}", getattr(form.header, field))
    for number, one in enumerate(form.header.others):
        yield f"header.others[{number}]", one.raw, one.at
    for number, line in enumerate(() if form.funding is None else form.funding.lines):
        for column in LINE_COLUMNS:
            yield from _entry(f"funding.lines[{number}].{column}", getattr(line, column))
    for field in ("goal", "long_term_goal", "achieved"):
        yield from _entry(f"narrative.{field}", getattr(form.narrative, field))
    for number, task in enumerate(form.narrative.tasks):
        for field in task.__struct_fields__:
            yield from _entry(f"narrative.tasks[{number}].{field}", getattr(task, field))
    for block in ("indicators", "long_term_indicators"):
        for number, row in enumerate(getattr(form, block)):
            yield from _row(f"{block}[{number}]", row)


def _row(path: str, row: Indicator) -> Iterator[Place]:
    for field, name in _ROW_FIELDS:
        entry = getattr(row, field)
        if entry is not None:
            yield f"{path}.{name}", entry.raw, entry.at
    for remark in row.remarks:
        yield from _entry(f"{path}.remark.{remark.label}", remark.entry)


def _entry(path: str, entry: Entry[Any] | None) -> Iterator[Place]:
    if entry is not None:
        yield path, entry.raw, entry.at
