"""A zoo document in every format offices publish in.

Where a format cannot say that cells are merged, the merged cell is written once and the places
it covers are left empty, as a person copying the table would get it.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from html import escape

from tests.support.office_files import (
    Grid,
    Sheet,
    column_letters,
    docx_of,
    style_sheet,
    xlsx_around,
    xlsx_of,
)
from tests.support.pdf_files import PageBreak, Printed, Words, pdf_of
from tests.support.zoo import Block, Layout, NewPage, Paragraph, SheetName

WIDE = 8
_FIGURE = re.compile(r"-?(?:0|[1-9]\d{0,10})(?:\.\d+)?")


def _docx(blocks: Sequence[Block]) -> bytes:
    shown: list[str | Grid] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            shown.append(block.text)
        elif isinstance(block, Grid):
            shown.extend([block, ""])
    return docx_of(shown)


def _xlsx(blocks: Sequence[Block]) -> bytes:
    return xlsx_of([Sheet(name, _stacked(parts)) for name, parts in _sheets(blocks)])


def _sheets(blocks: Sequence[Block]) -> list[tuple[str, list[Paragraph | Grid]]]:
    """One sheet until the next name; paragraphs are rows merged over the width of the table."""
    sheets: list[tuple[str, list[Paragraph | Grid]]] = []
    for block in blocks:
        if isinstance(block, SheetName):
            sheets.append((block.text, []))
        elif not isinstance(block, NewPage):
            if not sheets:
                sheets.append(("Sheet1", []))
            sheets[-1][1].append(block)
    return sheets


def _stacked(parts: list[Paragraph | Grid]) -> Grid:
    width = max([len(part.texts[0]) for part in parts if isinstance(part, Grid)], default=1)
    texts: list[list[str]] = []
    spans = {}
    for part in parts:
        if isinstance(part, Paragraph):
            if width > 1:
                spans[len(texts), 0] = (1, width)
            texts.append([part.text, *[""] * (width - 1)])
            continue
        for (row, column), span in part.spans.items():
            spans[len(texts) + row, column] = span
        texts.extend([*row, *[""] * (width - len(row))] for row in part.texts)
    return Grid(texts, spans)


def _numbers(blocks: Sequence[Block]) -> bytes:
    """The workbook as a person types it: figures are numbers, not texts."""
    sheets = _sheets(blocks)
    return xlsx_around(
        {name: _typed_sheet(_stacked(parts)) for name, parts in sheets}, styles=style_sheet()
    )


def _typed_sheet(grid: Grid) -> str:
    rows = ""
    for number, row in enumerate(grid.texts, 1):
        cells = ""
        for column, text in enumerate(row, 1):
            address = f"{column_letters(column)}{number}"
            if _FIGURE.fullmatch(text):
                cells += f'<c r="{address}"><v>{text}</v></c>'
            elif text:
                cells += f'<c r="{address}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        rows += f'<row r="{number}">{cells}</row>'
    merges = "".join(
        f'<mergeCell ref="{column_letters(left + 1)}{top + 1}:'
        f'{column_letters(left + width)}{top + height}"/>'
        for (top, left), (height, width) in grid.spans.items()
    )
    return f"<sheetData>{rows}</sheetData>" + (
        f"<mergeCells>{merges}</mergeCells>" if merges else ""
    )


def _html(blocks: Sequence[Block]) -> bytes:
    parts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(f"<p>{escape(block.text)}</p>")
        elif isinstance(block, Grid):
            parts.append(_html_table(block))
    body = "\n".join(parts)
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def _html_table(grid: Grid) -> str:
    covered = _covered(grid)
    rows = []
    for r, row in enumerate(grid.texts):
        cells = []
        for c, text in enumerate(row):
            if (r, c) in covered:
                continue
            height, width = grid.spans.get((r, c), (1, 1))
            shown = escape(text).replace("\n", "<br>")
            cells.append(f'<td rowspan="{height}" colspan="{width}">{shown}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _covered(grid: Grid) -> set[tuple[int, int]]:
    return {
        (row + r, column + c)
        for (row, column), (height, width) in grid.spans.items()
        for r in range(height)
        for c in range(width)
        if r or c
    }


def _markdown(blocks: Sequence[Block]) -> bytes:
    parts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(block.text)
        elif isinstance(block, Grid):
            rows = [
                f"| {' | '.join(t.replace(chr(10), '<br>') for t in row)} |" for row in block.texts
            ]
            rows.insert(1, f"|{' --- |' * len(block.texts[0])}")
            parts.append("\n".join(rows))
    return "\n\n".join(parts).encode()


def _pdf(blocks: Sequence[Block]) -> bytes:
    grids = [block for block in blocks if isinstance(block, Grid)]
    widest = max(len(grid.texts[0]) for grid in grids) if grids else 1
    shown: list[object] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            shown.append(Words(block.text, centred=True))
        elif isinstance(block, NewPage):
            shown.append(PageBreak())
        elif isinstance(block, Grid):
            size = 7 if widest > WIDE else 9
            shown.append(
                Printed(
                    block,
                    size=size,
                    widths=_widths(
                        [grid for grid in grids if len(grid.texts[0]) == len(block.texts[0])]
                    ),
                )
            )
    return pdf_of(shown, landscape=widest > WIDE, footer=True)  # type: ignore[arg-type]


def _widths(grids: Sequence[Grid]) -> tuple[float, ...]:
    """Columns as wide as their longest cell asks for, within bounds, as a person would drag them.

    Tables with as many columns share them: most are one table that the page's end has cut.
    """
    widths = [5] * len(grids[0].texts[0])
    for grid in grids:
        covered = _covered(grid)
        for r, row in enumerate(grid.texts):
            for c, text in enumerate(row):
                if (r, c) not in covered and grid.spans.get((r, c), (1, 1))[1] == 1:
                    widths[c] = max(widths[c], len(text.encode("gbk", "replace")))
    return tuple(float(min(24, width)) for width in widths)


def _json(blocks: Sequence[Block]) -> bytes:
    """A table extractor's answer: null where a merged cell covers, paragraphs left out."""
    tables = []
    for block in blocks:
        if isinstance(block, Paragraph):
            tables.append([[block.text]])
        elif isinstance(block, Grid):
            covered = _covered(block)
            tables.append(
                [
                    [None if (r, c) in covered else text for c, text in enumerate(row)]
                    for r, row in enumerate(block.texts)
                ]
            )
    return json.dumps(tables, ensure_ascii=False).encode()


