"""Is this the rest of what stood on the page before? Judged from the words alone.

A page break may fall between two rows, inside one row, or between two different forms; the
drawing looks the same in all three cases. Joining wrongly costs a form, leaving apart costs a
row, so every doubt counts against joining.
"""

from collections.abc import Sequence

from jixiao.foundation.pattern import pattern

#: Labels that stand at the head of a form and nowhere else in it.
_FORM_HEAD = pattern(
    r"^(项目|专项|政策|部门|单位|预算单位|部门单位|转移支付|资金|预算部门|评价对象)"
    r"[（(]?[一-鿿]{0,4}[)）]?名称"
    r"|^(填报|申报|预算|主管|编制)(单位|部门)([（(]盖章[)）])?([:：]|$)"
)
_TITLE = pattern(
    r"(目标|自评|监控|评价|评分|审核|申报|批复|填报|绩效)[一-鿿]{0,6}(表|报告)([（(].*[)）])?$"
)
_LABELS = frozenset(
    (
        *("绩效指标", "年度绩效指标", "年度总体目标", "总体目标", "年度目标", "绩效目标"),
        *("一级指标", "二级指标", "三级指标", "指标值", "项目资金", "资金情况", "预算执行情况"),
        *("产出指标", "效益指标", "满意度指标", "成本指标", "数量指标", "质量指标", "时效指标"),
        *("经济成本指标", "社会成本指标", "生态环境成本指标"),
        *("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
        *("社会效益", "经济效益", "生态效益", "可持续影响"),
        *("服务对象满意度", "服务对象满意度指标"),
    )
)
_HEADINGS = ("一级指标", "二级指标", "三级指标", "指标值", "指标名称", "指标内容", "序号")
_MARK = pattern(r"[（(][^（()）]*[)）]")
_SPACE = pattern(r"\s+")
_PAGE_NUMBER = pattern(
    r"[-–—―~·.\s]*(第?\s*\d{1,4}\s*页?)?([\s,，/／共]*\d{1,4}\s*页?)?[-–—―~·.\s]*"
    r"|第[一二三四五六七八九十百]+页"
)
_CONTINUED = pattern(r"[（(]?(续表?|接上[页表]|续上[页表])[\d一二三四五六七八九十]*[)）]?[:：]?")

_FIGURE = pattern(r"[\d≥≤＞＜><≧≦=＝%％]")

_SENTENCE_END = tuple("。！？；;!?.")
_GOES_ON = tuple("，、,（(《“及和与或")
_STARTS_AFTER = tuple("，、。；）)》”,;")
#: So long a text in a cell is prose that runs on, not a name that ended.
_PROSE = 20

_PAIRS = {"（": "）", "(": ")", "《": "》", "“": "”", "【": "】"}
_FOLD = str.maketrans("(),:;", "（），：；")


def squeeze(text: str) -> str:
    """Text without white space, for comparison only."""
    return _SPACE.sub("", text)


def is_page_furniture(text: str) -> bool:
    """Page numbers and "continued" marks: never part of a form."""
    bare = squeeze(text)
    return not bare or bool(_PAGE_NUMBER.fullmatch(bare) or _CONTINUED.fullmatch(bare))


def opens_form(rows: Sequence[Sequence[str]]) -> bool:
    """Do the first rows name a project or carry a form's title?"""
    for row in rows[:5]:
        filled = [text for text in map(squeeze, row) if text]
        if any(_FORM_HEAD.search(text) for text in filled):
            return True
        # Title, year and unit stand alone in their rows; anything fuller is the form's middle.
        if len(filled) > 1:
            return False
        if has_title([row]):
            return True
    return False


def awaits_form(rows: Sequence[Sequence[str]]) -> bool:
    """Do the rows end with a form's title and nothing of the form yet?"""
    for row in reversed(rows[-4:]):
        filled = [text for text in map(squeeze, row) if text]
        if len(filled) > 1:
            return False
        if has_title([row]):
            return True
    return False


def is_label(text: str) -> bool:
    """Tell a label of the form's middle, its mark （必填） aside."""
    return _MARK.sub("", squeeze(text)) in _LABELS


def is_inner_row(row: Sequence[str]) -> bool:
    """Tell a row that stands inside a form only: it has an inner label, or none at its place."""
    return not squeeze(row[0]) or is_label(row[0])


def has_title(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a title stands alone in one of the rows."""
    lone = [filled[0] for row in rows if len(filled := list(filter(None, map(squeeze, row)))) == 1]
    return any(len(text) < 40 and _TITLE.search(text) for text in lone)


def is_heading(row: Sequence[str]) -> bool:
    """Tell a row of column headings, as programs repeat it on every page."""
    filled = {_MARK.sub("", text) for text in map(squeeze, row) if text}
    return sum(any(word in text for text in filled) for word in _HEADINGS) >= 2


def same_row(one: Sequence[str], other: Sequence[str]) -> bool:
    """Equal texts in equal order, whatever the columns they stand in."""
    filled = [text for text in map(squeeze, one) if text]
    return bool(filled) and filled == [text for text in map(squeeze, other) if text]


def completes_label(above: str, below: str) -> bool:
    """Do both make one label that was cut in two: 服务对象满意 | 度指标."""
    above, below = (_MARK.sub("", squeeze(text)) for text in (above, below))
    return bool(above and below) and above + below in _LABELS and below not in _LABELS


def continues_row(above: Sequence[str], below: Sequence[str]) -> bool:
    """Is `below`, the first row of a page, the lower half of `above`, the last row before it?

    Both rows have the same cells. The half of a cut row has text only where the upper half has
    text, and lacks what a row of its own would have.
    """
    wrapped = [_fills_its_lines(text) for text in above]
    above, below = [squeeze(text) for text in above], [squeeze(text) for text in below]
    filled = [(upper, lower) for upper, lower in zip(above, below, strict=True) if lower]
    if not filled or any(not upper or lower in _LABELS for upper, lower in filled):
        return False
    if any(_closes(upper, lower) or lower.startswith(_STARTS_AFTER) for upper, lower in filled):
        return True
    if len(below) < 2 or len(filled) == len(below):
        return False
    if len(filled) > 1:
        return not below[0] and all(_is_unfinished_prose(upper) for upper, _ in filled)
    upper, lower = filled[0]
    if len(below) == 2 and not below[0]:
        # A label and its text are the whole row: a text without a label is more of the same,
        # unless both are figures, as where one indicator has two values.
        return not (_FIGURE.search(upper) and _FIGURE.search(lower))
    if upper.endswith(_GOES_ON) or _opened(upper) or _is_unfinished_prose(upper):
        return True
    return any(full and lower for full, lower in zip(wrapped, below, strict=True))


def _fills_its_lines(text: str) -> bool:
    """Is the last line of a wrapped text as long as the others: cut by the page, not ended?"""
    widths = [_width(line) for line in text.split("\n")]
    return len(widths) > 1 and widths[-1] >= max(widths) - 2


def _width(line: str) -> int:
    return sum(2 if character >= "⺀" else 1 for character in line)


def _is_unfinished_prose(text: str) -> bool:
    return len(text) >= _PROSE and not text.endswith(_SENTENCE_END)


def _closes(upper: str, lower: str) -> bool:
    """Brackets left open above are closed below."""
    opened = _opened(upper)
    if not opened:
        return False
    before = _opened(lower)
    after = _opened(upper + lower)
    return len(after) < len(opened) + len(before)


def _opened(text: str) -> str:
    """Collect the closing brackets still owed at the end of the text."""
    owed = ""
    for character in text.translate(_FOLD):
        if character in _PAIRS:
            owed += _PAIRS[character]
        elif owed and character == owed[-1]:
            owed = owed[:-1]
    return owed
