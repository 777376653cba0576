"""表头的必填栏目没有填写，或者表中没有这一栏。
Missing header field

检查内容
    项目名称、主管部门、实施单位、项目属性、项目期、年度资金总额、年度总体目标等表头栏目，
    是不是都有，是不是都填了。
为什么
    这些栏目说明谁、用多少钱、做什么项目，缺了就无法和预算、项目库对应，也无法审核。
怎样修改
    按项目库和预算批复的内容补填，例如主管部门写“055-某某镇人民政府”，项目期写“1 年”或者起止日期。
不适用的情形
    本地区的表式没有的栏目不检查；已写明起止日期的，项目期可以不另填；
    年度总体目标空着的由“年度总体目标没有填写”检查；其他资金等资金分项空着的另行检查。
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jixiao.audit.finding import Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.view import FormView
from jixiao.form.entry import Entry
from jixiao.form.forms import Form, FormKind
from jixiao.foundation.text import is_blank

_GOAL = "narrative.goal"
_PERIOD = "header.project_period"


def _in_header(name: str) -> Callable[[Form], Entry[Any] | None]:
    def look(form: Form) -> Entry[Any] | None:
        found: Entry[Any] | None = getattr(form.header, name)
        return found

    return look


def _in_funding(name: str) -> Callable[[Form], Entry[Any] | None]:
    def look(form: Form) -> Entry[Any] | None:
        found: Entry[Any] | None = None if form.funding is None else getattr(form.funding, name)
        return found

    return look


#: Path in the record → what the form calls it, and how to find it.
_FIELDS: Mapping[str, tuple[str, Callable[[Form], Entry[Any] | None]]] = {
    "header.project_name": ("项目名称", _in_header("project_name")),
    "header.project_code": ("项目编码", _in_header("project_code")),
    "header.supervising_department": ("主管部门", _in_header("supervising_department")),
    "header.implementing_unit": ("实施单位", _in_header("implementing_unit")),
    "header.project_attribute": ("项目属性", _in_header("project_attribute")),
    "header.project_category": ("项目类别", _in_header("project_category")),
    _PERIOD: ("项目期", _in_header("project_period")),
    "header.start_date": ("开始日期", _in_header("start_date")),
    "header.end_date": ("结束日期", _in_header("end_date")),
    "funding.total": ("年度资金总额", _in_funding("total")),
    "funding.fiscal": ("财政拨款", _in_funding("fiscal")),
    "funding.carry_over": ("上年结转", _in_funding("carry_over")),
    "funding.other": ("其他资金", _in_funding("other")),
    _GOAL: ("年度总体目标", lambda form: form.narrative.goal),
}
#: Where the form shows them they must be filled, whatever the profile asks for.
_ALWAYS_FILLED = (
    "header.project_name",
    "header.supervising_department",
    "header.implementing_unit",
    "header.project_attribute",
    _PERIOD,
    "funding.total",
)


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """What the profile demands must be there and filled; what is shown must be filled."""
    form = view.form
    required = context.profile.required_fields if form.kind is FormKind.PROJECT_TARGET else ()
    for path in dict.fromkeys((*required, *_ALWAYS_FILLED)):
        if path not in _FIELDS or (path == _PERIOD and _is_dated(form)):
            continue
        name, look = _FIELDS[path]
        entry = look(form)
        if entry is None:
            if path in required:
                yield view.hit(
                    path,
                    view.place_of(None),
                    f"表中没有“{name}”这一栏。",
                    suggestion=f"请使用规定的表式，补上“{name}”并填写。",
                )
        elif path != _GOAL and not entry.raw.strip() and is_blank(entry.raw):
            yield view.hit(
                path,
                entry.at,
                f"“{name}”没有填写。",
                suggestion=f"请按预算和项目库的内容填写“{name}”。",
            )


def _is_dated(form: Form) -> bool:
    """Both ends of the project are stated, so that a period adds nothing."""
    ends = (form.header.start_date, form.header.end_date)
    return all(end is not None and not is_blank(end.raw) for end in ends)


RULE = form_rule(
    code="STR001",
    severity=Severity.ERROR,
    check=check,
    basis=("cn-mof-2015-88",),
    dimension="完整性",
    params=NoParams,
)
