"""Text into numbered lines, with every kind of line end people's programs write.

Lines are counted as an editor counts them. A form feed begins a new page, as text taken out of
a PDF has it; only a text with form feeds has page numbers.
"""

from collections.abc import Iterator

from jixiao.intake.document import RowPlace

#: One line that is not blank, and where it stood.
Numbered = tuple[RowPlace, str]

_RETURNS = ("\r\r\n", "\r\n", "\r")
_RARE_ENDS = ("\x85", "\u2028", "\u2029")


def with_plain_line_ends(text: str) -> str:
    """Every line ends in a line feed; the end-of-file sign of old systems goes."""
    if "\r" in text:
        for end in _RETURNS:
            text = text.replace(end, "\n")
    for end in _RARE_ENDS:
        if end in text:
            text = text.replace(end, "\n")
    return text.rstrip("\x1a")


def numbered_pages(text: str) -> Iterator[tuple[int | None, Iterator[tuple[int, str]]]]:
    """Each page with its lines and their numbers, blank lines too."""
    if "\f" not in text:
        yield None, enumerate(text.split("\n"), 1)
        return
    number = 1
    for page, part in enumerate(text.split("\f"), 1):
        yield page, enumerate(part.split("\n"), number)
        number += part.count("\n")
