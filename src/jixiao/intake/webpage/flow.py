"""A page, or a piece of one, into tables and loose lines in reading order.

Pages put forms into tables that only arrange the page. A table with other tables in it and never
two texts of its own side by side is such a frame: it is walked through, and what it holds stands
as blocks. In any other table an inner table becomes a block of its own after the outer one.
"""

import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jixiao.intake.document import Block, Line, RowPlace, Table
from jixiao.intake.webpage.calm import calmed
from jixiao.intake.webpage.grid import Cell, Grid, Row, grid_of
from jixiao.intake.webpage.words import Word, is_hidden, joined, only_text, words

_GROUPS = ("thead", "tbody", "tfoot")
_SPAN = re.compile(r"\s*\+?(\d{1,5})")


class Flow:
    """Collects the blocks of a document; tables and lines are counted from 1."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.cut_tables: list[int] = []
        self._tables = 0
        self._lines = 0

    def add_markup(self, markup: str, *, keeps_lines: bool = False) -> None:
        """Read markup; with `keeps_lines`, line ends of text outside of tables are kept."""
        root = LexborHTMLParser(calmed(markup)).body
        if root is not None:
            self._walk(words(root, hands_over=_is_table, keeps_lines=keeps_lines))

    def add_line(self, text: str, place: RowPlace | None = None) -> None:
        self._lines += 1
        self.blocks.append(Line(text=text, place=place or RowPlace(line=self._lines)))

    def add_table(self, grid: Grid, *, merges_known: bool = True, by_line: bool = False) -> None:
        """Add a grid as the next table, unless nothing stands in it.

        With `by_line` the numbers of its rows are lines of the file.
        """
        if not any(map(any, grid.texts)):
            return
        self._tables += 1
        number = self._tables
        if by_line:
            places = [RowPlace(table=number, line=line) for line in grid.numbers]
        else:
            places = [RowPlace(table=number, row=row) for row in grid.numbers]
        self.blocks.append(
            Table(texts=grid.texts, places=places, spans=grid.spans, merges_known=merges_known)
        )
        if grid.cut:
            self.cut_tables.append(self._tables)

    def _walk(self, whole: Iterator[Word]) -> None:
        pieces: list[str] = []
        walks = [whole]
        while walks:
            word = next(walks[-1], None)
            if word is None:
                walks.pop()
                pieces.append("\n")
            elif isinstance(word, str):
                pieces.append(word)
            else:
                self._add_lines(pieces)
                pieces = []
                walks.append(self._enter(word))
        self._add_lines(pieces)

    def _enter(self, table: LexborNode) -> Iterator[Word]:
        """Add the table and hand back what is still to be walked: a frame, or inner tables."""
        rows, inner = _rows_of(table)
        if _is_frame(rows, inner):
            return words(table, hands_over=_is_table)
        first = table.first_child
        if first is not None and first.tag == "caption" and not is_hidden(first):
            self._add_lines(_texts_only(words(first, hands_over=_is_table)))
        self.add_table(grid_of(rows))
        return iter(inner)

    def _add_lines(self, pieces: list[str]) -> None:
        for text in joined(pieces).split("\n"):
            if text:
                self.add_line(text)


def _rows_of(table: LexborNode) -> tuple[list[Row], list[LexborNode]]:
    """The rows as shown, head first and foot last, and the tables inside their cells."""
    inner: list[LexborNode] = []
    groups: dict[str, list[Row]] = {name: [] for name in _GROUPS}
    number = 0
    for group, nodes in _row_groups(table):
        for index, node in enumerate(nodes):
            number += 1
            cells = [_cell_of(cell, inner) for cell in _shown(node, ("td", "th"))]
            is_plain = all(cell.rowspan == 1 and cell.colspan == 1 for cell in cells)
            groups[group].append(Row(cells, number, len(nodes) - 1 - index, is_plain))
    return [row for name in _GROUPS for row in groups[name]], inner


def _row_groups(table: LexborNode) -> Iterator[tuple[str, list[LexborNode]]]:
    for group in _shown(table, _GROUPS):
        yield str(group.tag), list(_shown(group, ("tr",)))


def _shown(parent: LexborNode, tags: tuple[str, ...]) -> Iterator[LexborNode]:
    child = parent.first_child
    while child is not None:
        if (child.tag or "") in tags and not is_hidden(child):
            yield child
        child = child.next


def _cell_of(node: LexborNode, inner: list[LexborNode]) -> Cell:
    text = only_text(node)
    attributes = node.attributes
    return Cell(
        _cell_text(node, inner) if text is None else text,
        _span(attributes.get("rowspan")),
        _span(attributes.get("colspan")),
    )


def _cell_text(node: LexborNode, inner: list[LexborNode]) -> str:
    pieces: list[str] = []
    for word in words(node, hands_over=_is_table_of_many):
        if isinstance(word, str):
            pieces.append(word)
        else:
            inner.append(word)
    return joined(pieces)


def _span(text: str | None) -> int:
    if text is None:
        return 1
    match = _SPAN.match(text)
    return int(match[1]) if match else 1


def _is_frame(rows: list[Row], inner: list[LexborNode]) -> bool:
    """A table that only arranges the page: one cell, or inner tables and lone texts."""
    if sum(len(row.cells) for row in rows) == 1:
        return True
    return bool(inner) and not any(sum(1 for cell in row.cells if cell.text) > 1 for row in rows)


def _is_table(node: LexborNode) -> bool:
    return bool(node.tag == "table")


def _is_table_of_many(node: LexborNode) -> bool:
    """A table around a single cell is a mere box, and its text belongs to the cell around it."""
    if node.tag != "table":
        return False
    cells = (
        cell for _, rows in _row_groups(node) for row in rows for cell in _shown(row, ("td", "th"))
    )
    return next(cells, None) is not None and next(cells, None) is not None


def _texts_only(found: Iterable[Word]) -> list[str]:
    return [word for word in found if isinstance(word, str)]
