"""Walk a document from top to bottom and cut it into forms.

A form begins at its title, or at a row that names a project when the form before it already has
one; it ends where the next begins. An indicator table may go on in the next table of the document
without repeating its heading.
"""

from msgspec.structs import replace

from jixiao.form.entry import Entry
from jixiao.foundation.location import SourceRef
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold
from jixiao.intake.document import Line, Repair, SourceDocument, Table
from jixiao.intake.recognise.beside import side_by_side
from jixiao.intake.recognise.draft import PROJECT_NAMES, Draft
from jixiao.intake.recognise.fields import FieldReader, inline_fields, money_unit_note, year_line
from jixiao.intake.recognise.flat import FlatReader
from jixiao.intake.recognise.grid import Cell, Grid
from jixiao.intake.recognise.headings import Heading, find_heading
from jixiao.intake.recognise.letterhead import parties_of, year_of
from jixiao.intake.recognise.money import MoneyReader
from jixiao.intake.recognise.reviews import ReviewReader, find_review
from jixiao.intake.recognise.rows import RowReader, is_level_row
from jixiao.intake.recognise.tasks import TaskTable, find_tasks, read_task
from jixiao.intake.recognise.years import arabic_years
from jixiao.standards.labels import NOTHING, label_of, title_of

_DOCUMENT_LINE = pattern(r"20\d\d年.{0,24}(?:预算|决算|绩效)")
_NOTE = pattern(r"^(?:注|备注|说明|填表说明|填报说明)\d?[:：、.]")
_SUMS = frozenset(
    {"合计", "总计", "总分", "小计", "总分值", "总得分", "指标合计", "得分合计", "自评得分"}
)
_BREAKS_A_FORM = 12
#: Labels that open a form; a code may stand before the name.
_OPENERS = (*PROJECT_NAMES, "project_code")
_LONGEST_PARAGRAPH = 200
#: Names of the parts of one form; by themselves they look like titles.
_HALF_TITLE = pattern(r"^(年度|当年|长期|中期|中长期|实施期|总体)绩效(?:目标|指标)表?$")
_ANNUAL = ("年度", "当年")
_NAME_AND_VALUE = 2


