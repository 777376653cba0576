"""What Word documents and workbooks share: a zip of XML parts with their types and relations.

The same parts give the same bytes: a part names no clock and no system.
"""

import io
import zipfile
from collections.abc import Mapping

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PROPERTIES = "docProps/core.xml"

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats"
#: The first day a zip can name: no clock is asked.
_DAY = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6


def add_part(archive: zipfile.ZipFile, name: str, content: str) -> None:
    """Pack one part."""
    part = zipfile.ZipInfo(name, _DAY)
    part.compress_type = zipfile.ZIP_DEFLATED
    part.create_system = 0  # the system the file is made on must not show
    archive.writestr(part, content.encode(), compresslevel=_LEVEL)


def begun(parts: Mapping[str, str]) -> bytes:
    """A package with these parts, for others to be added to a copy of it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            add_part(archive, name, content)
    return buffer.getvalue()


def content_types(parts: Mapping[str, str], *, boxes: bool = False) -> str:
    """Of what type each part is, by its name; `boxes` are those comments are drawn in."""
    shown = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPE}-{kind}+xml"/>'
        for name, kind in {**parts, PROPERTIES: "package.core-properties"}.items()
    )
    drawn = (
        f'<Default Extension="vml" ContentType="{_TYPE}-officedocument.vmlDrawing"/>'
        if boxes
        else ""
    )
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_TYPE}-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{drawn}{shown}</Types>'
    )


def package_relations(main: str) -> str:
    """From the package to its main part and to its properties."""
    return relations(
        ("rId1", f"{RELATIONS}/officeDocument", main),
        ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", PROPERTIES),
    )


def relations(*found: tuple[str, str, str]) -> str:
    """Relations of a part by key, type and target."""
    shown = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in found
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{shown}</Relationships>'


def properties(content: str, names: str = "") -> str:
    """The properties of a document; `names` are further name spaces."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"{names}>{content}</cp:coreProperties>'
    )
