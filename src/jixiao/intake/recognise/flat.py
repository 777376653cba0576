"""Flat lists: one row per indicator, with project, money and goal in columns of their own.

The project's cell is merged over its rows, repeated in each of them, or written once and left
blank below; a row that names a unit and no indicator heads the projects that follow.
"""

from decimal import Decimal

from jixiao.form.entry import Entry
from jixiao.form.funding import FundingLine
from jixiao.foundation.money import read_amount
from jixiao.foundation.text import fold
from jixiao.intake.document import Position
from jixiao.intake.recognise.draft import Draft
from jixiao.intake.recognise.entries import text_entry
from jixiao.intake.recognise.grid import Grid
from jixiao.intake.recognise.headings import Column, Heading
from jixiao.intake.recognise.rows import RowReader
from jixiao.standards.labels import label_of

_PARTIES = ("implementing_unit", "supervising_department")
_SUMS = frozenset({"合计", "小计", "总计", "总分"})


class FlatReader:
    """Makes one draft per project out of the rows of a flat list."""

    def __init__(self, shared: Draft) -> None:
        self._shared = shared
        self._drafts: list[Draft] = []
        self._current: Draft | None = None
        self._key: dict[str, str] = {}
        self._unit: Entry[str] | None = None
        self._grid: Grid | None = None
        self._heading: Heading | None = None
        self._rows: RowReader | None = None

    def grid_is(self, grid: Grid) -> bool:
        """The list goes on in this table (its own, or one as wide on the next page)."""
        if self._grid is grid:
            return True
        if self._grid is None or self._heading is None or grid.width != self._grid.width:
            return False
        self.take_table(grid, self._heading)
        return True

    def take_table(self, grid: Grid, heading: Heading) -> None:
        levels = None if self._rows is None else self._rows.levels
        self._grid, self._heading = grid, heading
        self._rows = RowReader(grid, heading, levels)
        for column in heading.columns:
            unit = label_of(column.text).unit if column.role.startswith("money.") else None
            if unit is not None:
                self._shared.set_unit(unit, grid.at((column.row, column.start)))

    def read(self, row: int) -> None:
        assert self._grid is not None
        assert self._rows is not None
        grid = self._grid
        name_at = self._position("header.project_name", row)
        name = "" if name_at is None else grid.text(name_at).strip()
        if any(fold(text).strip("*:※★") in _SUMS for text in (name, *grid.texts[row][:3])):
            return
        found = self._rows.read(row)
        if not found:
            self._heads_projects(row, name_at, name)
            return
        if self._is_another(name, row):
            self._start(row)
        if self._current is None:
            return
        self._fill(self._current, row)
        for half, indicator in found.items():
            rows = self._current.long_term if half == "long_term" else self._current.indicators
            rows.append(indicator)

    def finished(self) -> list[Draft]:
        return self._drafts

    def _position(self, role: str, row: int) -> Position | None:
        assert self._heading is not None
        assert self._grid is not None
        column = self._heading.column(role)
        return None if column is None else self._grid.anchor(row, column.start)

    def _is_another(self, name: str, row: int) -> bool:
        if self._current is None:
            return True
        if not name:
            return False
        return any(
            text != self._key.get(role, text) for role, text in self._identity(name, row).items()
        )

    def _identity(self, name: str, row: int) -> dict[str, str]:
        """Projects of the same name in two units are two projects; a blank says nothing."""
        parts = {"name": fold(name)}
        for role in ("header.project_code", "header.implementing_unit"):
            position = self._position(role, row)
            if position is not None and self._grid is not None:
                text = fold(self._grid.text(position))
                if text:
                    parts[role] = text
        return parts

    def _start(self, row: int) -> None:
        shared = self._shared
        draft = Draft()
        draft.title, draft.kind, draft.year = shared.title, shared.kind, shared.year
        draft.money_unit, draft.money_unit_at = shared.money_unit, shared.money_unit_at
        draft.fields.update(shared.fields)
        draft.letterhead, draft.inherited = shared.letterhead, shared.inherited
        draft.heading = self._heading
        name_at = self._position("header.project_name", row)
        assert self._grid is not None
        self._key = self._identity("" if name_at is None else self._grid.text(name_at).strip(), row)
        if self._unit is not None:
            draft.fields.setdefault("implementing_unit", self._unit)
        self._current = draft
        self._drafts.append(draft)

    def _fill(self, draft: Draft, row: int) -> None:
        """Fields, money and goal of the row, where they are not known yet."""
        assert self._heading is not None
        assert self._grid is not None
        for column in self._heading.columns:
            group, _, role = column.role.partition(".")
            if group not in ("header", "goal", "money"):
                continue
            position = self._grid.anchor(row, column.start)
            entry = text_entry(self._grid, position)
            if not entry.raw.strip():
                self._inherit(draft, column.role)
                continue
            if group == "header":
                self._fill_field(draft, role, entry)
            elif group == "goal":
                draft.add_goal(role, entry)
            elif all(line.key != role for line in draft.money_lines):
                draft.money_lines.append(self._money(column, role, entry))

    def _inherit(self, draft: Draft, role: str) -> None:
        """A unit written once, above the projects it is meant for."""
        name = role.partition(".")[2]
        if name not in _PARTIES or name in draft.fields or len(self._drafts) < 2:
            return
        above = self._drafts[-2].fields.get(name)
        if above is not None and self._grid is not None and not self._grid.table.merges_known:
            draft.fields[name] = above

    def _fill_field(self, draft: Draft, role: str, entry: Entry[str]) -> None:
        known = draft.fields.get(role)
        if known is None or not known.raw.strip():
            draft.fields[role] = entry

    def _money(self, column: Column, role: str, entry: Entry[str]) -> FundingLine:
        assert self._grid is not None
        read = read_amount(entry.raw)
        number: Decimal | None = read.number
        label = Entry(column.text, self._grid.at((column.row, column.start)), column.text.strip())
        amount = Entry(entry.raw, entry.at, number, entry.doubtful or read.doubtful)
        if read.unit is not None and self._current is not None:
            self._current.set_unit(read.unit, entry.at)
        return FundingLine(label=label, key=role, amount=amount)

    def _heads_projects(self, row: int, name_at: Position | None, name: str) -> None:
        """A row without an indicator: it names the unit of the projects below it."""
        if name and name_at is not None and name_at[0] == row and self._grid is not None:
            self._unit = text_entry(self._grid, name_at)
