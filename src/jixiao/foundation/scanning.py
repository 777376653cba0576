"""Find the quantities in compact text: number, unit, what it is counted for, and where.

A number counts only where it is one: not inside a document number 〔2021〕101号, a name (PM2.5,
5A级, 12345热线), an ordinal (第3名) or the numbering of a list.
"""

import re
from decimal import Decimal

from msgspec import Struct

from jixiao.foundation.comparators import Mark, mark_behind
from jixiao.foundation.numerals import DIGITS, read_digits
from jixiao.foundation.pattern import pattern
from jixiao.foundation.units import UNITS

MASK = "\ue000"
_LONGEST_UNIT = max(map(len, UNITS)) + 2
_NOT_A_QUANTITY = pattern(
    r"[\[(〔]?(?:19|20)\d{2}[\])〕年](?:第)?\d{1,5}号"
    r"|(?:文|字|发|办|函|预|资环?|农|社|建|教|综)?[\[〔](?:19|20)\d{2}[\]〕]"
    r"|(?<![A-Za-z\d/²³μµ·.%])(?![Pp][Hh])[A-Za-z]+-?\d[\d.\-]*"
    r"|\d+年一遇"
    r"|\d+号(?=文|令|公告|楼|线|机)"
    r"|(?:\d+[-~至])?\d+周?岁(?:及?以[上下])?(?=[的老儿人青少妇学参群居])"
    r"|(?<=每)\d{1,2}(?=(?:个?[年月]|个?季度|个?小时|个?工作日|[天周日]))"
    r"|第\d+(?:-\d+)?(?!季)"
    r"|\d{3,5}(?=热线|专线|平台|电话)"
    r"|\d+(?:\.\d+)?(?=A(?:A|级|景)|G(?:网|基|技|通)|D(?:打|影|模)|版本|\.0版|[Vv]版)"
    r"|^\(\d{1,2}\)(?=.)|^\d{1,2}、(?=\d+(?:\.\d+)?%)"
    r"|(?:^|(?<=[;。,:]))[(]?\d{1,2}(?:[.、)](?=[^\d])|\)(?=\D))"
    r"|(?<=[目标措施任务])\d{1,2}[:.、]"
    r"|(?<!比)\d{1,2}:\d{2}(?:-\d{1,2}:\d{2})?(?=$|[^\d分%])"
)
_NUMBER = pattern(DIGITS)
_SIGN_AFTER = frozenset("≥≧⩾>＞﹥≤≦⩽<＜﹤=＝﹦≈(,;:，为于过少多~至到是[")
_ROUGH = pattern("[余多来几](?=[^\\d,;。)])|余$")
# 3万余人 is read as 3余万人: the multiple belongs to the unit.
_ROUGH_MULTIPLE = pattern("([百千万亿]+)([余多来几])")
_NOT_BEHIND = pattern(
    "级别|度假|分析|人大|人员|人才|条例|条件|期刊|类型|方案|方式|处理|处室|班级|户籍|天然|日常|门诊|台账"
    "|项目标|场馆|所有|所在|名录|个性|次性|家长|本级|点击(?!量)|路段|村民|区域|组长|件事|套餐|度汛|项工"
)
_WORD = pattern("[A-Za-zμµ°℃²³\u4e00-\u9fff]{1,6}")
_NO_UNIT = pattern(
    "[以及或含之左上不的为和并是按由在全均无已可应有]|达|完成|合格|通过|正常|到位|覆盖|发放|落实|保障|实现"
    "|执行|支付|拨付|验收|完工|竣工|投入|满意|清零|内|投诉|事故|差错|上访|发生|控制|开展|安全|及时|优"
    "|起草|支出|预算|保证|确保|提升|提高|降低|下降|增长|增加|减少|改善"
)
_END_OF_UNIT = pattern("$|[,;。)(、/·\\[\\]~-]|以[上下内]|之[上下内]|及以|左右|[内前]$|每|起$")
_EACH = pattern(
    "每(?:个|一)?(?P<each>半年|[两三四五十2345]年|半个?月|\\d{1,2}(?:个?[年月]|个?季度|个?小时|个?工作日|[天周日])|季度|学期|学年|年度|工作日|人次|平方米|公里|平米|公顷|课时|学时|小时|分钟"
    "|社区|星期|项目|单位|车次|床位|学生|标段|行政村|自然村|万元|百万|百人|[年月季周日天人户个名亩村次场期件台"
    "套吨座处头只株辆家篇份项批生位组班校车床㎡趟例条米点站只本册张桶棵间口幅袋箱]|公斤|千克|所(?!有))"
)
_PER_WORD = pattern(
    "\\d{0,4}[A-Za-z\u4e00-\u9fff㎡²³]{1,6}?(?=$|[,;。)(/·.*×]|以[上下内]|之[上下内]|及以|左右|的|内$)"
)
_BRACKET_UNIT = pattern(r"\(([^()]{1,12}(?:\([^()]{1,4}\))?)\)")
_ALSO = pattern(r"\(([^()%\d]{1,3})\)")


