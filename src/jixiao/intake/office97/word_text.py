"""The text of one paragraph of a Word binary document, as it is shown.

Below the blank stand Word's own signs: of fields only the result is shown, pictures and note
numbers show nothing, a line break is a line break. Most paragraphs have none of these.
"""

import re

from jixiao.intake.office.symbols import has_private, in_font, symbol
from jixiao.intake.office97.check_boxes import ticked
from jixiao.intake.office97.word_marks import Mark, Marks
from jixiao.intake.office97.word_pieces import whole

_UNUSUAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\uf000-\uf0ff]")
_FIELD_BEGINS, _FIELD_RESULT, _FIELD_ENDS = "\x13", "\x14", "\x15"
_ANCHOR, _PICTURE = "\x08", "\x01"
_SHOWN = {"\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-", "\t": "\t", "\n": "\n"}
_BLANK = " "
_NOTHING = Mark()


class Shown:
    """Texts of paragraphs, given the whole text and its marks."""

    def __init__(self, text: str, marks: Marks, data: bytes) -> None:
        self._text, self._marks, self._data = text, marks, data

    def paragraph(self, first: int, last: int) -> str:
        """What the characters from `first` to before `last` show."""
        text = self._text[first:last]
        marks = self._marks.within(first, last)
        if not marks and _UNUSUAL.search(text) is None:
            return text
        parts: list[str] = []
        fields: list[bool] = []
        for begin, end, mark in _stretches(first, last, marks):
            if not (mark.hidden or mark.deleted):
                self._add(text[begin - first : end - first], mark, parts, fields)
        shown = "".join(parts)
        return whole(shown) if _UNUSUAL.search(shown) else shown

    def anchors(self, first: int, last: int) -> list[int]:
        """Where drawings are anchored that are shown."""
        found = []
        at = self._text.find(_ANCHOR, first, last)
        while at >= 0:
            mark = self._marks.at(at) or _NOTHING
            if not (mark.hidden or mark.deleted):
                found.append(at)
            at = self._text.find(_ANCHOR, at + 1, last)
        return found

    def is_deleted(self, character: int) -> bool:
        mark = self._marks.at(character)
        return mark is not None and mark.deleted

    def _add(self, text: str, mark: Mark, parts: list[str], fields: list[bool]) -> None:
        for sign in text:
            if sign == _FIELD_BEGINS:
                fields.append(False)
            elif sign == _FIELD_RESULT and fields:
                fields[-1] = True
            elif sign == _FIELD_ENDS and fields:
                fields.pop()
            elif sign == _PICTURE and mark.picture is not None:
                parts.append(ticked(self._data, mark.picture))
            elif all(fields):
                parts.append(_sign(sign, mark))


def _sign(sign: str, mark: Mark) -> str:
    if mark.symbol is not None:
        return symbol(mark.symbol[0], f"{mark.symbol[1]:X}")
    if sign < _BLANK:
        return _SHOWN.get(sign, "")
    if mark.font and has_private(sign):
        return in_font(sign, mark.font)
    return sign


def _stretches(
    first: int, last: int, marks: list[tuple[int, int, Mark]]
) -> list[tuple[int, int, Mark]]:
    """The characters cut where marks begin and end."""
    found = []
    for begin, end, mark in marks:
        if begin > first:
            found.append((first, begin, _NOTHING))
        found.append((max(begin, first), min(end, last), mark))
        first = min(end, last)
    if first < last:
        found.append((first, last, _NOTHING))
    return found
