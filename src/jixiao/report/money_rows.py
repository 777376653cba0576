"""The money block of an official table: one line of money in a row, with the columns it has."""

from collections.abc import Iterator, Sequence

from jixiao.form.funding import Funding, FundingLine
from jixiao.foundation.location import SourceRef
from jixiao.report.table_view import (
    FIRST,
    WHOLE,
    CellRole,
    Row,
    TableCell,
    heading_cell,
    label_cell,
    shown,
    split_evenly,
)

_AMOUNTS = {
    "amount": "预算数",
    "initial": "年初预算数",
    "adjusted": "全年预算数",
    "executed": "全年执行数",
    "expected": "全年预计执行数",
    "points": "分值",
    "rate": "执行率",
    "score": "得分",
}
_LONGEST_TITLE = 16


def money_rows(funding: Funding | None, middle: int) -> Iterator[Row]:
    """The rows of the block; labels end and amounts begin at `middle`."""
    if funding is None or not funding.lines:
        return
    used = _columns(funding.lines)
    extents = dict(zip(used, split_evenly(middle, WHOLE, [1] * len(used)), strict=True))
    rows: list[list[TableCell]] = []
    if len(used) > 1:
        heads = [heading_cell(_AMOUNTS[name], extent) for name, extent in extents.items()]
        rows.append([heading_cell("", (FIRST, middle)), *heads])
    named: set[str] = set()
    for number, line in _once(funding.lines):
        rows.append(_line(line, number, extents, names=line.key not in named))
        named.add(line.key or "")
    title = _title(funding)
    block = label_cell(title, 0, FIRST, "funding", "funding.unit", rowspan=len(rows))
    rows[0].insert(0, block)
    yield from map(tuple, rows)


def _columns(lines: Sequence[FundingLine]) -> list[str]:
    """The columns with content; the planned amount only where no other column shows its cell."""
    used = [name for name in _AMOUNTS if any(getattr(line, name) is not None for line in lines)]
    others = [name for name in used if name != "amount"]
    if others and all(line.amount is None or _chief(line, others) is not None for line in lines):
        used = others
    return used or ["amount"]


def _chief(line: FundingLine, used: Sequence[str]) -> str | None:
    """The column that shows what `funding.total` and such mean; None where none does."""
    if line.amount is None or "amount" in used:
        return used[0]
    same = (name for name in used if getattr(line, name) == line.amount)
    return next(same, None)


def _once(lines: Sequence[FundingLine]) -> list[tuple[int, FundingLine]]:
    """The lines with their numbers, those over all years first.

    A line that was read twice from one place stands once.
    """
    seen: set[tuple[str, str | None, SourceRef | None]] = set()
    kept = []
    for number, line in enumerate(lines):
        at = None if line.amount is None else line.amount.at
        key = (line.label.raw, line.key, at)
        if key not in seen:
            kept.append((number, line))
        seen.add(key)
    return sorted(kept, key=lambda one: not (one[1].key or "").startswith("whole."))


def _line(
    line: FundingLine, number: int, extents: dict[str, tuple[int, int]], *, names: bool
) -> list[TableCell]:
    """One line; `names` where its first amount is the one that `funding.total` and such mean."""
    chief, middle = _chief(line, list(extents)), next(iter(extents.values()))[0]
    cells = [label_cell(shown(line.label.raw), FIRST, middle)]
    own = f"funding.lines[{number}]"
    for name, (left, right) in extents.items():
        entry = getattr(line, name)
        paths = [f"{own}.{name}"]
        if name == chief:
            paths += [own, *([f"funding.{line.key}"] if line.key and names else [])]
        cells.append(
            TableCell(
                text="" if entry is None else shown(entry.raw),
                left=left,
                right=right,
                role=CellRole.VALUE if len(extents) > 1 else CellRole.TEXT,
                paths=tuple(paths),
            )
        )
    return cells


def _title(funding: Funding) -> str:
    printed = "" if funding.unit_at is None else shown(funding.unit_at.quote)
    if "资金" in printed and len(printed) <= _LONGEST_TITLE:
        return printed
    return f"项目资金\n（{funding.unit}）" if funding.unit else "项目资金"
