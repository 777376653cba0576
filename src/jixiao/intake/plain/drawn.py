"""Tables drawn with strokes: box-drawing characters, `+---+`, or bare `a | b | c` rows.

A drawing whose columns stand exactly under one another is read by its geometry, with merged
cells. One that has slipped, as happens when Chinese characters take two places here and one
there, is cut at its vertical strokes instead.
"""

from jixiao.intake.bounds import WIDEST, even_rows
from jixiao.intake.document import Table
from jixiao.intake.plain.drawn_grid import drawn_grid
from jixiao.intake.plain.lines import Numbered
from jixiao.intake.plain.strokes import (
    borderless_width,
    cut_at_verticals,
    has_vertical,
    holds_ruling,
    is_ruling,
)


def drawn_blocks(lines: list[Numbered]) -> list[Table | list[Numbered]]:
    """Drawn tables, and between them the lines that belong to none."""
    pieces: list[Table | list[Numbered]] = []
    start = 0
    for first, after in _runs(lines):
        table = _table(lines[first:after])
        if table is None:
            continue
        if start < first:
            pieces.append(lines[start:first])
        pieces.append(table)
        start = after
    if start < len(lines):
        pieces.append(lines[start:])
    return pieces


def _runs(lines: list[Numbered]) -> list[tuple[int, int]]:
    """Where consecutive lines carry strokes."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index, (_, line) in enumerate(lines):
        if has_vertical(line) or is_ruling(line):
            start = index if start is None else start
        elif start is not None:
            runs.append((start, index))
            start = None
    if start is not None:
        runs.append((start, len(lines)))
    return runs


def _table(run: list[Numbered]) -> Table | None:
    content = [line for _, line in run if not is_ruling(line)]
    if not content or not any(len(cut_at_verticals(line)) > 1 for line in content):
        return None
    groups = _groups(run)
    if len(groups) == 1 and len(content) < 2 and len(content) == len(run):
        return None
    is_ruled_by_row = len(groups) > 2
    if any(holds_ruling(line) for _, line in run):
        grid = drawn_grid(run, ruled_by_row=is_ruled_by_row)
        if grid is not None:
            return grid
    if not is_ruled_by_row:
        groups = [[line] for line in run if not is_ruling(line[1])]
    return _cut_table(groups)


def _groups(run: list[Numbered]) -> list[list[Numbered]]:
    """The lines between rulings."""
    groups: list[list[Numbered]] = [[]]
    for place, line in run:
        if not is_ruling(line):
            groups[-1].append((place, line))
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _cut_table(groups: list[list[Numbered]]) -> Table:
    width = borderless_width(line for group in groups for _, line in group)
    texts = [_joined_row([cut_at_verticals(line, width) for _, line in group]) for group in groups]
    is_cut = even_rows(texts)
    places = [group[0][0] for group in groups]
    return Table(texts=texts, places=places, merges_known=False, is_cut=is_cut)


def _joined_row(lines: list[list[str]]) -> list[str]:
    """One row from the lines its cells are wrapped over."""
    width = min(max(map(len, lines)), WIDEST + 1)
    columns = ((row[at] for row in lines if at < len(row) and row[at]) for at in range(width))
    return ["\n".join(column) for column in columns]
