"""Corrections in CSV and its kin; quotes, line breaks in cells and the delimiter stay."""

from jixiao.intake.plain.delimiter import delimiter_of
from jixiao.intake.plain.lines import with_plain_line_ends
from jixiao.report.patch import CannotPatch, Change, Patched, Patcher
from jixiao.report.patching.separated import cells_from, rewritten
from jixiao.report.patching.text_bytes import Span, TextBytes, patch_text


def _apply(content: bytes, changes: tuple[Change, ...]) -> Patched:
    delimiters: list[str] = []

    def find(document: TextBytes, change: Change) -> Span:
        if not delimiters:
            delimiters.append(delimiter_of(with_plain_line_ends(document.text))[0])
        start, _ = document.line(change.at)
        cells = cells_from(document.text, start, delimiters[0])
        column = change.at.column
        if column is None or column > len(cells):
            raise CannotPatch("原件的这一行没有这一列")
        first, last = cells[column - 1]
        raw = document.text[first:last]
        return Span(first, last, rewritten(raw, change.old, change.new, delimiters[0]))

    return patch_text(content, changes, find)


PATCH = Patcher(code="delimited", suffixes=(".csv", ".tsv", ".tab"), apply=_apply)
