"""A Word document as a zip of XML parts; the same annex gives the same bytes.

Everything but the text is the same in every document: those parts are packed once, and each
document begins as a copy of them.
"""

import io
import zipfile
from functools import lru_cache
from typing import BinaryIO

from jixiao.official.sheet import Annex
from jixiao.official.word.document import FOOTER_RELATION, document_part
from jixiao.official.word.front import field
from jixiao.official.word.styles import DECLARATION, FOOTER, NAMESPACE, fonts_part, styles_part
from jixiao.official.word.text import safe

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: The first day a zip can name: no clock is asked.
_DAY = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6


def write_annex(annex: Annex, stream: BinaryIO) -> None:
    buffer = io.BytesIO()
    buffer.write(_template())
    with zipfile.ZipFile(buffer, "a") as archive:
        _add(archive, "docProps/core.xml", _properties(annex.title))
        _add(archive, "word/document.xml", document_part(annex))
    stream.write(buffer.getbuffer())


@lru_cache(maxsize=1)
def _template() -> bytes:
    """The parts that are the same in every document, packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in _constant_parts().items():
            _add(archive, name, content)
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: str) -> None:
    part = zipfile.ZipInfo(name, _DAY)
    part.compress_type = zipfile.ZIP_DEFLATED
    part.create_system = 0  # the system the file is made on must not show
    archive.writestr(part, content.encode(), compresslevel=_LEVEL)


def _constant_parts() -> dict[str, str]:
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/_rels/document.xml.rels": _relations(
            (FOOTER_RELATION, f"{_OFFICE}/footer", "footer1.xml"),
            ("rId2", f"{_OFFICE}/styles", "styles.xml"),
            ("rId3", f"{_OFFICE}/settings", "settings.xml"),
            ("rId4", f"{_OFFICE}/fontTable", "fontTable.xml"),
        ),
        "word/styles.xml": styles_part(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": fonts_part(),
        "word/footer1.xml": _footer(),
    }


def _content_types() -> str:
    parts = {
        "document": "document.main",
        "styles": "styles",
        "settings": "settings",
        "fontTable": "fontTable",
        "footer1": "footer",
    }
    shown = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{shown}'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    shown = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
        for key, kind, target in relations
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{shown}</Relationships>'


def _settings() -> str:
    """The ways of Word 2013 and later, and Chinese as the language of the text."""
    return (
        f'{DECLARATION}<w:settings {NAMESPACE}><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _footer() -> str:
    """The page number between dashes, as official papers carry it."""
    dash = (
        '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    )
    return (
        f'{DECLARATION}<w:ftr {NAMESPACE}><w:p><w:pPr><w:pStyle w:val="{FOOTER.code}"/></w:pPr>'
        f"{dash.format('— ')}{field('PAGE', '1')}{dash.format(' —')}</w:p></w:ftr>"
    )


def _properties(title: str) -> str:
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{safe(title)}</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
