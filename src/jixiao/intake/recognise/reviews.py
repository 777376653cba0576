"""The items of a review sheet (审核内容, 审核要点, 审核意见) block by block, then its end."""

from decimal import Decimal

from msgspec import Struct

from jixiao.form.entry import Entry
from jixiao.form.review import Review, ReviewItem
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold
from jixiao.intake.recognise.entries import number_entry, text_entry
from jixiao.intake.recognise.grid import Cell, Grid
from jixiao.standards.labels import review_column, review_conclusion

_ASPECT = pattern(r"^[(]?[一二三四五六七八九十]+[)]?[、.]?")
_BOXES = pattern(r"[优良中差][^优良中差]{0,2}[优良中差]")
_TICKED = pattern(r"[☑☒√✓✔■●]\s*([优良中差])|([优良中差])\s*[☑☒√✓✔■●]")
_GRADES = frozenset("优良中差")
_JUDGED = frozenset({"grade", "score", "opinion"})


class ReviewTable(Struct, frozen=True):
    """The columns of a review sheet, by role, and the first row below its heading."""

    columns: dict[str, int]
    below: int


def find_review(grid: Grid, row: int) -> ReviewTable | None:
    """The heading of a review sheet at this row, or None."""
    cells = grid.cells(row)
    roles: dict[str, int] = {}
    for cell in cells:
        role = review_column(cell.text)
        if role is not None:
            roles.setdefault(role, cell.column)
    if not {"item", "question"} <= roles.keys() or not _JUDGED & roles.keys():
        return None
    wide = next(cell for cell in cells if cell.column == roles["item"])
    if _is_wide(grid, wide, roles["question"]):
        roles["aspect"], roles["item"] = wide.column, roles["question"] - 1
    return ReviewTable(roles, row + 1)


def _is_wide(grid: Grid, cell: Cell, question: int) -> bool:
    """审核内容 over two columns: the aspect, then the item; blank beside it without merges."""
    stop = cell.stop if grid.table.merges_known else question
    return stop - cell.column > 1 and stop == question


class ReviewReader:
    """Collects the items of one sheet from one table."""

    def __init__(self, grid: Grid, table: ReviewTable) -> None:
        self.grid = grid
        self.columns = table.columns
        self._aspect: Entry[str] | None = None
        self._items: list[ReviewItem] = []
        self._conclusion: dict[str, Entry[str]] = {}
        self._total: Entry[Decimal] | None = None

    @property
    def review(self) -> Review:
        """What has been read so far."""
        return Review(
            items=tuple(self._items),
            grade=self._conclusion.get("grade"),
            total=self._total,
            opinion=self._conclusion.get("opinion"),
        )

    def read(self, row: int) -> bool:
        """Take in one row; False where the sheet has ended."""
        cells = self.grid.cells(row)
        if not cells:
            return True
        concluding = review_conclusion(cells[0].text)
        if concluding is not None:
            self._conclude(concluding, row, cells[0])
            return True
        label = cells[0].label
        ends = label.header or (label.is_other and cells[0].column == 0) or label.is_money_block
        if ends and not self._asks_below_aspect(row):
            return False
        if len(cells) == 1:
            return self._take_aspect(row, cells[0])
        self._items.append(self._item(row))
        return True

    def _asks_below_aspect(self, row: int) -> bool:
        """可行性 is an aspect where an item and its question stand beside it."""
        if "aspect" not in self.columns:
            return False
        asked = [(row, self.columns[role]) for role in ("item", "question")]
        return all(self.grid.starts_at(*at) and self.grid.text(at).strip() for at in asked)

    def _take_aspect(self, row: int, cell: Cell) -> bool:
        """一、完整性审核 over the whole width; any other lone text ends the sheet."""
        if _ASPECT.match(fold(cell.text)) is None or cell.column > self.columns["item"]:
            return False
        self._aspect = text_entry(self.grid, (row, cell.column))
        return True

    def _item(self, row: int) -> ReviewItem:
        item = self._text("item", row)
        assert item is not None
        own = self._text("aspect", row)
        if own is not None and (own.raw.strip() or self.grid.table.merges_known):
            self._aspect = own
        aspect = self._aspect
        return ReviewItem(
            item=item,
            aspect=aspect,
            question=self._text("question", row),
            points=self._number("points", row),
            grade=None if "grade" not in self.columns else graded(self._plain("grade", row)),
            score=self._number("score", row),
            opinion=self._text("opinion", row),
        )

    def _conclude(self, role: str, row: int, cell: Cell) -> None:
        """综合评定等级, 总体意见 and 合计 stand in rows of their own."""
        following = [other for other in self.grid.cells(row) if other.column >= cell.stop]
        column = following[0].column if following else cell.stop
        if column >= self.grid.width:
            return
        if role == "total":
            score = self.columns.get("score", column)
            self._total = number_entry(self.grid, self.grid.anchor(row, score))
            return
        entry = text_entry(self.grid, self.grid.anchor(row, column))
        self._conclusion[role] = graded(entry) if role == "grade" else entry

    def _plain(self, role: str, row: int) -> Entry[str]:
        return text_entry(self.grid, self.grid.anchor(row, self.columns[role]))

    def _text(self, role: str, row: int) -> Entry[str] | None:
        return self._plain(role, row) if role in self.columns else None

    def _number(self, role: str, row: int) -> Entry[Decimal] | None:
        if role not in self.columns:
            return None
        return number_entry(self.grid, self.grid.anchor(row, self.columns[role]))


def graded(entry: Entry[str]) -> Entry[str]:
    """The grade that is written or ticked; boxes nobody ticked say nothing."""
    text = fold(entry.raw)
    if text in _GRADES:
        return Entry(entry.raw, entry.at, text, entry.doubtful)
    ticked = {a or b for a, b in _TICKED.findall(entry.raw)}
    if len(ticked) == 1:
        return Entry(entry.raw, entry.at, ticked.pop(), entry.doubtful)
    if _BOXES.search(text):
        return Entry(entry.raw, entry.at, None, entry.doubtful or len(ticked) > 1)
    return entry
