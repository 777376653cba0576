"""The marks of Markdown, taken off where a reader of the page would not see them.

Only what is surely a mark goes: `5*3*2`, `本级_津贴` and `>90%` are content.
"""

import html
import re

from jixiao.foundation.pattern import pattern

_ALIGNMENT = pattern(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_HEADING = pattern(r"\s{0,3}#{1,6}(?:\s+|$)(.*?)(?:\s+#+)?\s*$")
_LIST_MARK = pattern(r"\A\s*[-*+]\s+(?=\S)")
_QUOTE_MARK = pattern(r"\A(?:\s{0,3}>\s+(?=\D))+")
_ANY_MARK = pattern(r"[*_`\\&<\[\n]")
_BREAK = pattern(r"<br\s*/?>", re.IGNORECASE)
_TAG = pattern(
    r"</?(?:a|b|center|div|em|font|i|img|p|span|strong|sub|sup|u|h[1-6])\b[^<>]*>", re.IGNORECASE
)
_ENTITY = pattern(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
#: Lengths are bounded and openings may not nest: a line of nothing but marks stays quick.
_IMAGE = pattern(r"!\[[^\]\[]{0,500}\]\([^)]{0,2000}\)")
_LINK = pattern(r"\[([^\[\]]{1,500})\]\((?:https?:|mailto:|#|/|\.)[^)]{0,2000}\)")
_EMPHASIS = (
    pattern(r"\*\*(?=[^\s*])([^*]+?)(?<=\S)\*\*"),
    re.compile(r"(?<!\w)__(?=\S)(.{1,500}?)(?<=\S)__(?!\w)"),
    re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])"),
    re.compile(r"`([^`]+)`"),
)
_ESCAPED = pattern(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_CELL_BORDER = pattern(r"(?<!\\)\|")


def is_alignment_row(line: str) -> bool:
    """The row of dashes that makes the line above it a table's heading."""
    return "--" in line and "|" in line and _ALIGNMENT.fullmatch(line) is not None


def without_marks(text: str) -> str:
    """The text of a cell or a line as it is shown; `<br>` becomes a line break."""
    if _ANY_MARK.search(text) is None:
        return text.strip()
    text = _BREAK.sub("\n", text)
    if "<" in text:
        text = _TAG.sub("", text)
    if "[" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    for mark in _EMPHASIS:
        text = mark.sub(r"\1", text)
    text = _ESCAPED.sub(r"\1", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text).replace("\xa0", " ")
    return "\n".join(line.strip() for line in text.strip().split("\n"))


def line_without_marks(line: str) -> str:
    """A heading, list entry, quotation or paragraph as it is shown."""
    heading = _HEADING.match(line)
    if heading is not None:
        return without_marks(heading[1])
    line = _QUOTE_MARK.sub("", line, count=1)
    return without_marks(_LIST_MARK.sub("", line, count=1))


def cells_of(line: str) -> list[str]:
    """The cells of a pipe row; the outer pipes are borders."""
    line = line.strip()
    cells = _CELL_BORDER.split(line)
    if line.startswith("|"):
        cells = cells[1:]
    if len(cells) > 1 and line.endswith("|") and not line.endswith("\\|"):
        cells = cells[:-1]
    return [without_marks(cell) for cell in cells]
