"""几个人员经费或公用经费项目用了同一套指标。
Shared template

检查内容
    同一单位、同一年度的人员经费项目之间，或者公用经费项目之间，指标的类别、名称和指标值是否几乎全部相同。
为什么
    这类项目常用统一模板，相同不一定是错；但发放与缴纳、在职与退休的产出不同，套用前应当核对模板是否合适。
怎样修改
    确认当地规定使用统一模板的，可以保留；没有规定的，按项目分别填写，例如社保缴费把“发放人数”改为“参保人数＝45 人”。
不适用的情形
    其他项目整套照搬指标的，或者公用经费照搬人员经费指标的，由另一条规则作为错误报告。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Severity
from jixiao.audit.rule import At, BatchContext, batch_rule
from jixiao.audit.support.copied_rows import CopyParams, copied_rows, follow_a_template
from jixiao.audit.support.sister_forms import lonely, named, with_partners
from jixiao.audit.view import Batch


def check(batch: Batch, context: BatchContext[CopyParams]) -> Iterator[At]:
    """The same groups as those of copied indicators, where the projects may share a template."""
    yield from lonely(batch)
    params = context.params
    for group in copied_rows(batch, params.percent / 100, params.fewest_rows):
        if not follow_a_template(batch, group, context.profile.lexicon):
            continue
        for position, partners in with_partners(batch, group):
            view = batch.forms[position]
            hit = view.rows[0].hit(
                "name",
                f"项目“{view.project}”与{named(batch, partners)}用了同一套指标，请确认是当地统一规定的模板。",
                suggestion="没有统一规定的，请按项目分别写明发放或缴纳的人数、标准和时间。",
                evidence={"projects": str(partners.count)},
            )
            yield At(form=position, what=hit)


RULE = batch_rule(
    code="DUP006",
    severity=Severity.INFO,
    certainty=Certainty.SURE,
    check=check,
    basis=("cn-mof-2015-88#13",),
    dimension="相关性",
    params=CopyParams,
)
