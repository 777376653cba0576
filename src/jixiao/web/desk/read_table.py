"""A drawn official table for a page on which cells are chosen one by one."""

from collections.abc import Collection

from msgspec import Struct

from jixiao.official.sheet import Sheet


class ShownCell(Struct, frozen=True):
    """One cell: its spans, text, the path a click asks for, and the classes it wears."""

    rows: int
    columns: int
    text: str
    path: str
    classes: str
    is_label: bool


class ShownTable(Struct, frozen=True):
    """Title, widths of the columns in percent, rows of cells."""

    title: str
    subtitle: str
    unit_note: str
    widths: tuple[str, ...]
    rows: tuple[tuple[ShownCell, ...], ...]


def shown_table(sheet: Sheet, doubtful: Collection[str], chosen: str) -> ShownTable:
    """The table with doubtful cells marked and the chosen one outlined."""
    rows: list[list[ShownCell]] = [[] for _ in range(sheet.height)]
    for cell in sheet.cells:
        paths = [cell.path, *(one.path for one in cell.inputs)]
        known = [path for path in paths if path and "+]" not in path]
        wanted = next((path for path in known if path in doubtful), known[0] if known else "")
        classes = [cell.role.value]
        if any(path in doubtful for path in known):
            classes.append("doubtful")
        if chosen and chosen in known:
            classes.append("chosen")
        rows[cell.row].append(
            ShownCell(
                cell.rows,
                cell.columns,
                cell.text,
                wanted,
                " ".join(classes),
                cell.role.value in ("label", "heading", "level") and not wanted,
            )
        )
    whole = sum(sheet.grid)
    return ShownTable(
        sheet.title,
        sheet.subtitle,
        sheet.unit_note,
        tuple(f"{width / whole:.2%}" for width in sheet.grid),
        tuple(map(tuple, rows)),
    )