def _repeated(blocks: Sequence[Block]) -> bytes:
    """Some programs answer with a merged cell's text in every place it covers."""
    tables = []
    for block in blocks:
        if isinstance(block, Paragraph):
            tables.append([[block.text]])
        elif isinstance(block, Grid):
            rows = [list(row) for row in block.texts]
            for (row, column), (height, width) in block.spans.items():
                for r in range(row, row + height):
                    rows[r][column : column + width] = [block.texts[row][column]] * width
            tables.append(rows)
    return json.dumps(tables, ensure_ascii=False).encode()


def _data_frame(blocks: Sequence[Block]) -> bytes:
    """A workbook through a data frame: the first row became its header, blanks became NaN."""
    rows = _rows(blocks)
    width = max(map(len, rows))
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    head = [text or f"Unnamed: {column}" for column, text in enumerate(rows[0])]
    body = [[text or "NaN" for text in row] for row in rows[1:]]
    lines = [f"| {' | '.join(row)} |" for row in [head, ["---"] * width, *body]]
    return "\n".join(lines).encode()


def _rows(blocks: Sequence[Block]) -> list[list[str]]:
    rows: list[list[str]] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            rows.append([block.text])
        elif isinstance(block, Grid):
            rows.extend([text.replace("\n", "") for text in row] for row in block.texts)
    return rows


def _tsv(blocks: Sequence[Block]) -> bytes:
    return "\n".join("\t".join(row) for row in _rows(blocks)).encode()


def _csv(blocks: Sequence[Block]) -> bytes:
    buffer = io.StringIO()
    rows = _rows(blocks)
    width = max(map(len, rows))
    csv.writer(buffer).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return buffer.getvalue().encode("gb18030")


def _aligned(blocks: Sequence[Block]) -> bytes:
    """Columns kept apart by blanks, a Chinese character counting two, as layout extractors do."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Grid):
            lines += [*_aligned_rows(block), ""]
    return "\n".join(lines).encode()


def _aligned_rows(grid: Grid) -> list[str]:
    texts = [[text.replace("\n", "") for text in row] for row in grid.texts]
    widths = [4] * len(texts[0])
    for r, row in enumerate(texts):
        for c, text in enumerate(row):
            if grid.spans.get((r, c), (1, 1))[1] == 1:
                widths[c] = max(widths[c], _printed_width(text))
    rows = []
    for row in texts:
        line, place = "", 0
        for text, width in zip(row, widths, strict=True):
            gap = place - _printed_width(line)
            line += " " * gap if gap > 0 else "  " if line.strip() and text else ""
            line += text
            place += width + 2
        rows.append(line.rstrip())
    return rows


def _printed_width(text: str) -> int:
    return sum(2 if ord(character) > 0xFF else 1 for character in text)


def _lines(blocks: Sequence[Block]) -> bytes:
    """What is left of a table when every cell becomes a line and blank cells disappear."""
    return "\n".join(text for row in _rows(blocks) for text in row if text).encode()


FORMATS: dict[str, tuple[str, Callable[[Sequence[Block]], bytes]]] = {
    "docx": (".docx", _docx),
    "xlsx": (".xlsx", _xlsx),
    "numbers": (".xlsx", _numbers),
    "html": (".html", _html),
    "pdf": (".pdf", _pdf),
    "json": (".json", _json),
    "repeated": (".json", _repeated),
    "markdown": (".md", _markdown),
    "frame": (".md", _data_frame),
    "tsv": (".tsv", _tsv),
    "csv": (".csv", _csv),
    "aligned": (".txt", _aligned),
    "lines": (".txt", _lines),
}


def rendered(layout: Layout, form: str) -> tuple[str, bytes]:
    """The file's name and its bytes; the name says nothing about what is in it."""
    suffix, write = FORMATS[form]
    return f"附件{suffix}", write(layout.blocks)
