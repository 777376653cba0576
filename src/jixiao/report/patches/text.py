"""Corrections in plain text: tabbed dumps cell by cell, other lines where the text is unique."""

from jixiao.report.patch import CannotPatch, Change, Patched, Patcher
from jixiao.report.patching.alignment import replaced
from jixiao.report.patching.separated import cells_from, rewritten
from jixiao.report.patching.text_bytes import Span, TextBytes, patch_text


def _find(document: TextBytes, change: Change) -> Span:
    start, end = document.line(change.at)
    line, column = document.text[start:end], change.at.column
    if "\t" not in line or column is None:
        return Span(start, end, replaced(line, change.old, change.new))
    cells = cells_from(document.text, start, "\t")
    if column > len(cells):
        raise CannotPatch("原件的这一行没有这一列")
    first, last = cells[column - 1]
    if "\t" in change.new:
        raise CannotPatch("改后的文字含有制表符")
    return Span(first, last, rewritten(document.text[first:last], change.old, change.new, "\t"))


def _apply(content: bytes, changes: tuple[Change, ...]) -> Patched:
    return patch_text(content, changes, _find)


PATCH = Patcher(code="text", suffixes=(".txt", ".text", ".log"), apply=_apply)