class Token(Struct, frozen=True, gc=False):
    """One quantity in the text; `marks` are those right behind it."""

    start: int
    end: int
    number: Decimal
    unit: str | None
    per: str | None
    written_unit: str | None
    marks: tuple[Mark, ...]
    is_rough: bool
    unit_known: bool


class UnitPlace(Struct, frozen=True, gc=False):
    """A unit with what it is counted for, and where it ends."""

    unit: str | None
    per: str | None
    end: int
    known: bool


def hide_names(text: str) -> str:
    """Replace numbers that are no quantities by signs of the same length."""
    return _NOT_A_QUANTITY.sub(lambda match: MASK * len(match[0]), text)


def unit_at(text: str, position: int) -> str | None:
    """Return the longest known unit that begins here."""
    for length in range(min(_LONGEST_UNIT, len(text) - position), 0, -1):
        name = text[position : position + length]
        if name in UNITS and _may_end(text, position, name):
            return name
    return None


def _may_end(text: str, position: int, name: str) -> bool:
    end = position + len(name)
    if name[0] == "个" and len(name) > 1 and not unit_is_time_or_point(name):
        return _END_OF_UNIT.match(text, end) is not None
    if len(name) == 1 and _NOT_BEHIND.match(text, position) is not None:
        return False
    if name[-1].isascii() and name[-1].isalpha() and end < len(text):
        return not (text[end].isascii() and text[end].isalpha())
    return True


def unit_is_time_or_point(name: str) -> bool:
    unit = UNITS.get(name)
    return unit is not None and unit.dimension in (
        "months",
        "hours",
        "working days",
        "lessons",
        "terms",
        "percentage point",
    )


def scan(text: str) -> tuple[Token, ...]:
    """All quantities of a compact text, in order."""
    tokens: list[Token] = []
    position = 0
    while (match := _NUMBER.search(text, position)) is not None:
        token = _token(text, match)
        if token is None:
            position = match.end()
            continue
        tokens.append(token)
        position = token.end
    return tuple(tokens)


def _token(text: str, match: re.Match[str]) -> Token | None:
    number = read_digits(match[0])
    if number is None:
        return None
    start = match.start()
    if start and text[start - 1] in "-+" and (start == 1 or text[start - 2] in _SIGN_AFTER):
        start -= 1
        number = number.copy_negate() if text[start] == "-" else number
    end = match.end()
    text = _ROUGH_MULTIPLE.sub(r"\2\1", text) if _ROUGH_MULTIPLE.match(text, end) else text
    rough = _ROUGH.match(text, end)
    unit_start = end if rough is None else rough.end()
    place = read_unit(text, unit_start)
    end = place.end
    written = None if place.unit is None else _without_frame(text[unit_start:end])
    late = None if rough else _ROUGH.match(text, end)
    if late is not None and place.unit is not None:
        end = late.end()
    behind = mark_behind(text, end)
    marks = () if behind is None else (behind,)
    per, end = place.per, end if behind is None else behind.end
    if behind is not None and per is None:
        per, end = read_per(text, end)
    return Token(
        start=start,
        end=end,
        number=number,
        unit=place.unit,
        per=per,
        written_unit=written,
        marks=marks,
        is_rough=rough is not None or late is not None,
        unit_known=place.known,
    )


