"""The top part of a form: labels with their values, goals, and the lines of money.

A value stands right of its label, or below it where a row is nothing but labels. A blank cell
after a label is a blank answer and is kept as one.
"""

import re

from jixiao.form.entry import Entry
from jixiao.foundation.location import SourceRef
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold
from jixiao.intake.document import Position
from jixiao.intake.recognise.draft import Draft, joined
from jixiao.intake.recognise.entries import text_entry
from jixiao.intake.recognise.grid import Cell, Grid
from jixiao.intake.recognise.money import MoneyReader, may_be_amount
from jixiao.intake.recognise.years import arabic_years
from jixiao.standards.labels import Label, label_of

_INLINE = pattern(r"^\s*([^:：\n]{2,24}?)\s*[:：]\s*(\S.*)$", re.DOTALL)
_NEXT_LABEL = pattern(r"[ \t\u3000]+(?=(?:其中[:：])?([^\s:：]{2,14})[ \u3000]*[:：])")
_UNIT_NOTE = pattern(r"(?:单位|金额)[^元:：]{0,6}[:：]?\(?(?:人民币)?(亿元|百万元|万元|千元|元)")
_YEAR = pattern(r"^[(]?(20\d\d)(?:年|年度|年预算)?[)]?$")
_YEAR_LINE = pattern(
    r"^(?:[(](20\d\d)(?:年|年度|年预算)?[)]|(20\d\d)(?:年|年度|年预算)"
    r"|[(]?(?:预算|所属|申报|财政|填报)?年[度份]:(20\d\d)年?度?[)]?)$"
)
_MONEY_UNIT = pattern(r"^\(?(?:人民币)?(?:亿元|百万元|万元|千元|元)\)?$")
_AMONG = pattern(r"^\s*其中\s*[:：]\s*")
_GOAL_PART = pattern(r"^(?:总体)?目标[\d一二三四五六七八九十]{0,2}[:]?$")
_TWO_GOALS = 2
_UNTIL = frozenset({"至", "到", "-", "--", "~"})


