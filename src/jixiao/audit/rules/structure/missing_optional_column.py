"""表中没有权重、度量单位、起止日期等常用的选填栏目。
Missing optional column

检查内容
    其他地区常用、对自评和监控有帮助的栏目：指标权重、指标性质（比较符号）、度量单位、项目负责人、起止日期、
    指标值设定依据、中长期目标。本表没有的，集中提示一次。
为什么
    有了这些栏目，年终自评可以直接按权重打分，审核时可以核对依据；没有也不影响申报。
怎样修改
    不必修改。以后改版表式时可以考虑增加。
不适用的情形
    本地区口径说明不使用的栏目不提示。
"""

from collections.abc import Callable, Iterator, Mapping

from jixiao.audit.finding import Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.view import FormView
from jixiao.form.forms import FormKind


def _has_weights(view: FormView) -> bool:
    return any(row.indicator.weight is not None for row in view.rows)


def _has_operators(view: FormView) -> bool:
    return any(row.indicator.operator_cell is not None for row in view.rows)


def _has_units(view: FormView) -> bool:
    return any(row.indicator.unit_cell is not None for row in view.rows)


def _has_dates(view: FormView) -> bool:
    header = view.form.header
    return header.start_date is not None or header.end_date is not None


def _labelled(*words: str) -> Callable[[FormView], bool]:
    """A further field of the form, or a further column, carries one of these words."""

    def look(view: FormView) -> bool:
        labels = [field.label for field in view.form.header.others]
        labels += [remark.label for row in view.rows for remark in row.indicator.remarks]
        labels += [entry.raw for entry in view.form.columns]
        return any(word in label for label in labels for word in words)

    return look


def _has_long_term(view: FormView) -> bool:
    form = view.form
    return form.narrative.long_term_goal is not None or bool(form.long_term_indicators)


_COLUMNS: Mapping[str, Callable[[FormView], bool]] = {
    "权重": _has_weights,
    "指标性质": _has_operators,
    "度量单位": _has_units,
    "项目负责人": _labelled("负责人", "联系人", "填报人"),
    "起止日期": _has_dates,
    "指标值设定依据": _labelled("依据", "测算", "来源"),
    "中长期目标": _has_long_term,
}


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """One note a form, listing everything at once."""
    unused = context.profile.optional_columns
    missing = [name for name, has in _COLUMNS.items() if name not in unused and not has(view)]
    if missing:
        yield view.hit(
            "columns",
            view.place_of(None),
            f"本表没有这些选填栏目：{'、'.join(missing)}。",
            suggestion="不影响申报；以后改版表式时可以考虑增加。",
            evidence={"missing": " ".join(missing)},
        )


RULE = form_rule(
    code="STR007",
    severity=Severity.INFO,
    check=check,
    basis=("cn-mof-2021-101", "practice-filling-notes"),
    dimension="完整性",
    params=NoParams,
    kinds=frozenset((FormKind.PROJECT_TARGET,)),
)
