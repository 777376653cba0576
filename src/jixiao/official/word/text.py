r"""Texts as paragraphs of a Word document: exact, safe in XML, every "\n" a new line.

Characters XML cannot hold become U+FFFD; nothing is trimmed. A tab is an element of its own in
Word, and ambiguous signs (≥ “” — ①) are told to be Chinese, or Word would set them in Latin type.
"""

import re

from msgspec import Struct

from jixiao.official.sheet import SheetCell

_UNSAFE = re.compile('[&<>"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_AMBIGUOUS = re.compile("[\u00a1-\u2e7f]")
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_SUPERSCRIPT = '<w:vertAlign w:val="superscript"/>'
_CIRCLED = ((20, 0x2460), (35, 0x3251 - 20), (50, 0x32B1 - 35))


class Look(Struct, frozen=True):
    """How the paragraphs of one kind begin: their properties, and those of their runs.

    `later` are the properties of the second and further lines, where they differ.
    """

    properties: str
    run: str = ""
    later: str | None = None


def look(style: str, properties: str = "", run: str = "", later: str | None = None) -> Look:
    """Paragraphs of a style; further properties stand in the order the schema wants them."""
    named = f'<w:pStyle w:val="{style}"/>'
    return Look(named + properties, run, None if later is None else named + later)


def safe(text: str) -> str:
    """The text as XML character data or as the value of an attribute."""
    return _UNSAFE.sub(_replaced, text) if _UNSAFE.search(text) else text


def lines_of(text: str) -> list[str]:
    """The lines as they will stand; XML knows no carriage return of its own."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def paragraphs(text: str, shape: Look, *, before: str = "", after: str = "") -> str:
    """One paragraph a line; `before` opens the first and `after` closes the last one."""
    if "\n" not in text and "\r" not in text:
        run = _run(text, shape.run) if text else ""
        return f"<w:p><w:pPr>{shape.properties}</w:pPr>{before}{run}{after}</w:p>"
    lines = [_run(line, shape.run) if line else "" for line in lines_of(text)]
    lines[0], lines[-1] = before + lines[0], lines[-1] + after
    rest = shape.properties if shape.later is None else shape.later
    further = "".join(f"<w:p><w:pPr>{rest}</w:pPr>{line}</w:p>" for line in lines[1:])
    return f"<w:p><w:pPr>{shape.properties}</w:pPr>{lines[0]}</w:p>{further}"


def cell_paragraphs(cell: SheetCell, shape: Look) -> str:
    """The text of a cell, and the numbers of its findings as superscripts."""
    if not cell.marks:
        return paragraphs(cell.text, shape)
    shown = _run(shown_marks(cell.marks), shape.run + _SUPERSCRIPT)
    return paragraphs(cell.text, shape, after=shown)


def shown_marks(marks: tuple[int, ...]) -> str:
    """①②㉑; beyond fifty there is no circled number."""
    return "".join(map(_circled, marks))


def _circled(number: int) -> str:
    for last, offset in _CIRCLED:
        if 0 < number <= last:
            return chr(offset + number - 1)
    return f"[{number}]"


def _run(line: str, properties: str) -> str:
    if _AMBIGUOUS.search(line):
        properties = _HINT + properties
    shown = safe(line)
    if "\t" in shown:
        shown = shown.replace("\t", _TAB)
    if properties:
        properties = f"<w:rPr>{properties}</w:rPr>"
    return f'<w:r>{properties}<w:t xml:space="preserve">{shown}</w:t></w:r>'


def _replaced(match: re.Match[str]) -> str:
    return _NAMED.get(match[0], "\ufffd")
