"""The texts that the cells of all sheets of a workbook point to."""

import re
from xml.parsers import expat

from jixiao.intake.office.plain_parts import plain_strings
from jixiao.intake.package_stream import listen
from jixiao.intake.packages import Package

#: Larger parts are never held in memory whole.
SMALL_PART = 4 * 1024 * 1024

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_strings(package: Package, part: str) -> list[str]:
    """All shared strings in order, outer blanks cut."""
    if package.size(part) <= SMALL_PART:
        plain = plain_strings(package.read(part))
        if plain is not None:
            return [plain_text(text) for text in plain]
    collector = _Strings()
    listen(package, part, collector)
    return collector.texts


def plain_text(text: str) -> str:
    """Without outer blanks; `_x000D_` and its like are control characters written out."""
    if "_x" in text:
        text = _ESCAPE.sub(_control_character, text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def _control_character(match: re.Match[str]) -> str:
    """The character, if it can stand in a text at all; other control characters show nothing."""
    number = int(match[1], 16)
    if 0xD800 <= number <= 0xDFFF:
        return match[0]
    return chr(number) if number >= 0x20 or chr(number) in "\t\n\r" else ""


class _Strings:
    """Joins the runs of each string; readings printed above characters are no part of it.

    A string is complete when the next one begins. Ends are heard only where a string has runs:
    white space between them must not become text.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._joined = ""
        self._begun = self._listening = self._phonetic = False

    def begin(self, prefix: str, parser: expat.XMLParserType) -> None:
        self._item, self._text = f"{prefix}si", f"{prefix}t"
        self._run, self._reading = f"{prefix}r", f"{prefix}rPh"
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._characters

    def finish(self) -> None:
        if self._begun:
            self.texts.append(plain_text(self._joined))

    def _start(self, name: str, _: dict[str, str]) -> None:
        if name == self._text:
            self._listening = not self._phonetic
        elif name == self._item:
            if self._begun:
                self.texts.append(plain_text(self._joined))
            self._joined = ""
            self._begun, self._listening, self._phonetic = True, False, False
        else:
            self._listening = False
            if name == self._run:
                self._parser.EndElementHandler = self._end
            elif name == self._reading:
                self._phonetic = True

    def _end(self, name: str) -> None:
        self._listening = False
        if name == self._item:
            self._parser.EndElementHandler = None

    def _characters(self, text: str) -> None:
        if self._listening:
            self._joined += text
