"""表上没有写明预算年度，或者写了两个不同的年度。
Unclear year

检查内容
    标题和年度栏有没有写明预算年度；如果写了两处，年度是不是一致。
为什么
    目标按预算年度申报、批复和考核，年度不明或者前后不一致，就不知道这张表管的是哪一年。
怎样修改
    在标题下写明年度，例如“（2024 年度）”；标题和年度栏写成同一个年度。
不适用的情形
    年度写在文件的封面、页眉或者项目起止日期里，能够认出来的，不算缺少；
    “2023-2025 年”这样的跨年范围和文号里的年份不算另一个年度。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.view import FormView
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold

_YEAR = pattern(r"(?<![\d(-])(20\d\d)(?=年|$|[^\d)-])|\((20\d\d)(?:年度?)?\)")
_RANGE = pattern(r"20\d\d年?度?[-~至到—]+20\d\d年?度?")
_DOCUMENT = pattern(r"\(20\d\d\)(?:第?\d+号|\d)")


def check(view: FormView, _context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """The years printed at the top must be one; where none is printed, one must be known."""
    form = view.form
    printed: dict[str, None] = {}
    for entry in (form.title, form.year_entry):
        if entry is not None:
            printed.update(dict.fromkeys(_years(entry.raw)))
    if len(printed) > 1:
        years = "、".join(printed)
        yield view.hit(
            "budget_year",
            view.place_of(None) if form.year_entry is None else form.year_entry.at,
            f"表上写了不同的年度：{years}，不知道是哪一年的目标。",
            suggestion="请核对后统一成一个预算年度。",
            evidence={"years": " ".join(printed)},
        )
    elif not printed and form.budget_year is None:
        yield view.hit(
            "budget_year",
            view.place_of(None),
            "表上没有写明预算年度。",
            suggestion="请在标题下写明年度，例如“（2024 年度）”。",
        )


def _years(text: str) -> list[str]:
    """Single years of a title, without document numbers and spans."""
    plain = _RANGE.sub("", _DOCUMENT.sub("", fold(text)))
    return [first or second for first, second in _YEAR.findall(plain)]


RULE = form_rule(
    code="STR002",
    severity=Severity.ERROR,
    check=check,
    basis=("cn-mof-2015-88",),
    dimension="完整性",
    params=NoParams,
)
