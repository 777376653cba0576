"""The official table as HTML: real cells with real spans; where it may be filled in, with fields.

Built as strings: a table of a hundred cells is drawn for every page, and loops of templates are
dear. Everything that comes from a form is escaped here and nowhere else.
"""

from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby
from math import ceil

from django.utils.safestring import SafeString, mark_safe

from jixiao.foundation.pattern import pattern
from jixiao.official.sheet import CellRole, Sheet, SheetCell, SheetInput

_ROW = pattern(r"^([a-z_.]+)\[(\d+)\]\.(.+)$")
_LEVELS = frozenset({"level1", "level2"})
_PRINTED = frozenset({CellRole.LABEL, CellRole.HEADING})
#: Characters of the body's size that stand on a millimetre of a line, nearly.
_PER_MILLIMETRE = 0.27
_MOST_LINES = 40


def paper(
    sheet: Sheet, *, editable: bool = False, hints: Mapping[str, str] | None = None
) -> SafeString:
    """Title, table and notes. `hints` are shown in blank fields (last year's values)."""
    drawing = _Paper(sheet, editable=editable, hints=hints or {})
    return mark_safe("".join(drawing.parts()))  # noqa: S308  every text is escaped below


class _Paper:
    def __init__(self, sheet: Sheet, *, editable: bool, hints: Mapping[str, str]) -> None:
        self.sheet = sheet
        self.editable = editable
        self.hints = hints

    def parts(self) -> Iterator[str]:
        sheet = self.sheet
        for line in sheet.above:
            yield f'<p class="sheet-above">{_text(line)}</p>'
        yield f'<h2 class="sheet-title">{_text(sheet.title)}</h2>'
        if sheet.subtitle.strip():
            yield f'<p class="sheet-subtitle">{_text(sheet.subtitle)}</p>'
        if sheet.unit_note.strip():
            yield f'<p class="sheet-unit">{_text(sheet.unit_note)}</p>'
        wide = " wide" if sheet.landscape else ""
        yield f'<table class="sheet{wide}" id="sheet"><colgroup>'
        total = sum(sheet.grid)
        for width in sheet.grid:
            yield f'<col width="{100 * width / total:.2f}%">'
        yield "</colgroup><tbody>"
        for _, cells in groupby(sheet.cells, key=lambda cell: cell.row):
            yield from self._row(list(cells))
        yield "</tbody></table>"
        for note in sheet.notes:
            yield f'<p class="sheet-note">{_text(note)}</p>'

    def _row(self, cells: list[SheetCell]) -> Iterator[str]:
        rows = dict.fromkeys(
            f"{found.group(1)}[{found.group(2)}]"
            for cell in cells
            for one in cell.inputs
            if (found := _ROW.match(one.path)) and found.group(3) not in _LEVELS
        )
        yield f'<tr data-rows="{" ".join(rows)}">' if rows else "<tr>"
        for cell in cells:
            yield from self._cell(cell)
        yield "</tr>"

    def _cell(self, cell: SheetCell) -> Iterator[str]:
        spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        if not cell.inputs:
            if cell.role in _PRINTED:
                scope = "col" if cell.role is CellRole.HEADING else "row"
                yield f'<th scope="{scope}" class="{cell.role}"{spans}>{_text(cell.text)}</th>'
            else:
                yield f'<td class="{cell.role} computed"{spans}>{_text(cell.text)}</td>'
            return
        path = cell.inputs[0].path
        if not self.editable:
            where = f' data-path="{escape(path)}" id="{escape(path)}"'
            yield f'<td class="{cell.role}"{spans}{where}>{_text(cell.text)}</td>'
            return
        if path.rpartition(".")[2] in _LEVELS:
            yield _level(cell, path, spans)
            return
        yield f'<td class="{cell.role} open"{spans}>'
        for one in cell.inputs:
            yield from self._field(one, cell)
        yield "</td>"

    def _field(self, one: SheetInput, cell: SheetCell) -> Iterator[str]:
        if one.before.strip():
            yield f'<span class="before">{_text(one.before)}</span>'
        row = _ROW.match(one.path)
        label = escape(f"{one.label}，第 {int(row.group(2)) + 1} 行" if row else one.label)
        path = escape(one.path)
        named = f'name="{path}" aria-label="{label}"'
        if one.tick:
            ticked = " checked" if one.text.strip() == one.tick else ""
            yield f'<input type="radio" {named} value="{escape(one.tick)}"{ticked}>'
            return
        if one.choices:
            yield _choices(one, f'id="{path}" {named}')
            return
        hint = self.hints.get(one.path, "")
        more = f' placeholder="{escape(hint)}"' if hint else ""
        more += f' data-limit="{one.limit}"' if one.limit else ""
        more += ' aria-required="true"' if one.required else ""
        lines = self._lines(one.text, cell)
        # A line break right after the tag would be swallowed by the parser.
        yield f'<textarea id="{path}" {named} rows="{lines}" spellcheck="false"{more}>\n'
        yield f"{escape(one.text)}</textarea>"

    def _lines(self, text: str, cell: SheetCell) -> int:
        width = sum(self.sheet.grid[cell.column : cell.column + cell.columns])
        fit = max(int(width * _PER_MILLIMETRE) - 1, 2)
        lines = sum(max(ceil(_width(line) / fit), 1) for line in text.split("\n"))
        return min(lines, _MOST_LINES)


def _level(cell: SheetCell, path: str, spans: str) -> str:
    """A level name: chosen from the tree, for all the rows it covers."""
    label = escape(f"{cell.inputs[0].label}：{cell.text}，更改类别")
    return (
        f'<td class="level"{spans}><button type="button" class="level" aria-label="{label}" '
        f'data-path="{escape(path)}" data-count="{cell.rows}" '
        f'data-text="{escape(cell.text)}">{_text(cell.text) or "（未选类别）"}</button></td>'
    )


def _choices(one: SheetInput, attributes: str) -> str:
    said = one.text.strip()
    words = ("", *one.choices) if said in ("", *one.choices) else ("", *one.choices, said)
    options = "".join(
        f"<option{' selected' if word == said else ''}>{escape(word)}</option>" for word in words
    )
    return f"<select {attributes}>{options}</select>"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _width(line: str) -> float:
    return sum(0.55 if character.isascii() else 1 for character in line)
