"""A whole annex as one workbook: cover, contents, totals, forms.

All forms are planned before the first is drawn, because the contents name their pages. Nothing in
the file depends on the clock: the same annex gives the same bytes.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from jixiao.official.sheet import Annex
from jixiao.official.workbook.cell_text import LONGEST_CELL, cell_text
from jixiao.official.workbook.form_sheet import draw_form
from jixiao.official.workbook.front import (
    Entry,
    contents_breaks,
    contents_heights,
    draw_contents,
    draw_cover,
)
from jixiao.official.workbook.page_setup import number_pages, set_up_form, set_up_paper
from jixiao.official.workbook.row_plan import RowPlan, row_plan
from jixiao.official.workbook.styles import Styles
from jixiao.official.workbook.tab_names import tab_names

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # Columns are measured in digits of this font. Its metric twin stands on every system.
    "default_format_properties": {"font_name": "Times New Roman", "font_size": 11},
}
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day, not a moment
_COVER, _CONTENTS = "封面", "目录"


def write_annex(annex: Annex, stream: BinaryIO) -> tuple[str, ...]:
    """Write the workbook; returns in Chinese what stands otherwise than in the annex."""
    plans = [row_plan(sheet) for sheet in annex.all_sheets]
    names = [sheet.name or sheet.title for sheet in annex.all_sheets]
    front = [_COVER] * (annex.cover is not None) + [_CONTENTS] * annex.contents
    tabs = tab_names([*front, *names])
    with Workbook(stream, _OPTIONS) as book:
        book.set_properties({"title": cell_text(annex.title), "created": _CREATED})
        styles = Styles(book)
        sheets = [book.add_worksheet(tab) for tab in tabs]
        forms, tabs = sheets[len(front) :], tabs[len(front) :]
        if annex.cover is not None:
            set_up_paper(sheets[0])
            draw_cover(sheets[0], annex.cover, styles)
        pages = _first_pages(annex, plans, names)
        if annex.contents:
            at = len(front) - 1
            set_up_paper(sheets[at])
            number_pages(sheets[at], 1)
            places = zip(names, map(_place, tabs), pages, strict=True)
            draw_contents(sheets[at], [Entry(*entry) for entry in places], styles)
        for sheet, plan, page in zip(forms, plans, pages, strict=True):
            _form(sheet, plan, page, styles)
        if annex.totals is not None and plans[0].repeats is not None:
            forms[0].freeze_panes(plans[0].repeats[1] + 1, 0)
        if not sheets:
            book.add_worksheet()
    return tuple(
        f"“{name}”有文字超过 Excel 单元格的上限（{LONGEST_CELL} 字），其余部分写在表格下方"
        for name, plan in zip(names, plans, strict=True)
        if plan.goes_on
    )


def _form(sheet: Worksheet, plan: RowPlan, page: int, styles: Styles) -> None:
    set_up_paper(sheet, landscape=plan.sheet.landscape)
    number_pages(sheet, page)
    set_up_form(sheet, plan)
    draw_form(sheet, plan, styles)


def _first_pages(annex: Annex, plans: Sequence[RowPlan], names: Sequence[str]) -> list[int]:
    """The page each sheet begins on; the cover is not counted."""
    contents = len(contents_breaks(contents_heights(names))) + 1 if annex.contents else 0
    return list(accumulate((plan.pages for plan in plans), initial=contents + 1))[:-1]


def _place(tab: str) -> str:
    """Where a link leads; a quotation mark in the name of a sheet is doubled."""
    return f"internal:'{tab.replace(chr(39), chr(39) * 2)}'!A1"
