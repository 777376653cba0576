"""满意度问的是本单位人员或者上级，不是服务对象。
Staff asked

检查内容
    满意度指标的对象是本单位人员、聘用人员、领取经费的人，或者是社区组织、上级部门，表中又没有问群众。
为什么
    领工资的人对经费保障是否满意，说明不了工作做得好不好；满意度应当问得到服务的人。
怎样修改
    改问服务对象，例如把“临聘人员对经费保障满意度”改为“办事群众对政府大厅服务满意度≥90%”，
    把“社区组织满意度”改为“社区居民满意度≥90%”。
不适用的情形
    同一张表还问了群众、企业等服务对象的不检查；食堂、体检、职工培训、办公用房等本来就为职工服务的项目不检查；
    参训人员、学员是服务对象，不检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.project_kinds import bare_project_name
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView, Row
from jixiao.form.forms import FormKind
from jixiao.form.indicator import Category
from jixiao.standards.lexicon import Lexicon


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """One row that asks the people served makes up for any number that do not."""
    rows = view.of(Category.SATISFACTION_RECIPIENT)
    if not rows:
        yield not_applicable("本表没有满意度指标。")
        return
    lexicon = context.profile.lexicon
    if containing(lexicon.words("staff_services")).search(bare_project_name(view)):
        yield not_applicable("项目为本单位职工服务，满意度可以问职工。")
        return
    if any(containing(lexicon.words("the_public")).search(row.name) for row in rows):
        return
    for row in rows:
        asked = _asked(row, lexicon)
        if asked is not None:
            yield row.hit(
                "name",
                f"满意度指标“{row.raw_name}”问的是“{asked}”，不是得到服务的人。",
                suggestion="请改问服务对象，例如“办事群众满意度≥90%”“社区居民满意度≥90%”。",
            )


def _asked(row: Row, lexicon: Lexicon) -> str | None:
    found = containing(lexicon.words("own_staff")).search(row.name)
    found = found or containing(lexicon.words("asked_bodies")).search(row.name)
    return None if found is None else found[0]


RULE = form_rule(
    code="SAT002",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2021-101", "jixiao"),
    dimension="相关性",
    params=NoParams,
    kinds=frozenset((FormKind.PROJECT_TARGET,)),
)
