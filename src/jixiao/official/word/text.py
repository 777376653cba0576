r"""Texts as paragraphs of a Word document: exact, safe in XML, every "\n" a new line.

Characters XML cannot hold become U+FFFD; nothing is trimmed. A tab is an element of its own in
Word, and ambiguous signs (≥ “” — ①) are told to be Chinese, or Word would set them in Latin type.
"""

import re
from functools import lru_cache

from msgspec import Struct

from jixiao.official.sheet import SheetCell

_UNSAFE = re.compile('[&<>"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')
#: What keeps a text from being one plain line.
_UNUSUAL = re.compile('[\x00-\x1f&<>"\xa1-\u2e7f\ud800-\udfff\ufffe\uffff]')
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_AMBIGUOUS = re.compile("[\u00a1-\u2e7f]")
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_SUPERSCRIPT = '<w:vertAlign w:val="superscript"/>'
_FIRST_CIRCLED, _LAST_CIRCLED = 0x2460, 20


class Look(Struct, frozen=True):
    """How the paragraphs of one kind begin, and the properties of their runs.

    `later` begins the second and further lines, where they differ. `plain` begins a paragraph of
    one usual line up to its text.
    """

    begin: str
    run: str
    later: str
    plain: str


@lru_cache(maxsize=256)
def look(style: str, properties: str = "", run: str = "", later: str | None = None) -> Look:
    """Paragraphs of a style; further properties stand in the order the schema wants them."""
    begin = _begin(style, properties)
    plain = begin + _begin_run(run)
    return Look(begin, run, begin if later is None else _begin(style, later), plain)


def _begin(style: str, properties: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'


def _begin_run(properties: str) -> str:
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">'


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
    lines = [_run(line, shape.run) if line else "" for line in lines_of(text)]
    lines[0] = before + lines[0]
    lines[-1] += after
    further = "".join(f"{shape.later}{line}</w:p>" for line in lines[1:])
    return f"{shape.begin}{lines[0]}</w:p>{further}"


def cell_paragraphs(cell: SheetCell, shape: Look) -> str:
    """The text of a cell, and the numbers of its findings as superscripts."""
    text = cell.text
    if cell.marks:
        shown = _run(shown_marks(cell.marks), shape.run + _SUPERSCRIPT)
        return paragraphs(text, shape, after=shown)
    if _UNUSUAL.search(text):
        return paragraphs(text, shape)
    return f"{shape.plain}{text}</w:t></w:r></w:p>" if text else f"{shape.begin}</w:p>"


def shown_marks(marks: tuple[int, ...]) -> str:
    """①②⑳(21), as the notes beside the table number the findings."""
    return "".join(map(_mark, marks))


def _mark(number: int) -> str:
    return chr(_FIRST_CIRCLED + number - 1) if 0 < number <= _LAST_CIRCLED else f"({number})"


def _run(line: str, properties: str) -> str:
    if _AMBIGUOUS.search(line):
        properties = _HINT + properties
    shown = safe(line)
    if "\t" in shown:
        shown = shown.replace("\t", _TAB)
    return f"{_begin_run(properties)}{shown}</w:t></w:r>"


def _replaced(match: re.Match[str]) -> str:
    return _NAMED.get(match[0], "\ufffd")
