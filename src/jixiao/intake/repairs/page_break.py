"""Damage: a table that runs over pages arrives as one table a page, its rows cut anywhere.

Word, WPS and report programs break a form where the page ends: between two rows, through a
merged label, or through the middle of a cell. This repair makes one table of the parts again.
"""

from msgspec.structs import replace

from jixiao.intake.document import Block, Line, Repair, SourceDocument, Table
from jixiao.intake.joining.columns import common_columns
from jixiao.intake.joining.follow import (
    begins_anew,
    ends_early,
    may_follow,
    repeated_rows,
    running_heads,
)
from jixiao.intake.joining.join import Joined, join, without_rows
from jixiao.intake.repairer import Repairer

CODE = "page-break"


def apply(document: SourceDocument) -> SourceDocument:
    """Join what pages tore; every join is recorded."""
    heads = running_heads(document.blocks)
    bottom = _lowest(document.blocks)
    done: list[Block] = []
    repairs: list[Repair] = []
    upper: Table | None = None
    over: list[Line] = []
    between: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Line):
            between.append(block)
            done.append(block)
            continue
        made = None
        if upper is not None and may_follow(upper, block, between, over, heads):
            made = _joined(upper, block, bottom)
        if made is None or upper is None:
            over, upper = between, block
            done.append(block)
        else:
            repairs.append(_record(upper, block, made))
            # What stood between was page numbers and repeated heads: it belongs to the paper.
            del done[len(done) - len(between) - 1 :]
            done.append(made.table)
            upper = made.table
        between = []
    if not repairs:
        return document
    return replace(document, blocks=tuple(done), repairs=(*document.repairs, *repairs))


def _joined(upper: Table, lower: Table, bottom: float) -> Joined | None:
    if not upper.texts or not lower.texts:
        return None
    columns = common_columns(upper.edges, lower.edges, (upper.width, lower.width))
    if columns is None:
        return None
    repeated = repeated_rows(upper, lower)
    if repeated == len(lower.texts):
        return None
    rest = without_rows(lower, repeated) if repeated else lower
    if begins_anew(upper, rest) or ends_early(upper, rest, bottom):
        return None
    return join(upper, rest, columns)


def _record(upper: Table, lower: Table, made: Joined) -> Repair:
    first, second = upper.places[-1].page, lower.places[0].page
    if first is None:
        message = "相邻的两张表格是被分页拆开的同一张表，已接成一张。"
    else:
        message = f"第 {first} 页的表格在第 {second} 页继续，已接成一张。"
    if made.row_mended:
        message = message.removesuffix("。") + "；被分页切断的一行已合为一行。"
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
