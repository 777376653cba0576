"""把预算执行率、资金到位率当作绩效指标。
Execution as output

检查内容
    指标名称是预算执行率、资金支付进度、资金到位率、资金使用率等，反映的是钱花了多少、到了多少。
为什么
    预算执行情况在自评时已经单独计分，再作为产出指标就重复计分；钱花出去了，
    也不等于事情办成了、办好了。
怎样修改
    删去这一行，换成资金办成的事，例如把质量指标“人员经费预算执行率≥95%”改为“足额发放率＝100%”。
不适用的情形
    部门整体支出的表中预算管理类指标不检查；“补贴资金及时发放率”“成本控制率”不是预算执行率，不检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import Row
from jixiao.form.forms import FormKind


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """A department's form rightly has indicators on its budget management: not its kind."""
    lexicon = context.profile.lexicon
    found = containing(lexicon.words("execution_names")).search(row.name)
    if found is None or containing(lexicon.words("not_execution_names")).search(row.name):
        return
    yield row.hit(
        "name",
        f"“{row.raw_name}”反映的是预算执行（“{found[0]}”），不是项目的产出或者效益。",
        suggestion="预算执行率在自评时单独计分，请换成资金办成的事，例如“足额发放率＝100%”"
        "“验收合格率＝100%”“完成 X 件（次）”。",
    )


RULE = row_rule(
    code="CAT004",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2020-10#13", "cn-mof-2015-88#10"),
    dimension="相关性",
    params=NoParams,
    kinds=frozenset((FormKind.PROJECT_TARGET, FormKind.REGIONAL_TARGET)),
)
