"""Years named in a text, and whether one of them claims to be the year of this form.

A document number, a range, a founding date, a base year, last year's project: all of them rightly
name other years. Only what is left over is a claim.
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.support.word_patterns import containing, ending_in
from jixiao.foundation.pattern import pattern
from jixiao.foundation.period import YearMention, YearRole, years_in
from jixiao.standards.lexicon import Lexicon

_MAY_NAME = pattern(r"((?:19|20)\d\d)年")
_TITLE = pattern(r"《[^》]*》")
_YEAR_WORD = pattern("年度?")
_TIME_AFTER = pattern(
    r"^(?:全年|年内|内|底|末|年底|年末|终|初|[上下]半年|第?[一二三四1234]季度?|\d{1,2}月|\d{1,2}-\d{1,2}月|$|[,。;、:)])"
)
_WHOLE_YEAR = pattern("全年")
_DONE_BY_THEN = pattern(
    r"^(?:年?[底末初]|\d{1,2}月[底末]?)?(?:之?前|以前)?,?(?:已|共|累计|现有|建成|成立)"
)
_WORK_AFTER = pattern(
    r"^(?:计划|预计|拟|将|新增|完成|组织|开展|举办|保障|确保|实现|达到|做好|实施|推进|年初|继续|进一步|工作|我)"
)
_CUT = pattern(r"[,。;、:]|(?<=[^\d年月第])\d")
_LOOK_AHEAD = 6
_LOOK_BACK = 4
_QUOTED = 8


class StatedYear(Struct, frozen=True):
    """A year that claims to be the one of the form; `words` is the phrase to quote."""

    year: int
    words: str


def other_years(
    text: str, year: int, lexicon: Lexicon, *, prose: bool = False
) -> Iterator[StatedYear]:
    """The claims to another year than `year` in a folded text, left to right.

    In prose a date alone is background more often than not (`2021年底，全镇共有…`): there a year
    claims only together with work that is to be done.
    """
    this_year = str(year)
    if all(found == this_year for found in _MAY_NAME.findall(text)):
        return
    titles = [match.span() for match in _TITLE.finditer(text)]
    for mention in years_in(text):
        if mention.role is not YearRole.PLAIN or mention.year == year:
            continue
        if any(start <= mention.start < end for start, end in titles):
            continue
        if _is_claim(text, mention, lexicon, prose=prose):
            phrase = text[mention.start : mention.end + _QUOTED]
            yield StatedYear(mention.year, _CUT.split(phrase)[0])


def _is_claim(text: str, mention: YearMention, lexicon: Lexicon, *, prose: bool) -> bool:
    before = text[max(0, mention.start - _LOOK_BACK) : mention.start]
    word = _YEAR_WORD.match(text, mention.end)
    if word is None:
        return False
    after = text[word.end() : word.end() + _LOOK_AHEAD]
    if ending_in(lexicon.words("before_other_year")).search(before):
        return False
    in_brackets = before.endswith("(") and after.startswith(")")
    if in_brackets or _DONE_BY_THEN.match(after):
        return False
    if (_WHOLE_YEAR if prose else _TIME_AFTER).match(after):
        return True
    if prose and "了" in after:
        return False
    if containing(lexicon.words("after_other_year")).search(after):
        return False
    return _WORK_AFTER.match(after) is not None or before.endswith(("保障", "确保", "做好", "完成"))
