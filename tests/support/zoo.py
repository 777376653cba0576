"""The layout zoo: synthetic forms in the layouts people really publish, each with its truth.

One text file is one layout, so that a reader of the tests sees the table as it is printed. Cells
stand between bars; `<` belongs to the cell on its left, `^` to the cell above, nothing is a blank
cell. `:: ` is a paragraph, `== ` names a sheet, `---` turns the page, a blank line ends a table.
After `%%` stands what must be read; a field that is not named there must be absent.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.support.office_files import Grid

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "zoo" / "layouts"
FIELDS = ("title", "year", "name", "code", "attribute", "period", "department", "unit")
TEXTS = ("goal", "long", "achieved")
MONEY = ("money", "total", "fiscal", "carry_over", "other")
ROW = ("level1", "level2", "name", "value", "weight", "actual", "score")


class Paragraph(NamedTuple):
    text: str


class SheetName(NamedTuple):
    text: str


class NewPage(NamedTuple):
    pass


Block = Paragraph | SheetName | NewPage | Grid


class Truth(NamedTuple):
    """What one form says; rows are tuples in the order of `ROW`."""

    kind: str
    fields: dict[str, str]
    rows: tuple[tuple[str | None, ...], ...]


class Layout(NamedTuple):
    """A document and its truth.

    `without` says why a format is left out; `unread` names formats not read right as yet.
    """

    name: str
    blocks: tuple[Block, ...]
    forms: tuple[Truth, ...]
    without: dict[str, str]
    unread: tuple[str, ...]


def layouts() -> list[Layout]:
    return [
        parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.txt"))
    ]


def parse(name: str, text: str) -> Layout:
    document, _, truth = text.partition("\n%%\n")
    forms, without, unread = _truths(truth)
    return Layout(name, tuple(_blocks(document)), forms, without, unread)


def _blocks(document: str) -> Iterator[Block]:
    rows: list[list[str]] = []
    for line in [*document.split("\n"), ""]:
        if "|" in line and not line.startswith((":: ", "== ")):
            rows.append([cell.strip().replace("\\n", "\n") for cell in line.split("|")])
            continue
        if rows:
            yield grid_of(rows)
            rows = []
        if line.startswith(":: "):
            yield Paragraph(line[3:])
        elif line.startswith("== "):
            yield SheetName(line[3:])
        elif line == "---":
            yield NewPage()


def grid_of(rows: list[list[str]]) -> Grid:
    """Rows with `<` and `^` as a grid with spans."""
    width = max(map(len, rows))
    assert all(len(row) == width for row in rows), [(len(row), row) for row in rows]
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            above = {"<": (r, c - 1), "^": (r - 1, c)}.get(text)
            owner[r, c] = (r, c) if above is None else owner[above]
    spans = {}
    for anchor in sorted(set(owner.values())):
        covered = [place for place, at in owner.items() if at == anchor]
        bottom, right = (max(place[i] for place in covered) for i in (0, 1))
        height, breadth = bottom - anchor[0] + 1, right - anchor[1] + 1
        assert len(covered) == height * breadth, ("not a rectangle", anchor, rows[anchor[0]])
        if len(covered) > 1:
            spans[anchor] = (height, breadth)
    texts = [
        ["" if owner[r, c] != (r, c) else text for c, text in enumerate(row)]
        for r, row in enumerate(rows)
    ]
    return Grid(texts, spans)


def _truths(text: str) -> tuple[tuple[Truth, ...], dict[str, str], tuple[str, ...]]:
    forms: list[Truth] = []
    without: dict[str, str] = {}
    unread: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        if line.startswith("+ "):
            cells = [cell.strip() for cell in line[2:].split("|")]
            cells += [""] * (len(ROW) - len(cells))
            row = tuple(_printed(cell) for cell in cells)
            forms[-1] = forms[-1]._replace(rows=(*forms[-1].rows, row))
            continue
        key, _, value = line.partition(": ")
        if key == "without":
            formats, _, reason = value.partition(" because ")
            without.update(dict.fromkeys(formats.split(), reason))
        elif key == "unread":
            unread.extend(value.split())
        elif key == "form":
            forms.append(Truth(value, {}, ()))
        else:
            assert key in (*FIELDS, *TEXTS, *MONEY), (key, line)
            forms[-1].fields[key] = value.replace("\\n", "\n")
    return tuple(forms), without, tuple(unread)


def _printed(cell: str) -> str | None:
    """Nothing is an absent cell, `""` a blank one."""
    return None if not cell else "" if cell == '""' else cell
