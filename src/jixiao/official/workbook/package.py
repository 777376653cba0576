"""A workbook as a zip of XML parts; the same annex gives the same bytes.

What depends on nothing but the number of sheets is packed once, and each workbook begins as a copy
of it.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from jixiao.official.office_package import (
    PROPERTIES,
    RELATIONS,
    add_part,
    begun,
    content_types,
    package_relations,
    properties,
    relations,
)
from jixiao.official.workbook.book import book_part
from jixiao.official.workbook.comments import blocks, boxes_part, comments_part
from jixiao.official.workbook.drawing import BOXES, Drawing, worksheet_part
from jixiao.official.workbook.strings import Strings
from jixiao.official.workbook.styles import Styles
from jixiao.official.workbook.theme import theme_part
from jixiao.official.workbook.xml_text import safe

_SHEETS = "officedocument.spreadsheetml"
_CREATED = "2000-01-01T00:00:00Z"


def packed(title: str, drawings: Sequence[Drawing], strings: Strings, styles: Styles) -> memoryview:
    """The file of a workbook with these worksheets."""
    buffer = io.BytesIO()
    commented = tuple(number for number, one in enumerate(drawings, start=1) if one.comments)
    buffer.write(_template(len(drawings), commented))
    with zipfile.ZipFile(buffer, "a") as archive:
        add_part(archive, PROPERTIES, _properties(title))
        add_part(archive, "xl/workbook.xml", book_part(drawings))
        for number, drawing in enumerate(drawings, start=1):
            content = worksheet_part(drawing, is_first=number == 1)
            add_part(archive, f"xl/worksheets/sheet{number}.xml", content)
        for name, content in _comments(drawings, commented).items():
            add_part(archive, name, content)
        add_part(archive, "xl/styles.xml", styles.part())
        add_part(archive, "xl/sharedStrings.xml", strings.part())
    return buffer.getbuffer()


def _comments(drawings: Sequence[Drawing], commented: Sequence[int]) -> Mapping[str, str]:
    shown = [(number, drawings[number - 1]) for number in commented]
    first = accumulate((blocks(drawing.comments) for _, drawing in shown), initial=1)
    parts = {}
    for (number, drawing), block in zip(shown, first, strict=False):
        parts[f"xl/comments{number}.xml"] = comments_part(drawing.comments)
        parts[f"xl/drawings/vmlDrawing{number}.vml"] = boxes_part(drawing, block)
    return parts


@lru_cache(maxsize=16)
def _template(sheets: int, commented: tuple[int, ...]) -> bytes:
    """The parts that are the same in every workbook of so many sheets, packed."""
    parts = {
        "[Content_Types].xml": _content_types(sheets, commented),
        "_rels/.rels": package_relations("xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": relations(
            *(
                (f"rId{number}", f"{RELATIONS}/worksheet", f"worksheets/sheet{number}.xml")
                for number in range(1, sheets + 1)
            ),
            (f"rId{sheets + 1}", f"{RELATIONS}/styles", "styles.xml"),
            (f"rId{sheets + 2}", f"{RELATIONS}/sharedStrings", "sharedStrings.xml"),
            (f"rId{sheets + 3}", f"{RELATIONS}/theme", "theme/theme1.xml"),
        ),
        "xl/theme/theme1.xml": theme_part(),
    }
    for number in commented:
        parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = relations(
            (BOXES, f"{RELATIONS}/vmlDrawing", f"../drawings/vmlDrawing{number}.vml"),
            ("rId2", f"{RELATIONS}/comments", f"../comments{number}.xml"),
        )
    return begun(parts)


def _content_types(sheets: int, commented: tuple[int, ...]) -> str:
    kinds = {
        "workbook": "sheet.main",
        **{f"worksheets/sheet{number}": "worksheet" for number in range(1, sheets + 1)},
        **{f"comments{number}": "comments" for number in commented},
        "styles": "styles",
        "sharedStrings": "sharedStrings",
    }
    types = {f"xl/{name}.xml": f"{_SHEETS}.{kind}" for name, kind in kinds.items()}
    types["xl/theme/theme1.xml"] = "officedocument.theme"
    return content_types(types, boxes=bool(commented))


def _properties(title: str) -> str:
    moments = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{_CREATED}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    names = (
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    return properties(f"<dc:title>{safe(title)}</dc:title>{moments}", names)
