"""用项目支出发放聘用人员的工资待遇。
Pay of hired people run as a project

检查内容
    项目从名称看是临时聘用人员、社区和村干部、公益性岗位等人员的工资、补贴、社会保险或公积金，
    而没有标明为人员类。
为什么
    这是长期的人员性支出，却按一年一定的项目管理，容易年年重报、指标空泛，也不便于控制人数和标准。
怎样修改
    与财政部门确认应列的类别；继续按项目填报的，写清人数、标准和政策依据，
    例如“聘用人数 2 人”“人均年经费 ≤30,000 元/人”。
不适用的情形
    这些人员的培训、装备、管理等工作经费；已标明为人员类的。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.project_nature import Nature, nature_by_name, stated_category
from jixiao.audit.view import FormView


def check(form: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    if stated_category(form) == "人员类":
        return
    if nature_by_name(form, context.profile.lexicon) is Nature.HIRED_PAY:
        yield form.hit(
            "header.project_name",
            form.place_of(form.form.header.project_name),
            f"项目“{form.project}”从名称看是聘用人员的工资待遇，属于人员性支出，却按项目支出填报",
            suggestion="请与财政部门确认应列的类别；按项目填报的，写清人数、标准和政策依据。",
        )


RULE = form_rule(
    code="CLS005",
    severity=Severity.INFO,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("practice-integrated-system",),
    dimension="相关性",
    params=NoParams,
)
