"""Blocks of a Word binary document: lines, and tables with their merges resolved.

As in new documents, a table inside a cell becomes a block of its own after the outer table, and a
table of single cells that holds another one is a frame around a page, not a table.
"""

from bisect import bisect_right

from msgspec import Struct

from jixiao.intake.office97.word_rows import Shape
from jixiao.intake.office97.word_tree import Content, Paragraph, RowNode, TableNode
from jixiao.intake.word_story import Story, assembled

#: Rows drawn by hand miss each other by some twentieths of a point, about a third of a millimetre.
_TOLERANCE = 20


class _Cell(Struct):
    column: int
    width: int
    text: str
    merged: bool
    continues: bool


def add_blocks(content: list[Content], story: Story) -> None:
    begun = ""
    for part in content:
        if isinstance(part, TableNode):
            _add_table(part, story)
            continue
        story.lines += 1
        begun += part.text
        if not part.runs_on:
            story.add_line(begun)
            begun = ""
        for box in part.boxes:
            add_blocks(box, story)
    story.add_line(begun)


def _add_table(table: TableNode, story: Story) -> None:
    if _is_frame(table):
        for row in table.rows:
            for cell in row.cells:
                add_blocks(cell.content, story)
        return
    story.tables += 1
    rows = _placed(table.rows)
    grid = assembled(rows, story)
    if grid is not None and grid.texts:
        story.blocks.append(grid)
    for row in table.rows:
        for cell in row.cells:
            _add_nested(cell.content, story)


def _add_nested(content: list[Content], story: Story) -> None:
    """What stands in a cell besides its own text."""
    for part in content:
        if isinstance(part, TableNode):
            _add_table(part, story)
        else:
            for box in part.boxes:
                add_blocks(box, story)


def _is_frame(table: TableNode) -> bool:
    return all(len(row.cells) == 1 for row in table.rows) and any(
        isinstance(part, TableNode) for row in table.rows for part in row.cells[0].content
    )


def _placed(rows: list[RowNode]) -> list[list[_Cell]]:
    """The cells of each row with the columns they cover."""
    shapes = [_fitting(row) for row in rows]
    starts = _columns(shapes)
    placed = []
    for row, shape in zip(rows, shapes, strict=True):
        columns = [bisect_right(starts, edge) - 1 for edge in shape.edges]
        cells: list[_Cell] = []
        for number, node in enumerate(row.cells):
            if shape.joins_left[number] and cells:
                cells[-1].width = columns[number + 1] - cells[-1].column
                continue
            cells.append(
                _Cell(
                    columns[number],
                    columns[number + 1] - columns[number],
                    _text(node.content),
                    shape.merged[number],
                    shape.continues[number],
                )
            )
        placed.append(cells)
    return placed


def _fitting(row: RowNode) -> Shape:
    """The row's shape with as many cells as the row has; cells without a shape stand right."""
    count, shape = len(row.cells), row.shape
    if shape is not None and len(shape.joins_left) == count:
        return shape
    edges = list(shape.edges[: count + 1]) if shape is not None else [0]
    missing = count + 1 - len(edges)
    edges += [edges[-1] + 1000 * (step + 1) for step in range(missing)]
    none = (False,) * count
    if shape is None:
        return Shape(tuple(edges), none, none, none)
    return Shape(
        tuple(edges),
        (shape.joins_left + none)[:count],
        (shape.merged + none)[:count],
        (shape.continues + none)[:count],
    )


def _columns(shapes: list[Shape]) -> list[int]:
    """Where each column begins: edges of all rows, near ones being one.

    No row may have two edges in one column, so the narrowest cell bounds what is near.
    """
    every = {edge for shape in shapes for edge in shape.edges}
    narrowest = min(
        (b - a for shape in shapes for a, b in zip(shape.edges, shape.edges[1:], strict=False)),
        default=_TOLERANCE,
    )
    tolerance = min(_TOLERANCE, narrowest - 1)
    starts: list[int] = []
    for edge in sorted(every):
        if not starts or edge - starts[-1] > tolerance:
            starts.append(edge)
    return starts


def _text(content: list[Content]) -> str:
    if len(content) == 1 and isinstance(content[0], Paragraph):
        return content[0].text.strip()
    text, glue = "", ""
    for part in content:
        if isinstance(part, Paragraph):
            text += glue + part.text
            glue = "" if part.runs_on else "\n"
    return text.strip()
