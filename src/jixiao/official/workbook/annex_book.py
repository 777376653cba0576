"""A whole annex as one workbook: cover, contents, totals, forms.

All forms are planned before the first is drawn, because the contents name their pages. Nothing in
the file depends on the clock: the same annex gives the same bytes.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import BinaryIO

from jixiao.official.sheet import Annex
from jixiao.official.workbook.cell_text import LONGEST_CELL, cell_text
from jixiao.official.workbook.drawing import Drawing
from jixiao.official.workbook.fits import Fits
from jixiao.official.workbook.form_sheet import draw_form
from jixiao.official.workbook.front import (
    contents_breaks,
    contents_heights,
    draw_contents,
    draw_cover,
)
from jixiao.official.workbook.package import packed
from jixiao.official.workbook.row_plan import RowPlan, row_plan
from jixiao.official.workbook.strings import Strings
from jixiao.official.workbook.styles import Styles
from jixiao.official.workbook.tab_names import tab_names

_COVER, _CONTENTS = "封面", "目录"
#: A workbook without a sheet does not open.
_NOTHING = Drawing(tab="Sheet1", grid=(), heights=(), cells=())


def write_annex(annex: Annex, stream: BinaryIO) -> tuple[str, ...]:
    """Write the workbook; returns in Chinese what stands otherwise than in the annex."""
    strings, styles = Strings(), Styles()
    fits = Fits(strings, styles)
    plans = [row_plan(sheet, fits) for sheet in annex.all_sheets]
    names = [sheet.name or sheet.title for sheet in annex.all_sheets]
    drawings = list(_drawings(annex, plans, names, strings, styles)) or [_NOTHING]
    stream.write(packed(cell_text(annex.title), drawings, strings, styles))
    return tuple(
        f"“{name}”有文字超过 Excel 单元格的上限（{LONGEST_CELL} 字），其余部分写在表格下方"
        for name, plan in zip(names, plans, strict=True)
        if plan.goes_on
    )


def _drawings(
    annex: Annex,
    plans: Sequence[RowPlan],
    names: Sequence[str],
    strings: Strings,
    styles: Styles,
) -> Iterator[Drawing]:
    """All worksheets in order. The cover is not counted among the pages."""
    front = [_COVER] * (annex.cover is not None) + [_CONTENTS] * annex.contents
    tabs = tab_names([*front, *names])
    forms = tabs[len(front) :]
    if annex.cover is not None:
        yield draw_cover(annex.cover, tabs[0], strings, styles)
    page = 1
    if annex.contents:
        heights = contents_heights(names)
        page += len(contents_breaks(heights)) + 1
    pages = list(accumulate((plan.pages for plan in plans), initial=page))[:-1]
    if annex.contents:
        entries = list(zip(names, forms, pages, strict=True))
        yield draw_contents(tabs[len(front) - 1], entries, heights, strings, styles)
    for number, (plan, tab, first) in enumerate(zip(plans, forms, pages, strict=True)):
        totals = annex.totals is not None and number == 0
        yield draw_form(plan, tab, first, strings, styles, freezes=totals)
