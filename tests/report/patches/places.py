"""Places and changes for tests of patchers."""

import io
import zipfile

from jixiao.foundation.location import SourceRef
from jixiao.intake.choose import open_document
from jixiao.intake.document import SourceFile, Table
from jixiao.report.patch import Change
from jixiao.report.recheck import Looks, texts_agree


def change(old, new, *, safe=True, together=None, codes=("FMT001",), **place):
    at = SourceRef(quote=place.pop("quote", old), **place)
    return Change(
        at=at, old=old, new=new, codes=codes, titles=("改",), safe=safe, together=together
    )


def places_of(source: SourceFile):
    """Every place of a document with its text, as the reader tells them."""
    for block in open_document(source).blocks:
        if not isinstance(block, Table):
            yield block.at()
            continue
        for row, line in enumerate(block.texts):
            for column, text in enumerate(line):
                if text:
                    yield block.at(row, column)


def holds(name: str, before: bytes, after: bytes, *changes: Change) -> bool:
    """The second file shows the changes, and otherwise what the first shows."""
    looks = Looks()
    first, second = SourceFile(name=name, content=before), SourceFile(name=name, content=after)
    return texts_agree(looks.at(first), looks.at(second), changes)


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def reasons(patched) -> list[str]:
    return [item.reason for item in patched.refused]
