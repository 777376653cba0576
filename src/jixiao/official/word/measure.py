"""How many lines a text takes, as well as it can be known without fonts.

A Chinese character is as wide as its size, a Latin one half of that. Every line of our documents
has an exact height, so a count of lines is a height in any program.
"""

import re

from jixiao.official.word.text import lines_of

POINTS_PER_MILLIMETRE = 72 / 25.4
TWIPS_PER_POINT = 20
#: The usual distance of lines, by the size of their letters.
LEADING = 1.4
#: A full stop may hang over the end of a line, and that is a little more than what unbroken
#: numbers lose: measured with LibreOffice on texts of the sample in columns of all widths.
_HANGING = 0.1
#: Word parts Chinese from digits and Latin letters by a quarter of the size.
_SEAM = re.compile(
    r"(?<=[0-9A-Za-z])[\u2e80-\u2fff\u3040-\ufaff]|(?<=[\u2e80-\u2fff\u3040-\ufaff])[0-9A-Za-z]"
)
_NARROW = re.compile("[\x00-\u024f\uff61-\uff9f]+")


def twips(millimetres: float) -> int:
    """Twentieths of a point, Word's measure."""
    return round(millimetres * POINTS_PER_MILLIMETRE * TWIPS_PER_POINT)


def line_height(size: float, leading: float = LEADING) -> float:
    """Points from line to line, to a half point."""
    return round(size * leading * 2) / 2


def text_width(text: str, size: float) -> float:
    """The width of one line in points."""
    if text.isascii():
        return len(text) * size / 2
    wide = len(_NARROW.sub("", text))
    return (len(text) + wide + len(_SEAM.findall(text)) / 2) * size / 2


def count_lines(text: str, size: float, width: float) -> int:
    """How many lines the text takes in a cell so wide, in points."""
    if "\n" in text or "\r" in text:
        return sum(_wrapped(line, size, width) for line in lines_of(text))
    return _wrapped(text, size, width)


def _wrapped(line: str, size: float, width: float) -> int:
    needed = text_width(line, size)
    if needed <= width:
        return 1
    full = (max(width // size, 1.0) + _HANGING) * size
    return int(-(-needed // full))
