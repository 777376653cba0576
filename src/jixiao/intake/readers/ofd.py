"""Reader for OFD (GB/T 33190), the Chinese standard for documents of fixed layout.

The parser is imported at the first document, not with the list of readers: starting up stays
quick for everybody who has no OFD file.
"""

import io
import zipfile

from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.packages import DAMAGE
from jixiao.intake.reader import Reader

MEDIA_TYPE = "application/ofd"
SUFFIX = ".ofd"

_ENTRANCES = ("ofd.xml", "encryptions.xml")


def bid(source: SourceFile) -> int:
    """How surely the file is OFD; its parts outweigh its name."""
    if not source.content.startswith(b"PK"):
        return 0
    is_named = source.name.lower().endswith(SUFFIX)
    is_likely = is_named or b"OFD.xml" in source.content
    if not is_likely:
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
    except DAMAGE:
        return 50
    if any(name in names for name in _ENTRANCES):
        return 100
    return 30 if is_named else 0


def _read(source: SourceFile) -> SourceDocument:
    from jixiao.intake.ofd.document import read_document  # noqa: PLC0415 - see above

    return read_document(source)


READER = Reader(
    code="ofd",
    label="OFD 版式文件",
    suffixes=(SUFFIX,),
    media_type=MEDIA_TYPE,
    bid=bid,
    read=_read,
)
