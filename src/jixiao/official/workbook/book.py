"""The main part of a workbook: its sheets, and the names that say what of them is printed."""

from collections.abc import Iterator, Sequence

from jixiao.official.office_package import DECLARATION, RELATIONS
from jixiao.official.workbook.drawing import Drawing
from jixiao.official.workbook.xml_text import MAIN, letters, quoted, safe


def book_part(drawings: Sequence[Drawing]) -> str:
    """xl/workbook.xml"""
    sheets = "".join(
        f'<sheet name="{safe(drawing.tab)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, drawing in enumerate(drawings, start=1)
    )
    names = "".join(
        f'<definedName name="_xlnm.{name}" localSheetId="{number}">'
        f"{safe(quoted(drawing.tab))}!{area}</definedName>"
        for name, number, drawing, area in _names(drawings)
    )
    return (
        f'{DECLARATION}<workbook {MAIN} xmlns:r="{RELATIONS}"><workbookPr/>'
        '<bookViews><workbookView xWindow="240" yWindow="15" windowWidth="16095"'
        f' windowHeight="9660"/></bookViews><sheets>{sheets}</sheets>'
        f"{f'<definedNames>{names}</definedNames>' if names else ''}</workbook>"
    )


def _names(drawings: Sequence[Drawing]) -> Iterator[tuple[str, int, Drawing, str]]:
    """What is printed of each sheet, and the rows that stand again on further pages."""
    for number, drawing in enumerate(drawings):
        if drawing.heights:
            last = letters(len(drawing.grid))[-1]
            yield "Print_Area", number, drawing, f"$A$1:${last}${len(drawing.heights)}"
    for number, drawing in enumerate(drawings):
        if drawing.repeats is not None:
            first, end = drawing.repeats
            yield "Print_Titles", number, drawing, f"${first + 1}:${end + 1}"
