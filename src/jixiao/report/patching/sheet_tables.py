"""Heads of the tables that Excel keeps on a sheet.

Their texts are written a second time in the table's own part; Excel calls a workbook damaged in
which the two differ. Such cells are therefore left to Excel.
"""

from jixiao.intake.office.sheet_values import Area, SheetCells
from jixiao.intake.package_xml import read_tree, relationships
from jixiao.intake.packages import Package

_MOST_BYTES = 16 * 1024 * 1024


def table_heads(package: Package, sheet: str) -> list[Area]:
    """The head rows of all tables of this sheet."""
    areas = SheetCells()
    for kind, part in relationships(package, sheet).values():
        if kind == "table" and part in package:
            root = read_tree(package, part, _MOST_BYTES)
            if root.get("headerRowCount") != "0":
                areas.add_merge(root.get("ref") or "")
    return [(top, left, top, right) for top, left, _, right in areas.merges]


def is_within(address: tuple[int, int], areas: list[Area]) -> bool:
    """Whether the cell at this row and column lies in one of the areas."""
    row, column = address
    return any(
        top <= row <= bottom and left <= column <= right for top, left, bottom, right in areas
    )
