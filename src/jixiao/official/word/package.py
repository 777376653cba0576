"""A Word document as a zip of XML parts; the same annex gives the same bytes.

Everything but the text is the same in every document: those parts are packed once, and each
document begins as a copy of them.
"""

import io
import zipfile
from functools import lru_cache
from typing import BinaryIO

from jixiao.official.office_package import (
    DECLARATION,
    PROPERTIES,
    RELATIONS,
    add_part,
    begun,
    content_types,
    package_relations,
    properties,
    relations,
)
from jixiao.official.sheet import Annex
from jixiao.official.word.document import FOOTER_RELATION, document_part
from jixiao.official.word.front import field
from jixiao.official.word.styles import FOOTER, NAMESPACE, fonts_part, styles_part
from jixiao.official.word.text import safe

_WORD = "officedocument.wordprocessingml"


def write_annex(annex: Annex, stream: BinaryIO) -> None:
    buffer = io.BytesIO()
    buffer.write(_template())
    with zipfile.ZipFile(buffer, "a") as archive:
        add_part(archive, PROPERTIES, _properties(annex.title))
        add_part(archive, "word/document.xml", document_part(annex))
    stream.write(buffer.getbuffer())


@lru_cache(maxsize=1)
def _template() -> bytes:
    """The parts that are the same in every document, packed."""
    return begun(_constant_parts())


def _constant_parts() -> dict[str, str]:
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": package_relations("word/document.xml"),
        "word/_rels/document.xml.rels": relations(
            (FOOTER_RELATION, f"{RELATIONS}/footer", "footer1.xml"),
            ("rId2", f"{RELATIONS}/styles", "styles.xml"),
            ("rId3", f"{RELATIONS}/settings", "settings.xml"),
            ("rId4", f"{RELATIONS}/fontTable", "fontTable.xml"),
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
    return content_types({f"word/{name}.xml": f"{_WORD}.{kind}" for name, kind in parts.items()})


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
    return properties(f"<dc:title>{safe(title)}</dc:title><dc:language>zh-CN</dc:language>")
