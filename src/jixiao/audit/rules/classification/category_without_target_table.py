"""这一类项目通常不单独填报项目绩效目标表。
Category without a target table

检查内容
    在职和退休人员的工资、津贴补贴、社会保险、公积金等人员类项目，是否用项目绩效目标表填报。
为什么
    人员类支出按标准和人数安排，多数地方不要求逐项填报，或另有固定模板。用项目表填报，指标往往只能写套话。
怎样修改
    按本地要求办理：不要求填报的可以不填；要求填报的使用规定的人员类模板，
    例如“足额保障率 100%”“按时发放率 100%”。
不适用的情形
    临时聘用人员等不属于在编人员的经费；本地口径规定人员类也要填报的（可在口径文件中关闭本条）。
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.project_nature import Nature, nature_by_name, stated_category
from jixiao.audit.view import FormView
from jixiao.form.forms import FormKind


class Params(Struct, frozen=True):
    """`categories`: stated categories for which this place asks no project target table."""

    categories: tuple[str, ...] = ("人员类",)


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    categories = context.params.categories
    stated = stated_category(form)
    if stated is None and "人员类" in categories:
        by_name = nature_by_name(form, context.profile.lexicon)
        stated = "人员类" if by_name is Nature.STAFF_PAY else None
    if stated is None or stated not in categories:
        return
    yield form.hit(
        "header.project_name",
        form.place_of(form.form.header.project_name),
        f"项目“{form.project}”属于{stated}，这类项目通常不单独填报项目绩效目标表",
        suggestion="请按本地要求确认是否需要填报；需要的，使用规定的人员类模板。",
        evidence={"类别": stated},
    )


RULE = form_rule(
    code="CLS002",
    severity=Severity.INFO,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("practice-integrated-system",),
    dimension="完整性",
    params=Params,
    kinds=frozenset((FormKind.PROJECT_TARGET,)),
)
