"""What is said about scanned pages: which were unreadable or blank, and what is to be checked.

One problem stands for all pages that share it. A doubt with a second reading is named with both.
"""

from collections.abc import Sequence

from jixiao.foundation.location import SourceRef
from jixiao.intake.document import Repair
from jixiao.intake.page_list import page_list
from jixiao.intake.problem import Problem
from jixiao.intake.scan.doubts import Doubt

_MOST_NAMED = 5
_UNREADABLE = (
    "第 {pages} 页的图像辨认不清，没有读出。"
    "请换清晰的扫描件（300 dpi、放正、光线均匀），或提交电子原件。"
)
_POOR = (
    "第 {pages} 页的图像质量太差（字太小、模糊或表格线缺损），"
    "读出的内容和单元格位置都不可靠，已全部标为存疑。"
    "请换清晰的扫描件（300 dpi、放正、光线均匀），或提交电子原件。"
)
_ALL_BLANK = "第 {pages} 页是空白图像，整个文件没有可读的内容。请核对是否扫错了面，或提交电子原件。"
_BLANK = "第 {pages} 页是空白页，没有可读的内容。"


def unreadable(file: str, pages: Sequence[int]) -> list[Problem]:
    if not pages:
        return []
    message = _UNREADABLE.format(pages=page_list(pages))
    place = SourceRef(quote="", page=pages[0])
    return [Problem(code="INT016", message=message, file=file, source=place)]


def poor(file: str, pages: Sequence[int]) -> list[Problem]:
    """What was read is handed on with every cell marked, and the page is named."""
    if not pages:
        return []
    place = SourceRef(quote="", page=pages[0])
    message = _POOR.format(pages=page_list(pages))
    return [Problem(code="INT016", message=message, file=file, source=place)]


def nothing_but_blank(file: str, pages: Sequence[int]) -> list[Problem]:
    """A document without one readable page is a trouble: perhaps the wrong side was scanned."""
    message = _ALL_BLANK.format(pages=page_list(pages))
    place = SourceRef(quote="", page=pages[0])
    return [Problem(code="INT016", message=message, file=file, source=place)]


def blank(pages: Sequence[int]) -> list[Repair]:
    """A blank page is no trouble, but whoever counts pages wants to know."""
    if not pages:
        return []
    message = _BLANK.format(pages=page_list(pages))
    return [Repair(code="blank-page", message=message, at=SourceRef(quote="", page=pages[0]))]


def uncertain(file: str, doubts: Sequence[Doubt]) -> list[Problem]:
    """How many cells are doubtful, and the first that have a second reading."""
    if not doubts:
        return []
    pages = sorted({doubt.at.page for doubt in doubts if doubt.at.page is not None})
    named = [doubt for doubt in doubts if doubt.other is not None]
    both = "、".join(
        f"第 {doubt.at.page} 页“{doubt.at.quote}”也可能是“{doubt.other}”"
        for doubt in named[:_MOST_NAMED]
    )
    more = f"等 {len(named)} 处" if len(named) > _MOST_NAMED else ""
    message = (
        f"第 {page_list(pages)} 页由图像识别而来，{len(doubts)} 个单元格识别存疑，已标出"
        f"{'；其中' + both + more if both else ''}。请对照原件核对。"
    )
    return [Problem(code="INT017", message=message, file=file, source=(named or doubts)[0].at)]
