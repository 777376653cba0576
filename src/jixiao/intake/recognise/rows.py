"""Rows under a heading into indicators.

Merged level names reach down over their rows; in formats that do not state merges a blank level
continues the one above. A row whose level-2 name stands in the level-1 column was pushed to the
left when the page was cut; it is put back and the repair is said.
"""

import re
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from jixiao.form.entry import Entry
from jixiao.form.indicator import Category, Indicator, Remark
from jixiao.foundation.location import SourceRef
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import Quantity, ValueKind
from jixiao.foundation.reading import read_quantity
from jixiao.foundation.text import fold
from jixiao.intake.document import Position, Repair
from jixiao.intake.recognise.entries import number_entry, text_entry, value_entry
from jixiao.intake.recognise.grid import Cell, Grid
from jixiao.intake.recognise.headings import Column, Heading
from jixiao.standards.labels import NOTHING, Label, label_of

_PLACEHOLDER = pattern(r"^(?:[.…·。、,\-_—*]+|指标\d*[::]?(?:[.…]*)|\d+[.、]?|[(]?\d+[)])$")
_MARKS = pattern(r"[(\[【（［].*$", re.DOTALL)
_NUMBER_BEFORE = pattern(
    r"^(?:[*※★]+|[(（][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}(?:[.．]\d{1,2})+[、.．]?"
    r"|(?:[一二三四五六七八九十]{1,2}|\d{1,2})[、.．])+"
)
_BLANK_VALUE = Quantity(kind=ValueKind.BLANK)
_BOTH = 2
_LEVEL_SPLIT = pattern(r"[-—–/\\>\n\s]+")
_VALUE_ROLES = ("long_term_target", "adjusted_target", "actual", "forecast")
_TEXT_ROLES = ("direction", "core", "likelihood", "deviation_cause", "improvement")
_NUMBER_ROLES = ("weight", "score")
_FURTHER = frozenset((*_VALUE_ROLES, *_TEXT_ROLES, *_NUMBER_ROLES))
_COSTS = frozenset({Category.OUTPUT_COST, Category.COST_ECONOMIC})
_CATEGORIES = {category.value: category for category in Category}


class Levels(Struct, frozen=True):
    """The level names in force at a row."""

    level1: Entry[str] | None = None
    level2: Entry[str] | None = None
    mark: Label = NOTHING


