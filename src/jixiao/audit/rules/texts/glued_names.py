"""两个指标的名称连写在一个格里。
Glued names

检查内容
    三级指标名称里是否有两个完整的指标名直接连在一起，中间没有标点，例如“……满意度……满意度”“……覆盖率……合格率”。
为什么
    一个指标值无法同时说明两个指标，年底也无法分别打分。
怎样修改
    拆成两行，各填各的指标值，例如“干部满意度≥95%”“群众满意度≥90%”；多复制了一截的，删去多余的部分。
不适用的情形
    “满意度调查覆盖率”“失业率控制率”一类本来就是一个指标的；中间用顿号或者“和”分开的。
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import Row
from jixiao.standards.profile import Profile

_SHORTEST = 8


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """The first ending must be over and the second name begin at once."""
    name = row.name
    if len(name) < _SHORTEST:
        return
    found = _pattern(context.profile).fullmatch(name)
    if found is None:
        return
    first, second = found["first"], found["second"]
    yield row.hit(
        "name",
        f"指标名称“{row.raw_name}”由“{first}”和“{second}”两个名称连写而成。",
        suggestion=f"请拆成“{first}”和“{second}”两行，分别填写指标值；多写的，删去一个。",
        evidence={"first": first, "second": second},
    )


@lru_cache(maxsize=64)
def _pattern(profile: Profile) -> re.Pattern[str]:
    lexicon = profile.lexicon
    ending = containing(lexicon.words("complete_endings")).pattern
    count = containing(lexicon.words("count_endings")).pattern
    going_on = containing(lexicon.words("after_an_ending")).pattern
    return re.compile(
        rf"(?P<first>[^、,;/]{{1,30}}?(?:{ending}|(?P<count>{count})))"
        rf"(?P<second>(?!{going_on})[一-鿿]{{0,20}}(?:(?(count)(?:..)(?P=count)|(?:{ending}))))"
    )


RULE = row_rule(
    code="TXT002",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="完整性",
    params=NoParams,
)
