"""A form drawn on a layout: the official table, and what could not be put on it.

Text is written as it stands in the record. Three things are said instead of done in silence:
values the layout has no place for (`leftovers`), texts longer than the form allows
(`refusals`), and anything else worth knowing (`notes`).
"""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from jixiao.form.forms import Form
from jixiao.foundation.text import fold
from jixiao.official.amounts import factor
from jixiao.official.answers import (
    Answer,
    funding_answers,
    header_answers,
    other_answers,
    other_name,
    review_answers,
)
from jixiao.official.blocks import BLOCKS, Item, remark_name, row_label
from jixiao.official.boxes import TICK, boxes
from jixiao.official.drawing import Drawing
from jixiao.official.leftovers import leftovers
from jixiao.official.places import ROW, blank_rows, field_label, field_path, row_path
from jixiao.official.sheet import LANDSCAPE_WIDTH, PORTRAIT_WIDTH, CellRole, Sheet, SheetInput
from jixiao.official.sums import sum_answers
from jixiao.standards.layout import Layout
from jixiao.standards.sheet_plan import PlannedCell, PlannedRow, SheetPlan

_TEXT_FIELDS = frozenset(
    {
        *("goal", "long_term_goal", "achieved", "adjusted_goal", "name", "content", "expected"),
        *("question", "opinion", "deviation_cause", "improvement"),
    }
)
_NUMBER_ENDS = (".amount", ".initial", ".adjusted", ".executed", ".expected")
_NUMBERS = frozenset({"amount", "fiscal"})
_NO_ANSWER = Answer()
_HALF_STARTS = ("annual.", "long_term.")


class TooLong(Struct, frozen=True):
    """A text that is longer than the official form allows."""

    label: str
    limit: int
    length: int

    @property
    def message(self) -> str:
        """What to tell the person who filled the form."""
        over = self.length - self.limit
        return f"“{self.label}”最多 {self.limit} 字，现有 {self.length} 字，超出 {over} 字"


class Composition(Struct, frozen=True, kw_only=True):
    """The drawn table with everything that has to be said about it."""

    sheet: Sheet
    leftovers: tuple[Answer, ...] = ()
    refusals: tuple[TooLong, ...] = ()
    notes: tuple[str, ...] = ()


def compose(form: Form, layout: Layout) -> Composition:
    """Draw a form on a layout that has a plan."""
    assert layout.sheet is not None
    return _Composer(form, layout, layout.sheet).composition()