class RowReader:
    """Reads the rows of one indicator table; remembers the level names between rows."""

    def __init__(self, grid: Grid, heading: Heading, levels: Levels | None = None) -> None:
        self.grid = grid
        self.heading = heading
        self.levels = levels or Levels()
        self.repairs: list[Repair] = []
        self._last_name: Entry[str] | None = None
        self._level_cells: dict[Position, tuple[Entry[str], Label]] = {}
        halves = [c.half for c in heading.columns if c.role == "name"]
        self._halves: tuple[str | None, ...] = tuple(halves) if len(halves) > 1 else (None,)
        self._columns = {half: _columns_of(heading, half) for half in self._halves}
        self._remark_columns = {
            half: [c for c in heading.columns if c.role == "remark" and half in (None, c.half)]
            for half in self._halves
        }
        self._further_columns = {
            half: [(c.role, c) for c in columns.values() if c.role in _FURTHER]
            for half, columns in self._columns.items()
        }
        self._level1, self._level2 = heading.column("level1"), heading.column("level2")
        self._own_level2 = {
            half: columns["level2"]
            for half, columns in self._columns.items()
            if half is not None and columns.get("level2") not in (None, self._level2)
        }
        self._half_levels: dict[str | None, tuple[Entry[str], Label]] = {}

    def read(self, row: int) -> dict[str | None, Indicator]:
        """The indicators of a row by half; empty for a placeholder or a row of level names."""
        shift = self._shift(row)
        self._take_levels(row, shift)
        found = {}
        for half in self._halves:
            indicator = self._indicator(row, half, shift)
            if indicator is not None:
                found[half] = indicator
        return found

    def _position(self, column: Column, row: int, shift: int = 0) -> Position | None:
        """Where the cell of this column is: its own, or the merged one that covers it."""
        wanted = column.start - shift
        if not 0 <= wanted < self.grid.width:
            return None
        if not self.grid.table.merges_known:
            return (row, wanted)
        for candidate in range(wanted, min(column.stop - shift, self.grid.width)):
            anchor = self.grid.anchor(row, candidate)
            if self.grid.text(anchor).strip():
                return anchor
        return self.grid.anchor(row, wanted)

    def _shift(self, row: int) -> int:
        """How many columns the row was pushed to the left; 0 in an undamaged row."""
        level1, level2 = self._level1, self._level2
        if level1 is None or level2 is None or not self.grid.texts[row][level1.start]:
            return 0
        at_level1 = (row, level1.start)
        if self.grid.is_covered(*at_level1) or not self.grid.starts_at(*at_level1):
            return 0
        label = label_of(self.grid.text(at_level1))
        if label.level2 is None:
            return 0
        beside = self.grid.text((row, level2.start)) if level2.start < self.grid.width else ""
        if label.level1 is not None and (label_of(beside).level2 is not None or not beside.strip()):
            return 0
        if label_of(beside).level2 is not None:
            return 0
        distance = level2.start - level1.start
        last = max(c.column for c in self.grid.cells(row))
        if last + distance >= self.grid.width:
            return 0
        if label.level1 is not None and self._fills_every_column(row):
            return 0
        name = self.grid.text(at_level1).strip()
        message = f"“{name}”所在行整体左移了 {distance} 列，已按二级指标列复位"
        self.repairs.append(
            Repair(code="shifted-cells", message=message, at=self.grid.at(at_level1))
        )
        return distance

    def _fills_every_column(self, row: int) -> bool:
        value = self.heading.column("target")
        return value is not None and bool(self.grid.text((row, value.start)).strip())

    def _take_levels(self, row: int, shift: int) -> None:
        level1, level2, mark = self.levels.level1, self.levels.level2, self.levels.mark
        first = None if shift else self._level_cell(self._level1, row, 0)
        if first is not None and (level1 is None or first[0].raw != level1.raw):
            level1, level2, mark = first[0], None, NOTHING
            self._half_levels.clear()
        second = self._level_cell(self._level2, row, shift)
        if second is not None:
            level2, mark = second
        if first is not None and second is None:
            split = _both_levels(first[0])
            if split is not None:
                level1, level2 = split
                mark = first[1]
            elif first[1].level1 is None and first[1].level2 is not None:
                level1, level2, mark = None, first[0], first[1]
        self.levels = Levels(level1, level2, mark)
        for half, column in self._own_level2.items():
            begins = self.grid.anchor(row, column.start)[1] == column.start
            own = self._level_cell(column, row, shift) if begins and not shift else None
            if own is not None:
                self._half_levels[half] = own

    def _levels_of(self, half: str | None) -> Levels:
        """A half with a level-2 column of its own; where that is blank, the other half speaks."""
        own = self._half_levels.get(half)
        return self.levels if own is None else Levels(self.levels.level1, own[0], own[1])

    def _level_cell(
        self, column: Column | None, row: int, shift: int
    ) -> tuple[Entry[str], Label] | None:
        position = None if column is None else self._position(column, row, shift)
        if position is None:
            return None
        known = self._level_cells.get(position)
        if known is not None:
            return known
        text = self.grid.text(position)
        if not text.strip():
            return None
        doubtful = self.grid.is_doubtful(position)
        entry = Entry(text, self.grid.at(position), plain_level(text), doubtful)
        self._level_cells[position] = found = (entry, label_of(text))
        return found

    def _indicator(self, row: int, half: str | None, shift: int) -> Indicator | None:
        grid = self.grid
        name_column = self._columns[half].get("name")
        name_at = None if name_column is None else self._position(name_column, row, shift)
        parts = {role: self._own(role, row, half, shift) for role in ("operator", "target", "unit")}
        if name_at == parts["target"]:
            return None  # neither column, or one cell over both: 评价结论, 存在问题 and the like
        own_name = name_at is not None and name_at[0] == row
        own_value = any(
            p is not None and p[0] == row and grid.text(p).strip() for p in parts.values()
        )
        if not own_name and not own_value:
            return None
        name = text_entry(grid, name_at) if name_at is not None else _nothing(grid, row)
        filled = any(p is not None and grid.text(p).strip() for p in parts.values())
        if not filled and not name.raw.strip():
            return None
        name = self._name_above(name, row, shift)
        if is_placeholder(name.raw) and (not filled or self._is_placeholder_value(parts["target"])):
            return None
        levels = self._levels_of(half)
        category = category_of(levels)
        cost = category in _COSTS
        return Indicator(
            name=name,
            target=self._target(parts, cost=cost),
            at=self._row_place(row, name_at, parts["target"]),
            level1=levels.level1,
            level2=levels.level2,
            category=category,
            required=levels.mark.required,
            required_numeric=levels.mark.hard,
            **self._further(row, half, shift, cost=cost),
            **self._parts(parts),
        )

    def _further(self, row: int, half: str | None, shift: int, *, cost: bool) -> dict[str, Any]:
        """The columns this table has beyond name and target, by the field they fill."""
        found: dict[str, Any] = {}
        for role, column in self._further_columns[half]:
            position = self._position(column, row, shift)
            if position is None:
                continue
            if role in _VALUE_ROLES:
                found[role] = value_entry(self.grid, position, is_cost=cost)
            elif role in _NUMBER_ROLES:
                found[role] = number_entry(self.grid, position)
            else:
                found[role] = text_entry(self.grid, position)
        if self._remark_columns[half]:
            found["remarks"] = self._remarks(row, half, shift)
        return found

    def _parts(self, parts: dict[str, Position | None]) -> dict[str, Any]:
        """The cells of which the target was joined, where it was."""
        if parts["operator"] is None and parts["unit"] is None:
            return {}
        return {
            "operator_cell": _cell(self.grid, parts["operator"]),
            "value_cell": _cell(self.grid, parts["target"]),
            "unit_cell": _cell(self.grid, parts["unit"]),
        }

    def _name_above(self, name: Entry[str], row: int, shift: int) -> Entry[str]:
        """A name written once for several values, in formats that do not state merges."""
        first = self._name_column_filled(row)
        if name.raw.strip() or self.grid.table.merges_known or shift or first or row == 0:
            self._last_name = name if name.raw.strip() else self._last_name
            return name
        above = self._last_name
        return name if above is None else Entry(above.raw, above.at, above.value, doubtful=True)

    def _name_column_filled(self, row: int) -> bool:
        """A level name opens a new group: what stands above no longer reaches down."""
        columns = [c for c in (self._level1, self._level2) if c is not None]
        return any(self.grid.texts[row][c.start].strip() for c in columns)

    def _is_placeholder_value(self, position: Position | None) -> bool:
        return position is None or is_placeholder(self.grid.text(position))

    def _own(self, role: str, row: int, half: str | None, shift: int) -> Position | None:
        column = self._columns[half].get(role)
        return None if column is None else self._position(column, row, shift)

    def _remarks(self, row: int, half: str | None, shift: int) -> tuple[Remark, ...]:
        columns = self._remark_columns[half]
        if not columns:
            return ()
        found = []
        for column in columns:
            position = self._position(column, row, shift)
            if position is not None and self.grid.text(position).strip():
                found.append(Remark(label=column.text, entry=text_entry(self.grid, position)))
        return tuple(found)

    def _target(self, parts: dict[str, Position | None], *, cost: bool) -> Entry[Quantity]:
        """The value as a person reads it: operator, value, unit joined where they stand apart."""
        grid, value_at = self.grid, parts["target"]
        if parts["operator"] is None and parts["unit"] is None:
            if value_at is None:
                return Entry("", SourceRef(quote=""), _BLANK_VALUE)
            return value_entry(grid, value_at, is_cost=cost)
        pieces = {role: grid.text(p).strip() if p else "" for role, p in parts.items()}
        raw = join_parts(pieces["operator"], pieces["target"], pieces["unit"])
        value = read_quantity(raw, money_expected=cost)
        position = value_at or parts["operator"] or parts["unit"]
        assert position is not None
        doubtful = value.doubtful or any(p and grid.is_doubtful(p) for p in parts.values())
        return Entry(raw, grid.at(position), value, doubtful)

    def _row_place(
        self, row: int, name_at: Position | None, value_at: Position | None
    ) -> SourceRef:
        """The row, quoting its name and values, so that every value is found in the quote."""
        at = self.grid.at(name_at or value_at or (row, 0))
        first = self._columns[self._halves[0]].get("name")
        start = 0 if first is None else max(0, first.start - 2)
        quote = "\t".join([text for text in self.grid.texts[row][start:] if text])
        if name_at is not None and name_at[0] != row:
            quote = f"{self.grid.text(name_at)}\t{quote}"
        return replace(at, quote=quote)


