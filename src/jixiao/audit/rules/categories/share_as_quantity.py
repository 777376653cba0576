"""“率”“比例”填在了数量指标里。
Share as quantity

检查内容
    数量指标的名称以“率”“比例”“占比”“覆盖面”结尾，例如“规范化建设覆盖率 100%”。
为什么
    数量指标回答“做了多少”，要用个、次、人、件来数；比率说明做得好不好、覆盖得广不广，
    属于质量或者效益。把比率当数量填，实际做了多少反而看不出来。
怎样修改
    在数量指标里填能够数出来的数，例如“规范化建设的村委会 5 个”；原来的比率移到质量指标或者效益指标。
不适用的情形
    “频率”“效率”“功率”等不是比率的不检查；“及时率”“按期完成率”由“指标放错类别（时效）”检查，
    “预算执行率”由“预算执行率当作绩效指标”检查；当地规定允许列在数量指标中的，可以在口径中设置。
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, row_rule
from jixiao.audit.support.rate_names import bare_name, rate_ending
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import Row
from jixiao.form.indicator import Category


class Params(Struct, frozen=True):
    """`allowed_endings` are endings a place counts as quantities, such as 覆盖率."""

    allowed_endings: tuple[str, ...] = ()


def check(row: Row, context: Context[Params]) -> Iterator[Hit | Skip]:
    """Degrees (满意度) are another matter; only shares are looked at."""
    if row.category is not Category.OUTPUT_QUANTITY or not row.name:
        return
    lexicon = context.profile.lexicon
    ending = rate_ending(row.name, lexicon)
    if ending is None or ending.endswith("度"):
        return
    name = bare_name(row.name)
    if name.endswith(context.params.allowed_endings):
        return
    if containing(lexicon.words("timely_words")).search(name):
        return
    if containing(lexicon.words("execution_names")).search(name):
        return
    counted = next(
        (text for word, text in lexicon.table("countable_instead").items() if word in name),
        "完成的个数、次数或者人数",
    )
    yield row.hit(
        "name",
        f"数量指标“{row.raw_name}”是比率（“{ending}”），不是数量。",
        suggestion=f"数量指标请填能够数出来的数，例如{counted}；“{bare_name(row.raw_name)}”移到质量指标或者效益指标。",
    )


RULE = row_rule(
    code="CAT002",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("practice-county-review", "cn-mof-2015-88#10"),
    dimension="相关性",
    params=Params,
)
