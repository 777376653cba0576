"""年年都要做的事标为一次性（一年期）项目。
Yearly work marked as done once

检查内容
    项目属性是“一次性”“一年期”，而名称是清运、保洁、维护、运行等每年都要做的工作，
    指标值又是“次/年”“全年”这样的常年写法。
为什么
    属性错了，下一年度还得当作新项目重报，也无法与上年比较。
怎样修改
    改为“经常性项目”，并填写实际年限。例如“生活垃圾清运”应为经常性项目。
不适用的情形
    建设、改造、购置、整治等做完就结束的项目。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView
from jixiao.foundation.text import fold

_YEAR_ROUND = frozenset(("全年", "常年", "长期", "12个月"))


def check(form: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    entry = form.form.header.project_attribute
    if entry is None:
        return
    lexicon = context.profile.lexicon
    if not containing(lexicon.words("one_off_attributes")).search(fold(entry.raw)):
        return
    name = fold(form.project)
    if containing(lexicon.words("one_off_work")).search(name):
        return
    work = containing(lexicon.words("recurring_work")).search(name)
    if work is None or not any(row.value in _YEAR_ROUND or "/年" in row.value for row in form.rows):
        return
    yield form.hit(
        "header.project_attribute",
        entry.at,
        f"项目属性是“{entry.raw.strip()}”，而“{form.project}”是每年都要做的工作",
        suggestion="如每年都要安排，请改为经常性项目，并填写实际年限。",
        evidence={"经常性工作": work[0]},
    )


RULE = form_rule(
    code="CLS006",
    severity=Severity.INFO,
    certainty=Certainty.POSSIBLE,
    check=check,
    basis=("jixiao",),
    dimension="完整性",
    params=NoParams,
)