class Splitter:
    """Collects the drafts of one document, its loose lines and what was put right."""

    def __init__(self, document: SourceDocument) -> None:
        self.document = document
        self.drafts: list[Draft] = []
        self.lines: list[Entry[str]] = []
        self.repairs: list[Repair] = []
        self._draft = Draft()
        self._rows: RowReader | None = None
        self._flat: FlatReader | None = None
        self._tasks: TaskTable | None = None
        self._review: ReviewReader | None = None
        self._lines_since_table = 0
        self._letterhead: dict[str, Entry[str]] = {}
        self._half: str | None = None

    def split(self) -> list[Draft]:
        """The drafts that are forms, in the order of the document."""
        for block in self.document.blocks:
            if isinstance(block, Line):
                self._line(block)
            else:
                for grid in side_by_side(Grid(block)):
                    self._table(grid)
        self._close()
        return [draft for draft in self.drafts if draft.is_form]

    def _close(self) -> None:
        if self._flat is not None:
            self.drafts.extend(self._flat.finished())
            self._flat = None
        elif self._draft.has_content:
            self.drafts.append(self._draft)
        self._rows, self._tasks, self._half, self._review = None, None, None, None

    def _begin(self, title: Entry[str] | None, kind: str | None) -> None:
        """A new form. What the form before it stated for all (title, year, unit) may carry over."""
        before = self._draft
        self._close()
        self._draft = Draft()
        self._draft.title, self._draft.kind = title, kind
        self._draft.letterhead, self._letterhead = self._letterhead, {}
        if title is None:
            self._draft.title, self._draft.kind = before.title, before.kind
            self._draft.year = before.year
            self._draft.inherited = before.inherited | before.letterhead
            if before.money_unit is not None and before.money_unit_at is not None:
                self._draft.set_unit(before.money_unit, before.money_unit_at)

    def _line(self, line: Line) -> None:
        text = line.text.strip()
        self._lines_since_table += 1
        if not text:
            return
        entry = Entry(line.text, line.at(), text, line.doubtful)
        self._note_document(text, entry)
        if self._title(text, entry):
            return
        year = year_line(text)
        if year is not None:
            if self._draft.heading is not None:
                self._begin(None, None)
            self._draft.year = Entry(line.text, line.at(), year, line.doubtful)
            return
        if not self._takes_letterhead(text, line.at(), doubtful=line.doubtful):
            self._paragraph(text, line.at())
        label = label_of(text)
        unit = label.unit if label.is_money_block else money_unit_note(text)
        if unit is not None:
            self._draft.set_unit(unit, line.at())

    def _paragraph(self, text: str, at: SourceRef) -> None:
        """项目名称：… in a paragraph above the table."""
        pieces = inline_fields(text) if len(text) <= _LONGEST_PARAGRAPH else []
        if not pieces:
            return
        labels = [label_of(printed) for printed, _ in pieces]
        if any(label.header in PROJECT_NAMES for label in labels) and self._draft.indicators:
            self._begin(None, None)
        if self._draft.indicators or self._flat is not None:
            return
        if self._draft.above is None:
            self._draft.above = Draft()
        grid = Grid(Table(texts=[], places=[]))
        above = self._draft.above
        FieldReader(above, grid, MoneyReader(above, grid)).take_text(text, at)

    def _takes_letterhead(self, text: str, at: SourceRef, *, doubtful: bool = False) -> bool:
        """Below a finished table the line belongs to the form that follows."""
        parties = parties_of(text, at)
        draft = self._draft
        head = self._letterhead if draft.indicators else draft.letterhead
        for role, entry in parties.items():
            head.setdefault(role, replace(entry, doubtful=entry.doubtful or doubtful))
        year = year_of(text) if parties or money_unit_note(text) else None
        if year is not None and draft.year is None and draft.heading is None:
            draft.year = Entry(text, at, year, doubtful)
        return bool(parties)

    def _note_document(self, text: str, entry: Entry[str]) -> None:
        """A line that names document and year, wherever it stands above the forms."""
        if _DOCUMENT_LINE.search(arabic_years(fold(text))) and len(text) < 80:
            self.lines.append(entry)

    def _title(self, text: str, entry: Entry[str]) -> bool:
        title = title_of(text)
        if title is None:
            return False
        draft = self._draft
        half = _HALF_TITLE.match(fold(text))
        if half is not None and draft.fields and self._flat is None:
            self._half = "annual" if half.group(1) in _ANNUAL else "long_term"
            return True
        if draft.has_content or self._flat is not None:
            self._begin(entry, title.kind)
        elif draft.kind is None or draft.title is None or title.kind != "project_target":
            draft.title, draft.kind = entry, title.kind
        else:
            draft.title = entry
        return True

    def _table(self, grid: Grid) -> None:
        row = 0
        self._tasks = None
        money = MoneyReader(self._draft, grid)
        fields = FieldReader(self._draft, grid, money)
        continues = self._continuation(grid)
        self._rows = continues
        while row < grid.height:
            cells = grid.cells(row)
            if not cells:
                row += 1
                continue
            draft = self._draft
            row = self._row(grid, row, cells, fields)
            if self._draft is not draft:
                money = MoneyReader(self._draft, grid)
                fields = FieldReader(self._draft, grid, money)
        self._lines_since_table = 0

    def _continuation(self, grid: Grid) -> RowReader | None:
        """The indicator table of the form goes on in this table, without a heading of its own."""
        heading, before = self._draft.heading, self._rows
        if heading is None or before is None or self._lines_since_table > _BREAKS_A_FORM:
            return None
        first = next((cells for r in range(min(grid.height, 4)) if (cells := grid.cells(r))), None)
        if first is None or any(cell.label.header or cell.label.goal for cell in first):
            return None
        level = any(is_level_row(grid.cells(r)) for r in range(min(grid.height, 3)))
        if not level and grid.width != before.grid.width:
            return None
        moved = _moved(heading, grid)
        return RowReader(grid, moved, before.levels)

    def _row(self, grid: Grid, row: int, cells: list[Cell], fields: FieldReader) -> int:
        """Take in one row; the next row to look at."""
        if self._is_plain_indicator(cells):
            self._indicators(row)
            return row + 1
        if self._takes_review(grid, row):
            return row + 1
        heading = find_heading(grid, row) if len(cells) > 1 else None
        if heading is not None:
            return self._heading(grid, heading)
        if len(cells) == 2 and not self._draft.has_content:
            at = grid.at((row, cells[0].column))
            self._takes_letterhead(f"{cells[0].text}\u3000{cells[1].text}", at)
        titled = len(cells) == 1 and title_of(cells[0].text) is not None
        if self._flat is not None and not titled and self._flat.grid_is(grid):
            self._flat.read(row)
            return row + 1
        if len(cells) == 1 and self._single(grid, cells[0]):
            return row + 1
        if self._names_another_project(cells):
            self._begin(None, None)
            return row
        inline = self._inline_row(cells)
        if inline in _OPENERS and (self._draft.indicators or inline in self._draft.fields):
            self._begin_group(grid)
            return row
        if inline is not None:
            return row + fields.read(row)
        if self._rows is not None and self._is_indicator_row(grid, row, cells):
            self._indicators(row)
            return row + 1
        if self._tasks is not None:
            if read_task(grid, row, self._tasks, self._draft):
                return row + 1
            self._tasks = None
        tasks = find_tasks(grid, row)
        if tasks is not None:
            self._tasks = tasks
            for cell in cells:
                if cell.label.unit:
                    self._draft.set_unit(cell.label.unit, grid.at((cell.row, cell.column)))
            return tasks.below
        return row + fields.read(row)

    def _takes_review(self, grid: Grid, row: int) -> bool:
        """The row belongs to a review sheet, or is the heading of one."""
        found = None if self._draft.indicators else find_review(grid, row)
        if found is not None:
            self._review = ReviewReader(grid, found)
            self._draft.review = self._review.review
            self._draft.columns = self._draft.columns or _printed_row(grid, row)
            return True
        if self._review is None or self._review.grid is not grid:
            return False
        if not self._review.read(row):
            self._review = None
            return False
        self._draft.review = self._review.review
        return True

    def _is_plain_indicator(self, cells: list[Cell]) -> bool:
        """The frequent case, seen at a glance: level names or plain texts under a heading."""
        if self._rows is None or self._flat is not None or len(cells) < _NAME_AND_VALUE:
            return False
        first, second = cells[0], cells[1]
        if first.column == 0 or second.label is not NOTHING:
            return False
        label = first.label
        is_level = label.level1 is not None or label.level2 is not None
        return label is NOTHING or (is_level and label.column is None)

    def _heading(self, grid: Grid, heading: Heading) -> int:
        draft = self._draft
        if heading.is_flat:
            if self._flat is None:
                self._flat = FlatReader(draft)
            self._flat.take_table(grid, heading)
            draft.heading = heading
            return heading.below
        levels = self._rows.levels if self._rows is not None and draft.indicators else None
        draft.heading = heading
        if not draft.columns:
            draft.columns = _printed_headings(grid, heading)
        self._rows = RowReader(grid, heading, levels)
        self._tasks = None
        before = grid.cells(heading.first)[0]
        if before.column < heading.columns[0].start and _HALF_TITLE.match(
            fold(before.text).strip("*:※★")
        ):
            self._half = before.label.half
        return heading.below

    def _single(self, grid: Grid, cell: Cell) -> bool:
        """A row with one cell: a title, the year, the unit, a note."""
        at = grid.at((cell.row, cell.column))
        text = cell.text.strip()
        self._note_document(text, Entry(cell.text, at, text))
        if self._title(text, Entry(cell.text, at, text)):
            return True
        year = year_line(text)
        if year is not None:
            if self._draft.heading is not None:
                self._begin(None, None)
            self._draft.year = Entry(cell.text, at, year)
            return True
        if _NOTE.match(fold(text)):
            self._draft.add_other(text[:2], cell.text, at)
            return True
        if self._takes_letterhead(text, at):
            unit = money_unit_note(text)
            if unit is not None:
                self._draft.set_unit(unit, at)
            return True
        return False

    def _names_another_project(self, cells: list[Cell]) -> bool:
        draft = self._draft
        first = cells[0].label.header
        if first in _OPENERS:
            return draft.heading is not None or first in draft.fields
        if first in ("supervising_department", "implementing_unit") and draft.heading is not None:
            return len(cells) > 1 and bool(draft.indicators) and self._rows is None
        return False

    def _inline_row(self, cells: list[Cell]) -> str | None:
        """A row that says 项目名称：… or 年度目标：… in one cell, above its indicators."""
        if len(cells) > (1 if cells[0].column else 2):
            return None
        labels = [label_of(printed) for printed, _ in inline_fields(cells[0].text)]
        if not labels:
            return None
        if labels[0].header in _OPENERS:
            return labels[0].header
        is_top = labels[0].header or labels[0].goal or labels[0].money
        is_alone = all(inline_fields(cell.text) for cell in cells)
        return "field" if is_top and is_alone and self._rows is not None else None

    def _begin_group(self, grid: Grid) -> None:
        """Another project in one table; its indicators may stand under the heading above."""
        heading = self._draft.heading
        is_here = self._rows is not None and self._rows.grid is grid
        self._begin(None, None)
        if heading is not None and is_here:
            self._draft.heading = heading
            self._rows = RowReader(grid, heading)

    def _is_indicator_row(self, grid: Grid, row: int, cells: list[Cell]) -> bool:
        """The row still belongs to the indicator table, not to what stands below it."""
        first = cells[0]
        if is_level_row(cells) and not _is_answered_label(cells):
            return True
        if _is_sum(first.text):
            self._sum_row(grid, cells)
            return True
        label = first.label
        if (
            label.is_other
            or label.goal
            or label.header
            or label.is_money_block
            or label.is_task_block
            or (label.column in ("deviation_cause", "improvement") and first.column == 0)
        ):
            covered = any(grid.is_covered(row, c) for c in range(first.column))
            if covered or (not grid.table.merges_known and first.column > 0):
                return True
            self._rows = None
            return False
        return _NOTE.match(fold(first.text)) is None

    def _sum_row(self, grid: Grid, cells: list[Cell]) -> None:
        label = cells[0].text.strip()
        for cell in cells[1:]:
            self._draft.add_other(label, cell.text, grid.at((cell.row, cell.column)))

    def _indicators(self, row: int) -> None:
        assert self._rows is not None
        if _is_sum(self._rows.grid.texts[row][0]):
            return
        done = len(self._rows.repairs)
        for half, indicator in self._rows.read(row).items():
            is_long = (half or self._half) == "long_term"
            target = self._draft.long_term if is_long else self._draft.indicators
            target.append(indicator)
        self.repairs.extend(self._rows.repairs[done:])


