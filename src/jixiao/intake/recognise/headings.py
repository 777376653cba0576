"""The heading row of an indicator table: which column holds what.

A row is a heading when its words are headings, wherever they stand. Two-row headings (指标值 over
性质 值 单位), wide tables with a half for several years and a half for the year, and flat lists
that carry project, money and goal in columns of their own are all described by one `Heading`.
"""

from msgspec import Struct
from msgspec.structs import replace

from jixiao.foundation.text import fold
from jixiao.intake.recognise.grid import Cell, Grid
from jixiao.standards.labels import Label

_FEWEST = 2
LEVELS = ("level1", "level2", "name")
_VALUES = frozenset(
    {"target", "long_term_target", "actual", "operator", "weight", "adjusted_target"}
)
_TARGETS = frozenset({"target", "long_term_target"})
_CODE_OF = {
    "header.project_name": "header.project_code",
    "header.implementing_unit": "header.unit_code",
    "header.supervising_department": "header.department_code",
    "unit": "header.unit_code",
}
_CODE_WORDS = frozenset({"编码", "代码", "编号"})
_NAMED_BY_SECTION = frozenset({"绩效指标", "指标", "指标内容", "名称"})


class Column(Struct, frozen=True):
    """One column: its role, its extent, the half it belongs to, and the cell of its heading."""

    role: str
    start: int
    stop: int
    text: str
    row: int
    half: str | None = None


class Heading(Struct, frozen=True):
    """A recognised heading: `first` and `below` are its rows, `below` the first one after it."""

    columns: tuple[Column, ...]
    first: int
    below: int

    def column(self, role: str, half: str | None = None) -> Column | None:
        for column in self.columns:
            if column.role == role and (half is None or column.half in (half, None)):
                return column
        return None

    @property
    def is_flat(self) -> bool:
        """Every row names its project: a list of many projects."""
        return self.column("header.project_name") is not None


def find_heading(grid: Grid, row: int) -> Heading | None:
    """The heading that begins at this row, or None."""
    cells = grid.cells(row)
    if len(cells) < _FEWEST or not any(_heads_something(cell.label) for cell in cells[:4]):
        return None
    if _may_head(cells):
        direct = _columns(cells)
        if _is_heading(direct, cells):
            return _extended(grid, row, direct, cells)
    if row + 1 < grid.height and _may_head(grid.cells(row + 1)) and _may_stand_above(cells):
        below = grid.cells(row + 1)
        lower = _columns(below)
        if _is_heading(lower, below):
            heading = _extended(grid, row + 1, lower, below)
            return _with_row_above(heading, grid, row)
    return None


def _heads_something(label: Label) -> bool:
    """A cheap look before the careful one: rows of values are the most frequent by far."""
    return bool(
        label.column or label.header or label.half or label.goal or label.money or label.is_section
    )


def _may_head(cells: list[Cell]) -> bool:
    """Without a name for the rows no row is a heading: 三级指标, or a plain 绩效指标."""
    return any(cell.label.column in LEVELS or cell.label.is_section for cell in cells)


def _columns(cells: list[Cell]) -> list[Column]:
    found = []
    for cell in cells:
        role = _role(cell.label)
        if role is not None:
            found.append(Column(role, cell.column, cell.stop, cell.text, cell.row))
    return _unit_of_whom(_named(_one_name(found), cells))


def _one_name(columns: list[Column]) -> list[Column]:
    """三级指标 beside 绩效指标描述 with one value: the first names the row, the second explains."""
    names = [column for column in columns if column.role == "name"]
    if len(names) < 2 or sum(column.role in _TARGETS for column in columns) > 1:
        return columns
    chosen = next((column for column in names if "三级" in fold(column.text)), names[0])
    return [
        replace(column, role="remark") if column.role == "name" and column is not chosen else column
        for column in columns
    ]


def _role(label: Label) -> str | None:
    if label.column is not None:
        return label.column
    if label.header is not None:
        return f"header.{label.header}"
    if label.goal is not None:
        return f"goal.{label.goal}"
    if label.money is not None:
        return f"money.{label.money}"
    if label.is_other:
        return "remark"
    return None


