"""满意度指标没有说明怎样调查。
No survey plan

检查内容
    表中有满意度指标，但没有任何地方提到调查的方式、对象或者样本（问卷、回访、评价器、抽样等）。
为什么
    满意度的完成值要靠调查得来；事先没有想好问谁、问多少人，年底往往凭估计填一个数。
怎样修改
    在备注、评分标准或者总体目标中写明，例如“年底由镇综合办发放问卷，调查群众不少于 60 人”。
不适用的情形
    没有满意度指标的不检查。本条每张表只提示一次，不影响提交。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView
from jixiao.form.indicator import Category
from jixiao.foundation.text import fold


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Any field of the form may hold the plan."""
    rows = view.of(Category.SATISFACTION_RECIPIENT)
    if not rows:
        yield not_applicable("本表没有满意度指标。")
        return
    planned = containing(context.profile.lexicon.words("survey_words"))
    if planned.search(_told(view)):
        return
    yield rows[0].hit(
        "name",
        f"满意度指标“{rows[0].raw_name}”没有说明怎样调查、调查多少人。",
        suggestion="请在备注或者评分标准中写明，例如“年底发放问卷，调查服务对象不少于 60 人”。",
        evidence={"satisfaction_rows": str(len(rows))},
    )


def _told(view: FormView) -> str:
    form = view.form
    told = [view.goal]
    told += [f"{row.name}{row.value}" for row in view.of(Category.SATISFACTION_RECIPIENT)]
    told += [fold(f"{field.label}{field.raw}") for field in form.header.others]
    told += [fold(remark.entry.raw) for row in view.rows for remark in row.indicator.remarks]
    return "\n".join(told)


RULE = form_rule(
    code="SAT003",
    severity=Severity.INFO,
    certainty=Certainty.SURE,
    check=check,
    basis=("cn-mof-2021-101", "jixiao"),
    dimension="可行性",
    params=NoParams,
)