def _without_frame(written: str) -> str:
    framed = written.startswith("(") and written.find(")") == len(written) - 1
    return written[1:-1] if framed else written


def read_unit(text: str, position: int) -> UnitPlace:
    """The unit behind a number, with `/个`, `每人每月` and brackets."""
    if text.startswith("(", position):
        return _bracketed(text, position)
    unit, known = unit_at(text, position), True
    if unit is None:
        unit, known = _unknown_unit(text, position), False
    if unit is None:
        return UnitPlace(None, None, position, known=False)
    end = position + len(unit)
    # 台（套）, 个（座）: one count for two kinds of thing is one unit.
    if known and (also := _ALSO.match(text, end)) is not None and also[1] in UNITS:
        unit, end = unit + also[0], also.end()
    per, end = read_per(text, end)
    return UnitPlace(unit, per, end, known)


def _bracketed(text: str, position: int) -> UnitPlace:
    nothing = UnitPlace(None, None, position, known=False)
    match = _BRACKET_UNIT.match(text, position)
    if match is None or any(sign.isdigit() for sign in match[1] if sign not in "23"):
        return nothing
    inside = match[1]
    place = read_unit(inside, 0)
    if place.unit is None or place.end != len(inside):
        return nothing
    return UnitPlace(place.unit, place.per, match.end(), place.known)


def _unknown_unit(text: str, position: int) -> str | None:
    """A short word that ends the text is a unit, unless it is the rest of a sentence."""
    for end in range(position + 1, min(position + 6, len(text)) + 1):
        if _END_OF_UNIT.match(text, end) is not None:
            word = text[position:end]
            fits = _WORD.fullmatch(word) is not None and _NO_UNIT.search(word) is None
            return word if fits else None
    return None


def read_per(text: str, position: int) -> tuple[str | None, int]:
    """What the unit is counted for: `/人·年`, `/人/月`, `每人每月`, `(每年)`."""
    parts: list[str] = []
    end = position
    while end < len(text) and len(parts) < 4:
        found = _one_per(text, end, is_first=not parts)
        if found is None:
            break
        parts.append(found[0])
        end = found[1]
    return ("·".join(parts), end) if parts else (None, position)


def _one_per(text: str, position: int, *, is_first: bool) -> tuple[str, int] | None:
    if (each := _EACH.match(text, position)) is not None:
        return each["each"], each.end()
    if text.startswith("(每", position) and (each := _EACH.match(text, position + 1)) is not None:
        return (each["each"], each.end() + 1) if text.startswith(")", each.end()) else None
    if text.startswith("/每", position):
        return _one_per(text, position + 1, is_first=is_first)
    separators = "/" if is_first else "/·.*×"
    if position + 1 >= len(text) or text[position] not in separators:
        return None
    if text[position + 1] == "(":
        return _bracketed_per(text, position + 1)
    name = unit_at(text, position + 1)
    if name is not None:
        return name, position + 1 + len(name)
    if not is_first and text[position + 1].isdigit():
        return None
    match = _PER_WORD.match(text, position + 1)
    return None if match is None else (match[0], match.end())


def _bracketed_per(text: str, position: int) -> tuple[str, int] | None:
    match = _BRACKET_UNIT.match(text, position)
    if match is None:
        return None
    parts = [part for part in re.split(r"[·.*×/]", match[1]) if part]
    return ("·".join(parts), match.end()) if parts else None


def each_before(text: str) -> str | None:
    """What 每人每月 in front of a number says it is counted for."""
    parts = [match["each"] for match in _EACH.finditer(text)]
    return "·".join(parts) if parts else None


def without_each(text: str) -> str:
    """The words before a number without 每人每月."""
    return _EACH.sub("", text)
