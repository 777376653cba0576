"""Write Chinese numerals of compact text as digits where they are quantities.

Chinese is full of numerals that count nothing: 统一, 一次性, 三会一课, 第一, 一级. So a numeral
becomes a number only with a unit behind it and a reason to be a quantity: it opens the value,
stands behind a word of comparison, behind 每季度, or behind a verb of doing (开展两次).
"""

import re

from jixiao.foundation.numerals import NUMERALS, read_numeral
from jixiao.foundation.pattern import pattern
from jixiao.foundation.scanning import unit_at

_ANY = pattern(f"[{NUMERALS}半]")
_PERCENT = pattern(
    f"(?P<base>百|千|万)分之(?P<part>[{NUMERALS}]+(?:点[零一二三四五六七八九]+)?|\\d+(?:\\.\\d+)?)"
    f"(?:(?P<dash>至|到|-|~)(?P<high>[{NUMERALS}]+)(?![{NUMERALS}分]))?"
)
_HUNDRED = pattern("百分之?百|百分百")
_TENTHS = pattern(
    f"(?<![{NUMERALS}])(?P<part>[一二两三四五六七八九\\d])成(?P<half>半|五)?(?=$|以上|左右|以内|以下|及以上|[,;。)])"
)
_RUN = pattern(f"(?<!第)(?P<run>[{NUMERALS}]+|半(?=个?(?:年|月|小时|天|日)))(?P<rough>[余多来几]?)")
_DASHED = pattern(f"(?:至|到|-|~)[{NUMERALS}]{{1,4}}")
_GRADES = frozenset("级类等流线星档版维号号线届")
_VAGUE = pattern(
    "一(?:批|些|定|体|系列|次性|般|律|致|条龙|站式|把手|岗|线|揽子|片|路|带|层|块|方面|面|点|种)"
)
_OPENS = pattern(
    "(?:^|[≥≧⩾>＞﹥≤≦⩽<＜﹤=＝﹦≈(,;:，\\-~至到]|于|至少|最少|最多|至多|超过?|不足|达到?|约为?|大约|近|等于|以|为|共计?|各"
    "|每(?:个|一)?(?:季度|月|年度?|周|星期|天|日|半年|人|户|村|学期|场|次|个|名)(?:年|月|度)?"
    "|(?:全|本|当)年|[年月周季度天日])$"
)
_DOES = pattern(
    "(?:开展|组织|举办|召开|完成|新建|建设|建成|购置|购买|采购|培训|编制|出版|发布|印发|制定|修建|改造|维修|配备|安装"
    "|举行|进行|实施|开办|创建|打造|培育|新增|更新|检查|巡查|督查|走访|慰问|发放|维护|参加|出台|修缮|更换|清理)$"
)
_CLOSES = pattern(
    "$|[,;。)(/~\\-]|至|到|[及或含]?以[上下内]|之[上下内]|左右|内|每|[≥≤<>=]|[余多]$|起$|完成|达标|的"
)
# 一年两次, 3天1次, 半年一次: a time, then how often in it.
_CYCLE = pattern(
    "^(?:一|1(?=年|个|周))?(?P<cycle>年|个?季度|个?月|周|天|日|学期|半个?月"
    "|(?:半|两|三|四|五|十|\\d{1,2})年|(?:两|三|四|六|\\d{1,2})(?:个月|天|周|日))"
    "(?P<bound>至少|最少|不少于|不低于|不得少于|最多|不超过)?"
    f"(?=[{NUMERALS}\\d]+[余多]?(?:次|场|回|轮|遍|趟|批))"
)


def spell_out(text: str) -> tuple[str, bool]:
    """Return the text with numerals as digits, and whether that took a guess."""
    if _ANY.search(text) is None and "成" not in text and _CYCLE.match(text) is None:
        return text, False
    if "分" in text:
        text = _HUNDRED.sub("100%", text)
        text = _PERCENT.sub(_percent, text)
    text = _CYCLE.sub(lambda match: f"每{match['cycle']}{match['bound'] or ''}", text)
    if "成" in text:
        text = _TENTHS.sub(_tenths, text)
    return _counts(text)


def _percent(match: re.Match[str]) -> str:
    whole, _, fraction = match["part"].partition("点")
    number = read_numeral(whole) if not whole[0].isdigit() else whole
    if number is None:
        return match[0]
    digits = "".join(str(read_numeral(sign)) for sign in fraction)
    sign = {"百": "%", "千": "‰", "万": "‱"}[match["base"]]
    low = f"{number}.{digits}{sign}" if digits else f"{number}{sign}"
    high = None if match["high"] is None else read_numeral(match["high"])
    return low if high is None else f"{low}{match['dash']}{high}{sign}"


def _tenths(match: re.Match[str]) -> str:
    part = match["part"]
    number = int(part) if part.isdigit() else read_numeral(part)
    return match[0] if number is None else f"{number}{5 if match['half'] else 0}%"


def _counts(text: str) -> tuple[str, bool]:
    pieces: list[str] = []
    done, guessed = 0, False
    for match in _RUN.finditer(text):
        digits, end, is_guess = _count(text, match)
        if digits is not None:
            pieces += (text[done : match.start()], digits)
            done, guessed = end, guessed or is_guess
    return "".join((*pieces, text[done:])), guessed


def _count(text: str, match: re.Match[str]) -> tuple[str | None, int, bool]:
    """The digits for one run of numerals, where they end, and whether it was a guess."""
    refused = (None, 0, False)
    run = match["run"]
    start, end = match.start(), match.end("run")
    if run[-1] in "万亿" and len(run) > 1:
        run, end = run[:-1], end - 1
    number = "0.5" if run == "半" else read_numeral(run)
    if number is None or _VAGUE.match(text, start) is not None:
        return refused
    unit_start = match.end() if end == match.end("run") else end
    head = text[:start]
    if start == 0 and unit_start == len(text):
        return (str(number), end, False) if len(run) > 1 or run in "零十" else refused
    if (dash := _DASHED.match(text, unit_start)) is not None and unit_at(text, dash.end()):
        return str(number), end, False
    unit = unit_at(text, unit_start)
    if unit is None or (unit in _GRADES and len(unit) == 1):
        return refused
    closes = _CLOSES.match(text, unit_start + len(unit)) is not None
    if _OPENS.search(head) is not None and (closes or start > 0):
        return str(number), end, False
    if _DOES.search(head) is not None:
        return str(number), end, True
    return refused
