"""指标值只是重复指标名称，没有说出新的内容。
Value repeats name

检查内容
    指标值就是指标名称里的词，例如名称“提高服务群众能力”，值“提高”；名称“规范开展党建活动”，值“规范”；
    名称“保障食堂正常运转”，值“有效保障”。
为什么
    名称说做什么，值应当说做到多少、做到什么程度；重复一遍名称，等于没有填值。
怎样修改
    名称写成能够衡量的事，值写数或者标准，例如把“提高服务群众能力－提高”改为“群众事项按时办结率≥98%”，
    把“保障食堂正常运转－有效保障”改为“按时供餐天数≥250 天”。
不适用的情形
    名称和值里都有“全覆盖”“每月”“不发生”等确定内容的不检查；名称是“率”“度”的由“比率指标的值不是数字”检查；
    “明显”“显著”等程度词由“程度词”规则检查；规定必须填数字的由“硬性指标没有数字”检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.measurable_wording import measurable_wording
from jixiao.audit.support.stated_words import shown_value
from jixiao.audit.support.vague_value import Vagueness, vagueness
from jixiao.audit.view import Row


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """What is vague, and in which way, is decided in one place for the three rules."""
    if vagueness(row, context.profile) is not Vagueness.REPEATED:
        return
    yield row.hit(
        "target",
        f"指标“{row.raw_name}”的值“{shown_value(row)}”只是重复名称，没有说明做到多少。",
        suggestion=f"建议写明数或者标准，例如{measurable_wording(row, context.profile)}（请填写数值和依据）。",
    )


RULE = row_rule(
    code="QUA003",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13", "practice-county-review"),
    dimension="相关性",
    params=NoParams,
)
