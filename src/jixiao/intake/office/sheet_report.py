"""What could not be had of one sheet, said with its name and the cells."""

from jixiao.foundation.location import SourceRef
from jixiao.intake.office.sheet_grid import Grid
from jixiao.intake.office.sheet_values import MAX_COLUMNS, SheetCells
from jixiao.intake.problem import Problem

NAMED_CELLS = 5


def sheet_problems(file: str, name: str, cells: SheetCells, grid: Grid | None) -> list[Problem]:
    place = SourceRef(quote="", sheet=name)
    problems: list[Problem] = []

    def add(code: str, message: str, source: SourceRef = place) -> None:
        problems.append(Problem(code=code, message=message, file=file, source=source))

    if cells.fault is not None:
        add(cells.fault.code, f"工作表“{name}”没有读全：{cells.fault.message}")
    if cells.beyond or (grid is not None and grid.cut):
        add(
            "INT009",
            f"工作表“{name}”的内容超出限额（{MAX_COLUMNS} 列、200 万格），超出部分没有读取。"
            "请删去多余的行列后再读。",
        )
    if grid is not None and grid.overlapping:
        add(
            "INT026",
            f"工作表“{name}”有互相重叠的合并单元格，按先出现的读取。"
            "请用 Excel 或 WPS 打开修复后再读。",
        )
    if cells.missing_strings:
        add(
            "INT003",
            f"工作表“{name}”的{_addresses(cells.missing_strings)}文字在文件中缺失，按空白读取。"
            "请重新获取文件。",
            _place(name, cells.missing_strings[0]),
        )
    if cells.uncached:
        add(
            "INT026",
            f"工作表“{name}”的{_addresses(cells.uncached)}公式没有缓存值，按空白读取。"
            "请用 Excel 或 WPS 打开并保存一次后再读。",
            _place(name, cells.uncached[0]),
        )
    return problems


def _place(sheet: str, cell: tuple[int, int]) -> SourceRef:
    row, column = cell
    return SourceRef(quote="", sheet=sheet, row=row, column=column, cell=_address(cell))


def _addresses(cells: list[tuple[int, int]]) -> str:
    named = "、".join(_address(cell) for cell in cells[:NAMED_CELLS])
    rest = f" 等 {len(cells)} 个单元格" if len(cells) > NAMED_CELLS else " "
    return f" {named}{rest}"


def _address(cell: tuple[int, int]) -> str:
    row, column = cell
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(65 + remainder) + letters
    return f"{letters}{row}"
