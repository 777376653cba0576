"""An .xlsx package as a `SourceDocument`: one table a sheet, hidden sheets included."""

from collections.abc import Callable

from msgspec import Struct

from jixiao.foundation.location import SourceRef
from jixiao.intake.document import Block, SourceDocument, SourceFile
from jixiao.intake.office.builtin_formats import BUILTIN
from jixiao.intake.office.number_formats import GENERAL
from jixiao.intake.office.shared_strings import read_strings
from jixiao.intake.office.sheet_cells import read_cells
from jixiao.intake.office.sheet_grid import assembled
from jixiao.intake.office.sheet_report import sheet_problems
from jixiao.intake.office.sheet_values import Book
from jixiao.intake.package_xml import Element, main_part, read_tree, relationships
from jixiao.intake.packages import Package, PackageFault, PackageKind, refused
from jixiao.intake.problem import Problem

MAX_TREE_BYTES = 64 * 1024 * 1024
#: Four times what spreadsheet programs accept; longer ones are an attack.
LONGEST_FORMAT = 1_000


class Outline(Struct):
    """Names and parts of the sheets, and the parts all of them share."""

    sheets: list[tuple[str, str | None]]
    strings: str | None
    styles: str | None
    date_1904: bool


class _Report:
    """Problems met so far, each naming file and sheet."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.problems: list[Problem] = []

    def add(self, code: str, message: str, source: SourceRef | None = None) -> None:
        self.problems.append(Problem(code=code, message=message, file=self._file, source=source))


def read_workbook(source: SourceFile, kind: PackageKind) -> SourceDocument:
    report = _Report(source.name)
    try:
        package = Package(source, kind)
        outline = outline_of(package)
        book = _book(package, outline, report)
    except PackageFault as fault:
        return refused(source, kind, fault)
    blocks: list[Block] = []
    for name, part in outline.sheets:
        if part is None:
            lost = package.damaged(f"缺少工作表“{name}”的部件")
            report.add(lost.code, lost.message, SourceRef(quote="", sheet=name))
            continue
        cells = read_cells(package, part, book)
        grid = assembled(cells, name)
        report.problems += sheet_problems(source.name, name, cells, grid)
        if grid is not None:
            blocks.append(grid.table)
    return SourceDocument(
        file=source.name,
        media_type=kind.media_type,
        blocks=tuple(blocks),
        problems=tuple(report.problems),
        unreadable=not blocks and bool(report.problems),
    )


def outline_of(package: Package) -> Outline:
    main = main_part(package)
    root = read_tree(package, main, MAX_TREE_BYTES)
    related = relationships(package, main)
    sheets: list[tuple[str, str | None]] = []
    for sheet in root.iter("{*}sheet"):
        kind, part = related.get(_relation_of(sheet), ("", ""))
        if kind in {"worksheet", ""}:
            sheets.append((sheet.get("name") or f"第{len(sheets) + 1}表", part or None))
    if not sheets:
        raise package.damaged("没有工作表")
    parts = {kind: part for kind, part in related.values() if part in package}
    properties = root.find("{*}workbookPr")
    flag = "" if properties is None else (properties.get("date1904") or "")
    return Outline(
        sheets=sheets,
        strings=parts.get("sharedStrings"),
        styles=parts.get("styles"),
        date_1904=flag.lower() in {"1", "true"},
    )


def _relation_of(sheet: Element) -> str:
    """The relation's id; its attribute has one name in ordinary and another in strict files."""
    return next((str(value) for key, value in sheet.items() if str(key).endswith("}id")), "")


def _book(package: Package, outline: Outline, report: _Report) -> Book:
    """Shared strings and formats; without them the sheets are still worth reading.

    A part with entities was made to do harm, so the whole file is refused.
    """

    def numbered(part: str | None, read: Callable[[Package, str], list[str]]) -> dict[str, str]:
        if part is None:
            return {}
        try:
            return {str(number): entry for number, entry in enumerate(read(package, part))}
        except PackageFault as fault:
            if fault.code == "INT008":
                raise
            report.add(fault.code, fault.message)
            return {}

    return Book(
        strings=numbered(outline.strings, read_strings),
        formats=numbered(outline.styles, _formats),
        date_1904=outline.date_1904,
    )


def _formats(package: Package, part: str) -> list[str]:
    """The number format of every cell style, by style number."""
    root = read_tree(package, part, MAX_TREE_BYTES)
    own = {
        entry.get("numFmtId"): entry.get("formatCode")
        for entry in root.iterfind("{*}numFmts/{*}numFmt")
    }
    formats = []
    for style in root.iterfind("{*}cellXfs/{*}xf"):
        number = style.get("numFmtId") or "0"
        code = own.get(number) or BUILTIN.get(number, GENERAL)
        formats.append(code if len(code) <= LONGEST_FORMAT else GENERAL)
    return formats
