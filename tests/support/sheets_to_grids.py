"""Drawn sheets as the blocks the test builders know: the official table without any writer of ours.

So a table can be read back before, and apart from, the writers of the project.
"""

from jixiao.official.sheet import Sheet
from tests.support.office_files import Grid
from tests.support.zoo import Block, NewPage, Paragraph
from tests.support.zoo_formats import FORMATS


def blocks_of(*sheets: Sheet) -> list[Block]:
    """The lines around each table as paragraphs, the table with its real merges."""
    blocks: list[Block] = []
    for number, sheet in enumerate(sheets):
        if number:
            blocks.append(NewPage())
        lines = (*sheet.above, sheet.title, sheet.subtitle, sheet.unit_note)
        blocks += [Paragraph(line) for line in lines if line]
        blocks.append(grid_of(sheet))
        blocks += [Paragraph(note) for note in sheet.notes]
    return blocks


def grid_of(sheet: Sheet) -> Grid:
    """Texts row by row, "" under merged cells."""
    texts = [[""] * len(sheet.grid) for _ in range(sheet.height)]
    spans = {}
    for cell in sheet.cells:
        texts[cell.row][cell.column] = cell.text
        if (cell.rows, cell.columns) != (1, 1):
            spans[cell.row, cell.column] = (cell.rows, cell.columns)
    return Grid(texts, spans)


def document_of(form: str, *sheets: Sheet) -> tuple[str, bytes]:
    """A file name and the sheets as a document of this test format (docx, xlsx, html, pdf …)."""
    suffix, write = FORMATS[form]
    return f"附件{suffix}", write(blocks_of(*sheets))


def text_of(sheet: Sheet) -> str:
    """A sheet as text for a golden file: one line a cell, with its span, role and path."""
    lines = [*(f"above: {line}" for line in sheet.above), f"title: {sheet.title}"]
    lines += [f"subtitle: {sheet.subtitle}"] * bool(sheet.subtitle)
    lines += [f"unit: {sheet.unit_note}"] * bool(sheet.unit_note)
    page = "landscape" if sheet.landscape else "portrait"
    lines.append(f"page: {page}, {sheet.font_size} pt, repeats {sheet.repeats}")
    lines.append("grid: " + " ".join(f"{width:.1f}" for width in sheet.grid))
    for row in range(sheet.height):
        lines.append(f"--- {row + 1}")
        for cell in sheet.cells:
            if cell.row != row:
                continue
            span = f" [{cell.rows}x{cell.columns}]" if (cell.rows, cell.columns) != (1, 1) else ""
            path = f" <{cell.path}>" if cell.path else ""
            text = cell.text.replace("\n", "⏎")
            lines.append(f"{chr(ord('A') + cell.column)}{span} {cell.role.value}: {text}{path}")
    lines += [f"note: {note}" for note in sheet.notes]
    return "\n".join(lines) + "\n"
