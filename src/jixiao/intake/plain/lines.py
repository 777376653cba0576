"""Text into numbered lines, with every kind of line end people's programs write.

Lines are counted as an editor counts them. A form feed begins a new page, as text taken out of
a PDF has it; only a text with form feeds has page numbers.
"""

from collections.abc import Iterator

from jixiao.intake.document import RowPlace

#: One line that is not blank, and where it stood.
Numbered = tuple[RowPlace, str]

_LINE_ENDS = ("\r\r\n", "\r\n", "\r", "\x85", "\u2028", "\u2029")


def with_plain_line_ends(text: str) -> str:
    """Every line ends in a line feed; the end-of-file sign of old systems goes."""
    for end in _LINE_ENDS:
        if end in text:
            text = text.replace(end, "\n")
    return text.rstrip("\x1a")


def numbered_lines(text: str) -> Iterator[tuple[int, int | None, str]]:
    """Line number, page number and text of every line, blank ones too."""
    lines = text.split("\n")
    if "\f" not in text:
        for number, line in enumerate(lines, 1):
            yield number, None, line
        return
    page = 1
    for number, line in enumerate(lines, 1):
        for ordinal, part in enumerate(line.split("\f")):
            page += ordinal > 0
            yield number, page, part
