"""Lines of money: one amount beside its label, or a small table with a column for each stage."""

from decimal import Decimal

from jixiao.form.entry import Entry
from jixiao.form.funding import FundingLine
from jixiao.foundation.money import read_amount
from jixiao.foundation.text import fold
from jixiao.intake.recognise.draft import Draft
from jixiao.intake.recognise.entries import amount_entry, number_entry, text_entry
from jixiao.intake.recognise.grid import Cell, Grid
from jixiao.standards.labels import Label, label_of

_AMOUNTS = ("initial", "adjusted", "executed", "expected")
_NO_AMOUNT = frozenset({"不适用", "没有", "暂无", "未安排"})


class MoneyReader:
    """Collects funding lines of one draft from one table."""

    def __init__(self, draft: Draft, grid: Grid) -> None:
        self.draft = draft
        self.grid = grid
        self._columns: dict[str, int] = {}
        self._reason = ""

    @property
    def has_columns(self) -> bool:
        return bool(self._columns)

    def take_columns(self, row: int, cells: list[Cell]) -> bool:
        """Whether the row is the heading of a money table (年初预算数 | 全年执行数 | 执行率 …)."""
        found: dict[str, int] = {}
        for cell in cells:
            role = cell.label.money_column
            if role is not None and role not in found and not self._heads_labels(cell):
                found[role] = cell.column
        amounts = sum(role in _AMOUNTS for role in found)
        others = [c for c in cells if not (c.label.money_column or c.label.is_any)]
        if amounts < 2 and not (amounts and {"rate", "score"} & set(found)):
            return False
        if len(others) > 1:
            return False
        self._columns = found
        for cell in cells:
            if cell.column == found.get("reason"):
                self._reason = cell.text.strip()
            if cell.label.unit:
                self.draft.set_unit(cell.label.unit, self.grid.at((row, cell.column)))
        return True

    def _heads_labels(self, cell: Cell) -> bool:
        """年度预算数 over 总额 and 财政拨款 names the lines; it is not a column of amounts."""
        if cell.below >= self.grid.height:
            return False
        return label_of(self.grid.text(self.grid.anchor(cell.below, cell.column))).money is not None

    def take_bare_line(self, row: int, cells: list[Cell]) -> bool:
        """The one line of a money table that needs no label: the block's name reaches over it."""
        if not self._columns or any(cell.label.is_any for cell in cells):
            return False
        columns = set(self._columns.values())
        numeric = [c for c in cells if any(character.isdigit() for character in c.text)]
        if len(numeric) < 2 or not all(c.column in columns for c in numeric):
            return False
        covering = self.grid.anchor(row, 0)
        block = label_of(self.grid.text(covering))
        if not block.is_money_block and self.grid.text(covering).strip():
            return False
        label = Cell(
            covering[0], covering[1], covering[1] + 1, row + 1, self.grid.text(covering), block
        )
        self._add_line(row, label, key="total")
        self._columns = {}
        return True

    def take_line(self, row: int, label_cell: Cell) -> None:
        """A line of the money table."""
        self._add_line(row, label_cell, key=label_cell.label.money)

    def _add_line(self, row: int, label_cell: Cell, *, key: str | None) -> None:
        amounts: dict[str, Entry[Decimal]] = {}
        for role in _AMOUNTS:
            if role in self._columns:
                position = self.grid.anchor(row, self._columns[role])
                amounts[role], _ = amount_entry(self.grid, position)
        numbers = {
            role: number_entry(self.grid, self.grid.anchor(row, self._columns[role]))
            for role in ("rate", "points", "score")
            if role in self._columns
        }
        line = FundingLine(
            label=text_entry(self.grid, (label_cell.row, label_cell.column)),
            key=key,
            amount=_planned(amounts),
            initial=amounts.get("initial"),
            adjusted=amounts.get("adjusted"),
            executed=amounts.get("executed"),
            expected=amounts.get("expected"),
            rate=numbers.get("rate"),
            points=numbers.get("points"),
            score=numbers.get("score"),
        )
        if label_cell.label.unit:
            self.draft.set_unit(label_cell.label.unit, line.label.at)
        self.draft.money_lines.append(line)
        self._take_reason(row, line.label)

    def _take_reason(self, row: int, label: Entry[str]) -> None:
        """What stands beside the line in a column of words (原因, 备注); kept by both names."""
        if "reason" not in self._columns:
            return
        position = self.grid.anchor(row, self._columns["reason"])
        text = self.grid.text(position)
        if text.strip() and position[0] == row:
            name = f"{self._reason}（{label.raw.strip()}）"
            self.draft.add_other(name, text, self.grid.at(position))

    def take_amount(self, label: Label, printed: Entry[str], entry: Entry[str]) -> None:
        """One amount beside its label."""
        read = read_amount(entry.raw)
        amount = Entry(entry.raw, entry.at, read.number, entry.doubtful or read.doubtful)
        unit = label.unit or read.unit
        if unit is not None and (read.number is not None or label.unit):
            self.draft.set_unit(unit, entry.at)
        line = FundingLine(label=printed, key=label.money, amount=amount)
        self.draft.money_lines.append(line)


def _planned(amounts: dict[str, Entry[Decimal]]) -> Entry[Decimal] | None:
    """The budget as adjusted; as it was at the beginning where nothing was written there."""
    stated = [amounts[role] for role in ("adjusted", "initial") if role in amounts]
    return next((entry for entry in stated if entry.raw.strip()), next(iter(stated), None))


def may_be_amount(text: str) -> bool:
    """A blank answer, a number, or a word that says there is none; not the next heading."""
    key = fold(text)
    return not key or len(key) <= 2 or any(c.isdigit() for c in key) or key in _NO_AMOUNT
