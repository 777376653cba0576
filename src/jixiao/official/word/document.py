"""The main part of a Word document: front pages, then every sheet on a page of its own.

Sheets of one orientation share a section and begin with a page break; another orientation begins
a new section. A section ends in a paragraph that must stand after the last table: it is given the
smallest line there is, so that it never makes a page.
"""

from itertools import accumulate

from jixiao.official.office_package import DECLARATION
from jixiao.official.sheet import MARGIN_BOTTOM, MARGIN_SIDE, MARGIN_TOP, Annex, Sheet
from jixiao.official.word import styles
from jixiao.official.word.front import anchor, contents_of, contents_pages, cover_of
from jixiao.official.word.measure import twips
from jixiao.official.word.plan import Plan, plan_of
from jixiao.official.word.table import table_of
from jixiao.official.word.text import look, paragraphs

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_KEEP, _NEW_PAGE = "<w:keepNext/>", "<w:pageBreakBefore/>"
_SHORT, _LONG = 210.0, 297.0
_FOOTER_DISTANCE = 9.0
FOOTER_RELATION = "rId1"


def document_part(annex: Annex) -> str:
    """word/document.xml"""
    sheets = annex.all_sheets
    plans = [plan_of(sheet) for sheet in sheets]
    body = [f"{DECLARATION}<w:document {_NAMESPACES}><w:body>"]
    if annex.cover is not None:
        body += (cover_of(annex.cover), _end_of_section(landscape=False, footer=False))
    begun = False
    restart = True
    landscape = False
    if annex.contents:
        body.append(contents_of(annex, _first_pages(annex, plans)))
        begun = True
    for number, (sheet, plan) in enumerate(zip(sheets, plans, strict=True), start=1):
        if begun and sheet.landscape is not landscape:
            body.append(_end_of_section(landscape=landscape, restart=restart))
            begun, restart = False, False
        body += _sheet(sheet, plan, number, new_page=begun)
        begun, landscape = True, sheet.landscape
    body += (_END, _section(landscape=landscape, restart=restart))
    body.append("</w:body></w:document>")
    return "".join(body)


def _first_pages(annex: Annex, plans: list[Plan]) -> list[int]:
    """The page on which every sheet begins; the cover is not counted."""
    first = 1 + contents_pages(annex)
    return [first + before for before in accumulate((plan.pages for plan in plans), initial=0)][:-1]


def _sheet(sheet: Sheet, plan: Plan, number: int, *, new_page: bool) -> list[str]:
    """The lines above the table, the table, its notes; the first line carries the bookmark."""
    above = [(line, styles.ABOVE) for line in sheet.above]
    lines = ((sheet.title, styles.TITLE), (sheet.subtitle, styles.SUBTITLE))
    above += [
        (text, style) for text, style in (*lines, (sheet.unit_note, styles.UNIT_NOTE)) if text
    ]
    # Something has to stand there to begin the page and to be linked to.
    above = above or [("", styles.JOINT)]
    begin = f'<w:bookmarkStart w:id="{number}" w:name="{anchor(number)}"/>'
    end = f'<w:bookmarkEnd w:id="{number}"/>'
    first = look(above[0][1].code, _KEEP + (_NEW_PAGE if new_page else ""), later=_KEEP)
    shown = [paragraphs(above[0][0], first, before=begin, after=end)]
    shown += [paragraphs(text, look(style.code, _KEEP)) for text, style in above[1:]]
    notes = [paragraphs(note, look(styles.NOTES.code)) for note in sheet.notes]
    return [*shown, *table_of(sheet, plan), *notes]


def _end_of_section(*, landscape: bool, footer: bool = True, restart: bool = False) -> str:
    section = _section(landscape=landscape, footer=footer, restart=restart)
    return f'<w:p><w:pPr><w:pStyle w:val="{styles.JOINT.code}"/>{section}</w:pPr></w:p>'


_END = f'<w:p><w:pPr><w:pStyle w:val="{styles.JOINT.code}"/></w:pPr></w:p>'


def _section(*, landscape: bool, footer: bool = True, restart: bool = False) -> str:
    width, height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    turned = ' w:orient="landscape"' if landscape else ""
    numbered = f'<w:footerReference w:type="default" r:id="{FOOTER_RELATION}"/>' if footer else ""
    start = '<w:pgNumType w:start="1"/>' if restart else ""
    side = twips(MARGIN_SIDE)
    return (
        f'<w:sectPr>{numbered}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{turned}/>'
        f'<w:pgMar w:top="{twips(MARGIN_TOP)}" w:right="{side}" w:bottom="{twips(MARGIN_BOTTOM)}"'
        f' w:left="{side}" w:header="{twips(15)}" w:footer="{twips(_FOOTER_DISTANCE)}"'
        f' w:gutter="0"/>{start}<w:cols w:space="720"/></w:sectPr>'
    )
