"""Characters of a Word binary document that are not what they seem: hidden, deleted, pictures.

Most runs of a document only say how text looks. Those that change what is shown are picked out
here, once for all, with the characters they cover.
"""

from bisect import bisect_right

from msgspec import Struct

from jixiao.intake.office.symbols import FONTS
from jixiao.intake.office97.word_formats import Run
from jixiao.intake.office97.word_pieces import WordText
from jixiao.intake.office97.word_settings import settings_of

_DELETED, _HIDDEN, _SYMBOL, _PICTURE = 0x0800, 0x083C, 0x6A09, 0x6A03
_FONTS = (0x4A4F, 0x4A50, 0x4A51)
_ON = (1, 0x81)
_FONT_NAME_AT = 40


class Mark(Struct, frozen=True):
    """What is unusual about some characters.

    `symbol` is a font and a number in it, `picture` a place in the data stream, `font` a font of
    pictures in which the text is set.
    """

    hidden: bool = False
    deleted: bool = False
    symbol: tuple[str, int] | None = None
    picture: int | None = None
    font: str = ""


class Marks:
    """Marks by the characters they cover, in order, never two over one character."""

    def __init__(self, covered: list[tuple[int, int, Mark]]) -> None:
        covered.sort(key=lambda entry: entry[0])
        self._covered, self._starts = covered, [entry[0] for entry in covered]

    def within(self, first: int, last: int) -> list[tuple[int, int, Mark]]:
        """Marks that touch these characters."""
        covered, starts = self._covered, self._starts
        if not covered:
            return covered
        number = max(bisect_right(starts, first) - 1, 0)
        found = []
        while number < len(covered) and starts[number] < last:
            if covered[number][1] > first:
                found.append(covered[number])
            number += 1
        return found

    def at(self, character: int) -> Mark | None:
        found = self.within(character, character + 1)
        return found[0][2] if found else None


def font_names(table: bytes) -> list[str]:
    names: list[str] = []
    at = 4
    while at < len(table):
        entry = table[at : at + 1 + table[at]]
        name = entry[_FONT_NAME_AT:].decode("utf-16-le", "replace")
        names.append(name.partition("\0")[0])
        at += 1 + table[at]
    return names


def marks_of(text: WordText, runs: list[Run], fonts: list[str]) -> Marks:
    """Marks of all characters; settings of a piece count after those of its characters."""
    known: dict[tuple[bytes, bytes], Mark | None] = {}

    def mark_for(settings: bytes, more: bytes) -> Mark | None:
        if (settings, more) not in known:
            known[settings, more] = _mark(settings + more, fonts)
        return known[settings, more]

    covered: list[tuple[int, int, Mark]] = []
    runs = sorted(runs, key=lambda run: run.first)
    starts = [run.first for run in runs]
    for piece in text.pieces:
        end = piece.byte_of(piece.last)
        reached = piece.first
        number = max(bisect_right(starts, piece.at) - 1, 0)
        while number < len(runs) and runs[number].first < end:
            run = runs[number]
            number += 1
            first = max(piece.first + (run.first - piece.at) // piece.size, reached)
            last = min(piece.first + (run.last - piece.at) // piece.size, piece.last)
            if last <= first:
                continue
            if piece.settings and first > reached and (mark := mark_for(b"", piece.settings)):
                covered.append((reached, first, mark))
            reached = last
            if mark := mark_for(run.settings, piece.settings):
                covered.append((first, last, mark))
        if piece.settings and reached < piece.last and (mark := mark_for(b"", piece.settings)):
            covered.append((reached, piece.last, mark))
    return Marks(covered)


def _mark(settings: bytes, fonts: list[str]) -> Mark | None:
    hidden = deleted = False
    symbol: tuple[str, int] | None = None
    picture: int | None = None
    font = ""

    def named(value: bytes) -> str:
        number = int.from_bytes(value[:2], "little")
        return fonts[number] if number < len(fonts) else ""

    for number, value in settings_of(settings):
        if number == _DELETED:
            deleted = value[0] in _ON
        elif number == _HIDDEN:
            hidden = value[0] in _ON
        elif number == _SYMBOL:
            symbol = (named(value), int.from_bytes(value[2:4], "little"))
        elif number == _PICTURE:
            picture = int.from_bytes(value, "little")
        elif number in _FONTS and not font and named(value).lower() in FONTS:
            font = named(value)
    if hidden or deleted or symbol is not None or picture is not None or font:
        return Mark(hidden, deleted, symbol, picture, font)
    return None
