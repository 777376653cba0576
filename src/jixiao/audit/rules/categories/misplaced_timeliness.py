"""时效方面的指标没有放在时效指标里，或者时效指标里放了质量方面的内容。
Misplaced timeliness

检查内容
    数量、质量指标的名称或者指标值说的是“及时”“按时”“按期”“几天内完成”；
    或者时效指标的名称说的是“足额”“合格”“达标”，与时间无关。
为什么
    同一件事放错类别，分值就记到了别的类别上，真正的质量（或者时效）反而没有指标。
怎样修改
    把整行移到对应的类别，例如“生活垃圾清运及时率 100%”移到时效指标，质量指标另填“清运后现场检查合格率≥95%”；
    “补贴足额发放率”移到质量指标，时效指标填“每月 15 日前发放”。
不适用的情形
    效益、满意度指标中的“及时”“按时”不检查；名称同时说到时间和质量的（例如“及时足额发放率”）不检查；
    时效指标的值是日期、期限的不检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.category_names import category_name
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import Row
from jixiao.form.indicator import Category
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import ValueKind
from jixiao.standards.lexicon import Lexicon

#: Counts are bounded: a long run of digits would be tried from each of its digits to its end.
_WITHIN = pattern(
    r"\d{1,6}(?:个)?(?:工作日|小时|分钟|天|日)(?:之)?内"
    r"|[一二三四五六七八九十]{1,6}(?:个)?(?:工作日|小时|分钟)(?:之)?内"
)
_OUTSIDE = frozenset((Category.OUTPUT_QUANTITY, Category.OUTPUT_QUALITY))
_TIMES = frozenset((ValueKind.DATE, ValueKind.PERIOD, ValueKind.FREQUENCY))
_SENTENCE = pattern(r"[,;。]")


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Two directions of the same mistake; a row that speaks of both may stand in either."""
    lexicon = context.profile.lexicon
    if row.category is Category.OUTPUT_TIMELINESS:
        yield from _quality_under_timeliness(row, lexicon)
    elif row.category in _OUTSIDE and not _SENTENCE.search(row.name):
        yield from _timeliness_elsewhere(row, lexicon)


def _timeliness_elsewhere(row: Row, lexicon: Lexicon) -> Iterator[Hit]:
    timely = _timely_word(row.name, lexicon)
    field = "name" if timely is not None else "target"
    timely = timely or _timely_word(row.value, lexicon)
    if timely is None or _speaks_of_quality(row, lexicon):
        return
    if row.category is Category.OUTPUT_QUANTITY and _is_count(row):
        return
    assert row.category is not None
    yield row.hit(
        field,
        f"{category_name(row.category)}“{row.raw_name}”（值“{row.raw_value}”）说的是“{timely}”，"
        "属于时效，不属于数量或者质量。",
        suggestion="请把这一行移到时效指标；质量指标另填做得好不好，例如“检查（验收）合格率≥X%”，"
        "数量指标另填做了多少。",
    )


def _speaks_of_quality(row: Row, lexicon: Lexicon) -> bool:
    quality = containing(lexicon.words("quality_words"))
    return quality.search(row.name) is not None or quality.search(row.value) is not None


def _is_count(row: Row) -> bool:
    """按期完成维修 12 处 is a number of things done, however its name begins."""
    return row.quantity.is_numeric and row.quantity.kind is ValueKind.QUANTITY


def _timely_word(text: str, lexicon: Lexicon) -> str | None:
    found = containing(lexicon.words("timely_words")).search(text) or _WITHIN.search(text)
    if found is None or containing(lexicon.words("not_timely")).search(text):
        return None
    return found[0]


def _quality_under_timeliness(row: Row, lexicon: Lexicon) -> Iterator[Hit]:
    found = containing(lexicon.words("sure_quality_words")).search(row.name)
    if found is None or row.quantity.kind in _TIMES or not row.value:
        return
    if containing(lexicon.words("time_nouns")).search(row.name):
        return
    if containing(lexicon.words("execution_names")).search(row.name):
        return
    yield row.hit(
        "name",
        f"时效指标“{row.raw_name}”说的是“{found[0]}”，属于质量，与时间无关。",
        suggestion="请把这一行移到质量指标；时效指标另填完成的时间，例如“每月 15 日前发放”“12 月 31 日前完成”。",
    )


RULE = row_rule(
    code="CAT003",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("practice-county-review", "cn-mof-2015-88#10"),
    dimension="相关性",
    params=NoParams,
)
