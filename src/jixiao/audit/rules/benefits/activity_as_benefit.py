"""效益指标写成了工作内容，或者写成了已经完成的事。
Activity as benefit

检查内容
    效益指标的名称以“开展”“举办”“购买”“发放”等动作开头，没有说带来什么变化；
    或者是“健全……、严格……、加强……”的工作清单；或者用了“得到了”“已完成”等完成时的说法。
为什么
    效益说的是做完以后别人得到什么；动作属于产出，已经发生的事不是目标。
怎样修改
    动作移到产出指标，效益写变化，例如把“开展普法宣传”改为“居民法律知识知晓率≥85%”，
    把“凝聚力得到了增强”改为“党员参加组织生活率≥95%”。
不适用的情形
    “开展……，提高……”这类同时说明了效果的不检查；“组织建设”“组织凝聚力”中的“组织”不是动作。本条只作提示。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import Row
from jixiao.form.indicator import Category
from jixiao.foundation.pattern import pattern
from jixiao.standards.lexicon import Lexicon

_BENEFITS = frozenset(
    (
        Category.BENEFIT_ECONOMIC,
        Category.BENEFIT_SOCIAL,
        Category.BENEFIT_ECOLOGICAL,
        Category.BENEFIT_SUSTAINED_IMPACT,
    )
)
_DONE = pattern(
    r"得到了|取得了|完成了|实现了|提高了|提升了|改善了|增强了|促进了|保障了|已经?(?:完成|实现|建成|达到)"
)
_PARTS = pattern(r"[、,;]")
_FEWEST_TASKS = 2


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """A value in figures shows that something is measured, whatever the name says."""
    if row.category not in _BENEFITS or not row.name:
        return
    lexicon = context.profile.lexicon
    done = _DONE.search(row.name)
    if done is not None:
        yield row.hit(
            "name",
            f"效益指标“{row.raw_name}”写成了已经完成的事（“{done[0]}”），不是目标。",
            suggestion="目标说的是将来，请改为要达到的变化，例如“……率≥X%”“较上年提高≥X 个百分点”。",
        )
    elif not row.quantity.is_numeric and _is_activity(row.name, lexicon):
        yield row.hit(
            "name",
            f"效益指标“{row.raw_name}”说的是要做的工作，没有说带来什么变化。",
            suggestion="请把所做的工作移到产出指标，效益写服务对象得到的变化，例如“……知晓率≥X%”“受益……≥X 人”。",
        )


def _is_activity(name: str, lexicon: Lexicon) -> bool:
    parts = [part for part in _PARTS.split(name) if part]
    managed = containing(lexicon.words("management_starts"))
    if len(parts) >= _FEWEST_TASKS and all(managed.match(part) for part in parts):
        return True
    if not containing(lexicon.words("activity_starts")).match(name):
        return False
    return containing(lexicon.words("result_words")).search(name) is None


RULE = row_rule(
    code="BEN003",
    severity=Severity.ADVICE,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2021-101", "jixiao"),
    dimension="相关性",
    params=NoParams,
)
