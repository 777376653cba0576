"""直接服务群众的项目没有满意度指标，或者满意度的值不是百分数。
Satisfaction not measured

检查内容
    项目名称表明直接为群众服务（便民、补贴、环境卫生、供水、培训等），却没有任何满意度指标；
    或者满意度指标的值不是百分数（例如“90 度”“满意”）。
为什么
    直接面向群众的项目，群众是否满意是最基本的效果；满意度按比例打分，值不是百分数就无法计算。
怎样修改
    补充“服务对象满意度≥90%”一类的指标，写明问谁、怎么问；值改为百分数，例如“≥90%”。
不适用的情形
    口径规定满意度必填的，缺少时由“缺少必填的指标类别”检查；机关内部的人员、运转、办公项目不检查；
    名称以“满意度”“满意率”结尾而值是文字的，由“比率指标的值不是数字”检查；数字后面没有单位的由单位类规则检查；
    以投诉、表扬等方式反映意见的不检查；打分（例如“≥90 分”）可以。
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.category_names import category_name
from jixiao.audit.support.project_kinds import bare_project_name
from jixiao.audit.support.rate_names import rate_ending
from jixiao.audit.support.stated_words import shown_value
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.support.wordy_value import is_wordy
from jixiao.audit.view import FormView, Row
from jixiao.form.forms import FormKind
from jixiao.form.indicator import Category
from jixiao.standards.lexicon import Lexicon

_SATISFACTION = Category.SATISFACTION_RECIPIENT


class Params(Struct, frozen=True):
    """`units` are the units in which satisfaction may be stated."""

    units: tuple[str, ...] = ("%", "‰", "分")


def check(view: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    """Rows are judged where there are any; only where there are none the project is looked at."""
    if not view.rows:
        yield not_applicable("本表没有填写任何绩效指标。")
        return
    lexicon = context.profile.lexicon
    asked = [row for row in view.rows if row.category is _SATISFACTION or "满意" in row.name]
    for row in asked:
        if row.category is _SATISFACTION and _is_no_share(row, lexicon, context.params.units):
            yield row.hit(
                "target",
                f"满意度指标“{row.raw_name}”的值“{shown_value(row)}”不是百分数，无法打分。",
                suggestion="请写成百分数，例如“≥90%”，并说明由谁调查、调查多少人。",
            )
    if not asked:
        yield from _missing(view, context)


def _is_no_share(row: Row, lexicon: Lexicon, units: tuple[str, ...]) -> bool:
    if containing(lexicon.words("other_feedback")).search(row.name):
        return False
    quantity = row.quantity
    if quantity.number is not None:
        return quantity.unit is not None and quantity.unit not in units
    return is_wordy(row) and not quantity.numbers and rate_ending(row.name, lexicon) is None


def _missing(view: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    lexicon, project = context.profile.lexicon, bare_project_name(view)
    if _SATISFACTION in context.profile.required:
        yield not_applicable("口径规定满意度必填，由必填类规则检查。")
        return
    served = containing(lexicon.words("public_service_projects")).search(project)
    inner = containing(lexicon.words("inner_projects")).search(project)
    if served is None or inner is not None:
        yield not_applicable("看不出项目直接为群众服务，满意度可以不设。")
        return
    yield view.hit(
        "indicators",
        view.place_of(None),
        f"项目“{view.project}”直接为群众服务（“{served[0]}”），没有{category_name(_SATISFACTION)}。",
        suggestion="请补充满意度指标，例如“服务对象满意度≥90%”，并说明由谁调查、调查多少人。",
        evidence={"served": served[0]},
    )


RULE = form_rule(
    code="SAT001",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2021-101", "cn-mof-2015-88#10"),
    dimension="相关性",
    params=Params,
    kinds=frozenset((FormKind.PROJECT_TARGET,)),
)
