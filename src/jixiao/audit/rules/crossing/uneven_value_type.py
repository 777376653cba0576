"""同一个指标，别的项目填了数字，这里只填了文字。
Uneven value type

检查内容
    同一单位、同一年度的不同项目，名称相同（或者只差几个字）的数量、质量、效益指标，
    是否一处填数字、另一处填文字，例如“网格员走访”一处是“100%”，一处是“全覆盖”。
为什么
    别的项目能量化，说明这个指标可以量化；口径不一，也没法汇总比较。
怎样修改
    按填数字的那个项目统一，例如“全覆盖”改为“网格走访覆盖率＝100%”。
不适用的情形
    时效和满意度指标；名称不到 6 个字的通用指标；指标值空白或者“不适用”的，由其他规则处理。
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.finding import Certainty, Severity
from jixiao.audit.rule import At, BatchContext, batch_rule
from jixiao.audit.support.near_copies import copies, tokens_of
from jixiao.audit.support.plain_clauses import plain
from jixiao.audit.support.sister_forms import lonely, project_key, sisters
from jixiao.audit.view import Batch, Row
from jixiao.form.indicator import Category
from jixiao.foundation.quantity import ValueKind

_CATEGORIES = (
    Category.OUTPUT_QUANTITY,
    Category.OUTPUT_QUALITY,
    Category.BENEFIT_ECONOMIC,
    Category.BENEFIT_SOCIAL,
    Category.BENEFIT_ECOLOGICAL,
    Category.BENEFIT_SUSTAINED_IMPACT,
)

Placed = tuple[int, Row]


class Params(Struct, frozen=True):
    """Names of `shortest` signs must be equal; from `long_from` signs on `percent` suffices."""

    shortest: int = 6
    long_from: int = 12
    percent: int = 75


def check(batch: Batch, context: BatchContext[Params]) -> Iterator[At]:
    """Rows with words are reported where a row of that name elsewhere has a figure."""
    yield from lonely(batch)
    params = context.params
    for group in sisters(batch):
        for category in _CATEGORIES:
            placed = [
                (position, row)
                for position in group
                for row in batch.forms[position].of(category)
                if row.quantity.number is not None or _is_words(row)
            ]
            sets = [
                tokens_of(plain(row.name), shortest=params.shortest, long_from=params.long_from)
                for _, row in placed
            ]
            for alike in copies(sets, params.percent / 100):
                yield from _compared(batch, [placed[number] for number in alike])


def _is_words(row: Row) -> bool:
    quantity = row.quantity
    return quantity.kind is ValueKind.QUALITATIVE and not quantity.numbers


def _compared(batch: Batch, rows: list[Placed]) -> Iterator[At]:
    figures = [(at, row) for at, row in rows if row.quantity.number is not None]
    if not figures or len(figures) == len(rows):
        return
    at, figure = figures[0]
    key = project_key(batch.forms[at])
    for position, row in rows:
        if row.quantity.number is not None or project_key(batch.forms[position]) == key:
            continue
        other = batch.forms[at].project
        hit = row.hit(
            "target",
            f"指标“{row.raw_name}”的值是“{row.raw_value}”，项目“{other}”的同一指标填的是“{figure.raw_value}”。",
            suggestion=f"请参照“{figure.raw_value}”的写法改为数字，使两个项目口径一致。",
            evidence={"value": row.raw_value, "other_value": figure.raw_value, "project": other},
        )
        yield At(form=position, what=hit)


RULE = batch_rule(
    code="XPR003",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13", "cn-mof-2015-88#22"),
    dimension="相关性",
    params=Params,
)
