"""Cells of one record of a text file, parted by a sign and possibly quoted.

A quoted cell may go on over several lines, and a quotation mark inside it is written twice.
"""

import re

from jixiao.report.patch import CannotPatch
from jixiao.report.patching.alignment import Piece, respelled

#: A mark that has not closed by then was a lone one.
_LONGEST_QUOTED = 20_000
_ENDS = "\n\r\x85\u2028\u2029\f"
_QUOTED = re.compile(rf'"(?:[^"]|""){{0,{_LONGEST_QUOTED}}}+"(?!")')
_SPECIAL = re.compile('(\r\r\n|\r\n|[\n\r\x85\u2028\u2029\v]|"")')


def cells_from(text: str, start: int, delimiter: str) -> list[tuple[int, int]]:
    """Where each cell of the record that begins at `start` begins and ends."""
    plain = re.compile(f"[^{re.escape(delimiter)}{_ENDS}]*")
    found: list[tuple[int, int]] = []
    while True:
        quoted = _QUOTED.match(text, start)
        end = _end(plain, text, start if quoted is None else quoted.end())
        if quoted is not None and text[quoted.end() : end].strip():
            end = _end(plain, text, start)
        found.append((start, end))
        if text[end : end + 1] != delimiter:
            return found
        start = end + 1


def rewritten(raw: str, old: str, new: str, delimiter: str) -> str:
    """The cell as it is to be written, quotes kept."""
    bare = raw.strip(" \u3000\xa0")
    if len(bare) > 1 and _QUOTED.fullmatch(bare) is not None:
        outside = raw.index(bare)
        try:
            inner = _inside_quotes(bare[1:-1], old, new)
        except CannotPatch:
            pass
        else:
            return f'{raw[:outside]}"{inner}"{raw[outside + len(bare) :]}'
    changed = "".join(respelled(_pieces(raw), old, new))
    needs_quotes = delimiter in changed or (delimiter != "\t" and '"' in changed)
    if needs_quotes and changed != raw:
        return '"' + changed.replace('"', '""') + '"'
    return changed


def _inside_quotes(inner: str, old: str, new: str) -> str:
    parts = _SPECIAL.split(inner)
    texts = respelled([_quoted_piece(part) for part in parts], old, new)
    return "".join(
        part if _SPECIAL.fullmatch(part) else text.replace('"', '""')
        for part, text in zip(parts, texts, strict=True)
    )


def _quoted_piece(part: str) -> Piece:
    if _SPECIAL.fullmatch(part) is None:
        return Piece(part)
    return Piece('"' if part == '""' else "\n", fixed=True)


def _pieces(raw: str) -> list[Piece]:
    return [
        Piece("\n", fixed=True) if part == "\v" else Piece(part) for part in re.split("(\v)", raw)
    ]


def _end(plain: re.Pattern[str], text: str, start: int) -> int:
    match = plain.match(text, start)
    return start if match is None else match.end()
