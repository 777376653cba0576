"""Corrections in Markdown: cells of pipe tables, and lines where the text is unique."""

import re

from jixiao.report.patch import CannotPatch, Change, Patched, Patcher
from jixiao.report.patching.alignment import replaced
from jixiao.report.patching.text_bytes import Span, TextBytes, patch_text

_CELL = re.compile(r"(?:[^|]|(?<=\\)\|)*")
_BARE_BORDER = re.compile(r"(?<!\\)\|")


def _find(document: TextBytes, change: Change) -> Span:
    start, end = document.line(change.at)
    column = change.at.column
    if column is not None and change.at.table is not None:
        start, end = _cell(document.text, start, end, column)
    raw = document.text[start:end]
    if raw.isspace() or not raw:
        return Span(start, end, f" {_escaped(change.new.strip())} ")
    old, new = change.old.strip(), change.new.strip()
    if old not in raw:
        old, new = _escaped(old), _escaped(new)
    elif column is not None:
        new = _escaped(new)
    return Span(start, end, replaced(raw, old, new))


def _cell(text: str, start: int, end: int, column: int) -> tuple[int, int]:
    """The span between two pipes; the outer ones are borders."""
    line = text[start:end]
    if line.lstrip().startswith("|"):
        start += line.index("|") + 1
    for _ in range(column - 1):
        match = _CELL.match(text, start, end)
        start = end if match is None else match.end() + 1
        if start > end:
            raise CannotPatch("原件的这一行没有这一列")
    match = _CELL.match(text, start, end)
    return start, end if match is None else match.end()


def _escaped(text: str) -> str:
    if "\n" in text:
        raise CannotPatch("改后的文字有换行")
    return _BARE_BORDER.sub(r"\\|", text)


def _apply(content: bytes, changes: tuple[Change, ...]) -> Patched:
    return patch_text(content, changes, _find)


PATCH = Patcher(code="markdown", suffixes=(".md", ".markdown", ".mkd"), apply=_apply)
