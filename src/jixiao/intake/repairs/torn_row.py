"""A row cut in two by a page break, within one table.

The second part stands alone in its column, and the first ends in the middle of a sentence: in an
opened bracket, at an enumeration comma, or with the closing bracket following in the fragment.
The parts are joined, both places are kept, and the repair is said.
"""

from msgspec.structs import replace

from jixiao.foundation.location import SourceRef
from jixiao.foundation.pattern import pattern
from jixiao.intake.document import Block, Position, Repair, SourceDocument, Table
from jixiao.intake.repairer import Repairer
from jixiao.standards.labels import label_of

_UNFINISHED = ("、", "，", ",", "（", "(", "和", "及", "与", "-", "—", "：", ":", "；", ";")
_OPEN, _CLOSE = "（([【《“", "）)]】》”"
_VALUE_LIKE = pattern(r"^[≥≤><=＞＜＝≧≦]?\s*\d")


def continues(first: str, fragment: str) -> bool:
    """The fragment is the rest of the first text, not a text of its own."""
    first, fragment = first.rstrip(), fragment.strip()
    if not first or not fragment or _VALUE_LIKE.match(fragment):
        return False
    if first.endswith(("：", ":")) and label_of(first).names_something:
        return False  # a label is not cut after its colon; what stands below is another row's
    if first.endswith(_UNFINISHED) or fragment[0] in "，、；。）)》”：,":
        return True
    return _depth(first) > 0 and _depth(fragment) < 0


def _depth(text: str) -> int:
    return sum(c in _OPEN for c in text) - sum(c in _CLOSE for c in text)


def _apply(document: SourceDocument) -> SourceDocument:
    repairs: list[Repair] = []
    blocks = tuple(_mended(block, repairs) for block in document.blocks)
    if not repairs:
        return document
    return replace(document, blocks=blocks, repairs=(*document.repairs, *repairs))


def _mended(block: Block, repairs: list[Repair]) -> Block:
    if not isinstance(block, Table):
        return block
    torn = [found for row in range(1, len(block.texts)) if (found := _torn(block, row))]
    if not torn:
        return block
    texts = [list(row) for row in block.texts]
    joined: dict[Position, tuple[SourceRef, ...]] = dict(block.joined)
    for row, column in torn:
        fragment = texts[row][column].strip()
        at = block.at(row, column)
        first = block.at(row - 1, column)
        texts[row - 1][column] = texts[row - 1][column].rstrip() + fragment
        joined[row - 1, column] = (*joined.get((row - 1, column), ()), at)
        message = f"“{fragment}”被分页截断，已接回上一行的“{first.quote.strip()}”"
        repairs.append(Repair(code="torn-row", message=message, at=first))
    gone = {row for row, _ in torn}
    keep = [row for row in range(len(texts)) if row not in gone]
    number = {old: new for new, old in enumerate(keep)}
    return replace(
        block,
        texts=[texts[row] for row in keep],
        places=[block.places[row] for row in keep],
        spans=_spans_without(block.spans, gone, number),
        boxes={(number[r], c): box for (r, c), box in block.boxes.items() if r in number},
        joined={(number[r], c): places for (r, c), places in joined.items() if r in number},
        lines={(number[r], c): line for (r, c), line in block.lines.items() if r in number},
        moved={(number[r], c): p for (r, c), p in block.moved.items() if r in number},
        doubtful={(number[r], c) for r, c in block.doubtful if r in number},
    )


def _spans_without(
    spans: dict[Position, tuple[int, int]], gone: set[int], number: dict[int, int]
) -> dict[Position, tuple[int, int]]:
    """Merged cells that reached over a removed row are as much shorter."""
    found = {}
    for (row, column), (rows, columns) in spans.items():
        left = rows - sum(row <= lost < row + rows for lost in gone)
        if row in number and (left, columns) != (1, 1):
            found[number[row], column] = (left, columns)
    return found


def _torn(table: Table, row: int) -> Position | None:
    """The one filled cell of a row that continues the cell above it."""
    filled = [column for column, text in enumerate(table.texts[row]) if text.strip()]
    if len(filled) != 1 or filled[0] == 0:
        return None
    column = filled[0]
    fragment, above = table.texts[row][column], table.texts[row - 1][column]
    label = label_of(fragment)
    if label.level1 or label.level2 or label.is_any:
        return None
    return (row, column) if continues(above, fragment) else None


REPAIR = Repairer(code="torn-row", order=20, label="一行被分页截成两行", apply=_apply)