def _columns_of(heading: Heading, half: str | None) -> dict[str, Column]:
    """The column of each role; in a wide table those of one half."""
    found: dict[str, Column] = {}
    for column in heading.columns:
        if half is None or column.half == half:
            known = found.setdefault(column.role, column)
            # A weight left of the name is that of the level; the indicator's own comes after.
            name = found.get("name")
            if column.role == "weight" and name is not None and known.start < name.start:
                found["weight"] = column
    return found


def join_parts(operator: str, value: str, unit: str) -> str:
    """`≥` + `95` + `%`; what the value cell already says is not said twice."""
    folded = fold(value)
    front = "" if operator and folded.startswith(fold(operator)) else operator
    back = "" if unit and folded.endswith(fold(unit)) else unit
    if not value and not operator:
        return unit
    return f"{front}{value}{back}"


@lru_cache(maxsize=1024)
def plain_level(text: str) -> str:
    """A level name without numbers, marks, points and the line breaks of its cell."""
    squeezed = re.sub(r"\s+", "", text)
    bare = _MARKS.sub("", _NUMBER_BEFORE.sub("", squeezed)).rstrip(":：")
    return bare or squeezed


def is_placeholder(text: str) -> bool:
    """Blank, dots, or 指标1： without a word behind it."""
    key = fold(text)
    return not key or _PLACEHOLDER.match(key) is not None


