"""Damage: the text of a merged cell stands in every place the cell covered.

Programs that walk a table place by place write it so, and a label then answers itself. Equal
neighbours are one cell again, but only in a table that repeats labels, as no office writes them,
and only labels and longer texts: equal figures side by side are two figures.
"""

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from jixiao.intake.document import Block, Position, Repair, SourceDocument, Table
from jixiao.intake.repairer import Repairer
from jixiao.standards.labels import label_of

CODE = "repeated-cells"
_ENOUGH = 2
_LONG = 5
_WIDE = 3

Extent = tuple[int, int]


def apply(document: SourceDocument) -> SourceDocument:
    """Make one cell of what one cell was."""
    repairs: list[Repair] = []
    blocks = tuple(_mended(block, repairs) for block in document.blocks)
    if not repairs:
        return document
    return replace(document, blocks=blocks, repairs=(*document.repairs, *repairs))


def _mended(block: Block, repairs: list[Repair]) -> Block:
    if not isinstance(block, Table) or block.merges_known or not _repeats(block.texts):
        return block
    extents = [_extents(row) for row in block.texts]
    texts = [list(row) for row in block.texts]
    spans: dict[Position, tuple[int, int]] = {}
    above: dict[Extent, int] = {}
    for number, row in enumerate(block.texts):
        here: dict[Extent, int] = {}
        for start, stop in extents[number]:
            anchor = above.get((start, stop))
            goes_on = anchor is not None and _is_same_label(block.texts[anchor][start], row[start])
            top = anchor if anchor is not None and goes_on else number
            here[start, stop] = top
            for column in range(start if goes_on else start + 1, stop):
                texts[number][column] = ""
            span = number - top + 1, stop - start
            if span != (1, 1):
                spans[top, start] = span
        above = here
    message = "合并单元格的内容在其覆盖的每一格都重复写出，已还原为一个单元格。"
    repairs.append(Repair(code=CODE, message=message, at=block.at(0, 0)))
    return replace(block, texts=texts, spans=spans, merges_known=True)


def _repeats(texts: Sequence[Sequence[str]]) -> bool:
    """Does the table repeat labels side by side, or one text over a whole row?"""
    pairs = 0
    for row in texts:
        if len(row) >= _WIDE and _is_one_text(row) and label_of(row[0]).unit is None:
            return True
        if len(set(row)) == len(row) - row.count("") + ("" in row):
            continue  # no text stands twice: the frequent case
        pairs += sum(
            one == other and label_of(one).names_something for one, other in pairwise(row) if one
        )
        pairs += _answers_twice(row)
        if pairs >= _ENOUGH:
            return True
    return False


def _answers_twice(row: Sequence[str]) -> bool:
    """Does a label of the top part have one long answer in several places?"""
    if len(row) < _WIDE or row[1] != row[2] or len(row[1]) < _LONG:
        return False
    label = label_of(row[0])
    return label.header is not None or label.goal is not None


def _is_one_text(row: Sequence[str]) -> bool:
    return len(row[0]) >= _LONG and len(set(row)) == 1


def _extents(row: Sequence[str]) -> list[Extent]:
    """Where the cells of a row begin and end."""
    if len(row) >= _WIDE and len(set(row)) == 1 and row[0].strip():
        return [(0, len(row))]
    found: list[Extent] = []
    for column, text in enumerate(row):
        if found and text == row[column - 1] and _may_be_merged(text):
            found[-1] = (found[-1][0], column + 1)
        else:
            found.append((column, column + 1))
    return found


def _may_be_merged(text: str) -> bool:
    bare = text.strip()
    return len(bare) >= _LONG or label_of(bare).names_something


def _is_same_label(above: str, text: str) -> bool:
    return above == text and label_of(text).names_something


REPAIR = Repairer(code=CODE, order=6, label="合并单元格内容重复", apply=apply)
