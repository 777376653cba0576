"""社会效益写的是单位自己人的好处。
Inward benefit

检查内容
    社会效益（或者经济效益）指标说的是本单位人员的工作效能、生活水平、待遇、办公条件，或者单位内部的运转。
为什么
    社会效益看的是单位以外的人得到了什么；发了工资，职工生活改善、干劲提高，是资金的直接去向，
    不是对社会的效益。
怎样修改
    写服务对象得到的变化，例如把“工作人员工作效能显著提升”改为“群众事项按时办结率≥98%”
    “平均办理时间≤3 个工作日”。
不适用的情形
    名称里说的是群众、企业、学生等服务对象的不检查；教师、护林员、公益性岗位人员等本身就是政策对象的不检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import Row
from jixiao.form.indicator import Category

_OUTWARD = frozenset((Category.BENEFIT_SOCIAL, Category.BENEFIT_ECONOMIC))


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Staff and their own good together, or the inner workings of the office alone."""
    if row.category not in _OUTWARD or not row.name:
        return
    lexicon = context.profile.lexicon
    inner = containing(lexicon.words("inner_workings")).search(row.name)
    staff = containing(lexicon.words("own_staff")).search(row.name)
    good = containing(lexicon.words("inward_goods")).search(row.name)
    if inner is None and (staff is None or good is None):
        return
    if containing(lexicon.words("the_public")).search(row.name):
        return
    told = inner or good
    assert told is not None
    yield row.hit(
        "name",
        f"“{row.raw_name}”说的是单位内部的事（“{told[0]}”），不是对社会的效益。",
        suggestion="请写服务对象得到的变化，例如“群众事项按时办结率≥X%”“受益群众≥X 人”。",
    )


RULE = row_rule(
    code="BEN002",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#22", "jixiao"),
    dimension="相关性",
    params=NoParams,
)