def category_of(levels: Levels) -> Category | None:
    """The category two level names stand for; None where they contradict or are not known."""
    return _category(
        None if levels.level1 is None else label_of(levels.level1.raw).level1,
        None if levels.level2 is None else label_of(levels.level2.raw).level2,
    )


@lru_cache(maxsize=256)
def _category(first: str | None, second: str | None) -> Category | None:
    if second is None:
        return Category.SATISFACTION_RECIPIENT if first == "satisfaction" else None
    branch = second.partition(".")[0]
    if second == "output.cost" and first == "cost":
        return Category.COST_ECONOMIC
    if second == "cost.economic" and first == "output":
        return Category.OUTPUT_COST
    if first is not None and first != branch and not _may_differ(first, branch):
        return None
    return _CATEGORIES.get(second)


def _may_differ(first: str, branch: str) -> bool:
    """Older trees put cost under output, and satisfaction under benefit."""
    return (first, branch) in {
        ("output", "cost"),
        ("benefit", "satisfaction"),
        ("cost", "output"),
        ("process", "output"),
        ("process", "benefit"),
        ("process", "satisfaction"),
        ("process", "cost"),
    }


def _both_levels(entry: Entry[str]) -> tuple[Entry[str], Entry[str]] | None:
    """产出指标-数量指标 in one cell."""
    for text in (entry.raw, "".join(entry.raw.split())):
        parts = [part for part in _LEVEL_SPLIT.split(text.strip()) if part]
        if len(parts) == _BOTH:
            break
    else:
        return None
    first, second = parts
    if label_of(first).level1 is None or label_of(second).level2 is None:
        return None
    return (
        Entry(first, entry.at, plain_level(first), entry.doubtful),
        Entry(second, entry.at, plain_level(second), entry.doubtful),
    )


def _cell(grid: Grid, position: Position | None) -> Entry[str] | None:
    return None if position is None else text_entry(grid, position)


def _nothing(grid: Grid, row: int) -> Entry[str]:
    return Entry("", grid.at((row, 0)))


def is_level_row(cells: list[Cell]) -> bool:
    """A level name stands among the first cells: the row belongs to an indicator table."""
    return any(cell.label.level1 or cell.label.level2 for cell in cells[:3])
