"""几个项目的绩效指标整套相同。
Copied indicators

检查内容
    同一单位、同一年度的不同项目，指标的类别、名称和指标值是否几乎全部相同（有效指标不少于 3 行，相同的占九成以上）。
为什么
    项目不同，产出和效果就不同；整套照搬的指标说明不了这笔钱做了什么，审核时按“目标与项目不相关”处理。
怎样修改
    按各项目自己的资金用途重写指标。例如津贴补贴写“发放人数＝45 人”“按月足额发放率＝100%”，
    社保缴费写“参保人数＝45 人”“按时缴纳率＝100%”，公用经费写“人均公用经费≤8000 元”。
不适用的情形
    只涉及人员经费（或者只涉及公用经费）的项目套用统一模板的，由另一条规则提示；
    同一项目的表重复报送的不算；没有填指标值的行不参加比较。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Severity
from jixiao.audit.rule import At, BatchContext, batch_rule
from jixiao.audit.support.copied_rows import CopyParams, copied_rows, follow_a_template, row_texts
from jixiao.audit.support.sister_forms import lonely, named, with_partners
from jixiao.audit.view import Batch


def check(batch: Batch, context: BatchContext[CopyParams]) -> Iterator[At]:
    """Each form of a group of copies is reported once, whatever the size of the group."""
    yield from lonely(batch)
    params = context.params
    for group in copied_rows(batch, params.percent / 100, params.fewest_rows):
        if follow_a_template(batch, group, context.profile.lexicon):
            continue
        for position, partners in with_partners(batch, group):
            view = batch.forms[position]
            count = len(row_texts(view))
            hit = view.rows[0].hit(
                "name",
                f"项目“{view.project}”的 {count} 行指标与{named(batch, partners)}的名称和指标值几乎全部相同。",
                suggestion="请按本项目的资金用途重新设置数量、质量、时效和效益指标，不要整套照搬。",
                evidence={"rows": str(count), "projects": str(partners.count)},
            )
            yield At(form=position, what=hit)


RULE = batch_rule(
    code="DUP001",
    severity=Severity.ERROR,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13", "cn-mof-2015-88#22"),
    dimension="相关性",
    params=CopyParams,
)
