"""Paragraphs of a Word binary document as a tree of tables, rows and cells.

The file only says of each paragraph how deep it stands and whether it ends a cell or a row; a
table begins where the depth grows and ends where it shrinks.
"""

from msgspec import Struct, field

from jixiao.intake.office97.word_rows import Place, Shape

#: A document of a thousand pages has some thousands.
MOST_TABLES = 100_000


class Paragraph(Struct):
    """What a paragraph shows, the boxes anchored in it, and whether its end was deleted."""

    text: str
    runs_on: bool = False
    boxes: "list[list[Content]]" = field(default_factory=list)


class CellNode(Struct):
    content: "list[Content]"


class RowNode(Struct):
    cells: list[CellNode]
    shape: Shape | None = None


class TableNode(Struct):
    """`cells` and `content` hold the row and the cell that are not ended yet."""

    rows: list[RowNode] = field(default_factory=list)
    cells: list[CellNode] = field(default_factory=list)
    content: "list[Content]" = field(default_factory=list)

    def end_cell(self) -> None:
        self.cells.append(CellNode(self.content))
        self.content = []

    def end_row(self, shape: Shape | None, *, deleted: bool) -> None:
        if not deleted:
            self.rows.append(RowNode(self.cells, shape))
        self.cells, self.content = [], []

    def close(self) -> None:
        """A table without an end loses nothing."""
        if self.content:
            self.end_cell()
        if self.cells:
            self.end_row(None, deleted=False)


Content = Paragraph | TableNode


class Tree:
    """Takes paragraphs in reading order."""

    def __init__(self) -> None:
        self._body: list[Content] = []
        self._open: list[TableNode] = []
        self._opened = 0

    def add(self, paragraph: Paragraph, place: Place, *, cell_mark: bool, deleted: bool) -> None:
        """`deleted` says that the mark which ends the paragraph, and perhaps a row, was."""
        self._go_to(place.depth)
        if not self._open:
            self._body.append(paragraph)
            return
        table = self._open[-1]
        if place.ends_row:
            table.end_row(place.shape, deleted=deleted)
            return
        table.content.append(paragraph)
        if cell_mark or place.ends_cell:
            table.end_cell()

    def finished(self) -> list[Content]:
        self._go_to(0)
        return self._body

    def _go_to(self, depth: int) -> None:
        while len(self._open) > depth:
            table = self._open.pop()
            table.close()
            (self._open[-1].content if self._open else self._body).append(table)
        while len(self._open) < depth:
            self._opened += 1
            if self._opened > MOST_TABLES:
                raise ValueError("too many tables")
            self._open.append(TableNode())