def _is_answered_label(cells: list[Cell]) -> bool:
    """评价结论 at the left edge with its answer, even where that is a word such as 成本控制."""
    first, label = cells[0], cells[0].label
    named = label.is_other or label.header or label.goal
    if not named or first.column or label.level1 or label.level2:
        return False
    # 年度绩效目标1 | 产出指标 | 数量指标 | … is a row under its goal, no label with its answer.
    return all(cell.label.is_any for cell in cells[::2])


def _is_sum(text: str) -> bool:
    return fold(text).strip("*:※★") in _SUMS


def _moved(heading: Heading, grid: Grid) -> Heading:
    """The heading with its columns moved to where the level names stand in a continuation."""
    level2 = heading.column("level2")
    if level2 is None:
        return heading
    for row in range(min(grid.height, 6)):
        for cell in grid.cells(row):
            if cell.label.level2 is not None and cell.label.level1 is None:
                distance = cell.column - level2.start
                if distance == 0:
                    return heading
                return _shifted(heading, distance)
    return heading


def _shifted(heading: Heading, distance: int) -> Heading:
    columns = tuple(
        replace(c, start=max(0, c.start + distance), stop=max(1, c.stop + distance))
        for c in heading.columns
    )
    return replace(heading, columns=columns)


def _printed_row(grid: Grid, row: int) -> tuple[Entry[str], ...]:
    """Every heading of a row as printed."""
    return tuple(Entry(cell.text, grid.at((row, cell.column))) for cell in grid.cells(row))


def _printed_headings(grid: Grid, heading: Heading) -> tuple[Entry[str], ...]:
    """Every cell of the heading as printed, with its role where it has one."""
    roles = {(column.row, column.start): column.role for column in heading.columns}
    return tuple(
        Entry(cell.text, grid.at((cell.row, cell.column)), roles.get((cell.row, cell.column)))
        for row in range(heading.first, heading.below)
        for cell in grid.cells(row)
    )
