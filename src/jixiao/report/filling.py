"""Write given texts into given cells of a document, and into nothing else.

Places are those that reading gave: a `SourceRef` says where a cell is and what stands there. What
is no longer as it says, or does not read as wished afterwards, is told, and the rest is done.
"""

import unicodedata
from collections.abc import Mapping

from msgspec import Struct

from jixiao.foundation.location import SourceRef
from jixiao.intake.document import SourceFile
from jixiao.intake.result import IntakeResult
from jixiao.report.making import Apply, Maker, in_reading_order, patcher_of, tracking
from jixiao.report.patch import (
    CannotPatch,
    Change,
    LeftOut,
    Patched,
    Place,
    Revision,
    place_of,
)
from jixiao.report.patching.alignment import where
from jixiao.report.recheck import Look, Looks, texts_agree

GIVEN = "给定的改法"
_LONGEST = 30
_LAYOUT = "\n\t"


class Filling(Struct, frozen=True, kw_only=True):
    """The document with the texts in it. Each of them stands in `done` or, with why, in `left`.

    `content` is that of the given document where nothing was done. `result` is the reading of it.
    """

    content: bytes
    done: tuple[Change, ...]
    left: tuple[LeftOut, ...]
    result: IntakeResult


def fill(
    source: SourceFile, texts: Mapping[SourceRef, str], revision: Revision | None = None
) -> Filling:
    """Put each text in its place; with a revision as tracked changes."""
    looks = Looks()
    maker = Maker(_writer(source, revision), looks, source, holds=texts_agree)
    wanted, left = list[Change](), list[LeftOut]()
    places: set[Place] = set()
    for at, new in texts.items():
        change = Change(at=at, old=at.quote, new=new, codes=(), titles=(GIVEN,), safe=False)
        try:
            _refuse_second(change, places)
            _check(change, looks.at(source))
        except CannotPatch as fault:
            left.append(LeftOut(change=change, reason=str(fault)))
        else:
            places.add(change.place)
            wanted.append(change)
    maker.make(wanted)
    return Filling(
        content=maker.source.content,
        done=in_reading_order(maker.done),
        left=(*left, *maker.left),
        result=looks.at(maker.source).result,
    )


def _refuse_second(change: Change, places: set[Place]) -> None:
    if change.place in places:
        raise CannotPatch("同一处给了两种改法")


def _check(change: Change, look: Look) -> None:
    """Refuse what can be seen to be wrong before anything is written."""
    at, new = change.at, change.new.strip()
    if at.also:
        raise CannotPatch("该处内容由几个单元格接成，请分别给出每一格")
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in _LAYOUT for sign in new):
        raise CannotPatch("改后的文字含有控制字符")
    if "\t" in new and "\t" not in at.quote:
        raise CannotPatch("改后的文字含有制表符")
    standing = look.texts.get(place_of(at), ("",))
    if new in standing:
        raise CannotPatch("该处已经是这段文字")
    if len(standing) == 1 and at.line is None:
        _refuse_other(standing[0], at.quote.strip())


def _refuse_other(standing: str, expected: str) -> None:
    try:
        if expected or standing:
            where(standing, expected)
    except CannotPatch:
        shown = f"“{_short(standing)}”" if standing else "空白"
        said = f"“{_short(expected)}”" if expected else "空白"
        raise CannotPatch(f"该处现在是{shown}，与给出的原文{said}不同") from None


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _writer(source: SourceFile, revision: Revision | None) -> Apply:
    patcher = patcher_of(source)
    if patcher is None:
        return _refusing("此格式不能改原件")
    if revision is None:
        return patcher.apply
    if patcher.track is None:
        return _refusing("只有 Word 文档（.docx）能写成修订")
    return tracking(patcher.track, revision)


def _refusing(reason: str) -> Apply:
    def refuse(content: bytes, changes: tuple[Change, ...]) -> Patched:
        refused = tuple(LeftOut(change=change, reason=reason) for change in changes)
        return Patched(content=content, done=(), refused=refused)

    return refuse
