"""A workbook as a zip of XML parts; the same annex gives the same bytes.

What depends on nothing but the number of sheets is packed once, and each workbook begins as a copy
of it.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from jixiao.official.workbook.book import book_part
from jixiao.official.workbook.comments import blocks, boxes_part, comments_part
from jixiao.official.workbook.drawing import BOXES, Drawing, worksheet_part
from jixiao.official.workbook.strings import Strings
from jixiao.official.workbook.styles import Styles
from jixiao.official.workbook.theme import theme_part
from jixiao.official.workbook.xml_text import DECLARATION, RELATIONS, safe

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
#: The first day a zip can name: no clock is asked.
_DAY = (1980, 1, 1, 0, 0, 0)
_CREATED = "2000-01-01T00:00:00Z"
_LEVEL = 6


def packed(title: str, drawings: Sequence[Drawing], strings: Strings, styles: Styles) -> memoryview:
    """The file of a workbook with these worksheets."""
    buffer = io.BytesIO()
    commented = tuple(number for number, one in enumerate(drawings, start=1) if one.comments)
    buffer.write(_template(len(drawings), commented))
    with zipfile.ZipFile(buffer, "a") as archive:
        _add(archive, "docProps/core.xml", _properties(title))
        _add(archive, "xl/workbook.xml", book_part(drawings))
        for number, drawing in enumerate(drawings, start=1):
            content = worksheet_part(drawing, is_first=number == 1)
            _add(archive, f"xl/worksheets/sheet{number}.xml", content)
        for name, content in _comments(drawings, commented).items():
            _add(archive, name, content)
        _add(archive, "xl/styles.xml", styles.part())
        _add(archive, "xl/sharedStrings.xml", strings.part())
    return buffer.getbuffer()


def _comments(drawings: Sequence[Drawing], commented: Sequence[int]) -> Mapping[str, str]:
    shown = [(number, drawings[number - 1]) for number in commented]
    first = accumulate((blocks(drawing.comments) for _, drawing in shown), initial=1)
    parts = {}
    for (number, drawing), block in zip(shown, first, strict=False):
        parts[f"xl/comments{number}.xml"] = comments_part(drawing.comments)
        parts[f"xl/drawings/vmlDrawing{number}.vml"] = boxes_part(drawing, block)
    return parts


def _add(archive: zipfile.ZipFile, name: str, content: str) -> None:
    part = zipfile.ZipInfo(name, _DAY)
    part.compress_type = zipfile.ZIP_DEFLATED
    part.create_system = 0  # the system the file is made on must not show
    archive.writestr(part, content.encode(), compresslevel=_LEVEL)


@lru_cache(maxsize=16)
def _template(sheets: int, commented: tuple[int, ...]) -> bytes:
    """The parts that are the same in every workbook of so many sheets, packed."""
    parts = {
        "[Content_Types].xml": _content_types(sheets, commented),
        "_rels/.rels": _relations(
            ("rId1", f"{RELATIONS}/officeDocument", "xl/workbook.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "xl/_rels/workbook.xml.rels": _relations(
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
        parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _relations(
            (BOXES, f"{RELATIONS}/vmlDrawing", f"../drawings/vmlDrawing{number}.vml"),
            ("rId2", f"{RELATIONS}/comments", f"../comments{number}.xml"),
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            _add(archive, name, content)
    return buffer.getvalue()


def _content_types(sheets: int, commented: tuple[int, ...]) -> str:
    kinds = {
        "workbook": "sheet.main",
        **{f"worksheets/sheet{number}": "worksheet" for number in range(1, sheets + 1)},
        **{f"comments{number}": "comments" for number in commented},
        "styles": "styles",
        "sharedStrings": "sharedStrings",
    }
    shown = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    boxes = (
        '<Default Extension="vml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    )
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{boxes if commented else ""}'
        f"{shown}"
        '<Override PartName="/xl/theme/theme1.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    shown = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
        for key, kind, target in relations
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{shown}</Relationships>'


def _properties(title: str) -> str:
    moments = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{_CREATED}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{safe(title)}</dc:title>{moments}</cp:coreProperties>"
    )