class FieldReader:
    """Reads rows of the top part into a draft."""

    def __init__(self, draft: Draft, grid: Grid, money: MoneyReader) -> None:
        self.draft = draft
        self.grid = grid
        self.money = money

    def read(self, row: int) -> int:
        """Take in the row; the number of rows used (2 where values stand below their labels)."""
        cells = self.grid.cells(row)
        if not cells:
            return 1
        self._take_unit(cells)
        if self.money.take_columns(row, cells) or self.money.take_bare_line(row, cells):
            return 1
        self._goal_continued(row, cells)
        below = self._labels_over_values(row, cells)
        if below is not None:
            for label_cell, position in below:
                self._store(label_cell, position)
            return 2
        self._beside(row, cells)
        return 1

    def _take_unit(self, cells: list[Cell]) -> None:
        """项目资金（万元）, 年度预算（元）: the bracket carries the unit of the money beside it."""
        for cell in cells:
            unit = cell.label.unit
            if unit is not None and cell.label.header is None and len(cell.text) < 40:
                self.draft.set_unit(unit, self.grid.at((cell.row, cell.column)))

    def _beside(self, row: int, cells: list[Cell]) -> None:
        money_done = False
        taken: set[Position] = set()
        for index, cell in enumerate(cells):
            if (cell.row, cell.column) in taken:
                continue
            label = cell.label
            if not _is_field(label):
                if not label.is_any:
                    self.take_text(cell.text, self.grid.at((cell.row, cell.column)))
                continue
            if label.money is not None and label.header is None and self.money.has_columns:
                if not money_done:
                    self.money.take_line(row, cell)
                    money_done = True
                continue
            position = self._value_right(cell, cells, index)
            if position is None:
                continue
            taken.add(position)
            if label.header == "project_period":
                self._store_period(cell, position, cells[index + 1 :])
            else:
                self._store(cell, position)
            if label.is_money_block:  # 资金来源 | 财政拨款：30　自筹资金：0
                self.take_text(self.grid.text(position), self.grid.at(position))

    def _store_period(self, cell: Cell, position: Position, following: list[Cell]) -> None:
        """A period may stand in three cells: its first day, 至, its last day."""
        entry = text_entry(self.grid, position)
        rest = [other for other in following if other.column > position[1]][:2]
        if len(rest) == 2 and fold(rest[0].text) in _UNTIL and not _is_field(rest[1].label):
            for other in rest:
                part = text_entry(self.grid, (other.row, other.column))
                raw = entry.raw.strip() + part.raw.strip()
                doubtful = entry.doubtful or part.doubtful
                entry = Entry(raw, joined(entry.at, part.at), raw, doubtful)
        printed = text_entry(self.grid, (cell.row, cell.column))
        self._store_entry(cell.label, printed, entry)

    def _value_right(self, cell: Cell, cells: list[Cell], index: int) -> Position | None:
        """The cell that answers a label: the next one with text, unless that is a label too."""
        grid = self.grid
        if cell.stop >= grid.width:
            return None
        following = cells[index + 1] if index + 1 < len(cells) else None
        if following is not None and not speaks_for_itself(cell.label, following.label):
            return (following.row, following.column)
        anchor = grid.anchor(cell.row, cell.stop)
        if following is not None and following.column == cell.stop:
            return None
        return anchor if anchor[0] == cell.row and not grid.text(anchor).strip() else None

    def _labels_over_values(
        self, row: int, cells: list[Cell]
    ) -> list[tuple[Cell, Position]] | None:
        """A row of labels only, whose answers stand in the row below."""
        grid = self.grid
        heads = [cell for cell in cells if _is_field(cell.label)]
        if not heads or row + 1 >= grid.height:
            return None
        if not all(cell.label.is_any or cell.label.half for cell in cells):
            return None
        goals = [cell for cell in heads if cell.label.goal]
        if not goals:
            heads += self._heads_from_above(row)
        if len(cells) == 1 and not (goals and cells[0].stop - cells[0].column > 1):
            return None
        if len(goals) == 0 and len(heads) < 3:
            return None
        answers, labels = [], 0
        for cell in heads:
            if cell.below > row + 1:
                continue
            position = grid.anchor(row + 1, cell.column)
            if position[0] != row + 1:
                continue
            label = label_of(grid.text(position))
            labels += bool(label.is_any or label.column or label.level1)
            answers.append((cell, position))
        # Beside the sentence of one goal, a word such as 预算执行 is the answer to the other.
        if labels > (0 if len(goals) < _TWO_GOALS else len(answers) - 1):
            return None
        if not answers or not any(grid.text(p).strip() for _, p in answers):
            return None
        return answers

    def _heads_from_above(self, row: int) -> list[Cell]:
        """Money labels of the row above whose cells end with this row: 总额 beside 其中."""
        if row == 0:
            return []
        grid = self.grid
        reaching = []
        for cell in grid.cells(row - 1):
            merged = cell.below == row + 1
            blank = not grid.table.merges_known and not grid.texts[row][cell.column].strip()
            if cell.label.money and cell.column > 0 and (merged or blank):
                reaching.append(Cell(row, cell.column, cell.stop, row + 1, cell.text, cell.label))
        return reaching

    def _store(self, cell: Cell, position: Position) -> None:
        entry = text_entry(self.grid, position)
        self._store_entry(cell.label, text_entry(self.grid, (cell.row, cell.column)), entry)

    def _store_entry(self, label: Label, printed: Entry[str], entry: Entry[str]) -> None:
        draft = self.draft
        if label.header is not None and _MONEY_UNIT.match(fold(entry.raw)):
            draft.set_unit(fold(entry.raw).strip("()").removeprefix("人民币"), entry.at)
            return
        if label.header == "budget_year":
            _take_year(draft, entry)
        elif label.header == "money_unit":
            note = _UNIT_NOTE.search(f"单位:{fold(entry.raw)}")
            if note is not None:
                draft.set_unit(note.group(1), entry.at)
        elif label.header is not None:
            draft.set_field(label.header, entry)
        elif label.goal is not None:
            draft.add_goal(label.goal, entry)
        elif label.money is not None:
            if may_be_amount(entry.raw):
                self.money.take_amount(label, printed, entry)
        elif label.is_other:
            draft.add_other(printed.raw.strip(), entry.raw, entry.at)

    def take_text(self, text: str, at: SourceRef) -> None:
        """`项目名称：…` or `单位：万元` written in one cell or line."""
        note = _UNIT_NOTE.search(fold(text)) if len(text) < 60 else None
        if note is not None:
            self.draft.set_unit(note.group(1), at)
        for printed, rest in inline_fields(text):
            if not _MONEY_UNIT.match(fold(rest)):
                entry = Entry(rest, at, rest.strip())
                label = Entry(printed, at, printed.strip())
                self._store_entry(label_of(printed), label, entry)

    def _goal_continued(self, row: int, cells: list[Cell]) -> None:
        """Further rows beside a goal's label that reaches down over them."""
        if any(cell.label.is_any for cell in cells):
            return
        grid = self.grid
        if not grid.table.merges_known:
            self._goal_below(row, cells)
        for column in range(cells[0].column):
            anchor = grid.anchor(row, column)
            if anchor[0] < row and (role := label_of(grid.text(anchor)).goal) is not None:
                text = [c for c in cells if not _GOAL_PART.match(fold(c.text))]
                for cell in text:
                    self.draft.add_goal(role, text_entry(grid, (cell.row, cell.column)))
                return

    def _goal_below(self, row: int, cells: list[Cell]) -> None:
        """目标2：… right below 目标1：…, where nothing says that the goal's label reaches down."""
        column = cells[0].column
        if len(cells) != 1 or column == 0 or row == 0:
            return
        above = row - 1
        while above > 0 and not self.grid.texts[above][0].strip():
            above -= 1
        role = label_of(self.grid.texts[above][0]).goal
        if role is not None and self.grid.texts[row - 1][column].strip():
            self.draft.add_goal(role, text_entry(self.grid, (row, column)))


