"""Damage: a table that runs over pages arrives as one table a page, its rows cut anywhere.

Word, WPS and report programs break a form where the page ends: between two rows, through a
merged label, or through the middle of a cell. This repair makes one table of the parts again.
"""

from msgspec.structs import replace

from jixiao.intake.document import Block, Line, Repair, SourceDocument, Table
from jixiao.intake.joining.follow import (
    begins_anew,
    ends_early,
    heads_other_columns,
    may_follow,
    repeated_rows,
    running_heads,
)
from jixiao.intake.joining.join import Growing
from jixiao.intake.repairer import Repairer

CODE = "page-break"


def apply(document: SourceDocument) -> SourceDocument:
    """Join what pages tore; every join is recorded."""
    heads = running_heads(document.blocks)
    bottom = _lowest(document.blocks)
    done: list[Block | Growing] = []
    repairs: list[Repair] = []
    upper: Growing | None = None
    over: list[Line] = []
    between: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Line):
            between.append(block)
            continue
        repair = None
        if upper is not None and may_follow(upper.last, block, between, over, heads):
            repair = _joined(upper, block, bottom)
        if repair is None:
            done += between
            over, upper = between, Growing(block)
            done.append(upper)
        else:
            # What stood between was page numbers and repeated heads: it belongs to the paper.
            repairs.append(repair)
        between = []
    done += between
    if not repairs:
        return document
    blocks = tuple(block.table() if isinstance(block, Growing) else block for block in done)
    return replace(document, blocks=blocks, repairs=(*document.repairs, *repairs))


def _joined(upper: Growing, lower: Table, bottom: float) -> Repair | None:
    """Put the lower table under the upper one, unless it is a table of its own."""
    columns = upper.columns_with(lower)
    if columns is None or not upper.rows:
        return None
    repeated = repeated_rows(upper.rows, lower.texts)
    rest = lower.texts[repeated:]
    if heads_other_columns(upper.last, lower, repeated):
        return None
    if not rest or begins_anew(upper.rows, rest) or ends_early(upper.last, rest[0], bottom):
        return None
    first, second = upper.last.places[-1].page, lower.places[0].page
    mended = upper.add(lower, columns, repeated)
    if first is None:
        message = "相邻的两张表格是被分页拆开的同一张表，已接成一张"
    else:
        message = f"第 {first} 页的表格在第 {second} 页继续，已接成一张"
    message += "；被分页切断的一行已合为一行。" if mended else "。"
    column = next((at for at, text in enumerate(lower.texts[0]) if text), 0)
    return Repair(code=CODE, message=message, at=lower.at(0, column))


def _lowest(blocks: tuple[Block, ...]) -> float:
    """How far down the pages are used at all."""
    lowest = 0.0
    for block in blocks:
        if isinstance(block, Line):
            lowest = max(lowest, block.box[3] if block.box else 0.0)
        else:
            lowest = max([lowest, *(box[3] for box in block.boxes.values())])
    return lowest


REPAIR = Repairer(code=CODE, order=10, label="表格被分页拆开", apply=apply)
