"""满意度、比率类指标的百分数没有写比较符号。
Missing comparator

检查内容
    满意度指标和名称以“率”“比例”“覆盖面”等结尾的指标，值是一个百分数，前面没有“≥”“＝”“≤”，
    也没有“不低于”“以上”这样的词。
为什么
    只写“95%”，说不清是正好等于 95% 还是至少 95%，实际完成 97% 时无法判断是否偏离目标。
怎样修改
    写明比较关系，例如“≥95%”。越低越好的指标写“≤5%”，必须正好的写“＝95%”。
不适用的情形
    “100%”已经是上限、“0%”已经是下限，写不写符号意思一样，不检查；“增长5%”已经说明方向，不检查；区间、分值、文字都不检查；
    比较符号单独成列的表，看那一列有没有填写。
"""

from collections.abc import Iterator
from decimal import Decimal

from jixiao.audit.finding import Certainty, Edit, Fix, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.rate_names import bare_name, rate_ending
from jixiao.audit.support.target_cell import stands_apart
from jixiao.audit.support.word_patterns import ending_in
from jixiao.audit.view import Row
from jixiao.form.indicator import Category
from jixiao.foundation.quantity import ValueKind
from jixiao.standards.lexicon import Lexicon

_FULL = Decimal(100)
_SAID = ("达", "至", "到", "实现", "提高", "提升", "增", "降", "减", "下降")


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """A bare share below the whole leaves open on which side of it the target lies."""
    quantity = row.quantity
    if quantity.kind is not ValueKind.PERCENT or quantity.number is None:
        return
    if quantity.comparator is not None or quantity.glyphs or not 0 < quantity.number < _FULL:
        return
    if quantity.rest and any(word in quantity.rest for word in _SAID):
        return
    lexicon = context.profile.lexicon
    satisfied = row.category is Category.SATISFACTION_RECIPIENT
    if not satisfied and rate_ending(row.name, lexicon) is None:
        return
    yield row.hit(
        "target",
        f"指标“{row.raw_name}”的指标值“{row.raw_value}”没有写比较符号，"
        "看不出是至少达到、正好等于还是不得超过。",
        suggestion=f"请写明比较关系，例如“≥{_figure(row)}”；越低越好的指标写“≤{_figure(row)}”。",
        fix=_proposal(row, lexicon),
    )


def _figure(row: Row) -> str:
    number, unit = row.quantity.number, row.quantity.unit
    return f"{number}{unit or ''}"


def _proposal(row: Row, lexicon: Lexicon) -> Fix | None:
    """A floor, where the measure is plainly something wanted and the cell holds nothing else."""
    wanted = ending_in(lexicon.words("wanted_measures")).search(bare_name(row.name))
    if wanted is None or stands_apart(row) or row.quantity.rest:
        return None
    target = row.indicator.target
    edit = Edit(at=target.at, old=target.raw, new=f"≥{target.raw.strip()}")
    return Fix(safe=False, title="补写比较符号“≥”", edits=(edit,))


RULE = row_rule(
    code="VAL003",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13", "practice-integrated-system"),
    dimension="相关性",
    params=NoParams,
)