def _named(columns: list[Column], cells: list[Cell]) -> list[Column]:
    """Where no heading says 三级指标, a plain 绩效指标 left of the value names the rows."""
    roles = {column.role for column in columns}
    if "name" in roles or not roles & _VALUES:
        return columns
    levels = [column.stop for column in columns if column.role in ("level1", "level2")]
    values = [column.start for column in columns if column.role in _VALUES]
    left, right = max(levels, default=0), min(values)
    for cell in cells:
        named = cell.label.is_section and fold(cell.text) in _NAMED_BY_SECTION
        if named and left <= cell.column < right:
            named_column = Column("name", cell.column, cell.stop, cell.text, cell.row)
            return sorted([*columns, named_column], key=lambda column: column.start)
    return columns


def _unit_of_whom(columns: list[Column]) -> list[Column]:
    """单位 left of the indicators is the unit that reports, right of them the unit of measure."""
    names = [column.start for column in columns if column.role in LEVELS]
    if not names:
        return columns
    first = min(names)
    return [
        replace(column, role="header.implementing_unit")
        if column.role == "unit" and column.start < first
        else column
        for column in columns
    ]


def _is_heading(columns: list[Column], cells: list[Cell]) -> bool:
    roles = {column.role for column in columns}
    levels = roles & set(LEVELS)
    if not levels or not ("name" in roles or len(levels) == 2):
        return False
    if len(levels) < 3 and not roles & _VALUES:
        return False
    known = sum(
        1
        for cell in cells
        if cell.label.column or cell.label.is_any or cell.label.half or cell.label.is_task_block
    )
    if len(levels) == len(LEVELS) and roles & _VALUES:
        return 2 * known >= len(cells)  # beyond doubt; local columns may be called anything
    return known >= len(cells) - max(1, len(cells) // 4)


def _may_stand_above(cells: list[Cell]) -> bool:
    return all(
        cell.label.column
        or cell.label.is_any
        or cell.label.half
        or cell.label.money_column
        or fold(cell.text) == "其中"
        for cell in cells
    )


def _extended(grid: Grid, row: int, columns: list[Column], cells: list[Cell]) -> Heading:
    """Take in the second heading row, if there is one, and name the halves."""
    below = row + 1
    columns = _halved(grid, row, columns)
    if below < grid.height:
        lower = grid.cells(below)
        if _is_second_row(grid, below, lower, cells):
            wide = columns if grid.table.merges_known else _widened(columns, cells, grid.width)
            columns = _refined(wide, lower)
            below += 1
    return Heading(tuple(columns), row, below)


def _is_second_row(grid: Grid, row: int, lower: list[Cell], upper: list[Cell]) -> bool:
    if not lower:
        return False
    if any(cell.label.level1 or cell.label.level2 for cell in lower if not cell.label.column):
        return False
    wide = [cell for cell in upper if cell.stop - cell.column > 1]
    headed = [
        cell
        for cell in lower
        if cell.label.column or cell.label.half or cell.label.money_column or cell.label.money
    ]
    if grid.table.merges_known:
        under_wide = all(any(w.column <= c.column < w.stop for w in wide) for c in lower)
        spans_down = any(cell.below > row for cell in upper)
        roofs = [cell for cell in upper if cell.below <= row]
        under_roofs = len(headed) == len(lower) and all(
            any(roof.column <= c.column < roof.stop for roof in roofs) for c in lower
        )
        return spans_down and bool(headed) and (under_wide or under_roofs)
    return len(headed) == len(lower) and len(lower) < len(upper)


def _widened(columns: list[Column], cells: list[Cell], width: int) -> list[Column]:
    """Where merges are not stated, a heading reaches to the next one, known or not."""
    starts = [*(cell.column for cell in cells), width]
    return [
        replace(c, stop=max(c.stop, min((s for s in starts if s > c.start), default=width)))
        for c in columns
    ]


def _refined(columns: list[Column], lower: list[Cell]) -> list[Column]:
    """The second row's words replace the roof above them; a half under 指标值 names the years."""
    refined: list[Column] = []
    for column in columns:
        inside = [c for c in lower if column.start <= c.column < column.stop]
        if not inside or (
            len(inside) == 1 and inside[0].stop >= column.stop and not inside[0].label.column
        ):
            refined.append(column)
            continue
        refined.extend(_sub_column(column, cell) for cell in inside)
        if inside[0].column > column.start:
            first = Column(column.role, column.start, inside[0].column, column.text, column.row)
            refined.append(first)
    return sorted(refined, key=lambda column: column.start)


def _sub_column(roof: Column, cell: Cell) -> Column:
    label = cell.label
    role = "remark" if roof.role == "remark" else label.column
    if role is None and roof.role == "target" and label.half is not None:
        role = "long_term_target" if label.half == "long_term" else "target"
    if role is None and roof.role.startswith("money."):
        role = f"money.{label.money}" if label.money else roof.role
    return Column(role or "remark", cell.column, cell.stop, cell.text, cell.row, roof.half)


def _halved(grid: Grid, row: int, columns: list[Column]) -> list[Column]:
    """Say for each column of a wide table whether it is about several years or the year."""
    names = [column for column in columns if column.role == "name"]
    if len(names) < 2:
        return columns
    roofs = _roofs(grid, row)
    if not _cover_whole_halves(roofs, columns):
        roofs = []
    boundary = _boundary(columns)
    halved = []
    for column in columns:
        half = _roof_of(column, roofs)
        if half is None and column.role not in ("level1", "number"):
            half = "long_term" if column.start < boundary else "annual"
        if column.role == "level1" and sum(c.role == "level1" for c in columns) == 1:
            half = None
        halved.append(Column(column.role, column.start, column.stop, column.text, column.row, half))
    return halved


def _cover_whole_halves(roofs: list[tuple[int, int, str]], columns: list[Column]) -> bool:
    """中期目标 | 年度目标 stand over the halves only if each covers a name and its value."""
    for start, stop, _ in roofs:
        inside = [column.role for column in columns if start <= column.start < stop]
        if inside.count("name") != 1 or sum(role in _TARGETS for role in inside) != 1:
            return False
    return True


def _boundary(columns: list[Column]) -> int:
    """Where the second half begins: at the first role that has stood before."""
    seen: set[str] = set()
    for column in columns:
        if column.role in ("level1", "level2", "name") and column.role in seen:
            return column.start
        seen.add(column.role)
    return columns[-1].stop


def _roofs(grid: Grid, row: int) -> list[tuple[int, int, str]]:
    for above in (row - 1, row - 2):
        if above < 0:
            break
        found = [
            (cell.column, cell.stop, cell.label.half)
            for cell in grid.cells(above)
            if cell.label.half is not None
        ]
        if len(found) >= 2:
            return found
    return []


def _roof_of(column: Column, roofs: list[tuple[int, int, str]]) -> str | None:
    for start, stop, half in roofs:
        if start <= column.start < stop and stop - start > 1:
            return half
    return None


def _with_row_above(heading: Heading, grid: Grid, row: int) -> Heading:
    """Columns whose heading stands in the upper row only (项目名称, 预算金额 …)."""
    cells, lower = grid.cells(row), grid.cells(row + 1)
    starts = [*(cell.column for cell in cells[1:]), grid.width]
    extra = []
    for cell, following in zip(cells, starts, strict=True):
        role = _role(cell.label)
        taken = any(c.start < cell.stop and cell.column < c.stop for c in heading.columns)
        if taken or role is None:
            continue
        stop = cell.stop if grid.table.merges_known else following
        parts = [c for c in lower if cell.column <= c.column < stop]
        extra += _name_and_code(role, parts) or [
            Column(role, cell.column, cell.stop, cell.text, cell.row)
        ]
    columns = sorted([*heading.columns, *extra], key=lambda column: column.start)
    return Heading(tuple(_unit_of_whom(columns)), row, heading.below)


def _name_and_code(role: str, cells: list[Cell]) -> list[Column]:
    """编码 | 名称 under 预算单位 or 项目."""
    code = _CODE_OF.get(role)
    if code is None or len(cells) != 2:
        return []
    found = []
    for cell in cells:
        word = fold(cell.text).strip("*:※★")
        part = role if word in ("名称", "全称") else code if word in _CODE_WORDS else None
        if part is not None:
            found.append(Column(part, cell.column, cell.stop, cell.text, cell.row))
    return found if len(found) == len(cells) else []
