"""A Markdown text into tables and lines, in reading order.

Fenced pieces and rows without a heading rule are somebody's pasted text and are read as such.
"""

import re

from jixiao.intake.bounds import even_rows
from jixiao.intake.document import Block, Line, RowPlace, Table
from jixiao.intake.markup.signs import cells_of, is_alignment_row, line_without_marks
from jixiao.intake.plain.blocks import loose_blocks, tabbed_blocks
from jixiao.intake.plain.lines import Numbered
from jixiao.intake.webpage.flow import Flow
from jixiao.intake.webpage.grid import Grid

_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,}\s*)")
_COMMENT = re.compile(r"\s*<!--.*?-->\s*")
_LONGEST_HTML = 20_000


def markdown_blocks(text: str) -> tuple[tuple[Block, ...], list[int]]:
    """The blocks, and the numbers of tables too large to be read whole."""
    return _Reading(text.split("\n")).blocks()


class _Reading:
    """One pass over the lines; loose ones wait until something else ends their run."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._flow = Flow()
        self._loose: list[Numbered] = []

    def blocks(self) -> tuple[tuple[Block, ...], list[int]]:
        index = 0
        while index < len(self._lines):
            index = self._read_at(index)
        self._end_loose()
        return tuple(self._flow.blocks), self._flow.cut_tables

    def _read_at(self, index: int) -> int:
        """Read what begins at this line and say where the next begins."""
        line = self._lines[index]
        if "<table" in line.lower():
            return self._read_html(index)
        following = self._lines[index + 1] if index + 1 < len(self._lines) else ""
        if "|" in line and is_alignment_row(following) and not is_alignment_row(line):
            return self._read_pipe_table(index)
        is_mark = _FENCE.match(line) or _RULE.fullmatch(line) or _COMMENT.fullmatch(line)
        if line.strip() and not is_mark:
            self._loose.append((RowPlace(line=index + 1), line))
        return index + 1

    def _read_html(self, start: int) -> int:
        self._end_loose()
        opened = 0
        end = start
        for end in range(start, min(len(self._lines), start + _LONGEST_HTML)):
            line = self._lines[end].lower()
            opened += line.count("<table") - line.count("</table")
            if opened <= 0:
                break
        self._flow.add_markup("\n".join(self._lines[start : end + 1]))
        return end + 1

    def _read_pipe_table(self, start: int) -> int:
        self._end_loose()
        end = start + 2
        while end < len(self._lines) and _continues_table(self._lines, end):
            end += 1
        numbers = [n for n in range(start, end) if n != start + 1]
        rows = [(n + 1, cells_of(self._lines[n])) for n in numbers]
        rows = [(number, row) for number, row in rows if any(row)]
        texts = [row for _, row in rows]
        is_cut = bool(texts) and even_rows(texts)
        grid = Grid(texts, {}, [number for number, _ in rows], is_cut)
        self._flow.add_table(grid, merges_known=False, by_line=True)
        return end

    def _end_loose(self) -> None:
        tabbed: list[Numbered] = []
        plain: list[Numbered] = []
        for item in self._loose:
            if "\t" in item[1].strip():
                self._end_plain(plain)
                tabbed.append(item)
            else:
                self._end_tabbed(tabbed)
                plain.append(item)
        self._end_plain(plain)
        self._end_tabbed(tabbed)
        self._loose = []

    def _end_plain(self, lines: list[Numbered]) -> None:
        for block in loose_blocks(lines):
            self._add(block)
        lines.clear()

    def _end_tabbed(self, lines: list[Numbered]) -> None:
        rows = [[cell.strip() for cell in line.split("\t")] for _, line in lines]
        for block in tabbed_blocks(rows, [place for place, _ in lines]) if rows else ():
            self._add(block)
        lines.clear()

    def _add(self, block: Block) -> None:
        if isinstance(block, Table):
            self._flow.blocks.append(block)
            return
        shown = line_without_marks(block.text)
        self._flow.blocks += [
            Line(text=part, place=block.place) for part in shown.split("\n") if part
        ]


def _continues_table(lines: list[str], index: int) -> bool:
    """A table ends at a blank line, at other markup, or where the next table's heading stands."""
    line = lines[index]
    if not line.strip() or "<table" in line.lower() or line.lstrip().startswith("#"):
        return False
    if _FENCE.match(line):
        return False
    return not (index + 1 < len(lines) and is_alignment_row(lines[index + 1]) and "|" in line)
