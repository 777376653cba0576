"""指标值只有“明显”“显著提升”一类程度词，无法衡量。
Degree word

检查内容
    指标值由程度词和动词组成，没有数字、日期或者标准，例如“明显”“显著增强”“有所改善”“进一步提高”
    “群众生活水平大幅提高”。
为什么
    多少算“明显”、怎样算“提升”，各人看法不同；年底自评时写“已明显提升”谁也无法核对，评价时只能扣分。
怎样修改
    换成能够统计的数并写清比较的基数，例如“人居环境检查得分≥85 分（上年 78 分）”“群众满意度≥90%”；
    确实无法量化的，写明分档和每一档的判断标准，例如“达成预期 100%－80%，部分达成 80%－60%，未达成 60%－0%”。
不适用的情形
    值中有数字、日期、上年数或者标准的不检查；表中有评分标准、分档说明的不检查；值只是重复指标名称的，
    由“指标值重复指标名称”检查；名称是“率”“度”的，由“比率指标的值不是数字”检查；
    规定必须填数字的，由“硬性指标没有数字”检查；
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
    if vagueness(row, context.profile) is not Vagueness.DEGREE:
        return
    yield row.hit(
        "target",
        f"指标“{row.raw_name}”的值“{shown_value(row)}”只有程度，没有数，年底无法衡量。",
        suggestion=f"建议改为能够统计的说法，例如{measurable_wording(row, context.profile)}"
        "（请填写数值和依据）；无法量化的，请写明分档标准。",
    )


RULE = row_rule(
    code="QUA001",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13", "practice-county-review"),
    dimension="相关性",
    params=NoParams,
)
