"""What stands before the tables of an annex: a cover, and a list of the tables with their pages.

Page numbers of the list are fields, so that Word can count again; until then they show what our
own count of lines says.
"""

from collections.abc import Sequence

from jixiao.official.sheet import PORTRAIT_HEIGHT, PORTRAIT_WIDTH, Annex, Cover
from jixiao.official.word import styles
from jixiao.official.word.measure import POINTS_PER_MILLIMETRE, count_lines
from jixiao.official.word.plan import height_of
from jixiao.official.word.styles import Style, spacing
from jixiao.official.word.text import lines_of, look, paragraphs, safe

_TITLE = "目　录"
#: Room for a page number and a few dots.
_NUMBER = "…… 000"
#: The title begins below a quarter of the page, the last line ends above a tenth.
_TITLE_FROM, _LINES_TO = 0.26, 0.9
_WIDTH = PORTRAIT_WIDTH * POINTS_PER_MILLIMETRE
_HEIGHT = PORTRAIT_HEIGHT * POINTS_PER_MILLIMETRE


def cover_of(cover: Cover) -> str:
    """The lines of the first page, set down the page by the space before them."""
    title_height = sum(height_of(line, styles.COVER_TITLE, _WIDTH) for line in cover.title)
    lines_height = sum(height_of(line, styles.COVER_LINE, _WIDTH) for line in cover.lines)
    free = _HEIGHT * _LINES_TO - title_height - lines_height
    above = max(min(_HEIGHT * _TITLE_FROM, free), 0.0)
    shown = _block(cover.title, styles.COVER_TITLE, above)
    return shown + _block(cover.lines, styles.COVER_LINE, max(free - above, 0.0))


def contents_of(annex: Annex, pages: Sequence[int]) -> str:
    """The names of all sheets, each a link to its table, with its page number at the right."""
    title = paragraphs(_TITLE, look(styles.CONTENTS_TITLE.code))
    entries = (
        _entry(sheet.name, number, page)
        for number, (sheet, page) in enumerate(zip(annex.all_sheets, pages, strict=True), start=1)
    )
    return title + "".join(entries)


def contents_pages(annex: Annex) -> int:
    """How many pages the list takes."""
    style, title = styles.CONTENTS_LINE, styles.CONTENTS_TITLE
    pages, room = 1, _HEIGHT - height_of(_TITLE, title, _WIDTH)
    for sheet in annex.all_sheets:
        lines = count_lines(_one_line(sheet.name) + _NUMBER, style.size, _WIDTH)
        needed = lines * style.line_points
        if room < needed:
            pages, room = pages + 1, _HEIGHT
        room -= needed
    return pages


def anchor(number: int) -> str:
    """The bookmark of a sheet; Word hides names that begin so."""
    return f"_Sheet{number}"


def field(instruction: str, shown: str) -> str:
    """A field of Word with the result it had when it was last counted."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _block(lines: Sequence[str], style: Style, above: float) -> str:
    """Lines of the cover; the first keeps the space above it."""
    first = look(style.code, spacing(style.line_points, before=above), later="")
    plain = look(style.code)
    return "".join(
        paragraphs(line, plain if number else first) for number, line in enumerate(lines)
    )


def _entry(name: str, number: int, page: int) -> str:
    mark = anchor(number)
    reference = field(rf"PAGEREF {mark} \h", str(page))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{styles.CONTENTS_LINE.code}"/></w:pPr>'
        f'<w:hyperlink w:anchor="{mark}" w:history="1">'
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
        f'<w:t xml:space="preserve">{safe(_one_line(name))}</w:t></w:r>'
        f"<w:r><w:tab/></w:r>{reference}</w:hyperlink></w:p>"
    )


def _one_line(name: str) -> str:
    return " ".join(lines_of(name)).replace("\t", " ")
