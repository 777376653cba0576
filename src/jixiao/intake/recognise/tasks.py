"""年度主要任务 of a department's form: a small table of tasks with their money."""

from decimal import Decimal

from msgspec import Struct

from jixiao.form.entry import Entry
from jixiao.form.funding import FundingLine
from jixiao.form.narrative import Task
from jixiao.foundation.text import fold
from jixiao.intake.recognise.draft import Draft
from jixiao.intake.recognise.entries import amount_entry, text_entry
from jixiao.intake.recognise.grid import Cell, Grid
from jixiao.intake.recognise.money import may_be_amount


class TaskTable(Struct, frozen=True):
    """The columns of a task table, by role."""

    columns: dict[str, int]
    below: int


def find_tasks(grid: Grid, row: int) -> TaskTable | None:
    """The heading of a task table at this row, or None."""
    cells = grid.cells(row)
    roles: dict[str, int] = {}
    for cell in cells:
        role = cell.label.task
        if role is not None and role not in roles and not _is_block(cell, cells):
            roles[role] = cell.column
    if "name" not in roles or not {"content", "expected"} & set(roles):
        return None
    if not any("任务" in text or "工作" in text for text in (fold(c.text) for c in cells)):
        return None
    if sum(cell.label.column in ("level2", "target") for cell in cells):
        return None
    below = row + 1
    if below < grid.height and _is_money_row(grid.cells(below)):
        roles.update(_money_roles(grid.cells(below)))
        below += 1
    return TaskTable(roles, below)


def _is_block(cell: Cell, cells: list[Cell]) -> bool:
    """年度主要任务 in the first column names the block, not the column."""
    return cell is cells[0] and cell.label.is_task_block and len(cells) > 2


def _is_money_row(cells: list[Cell]) -> bool:
    return bool(cells) and all(cell.label.task in ("amount", "fiscal", "other") for cell in cells)


def _money_roles(cells: list[Cell]) -> dict[str, int]:
    return {cell.label.task: cell.column for cell in cells if cell.label.task is not None}


def read_task(grid: Grid, row: int, table: TaskTable, draft: Draft) -> bool:
    """Take in one task; False where the row is none and the table ends."""
    cells = grid.cells(row)
    if not cells:
        return True
    name_at = grid.anchor(row, table.columns["name"])
    name = grid.text(name_at).strip()
    first = cells[0].label
    if _ends_tasks(cells[0]):
        return False
    own = [cell for cell in cells if cell.column >= table.columns["name"]]
    summed = bool(own) and "amount" in table.columns and own[0].label.money == "total"
    if first.is_money_block and not summed:
        return False
    if not own or summed or own[0].label.is_task_end or first.is_task_end:
        named = own[0] if own and (summed or own[0].label.is_task_end) else cells[0]
        _take_sum(grid, row, table, draft, named)
        return not first.is_section
    if not name:
        return True

    def text(role: str) -> Entry[str] | None:
        column = table.columns.get(role)
        return None if column is None else text_entry(grid, grid.anchor(row, column))

    def amount(role: str) -> Entry[Decimal] | None:
        column = table.columns.get(role)
        return None if column is None else amount_entry(grid, grid.anchor(row, column))[0]

    task = Task(
        name=text_entry(grid, name_at),
        content=text("content"),
        amount=amount("amount"),
        fiscal=amount("fiscal"),
        other=amount("other"),
        expected=text("expected"),
    )
    draft.tasks.append(task)
    return True


def _ends_tasks(cell: Cell) -> bool:
    """What stands below the tasks. A task may be called 人员保障 or 预算管理, as columns are."""
    label = cell.label
    if label.level1 is not None and "指标" in cell.text:
        return True
    heads = label.column in ("level1", "level2", "name", "target")
    return label.is_section or bool(label.goal or label.header) or heads


def _take_sum(grid: Grid, row: int, table: TaskTable, draft: Draft, label: Cell) -> None:
    """金额合计 under the tasks is the money the department asks for."""
    for role, key in (("amount", "total"), ("fiscal", "fiscal"), ("other", "other")):
        column = table.columns.get(role)
        if column is None or column <= label.column:
            continue
        amount, _ = amount_entry(grid, grid.anchor(row, column))
        stated = amount.raw.strip() and may_be_amount(amount.raw)
        if stated and all(line.key != key for line in draft.money_lines):
            printed = text_entry(grid, (label.row, label.column))
            draft.money_lines.append(FundingLine(label=printed, key=key, amount=amount))
