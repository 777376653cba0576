"""The blocks of a Word document as they are found, new format and old.

A table comes as rows of cells with the columns they cover; vertical merges are resolved here.
"""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct, field

from jixiao.foundation.location import SourceRef
from jixiao.intake.document import Block, Line, Position, RowPlace, Table
from jixiao.intake.problem import Problem

MAX_COLUMNS = 1_000
MAX_POSITIONS = 2_000_000


class Story(Struct):
    """The blocks found so far, and the counters that give them their places."""

    blocks: list[Block] = field(default_factory=list)
    lines: int = 0
    tables: int = 0
    oversized: list[int] = field(default_factory=list)

    def add_line(self, text: str) -> None:
        """A paragraph at the present line; blank ones are counted and not kept."""
        if shown := text.strip():
            self.blocks.append(Line(text=shown, place=RowPlace(line=self.lines)))


class PlacedCell(Protocol):
    """`merged` says that a cell takes part in a vertical merge, `continues` that it goes on one."""

    @property
    def column(self) -> int: ...
    @property
    def width(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def merged(self) -> bool: ...
    @property
    def continues(self) -> bool: ...


def too_large_tables(story: Story, name: str) -> tuple[Problem, ...]:
    """What is said of tables that were not read."""
    return tuple(
        Problem(
            code="INT009",
            message=f"文件“{name}”的第 {table} 个表格超过 {MAX_COLUMNS} 列或"
            f" {MAX_POSITIONS} 格，没有读取。请删去多余的行列后再读。",
            file=name,
            source=SourceRef(quote="", table=table),
        )
        for table in story.oversized
    )


def assembled(rows: Sequence[Sequence[PlacedCell]], story: Story) -> Table | None:
    """The dense grid; a vertical merge goes on where the cell above has the same columns.

    A first row that continues a merge comes from a table split by its author: the cell is
    its own then.
    """
    width = max((row[-1].column + row[-1].width for row in rows if row), default=0)
    if width > MAX_COLUMNS or width * len(rows) > MAX_POSITIONS:
        story.oversized.append(story.tables)
        return None
    texts, places, spans = list[list[str]](), list[RowPlace](), dict[Position, tuple[int, int]]()
    open_above: dict[int, tuple[int, int]] = {}
    for index, row in enumerate(rows):
        line = [""] * width
        open_here: dict[int, tuple[int, int]] = {}
        for cell in row:
            above = open_above.get(cell.column) if cell.continues else None
            if above is not None and above[1] == cell.width:
                open_here[cell.column] = above
                spans[above[0], cell.column] = (index - above[0] + 1, cell.width)
                continue
            line[cell.column] = cell.text
            if cell.merged:
                open_here[cell.column] = (index, cell.width)
            if cell.width > 1:
                spans[index, cell.column] = (1, cell.width)
        open_above = open_here
        texts.append(line)
        places.append(RowPlace(table=story.tables, row=index + 1))
    return Table(texts=texts, places=places, spans=spans)
