"""同一单位各表的项目属性代码级次不一致。
Attribute code differs from the other forms

检查内容
    同一单位、同一年度的几张表中，项目属性代码的位数是否一致（如多数是“02”，个别是“0101”）。
为什么
    代码级次不一，汇总统计时会漏掉或重复计算。
怎样修改
    改用同一级次的代码。例如其他表用两位代码的，“0101-一年期项目”改为“01-一次性项目”。
不适用的情形
    没有代码的；只有一张表，或各种位数数量相当、看不出以哪种为准的。
"""

from collections import Counter
from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Severity
from jixiao.audit.rule import At, BatchContext, NoParams, batch_rule
from jixiao.audit.view import Batch

_FEWEST = 3


def check(batch: Batch, context: BatchContext[NoParams]) -> Iterator[At]:  # noqa: ARG001  every rule takes a context
    for group in batch.groups:
        codes = {
            position: code for position in group if (code := _code(batch, position)) is not None
        }
        counted = Counter(len(code) for code in codes.values())
        if len(codes) < _FEWEST or len(counted) < 2:
            continue
        usual, often = counted.most_common(1)[0]
        if often * 2 <= len(codes):
            continue
        example = next(code for code in codes.values() if len(code) == usual)
        for position, code in codes.items():
            if len(code) != usual:
                yield _at(batch, position, code, example, often)


def _code(batch: Batch, position: int) -> str | None:
    entry = batch.forms[position].form.header.project_attribute
    return None if entry is None or entry.value is None else entry.value.code


def _at(batch: Batch, position: int, code: str, example: str, often: int) -> At:
    view = batch.forms[position]
    entry = view.form.header.project_attribute
    return At(
        form=position,
        what=view.hit(
            "header.project_attribute",
            view.place_of(None) if entry is None else entry.at,
            f"项目属性代码“{code}”是 {len(code)} 位，同单位另有 {often} 张表用的是 "
            f"{len(example)} 位（如“{example}”）",
            suggestion="请与其他表使用同一级次的项目属性代码。",
            evidence={"本表代码": code, "其他表代码": example, "其他表数": str(often)},
        ),
    )


RULE = batch_rule(
    code="CLS004",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("practice-integrated-system",),
    dimension="完整性",
    params=NoParams,
)
