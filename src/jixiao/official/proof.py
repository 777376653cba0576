"""The proof of a written document: read again, it gives the tables that were written.

Cells are compared as the composer draws them from the record that was read, so that a lost value,
a moved one and a changed one all show. Line breaks a page makes by itself do not count.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.official.compose import compose
from jixiao.official.draw import Drawn
from jixiao.official.sheet import SheetCell

_MOST = 5
_LONGEST = 30


def prove(drawn: Sequence[Drawn], content: bytes, suffix: str) -> Iterator[str]:
    """What a second reading says, in lines for people."""
    again = read_file(SourceFile(name=f"核对{suffix}", content=content)).forms
    if len(again) != len(drawn):
        yield f"重新读取核对：写出 {len(drawn)} 张表，读回 {len(again)} 张，请检查文件。"
        return
    count, different = 0, []
    for one, form in zip(drawn, again, strict=True):
        read = compose(form, one.layout).sheet
        for wrote, found in zip_longest(one.composition.sheet.cells, read.cells):
            count += 1
            if _text(wrote) != _text(found):
                different.append((one.composition.sheet.name, _text(wrote), _text(found)))
    indicators = sum(len(form.indicators) for form in again)
    if not different:
        yield f"重新读取核对：{len(again)} 张表、{indicators} 条指标、{count} 个单元格全部一致。"
        return
    yield f"重新读取核对：{count} 个单元格中有 {len(different)} 个读回的文字不同："
    for name, wrote, found in different[:_MOST]:
        yield f"  {name}：写出“{wrote[:_LONGEST]}”，读回“{found[:_LONGEST]}”"


def _text(cell: SheetCell | None) -> str:
    return "" if cell is None else "".join(cell.text.split())
