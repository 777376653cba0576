"""Which sign parts the cells of a CSV file: what most lines agree on, or what the file says."""

import csv
from collections import Counter

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_LINES = 40


def delimiter_of(text: str) -> tuple[str, str, int]:
    """The delimiter, the text without Excel's `sep=` line, and how many lines that took."""
    first, _, rest = text.partition("\n")
    name, _, sign = first.strip().strip('"').partition("=")
    if name.lower() == "sep" and len(sign or "\t") == 1:
        return sign or "\t", rest, 1
    return _sniffed(text), text, 0


def _sniffed(text: str) -> str:
    """The sign that cuts most rows into several cells, and most of them alike."""
    lines = [line for line in text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES] if line.strip()]

    def score(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:
            widths = [line.count(delimiter) + 1 for line in lines]
        cut = Counter(width for width in widths if width > 1)
        return cut.total() + max(cut.values(), default=0), sum(cut)

    return max(_DELIMITERS, key=score)
