"""Do a cost indicator and a quantity indicator speak of the same thing?

`组织党员教育培训` with 200 人次 and `组织党员教育培训成本` with 1000 元/次 do. Brackets and words
of cost and counting at the end are no part of the thing.
"""

import re
from functools import lru_cache

_BRACKETS = re.compile(r"\([^()]*\)")
_TAILS = tuple(
    sorted(
        "单位成本 平均成本 人均成本 成本控制数 控制数 成本 单价 价格 造价 费用 经费 支出 补助标准 补贴标准 "
        "发放标准 标准 金额 补助 补贴 数量 个数 人数 人次 次数 场次 份数 户数 件数 数 总额 额".split(),
        key=len,
        reverse=True,
    )
)
_SHORTEST = 2
_SHORTEST_PART = 4


def same_thing(one: str, other: str) -> bool:
    """Both folded names, without brackets and tails, are equal or one holds the other."""
    left, right = thing_named(one), thing_named(other)
    if left == right:
        return len(left) >= _SHORTEST
    short, long = sorted((left, right), key=len)
    return len(short) >= _SHORTEST_PART and short in long


@lru_cache(maxsize=4096)
def thing_named(name: str) -> str:
    """Take brackets and tails off a folded indicator name: what is left is the thing itself."""
    thing = _BRACKETS.sub("", name)
    while (tail := next((word for word in _TAILS if thing.endswith(word)), None)) is not None:
        thing = thing.removesuffix(tail)
    return thing
