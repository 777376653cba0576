"""Labels that reach from a repeated heading into the rows below it.

绩效指标 often stands beside heading and indicators as one merged cell. Office programs do not
repeat a heading that is tied to other rows; LibreOffice even moves the whole table to the next
page. Where a heading has to stand again, such a cell is drawn as two without a rule between: the
text in the lower one, so that the heading stays low. Our reader takes the two for one again.
"""

from collections.abc import Iterable, Iterator
from itertools import repeat

from msgspec.structs import replace

from jixiao.official.sheet import Sheet, SheetCell
from jixiao.official.word.plan import Plan

_NO_BOTTOM = '<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>'
_NO_TOP = '<w:tcBorders><w:top w:val="nil"/></w:tcBorders>'


#: A cell as it is drawn, its lines, its own rules, and those of the rows it goes on in.
Part = tuple[SheetCell, int, str, str]


def parts_of(sheet: Sheet, plan: Plan, heading: range) -> Iterable[Part]:
    """All cells in order, with those parted that a standing heading cuts."""
    parts = zip(sheet.cells, plan.lines, repeat(""), repeat(""), strict=False)
    if not plan.stands:
        return parts
    return (drawn for part in parts for drawn in _parted(part, heading))


def _parted(part: Part, heading: range) -> Iterator[Part]:
    cell, lines, *_ = part
    below = cell.row + cell.rows - heading.stop
    if cell.row not in heading or below <= 0:
        yield part
        return
    upper = replace(cell, rows=cell.rows - below, text="", marks=())
    yield upper, 1, _NO_BOTTOM, _NO_BOTTOM
    yield replace(cell, row=heading.stop, rows=below), lines, _NO_TOP, ""
