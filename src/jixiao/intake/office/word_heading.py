"""A label beside a repeated heading that was drawn as two cells without a rule between them.

A heading that stands again on every page may not be merged with the rows below it. Who wants a
label to reach over both leaves out the rule instead; to the eye, and to us, that is one cell. Only
an explicit absence of both rules counts, and only where at most one of the two has a text.
"""

from collections.abc import Iterator

from jixiao.intake.office import word_names as word
from jixiao.intake.office.word_cells import Cell, unwrapped
from jixiao.intake.office.word_text import is_on
from jixiao.intake.package_xml import Element

_NO_RULE = ("nil", "none")


def join_under_heading(rows: list[Element], read: list[list[Cell]]) -> None:
    """Turn such cells of the first row under the heading into continued ones."""
    heading = _heading_rows(rows)
    if not 0 < heading < len(rows):
        return
    above = {cell.column: cell for cell in _unruled(rows, read, heading - 1, word.BOTTOM)}
    for cell in _unruled(rows, read, heading, word.TOP) if above else ():
        upper = above.get(cell.column)
        if upper is None or upper.width != cell.width or cell.continues:
            continue
        first = _begin(read[:heading], cell.column)
        if first is None or (first.text and cell.text):
            continue
        first.text = first.text or cell.text
        upper.merged = cell.merged = cell.continues = True


def _heading_rows(rows: list[Element]) -> int:
    """How many first rows stand again on every page."""
    for number, row in enumerate(rows):
        properties = row.find(word.ROW_PROPERTIES)
        if properties is None or not is_on(properties.find(word.REPEATED)):
            return number
    return len(rows)


def _unruled(rows: list[Element], read: list[list[Cell]], number: int, side: str) -> Iterator[Cell]:
    """The cells of a row that are said to have no rule at this side."""
    elements = list(unwrapped(rows[number], (word.CELL,)))
    if len(elements) == len(read[number]):
        for element, cell in zip(elements, read[number], strict=True):
            rule = element.find(f"{word.CELL_PROPERTIES}/{word.CELL_RULES}/{side}")
            if rule is not None and rule.get(word.VALUE) in _NO_RULE:
                yield cell


def _begin(rows: list[list[Cell]], column: int) -> Cell | None:
    """Where the merged cell began whose last part stands in the last of the rows."""
    for row in reversed(rows):
        cell = next((one for one in row if one.column == column), None)
        if cell is None or not cell.continues:
            return cell
    return None
