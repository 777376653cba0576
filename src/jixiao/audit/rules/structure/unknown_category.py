"""一级指标或者二级指标的名称不是规定的名称。
Unknown category

检查内容
    一级指标、二级指标的名称（去掉括号里的“必填”等标记以后）在规定的指标体系里找不到，
    或者二级指标写到了别的一级指标下面。
为什么
    一级、二级指标是统一规定的，系统按它们汇总和计算权重；名称写错，这一行就归不到任何一类。
怎样修改
    改用规定的名称，例如产出指标下写“数量指标”“质量指标”“时效指标”，效益指标下写
    “社会效益指标”“经济效益指标”“生态效益指标”。
不适用的情形
    多写或者少写“指标”二字、带“必填”标记、常见的同义写法都能认出来，不检查；
    部门整体支出表采用“履职效能”“管理效率”等本地框架的，不检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.category_names import ORDER, category_name
from jixiao.audit.view import FormView, Row
from jixiao.form.entry import Entry
from jixiao.form.forms import FormKind
from jixiao.foundation.text import strip_marks

_STANDARD = tuple(category_name(category) for category in ORDER)
_PROJECT_TREE = ("产出", "效益", "满意度", "成本", "效果")


def check(view: FormView, _context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """One finding for each unknown pair of names, at the first row that carries it."""
    if not view.rows:
        yield not_applicable("本表没有可检查的指标。")
    seen: set[tuple[str, str]] = set()
    for row in view.rows:
        if row.category is not None:
            continue
        level1, level2 = _plain(row.indicator.level1), _plain(row.indicator.level2)
        if (level1, level2) in seen or not (level1 or level2):
            continue
        seen.add((level1, level2))
        if view.form.kind is FormKind.DEPARTMENT_TARGET and not level1.startswith(_PROJECT_TREE):
            continue
        if level2 or _has_level2(view):
            yield _hit(row, level1, level2)


def _plain(entry: Entry[str] | None) -> str:
    return "" if entry is None else strip_marks(entry.raw)[0]


def _has_level2(view: FormView) -> bool:
    """Some tables have two levels only; then a missing second level is no fault of a row."""
    return any(_plain(row.indicator.level2) for row in view.rows)


def _hit(row: Row, level1: str, level2: str) -> Hit:
    if not level2:
        return row.hit(
            "level2" if row.indicator.level2 is not None else "level1",
            f"“{level1}”下面的指标“{row.raw_name}”没有写二级指标。",
            suggestion="请补写二级指标，例如“数量指标”。",
        )
    import difflib  # noqa: PLC0415  most headings are spelt as they should be

    near = difflib.get_close_matches(level2, _STANDARD, n=1, cutoff=0.6)
    if near and near[0].removesuffix("指标") == level2.removesuffix("指标"):
        fault = f"二级指标“{level2}”不在一级指标“{level1}”之下" if level1 else ""
    else:
        fault = f"二级指标“{level2}”不是规定的名称"
    advice = f"，是不是“{near[0]}”" if near and near[0] != level2 else ""
    return row.hit(
        "level2",
        f"{fault or f'二级指标“{level2}”认不出属于哪一类'}{advice}。",
        suggestion="请改用规定的一级、二级指标名称。",
        evidence={"level1": level1, "level2": level2},
    )


RULE = form_rule(
    code="STR005",
    severity=Severity.ERROR,
    check=check,
    basis=("cn-mof-2015-88#10", "cn-mof-2021-101"),
    dimension="完整性",
    params=NoParams,
)
