"""二级指标下面没有写三级指标的名称。
Nameless indicator

检查内容
    某一类二级指标列了出来，下面却没有一条写了名称的三级指标；或者某一行填了指标值，却没有写名称；
    空白表式上印的“指标1：”“……”没有改写的，也算没有写名称。
为什么
    只有值没有名称，不知道考核的是什么；只有类别没有指标，等于这一类没有填写。
怎样修改
    补写三级指标名称，名称要说清考核的事项，例如“道路清扫面积”“群众满意度”；不需要这一类指标的，
    删去空行，或者写明“不适用”和原因。
不适用的情形
    表格末尾和各类之间多余的空行不检查；被分页拆开的行由“一个指标被拆成两行”检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.category_names import category_name
from jixiao.audit.support.template_names import is_template_name
from jixiao.audit.view import FormView, Row
from jixiao.form.indicator import Category
from jixiao.foundation.quantity import ValueKind


def check(view: FormView, _context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """A value without a name, or a whole category of empty rows."""
    if not view.rows:
        yield not_applicable("本表没有可检查的指标。")
    empty: dict[Category, Row] = {}
    named: set[Category | None] = set()
    for row in view.rows:
        if not is_template_name(row.name):
            named.add(row.category)
        elif row.value and not _is_left_over(row):
            yield _hit(row, f"指标值“{row.raw_value}”前面没有写三级指标的名称。")
            named.add(row.category)
        elif row.category is not None and _is_left_over(row) and not _is_answered(row):
            empty.setdefault(row.category, row)
    for category, row in empty.items():
        if category not in named:
            yield _hit(row, f"{category_name(category)}下面没有填写三级指标。")


def _is_left_over(row: Row) -> bool:
    """Nothing was filled in on the value's side either."""
    return not row.value or is_template_name(row.value) or _is_answered(row)


def _is_answered(row: Row) -> bool:
    return row.quantity.kind is ValueKind.NOT_APPLICABLE


def _hit(row: Row, message: str) -> Hit:
    return row.hit(
        "name",
        message,
        suggestion="请补写三级指标名称；这一类不需要的，请删去空行或者写明“不适用”。",
    )


RULE = form_rule(
    code="MND002",
    severity=Severity.ERROR,
    check=check,
    basis=("cn-mof-2015-88#10",),
    dimension="完整性",
    params=NoParams,
)
