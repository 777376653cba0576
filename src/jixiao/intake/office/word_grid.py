"""Blocks of a Word document in reading order: lines, and tables with their merges resolved.

A table inside a cell becomes a block of its own after the outer table, and the outer cell keeps
only its own paragraphs: nothing is lost and nothing said twice. A table of single cells that
holds another table is a frame laid around a page, not a table: its cells are read like the page.
"""

from jixiao.intake.office import word_names as word
from jixiao.intake.office.word_cells import is_flat, read_row, unwrapped
from jixiao.intake.office.word_heading import join_under_heading
from jixiao.intake.office.word_text import read_paragraph
from jixiao.intake.package_xml import Element
from jixiao.intake.word_story import Story, assembled


def read_blocks(parent: Element, story: Story) -> None:
    """Add the paragraphs and tables below `parent`, whatever wraps them."""
    begun = ""
    for element in unwrapped(parent, (word.PARAGRAPH, word.TABLE)):
        if element.tag == word.TABLE:
            _read_table(element, story)
            continue
        paragraph = read_paragraph(element)
        story.lines += 1
        begun += paragraph.text
        if not paragraph.runs_on:
            story.add_line(begun)
            begun = ""
        for box in paragraph.boxes:
            read_blocks(box, story)
    story.add_line(begun)


def _read_table(table: Element, story: Story) -> None:
    rows = [row for row in unwrapped(table, (word.ROW,)) if not is_deleted(row)]
    if is_frame(table, rows):
        for row in rows:
            for framed in unwrapped(row, (word.CELL,)):
                read_blocks(framed, story)
        return
    story.tables += 1
    flat = is_flat(table)
    read = [read_row(row, flat=flat) for row in rows]
    join_under_heading(rows, read)
    grid = assembled(read, story)
    if grid is not None and grid.texts:
        story.blocks.append(grid)
    for cells in read:
        for cell in cells:
            for nested in cell.nested:
                _read_nested(nested, story)


def _read_nested(nested: Element, story: Story) -> None:
    if nested.tag == word.TABLE:
        _read_table(nested, story)
    else:
        read_blocks(nested, story)


def is_frame(table: Element, rows: list[Element]) -> bool:
    if next(table.iterdescendants(word.TABLE), None) is None:
        return False
    return all(len(list(unwrapped(row, (word.CELL,)))) == 1 for row in rows)


def is_deleted(row: Element) -> bool:
    properties = row.find(word.ROW_PROPERTIES)
    return properties is not None and properties.find(word.DELETED) is not None
