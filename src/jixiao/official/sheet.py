"""A drawn official table, ready for paper: cells with place, span, text and role.

This is all a writer gets to see. It knows nothing of forms, layouts or findings, so that a new
table never touches a writer and a new file format never touches a table.
"""

from enum import StrEnum

from msgspec import Struct

#: The type area of an A4 page in millimetres, within the margins all writers use.
PORTRAIT_WIDTH, PORTRAIT_HEIGHT = 170.0, 252.0
LANDSCAPE_WIDTH, LANDSCAPE_HEIGHT = 257.0, 165.0
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_SIDE = 25.0, 20.0, 20.0


class CellRole(StrEnum):
    """What a cell is to its reader; writers choose fonts and alignment by it.

    LABEL and HEADING are printed by the form (centred, 黑体); LEVEL is a level name (centred);
    TEXT is running text (left, 仿宋); VALUE a short answer (centred, or left where it is long);
    NUMBER an amount or score (right); NOTE what a reviewer or the program says beside the form.
    """

    LABEL = "label"
    HEADING = "heading"
    LEVEL = "level"
    TEXT = "text"
    VALUE = "value"
    NUMBER = "number"
    NOTE = "note"


class SheetInput(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One field within a cell, for whoever lets people type into the table.

    `text` is what the record says, `before` what stands in front of it in the cell (a printed
    label, a joining sign). `choices` are words of which one is ticked; where `tick` is set, the
    cell is ticked or not, and a tick writes that word at `path`. `limit` is the most characters
    the form allows.
    """

    path: str
    label: str = ""
    text: str = ""
    before: str = ""
    choices: tuple[str, ...] = ()
    tick: str = ""
    limit: int = 0
    required: bool = False


class SheetCell(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    r"""One cell. Positions count from 0; a merged cell stands once, at its top left position.

    `text` is written exactly as it is; "\n" breaks the line. `path` is the field of the record
    that is shown ("indicators[3].target"), "" for a printed label. `marks` are the numbers of
    the findings about this cell.
    """

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    text: str = ""
    role: CellRole = CellRole.TEXT
    path: str = ""
    marks: tuple[int, ...] = ()
    inputs: tuple[SheetInput, ...] = ()


class Sheet(Struct, frozen=True, kw_only=True):
    """One official table on pages of its own.

    `grid` are the widths of the columns in millimetres and add up to the type area of the page.
    Every position of `height` × len(grid) is covered by exactly one cell; `cells` are in reading
    order. `above` stands left over the title (附件2, 报表编号), `unit_note` right under it
    (金额单位：万元), `notes` below the table. `repeats` are the first row and the number of rows
    that stand again at the top of every further page. `name` names the table in contents, tabs
    and bookmarks. `font_size` is that of the body in points.
    """

    name: str
    title: str
    subtitle: str = ""
    above: tuple[str, ...] = ()
    unit_note: str = ""
    notes: tuple[str, ...] = ()
    landscape: bool = False
    grid: tuple[float, ...]
    height: int
    cells: tuple[SheetCell, ...]
    repeats: tuple[int, int] | None = None
    font_size: float = 10.5


class Cover(Struct, frozen=True, kw_only=True):
    """The first page of an annex: a title over several lines, then who and when."""

    title: tuple[str, ...]
    lines: tuple[str, ...] = ()


class Annex(Struct, frozen=True, kw_only=True):
    """One document: sheets in order, each on a new page, after cover, contents and totals.

    `title` is the document's title for its properties. `contents` asks for a list of the sheets
    with their page numbers. `totals` is a sheet of its own before the first form.
    """

    title: str
    sheets: tuple[Sheet, ...]
    cover: Cover | None = None
    contents: bool = False
    totals: Sheet | None = None

    @property
    def all_sheets(self) -> tuple[Sheet, ...]:
        """Totals first, then the forms."""
        return self.sheets if self.totals is None else (self.totals, *self.sheets)
