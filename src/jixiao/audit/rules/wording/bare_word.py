"""指标值只有“良好”“是”“提高”一类的词，没有标准。
Bare word

检查内容
    指标值是一个没有标准的词，例如“良好”“正常”“规范”“是”“有”“提高”“促进”“有利于”“符合要求”，
    或者只有动词和对象，例如“提升工作效率”。
为什么
    没有说明达到什么程度、由谁按什么标准判断，年底怎么填都对，等于没有目标。
怎样修改
    换成能够统计的数，例如“上级考核得分≥85 分”“按时办结率≥98%”；只能用文字的，写明分档标准，
    例如“优：检查得分 90 分以上；良：80－89 分；中：60－79 分；差：60 分以下”。
不适用的情形
    “是否通过验收”这类问题答“是”或者“否”的，验收、检测、考核答“合格”的，名称是等级、等次、空气质量的，
    不检查；有评分标准或者分档的不检查；值只是重复名称的由“指标值重复指标名称”检查；
    名称是“率”“度”的由“比率指标的值不是数字”检查；规定必须填数字的由“硬性指标没有数字”检查；
    时效指标由“时效指标没有写出时间”检查。
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
    if vagueness(row, context.profile) is not Vagueness.BARE:
        return
    yield row.hit(
        "target",
        f"指标“{row.raw_name}”的值“{shown_value(row)}”没有说明达到什么标准。",
        suggestion=f"建议改为能够统计的说法，例如{measurable_wording(row, context.profile)}"
        "（请填写数值和依据）；只能用文字的，请写明分档标准。",
    )


RULE = row_rule(
    code="QUA002",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13", "practice-county-review"),
    dimension="相关性",
    params=NoParams,
)
