"""Text inside a spreadsheet's string, whose runs may be formatted differently."""

import re

from jixiao.intake.office.plain_parts import without_references
from jixiao.report.patch import CannotPatch
from jixiao.report.patching.alignment import Piece, respelled
from jixiao.report.patching.xml_spans import all_elements, edited, leaf_of, with_text

_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")


def changed_string(container: bytes, old: str, new: str) -> bytes:
    """The inner XML of a `si` or `is` element after the change."""
    wrapped = b"<x>" + container + b"</x>"
    elements = all_elements(wrapped)
    if any(leaf_of(element.name) == "rPh" for element in elements):
        raise CannotPatch("单元格的文字带有拼音，请在 Excel 中手工修改")
    texts = [element for element in elements if leaf_of(element.name) == "t"]
    pieces = [Piece(shown_text(element.inner(wrapped))) for element in texts]
    if any(_ESCAPE.search(piece.text) for piece in (*pieces, Piece(new))):
        raise CannotPatch("单元格里有特殊字符，请在 Excel 中手工修改")
    edits = [
        with_text(wrapped, element, text)
        for element, piece, text in zip(texts, pieces, respelled(pieces, old, new), strict=True)
        if text != piece.text
    ]
    return edited(wrapped, edits)[3:-4]


def shown_text(raw: bytes) -> str:
    """Character data of one element as the reader sees it."""
    if b"<" in raw:
        raise CannotPatch("单元格的内部写法特殊，请在 Excel 中手工修改")
    return without_references(raw.decode()).replace("\r\n", "\n")