def inline_fields(text: str) -> list[tuple[str, str]]:
    """Labels and values of a cell such as 项目名称：…　　项目编码：…"""
    if len(text) >= 400 or not (":" in text or "：" in text):
        return []
    cuts = [
        gap.start()
        for gap in _NEXT_LABEL.finditer(text)
        if _is_field(label_of(gap.group(1).strip()))
    ]
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    lines = [line for piece in pieces for line in piece.split("\n")]
    matches = [match for line in lines if (match := _INLINE.match(_AMONG.sub("", line)))]
    return [(m.group(1), m.group(2)) for m in matches if _is_field(label_of(m.group(1)))]


def _is_field(label: Label) -> bool:
    return (
        label.header is not None
        or label.goal is not None
        or label.money is not None
        or label.is_other
    )


def speaks_for_itself(asking: Label, following: Label) -> bool:
    """The next cell is a label of its own, not the answer.

    After a label of the header a word such as 特定目标类 or 项目支出 is an answer, though it is
    also the name of a line of money.
    """
    if following.header is not None or following.goal is not None or following.is_other:
        return True
    if asking.goal is not None and following.is_section:
        return True
    if asking.header is not None or asking.is_other:
        return following.is_money_block
    return following.money is not None or following.is_money_block


def _take_year(draft: Draft, entry: Entry[str]) -> None:
    match = _YEAR.match(fold(entry.raw))
    if match is not None and draft.year is None:
        draft.year = Entry(entry.raw, entry.at, int(match.group(1)))


def year_line(text: str) -> int | None:
    """The year of a line that says nothing else: (2022 年度)."""
    match = _YEAR_LINE.match(arabic_years(fold(text))) if len(text) < 24 else None
    return int(match[1] or match[2] or match[3]) if match else None


def money_unit_note(text: str) -> str | None:
    """The unit of a line such as 金额单位：万元."""
    match = _UNIT_NOTE.search(fold(text)) if len(text) < 80 else None
    return match.group(1) if match else None