class _Composer:
    """One form on its way onto one sheet."""

    def __init__(self, form: Form, layout: Layout, plan: SheetPlan) -> None:
        self.form = form
        self.layout = layout
        self.plan = plan
        self.written = None if form.funding is None else form.funding.unit
        self.by = factor(self.written, layout.money_unit)
        self.answers: dict[str, Answer] = dict(other_answers(form))
        self.answers |= dict(header_answers(form)) | dict(funding_answers(form, self.by))
        self.answers |= dict(sum_answers(form)) | dict(review_answers(form))
        self.blocks: dict[str, list[Item]] = {}
        self.asked: set[str] = set()
        self.refusals: list[TooLong] = []
        self.drawing = Drawing(len(plan.grid))
        self.again: list[int] = []

    def composition(self) -> Composition:
        for number, row in enumerate(self.plan.rows):
            self._row(number, row)
        cells = self.drawing.finished()
        width = LANDSCAPE_WIDTH if self.plan.landscape else PORTRAIT_WIDTH
        scale = width / sum(self.plan.grid)
        name = self.answers.get("project.name") or self.answers.get("supervising_department")
        sheet = Sheet(
            name="" if name is None else " ".join(name.text.split()),
            title=self._words(self.plan.title),
            subtitle=self._words(self.plan.subtitle),
            above=tuple(map(self._words, self.plan.above)),
            unit_note=self._words(self.plan.unit_note),
            notes=tuple(map(self._words, self.plan.notes)),
            landscape=self.plan.landscape,
            grid=tuple(one * scale for one in self.plan.grid),
            height=self.drawing.row + 1,
            cells=cells,
            repeats=(self.again[0], len(self.again)) if self.again else None,
            font_size=self.plan.font_size,
        )
        return Composition(
            sheet=sheet,
            leftovers=tuple(leftovers(self.form, self.asked, self.by)),
            refusals=tuple(self.refusals),
            notes=tuple(self._notes()),
        )

    def _row(self, number: int, row: PlannedRow) -> None:
        if row.only_if and not self._answer(row.only_if, None).text.strip():
            return
        if row.repeat:
            self._repeated(row)
            return
        self.drawing.begin_row()
        if row.again:
            self.again.append(self.drawing.row)
        for cell in row.cells:
            down = cell.down + (self._rows_after(number) if cell.to_end else 0)
            self._cell(cell, None, down)

    def _rows_after(self, number: int) -> int:
        """The rows from here to the end of the block that follows."""
        count = 0
        for row in self.plan.rows[number + 1 :]:
            if row.repeat:
                return count + max(len(self._items(row)), row.least)
            count += 1
        return count

    def _items(self, row: PlannedRow) -> list[Item]:
        if row.repeat not in self.blocks:
            self.blocks[row.repeat] = BLOCKS[row.repeat](self.form, self.by)
        return self.blocks[row.repeat]

    def _repeated(self, row: PlannedRow) -> None:
        items = self._items(row) or [_blank_item(row.repeat, at) for at in range(row.least)]
        above: dict[int, tuple[int, Answer]] = {}
        for place, item in enumerate(items):
            self.drawing.begin_row()
            broken: set[str] = set()
            for number, cell in enumerate(row.cells):
                if cell.to_end:
                    if place == 0:
                        self._cell(cell, item, len(items))
                    continue
                if not cell.merge:
                    self._cell(cell, item, cell.down)
                    continue
                half = cell.field.rpartition(".")[0]
                answer = self._answer(cell.field, item)
                known = above.get(number)
                same = known is not None and known[1].text == answer.text and answer.text.strip()
                if known is not None and same and not broken & {"", half}:
                    self.drawing.extend(known[0])
                    self.asked |= {answer.path, *answer.also}
                else:
                    broken.add(half)
                    above[number] = (self._cell(cell, item, 1), answer)

    def _cell(self, cell: PlannedCell, item: Item | None, down: int) -> int:
        answer = self._shown(cell, item)
        length = len("".join(answer.text.split()))
        if cell.limit and length > cell.limit:
            self.refusals.append(TooLong(answer.label, cell.limit, length))
        text = self._words(cell.text) + (answer.text or self._words(cell.empty))
        role = CellRole(cell.role) if cell.role else _usual_role(cell)
        inputs = tuple(self._inputs(cell, item)) if cell.asks else ()
        return self.drawing.put(
            text, role, across=cell.across, down=down, path=answer.path, inputs=inputs
        )

    def _inputs(self, cell: PlannedCell, item: Item | None) -> Iterator[SheetInput]:
        """The fields of a cell one by one, as they are typed."""
        before = self._words(cell.text)
        for number, field in enumerate(cell.asks):
            answer = self._answer(field, item)
            tick = ""
            if cell.ticks and not answer.text.strip():
                tick = cell.field.rpartition(".")[2]
                answer = self._answer(cell.ticks, item)
            if answer.path:
                yield SheetInput(
                    path=answer.path,
                    label=answer.label,
                    text=answer.text,
                    before=cell.between if number else before,
                    choices=cell.choices,
                    tick=tick,
                    limit=cell.limit,
                    required=cell.required,
                )

    def _shown(self, cell: PlannedCell, item: Item | None) -> Answer:
        """What the record says in this cell, with every field noted as asked for."""
        answers = [self._answer(field, item) for field in cell.asks]
        filled = [answer for answer in answers if answer.text.strip()]
        for answer in answers:
            self.asked |= {answer.path, *answer.also}
        if cell.ticks and not filled:
            named = self._answer(cell.ticks, item)
            if fold(named.text) == fold(cell.field.rpartition(".")[2]):
                self.asked.add(named.path)
                return Answer(TICK, named.path, named.label)
        if len(filled) > 1:
            last = filled[-1]
            return Answer(cell.between.join(a.text for a in filled), last.path, last.label)
        shown = next(iter((*filled, *answers[-1:])), _NO_ANSWER)
        if cell.choices:
            return Answer(boxes(cell.choices, shown.text), shown.path, shown.label)
        return shown

    def _answer(self, field: str, item: Mapping[str, Answer] | None) -> Answer:
        if item is None:
            found = self.answers.get(_named(field, "other.", other_name))
            return found or Answer(path=field_path(field), label=field_label(field))
        found = item.get(_named(field, "remark.", remark_name))
        if found is not None:
            return found
        half, _, name = field.rpartition(".") if field.startswith(_HALF_STARTS) else ("", "", field)
        place = item.get(f"{half}.{ROW}" if half else ROW, _NO_ANSWER).path
        return Answer(path=row_path(place, name), label=row_label(place, name))

    def _words(self, text: str) -> str:
        """Printed words with year and unit filled in; an unknown year leaves its place blank."""
        if "{" not in text:
            return text
        year = "    " if self.form.budget_year is None else str(self.form.budget_year)
        stated = self.form.funding is None or self.written is not None
        unit = self.layout.money_unit if stated else ""
        if not unit:
            text = text.replace("（{unit}）", "").rstrip("\n")
        return text.replace("{year}", year).replace("{unit}", unit)

    def _notes(self) -> Iterator[str]:
        if self.by is not None:
            yield f"金额由{self.written}换算为{self.layout.money_unit}"
        elif self.form.funding is not None and self.written is None:
            yield "原表没有写金额单位，写出的表也不写"


def _blank_item(block: str, number: int) -> Item:
    places = blank_rows(block, number)
    return {f"{half}.{ROW}" if half else ROW: Answer(path=path) for half, path in places.items()}


def _named(field: str, prefix: str, name: Callable[[str], str]) -> str:
    """The field as answers call it: labels after `other.` and `remark.` are compared folded."""
    half, _, rest = field.rpartition(prefix)
    if not rest or rest == field:
        return field
    label, _, number = rest.partition("#")
    return f"{half}{name(label)}{'#' + number if number else ''}"


def _usual_role(cell: PlannedCell) -> CellRole:
    field = next(iter(cell.asks), "")
    if not field:
        return CellRole.LABEL
    last = field.rpartition(".")[2]
    if field.startswith("funding.") or last in _NUMBERS:
        return CellRole.NUMBER if f".{last}" in _NUMBER_ENDS or last in _NUMBERS else CellRole.VALUE
    if last in ("level1", "level2"):
        return CellRole.LEVEL
    if last in _TEXT_FIELDS or ".remark." in f".{field}":
        return CellRole.TEXT
    return CellRole.VALUE
