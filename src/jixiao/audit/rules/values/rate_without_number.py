"""名称是“率”“比例”“度”的指标，值却不是数字。
Rate without number

检查内容
    三级指标名称以“率”“比例”“占比”“覆盖面”“满意度”“知晓度”等结尾，指标值却只有文字，
    例如“正常运转率”填“正常”，“合格率”填“良好”。
为什么
    比率、程度本来就是用数字表示的，填文字就无法计算完成情况，也无法按比例打分。
怎样修改
    填写百分数和比较符号，例如“正常运转率 ≥98%”；确实算不出比率的，把名称改成能够判断的事项，
    例如“全年停运天数 ≤3 天”。
不适用的情形
    “效率”“频率”“利率”“制度”“力度”“进度”等不是比率，不检查；空着的由“指标值没有填写”检查；
    写“不适用”的不检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.rate_names import bare_name, rate_ending
from jixiao.audit.support.wordy_value import is_wordy
from jixiao.audit.view import Row

_CHANGES = ("提高", "提升", "增加", "增长", "扩大", "降低", "下降", "减少", "改善", "优化")
_WHOLE = ("全覆盖", "全部覆盖", "应保尽保", "应发尽发", "应收尽收")


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """The ending of the name asks for figures; the value has none."""
    if not is_wordy(row):
        return
    ending = rate_ending(row.name, context.profile.lexicon)
    if ending is None:
        return
    yield row.hit(
        "target",
        f"指标“{row.raw_name}”以“{ending}”计量，指标值“{row.raw_value}”却不是数字。",
        suggestion=_suggestion(row),
    )


def _suggestion(row: Row) -> str:
    if any(word in row.value for word in _WHOLE):
        return f"请写成数字，例如“{bare_name(row.raw_name)}＝100%”。"
    if any(word in row.value or row.name.startswith(word) for word in _CHANGES):
        return (
            "请写明变化的幅度和比较的基数，例如“较上年提高≥2 个百分点”，或者直接写要达到的百分数。"
        )
    return f"请填写能够核对的百分数，例如“{bare_name(row.raw_name)} ≥95%”（数值按计划或上年实际确定）。"


RULE = row_rule(
    code="VAL004",
    severity=Severity.ERROR,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13",),
    dimension="相关性",
    params=NoParams,
)
