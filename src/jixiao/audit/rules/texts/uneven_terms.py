"""同一对象在一张表里用了几种叫法。
Uneven terms

检查内容
    同一张表的项目名称、总体目标和指标中，同一类人或者同一件事是否有几种叫法，
    例如“临聘人员”与“常聘人员”、“驻村工作队”与“驻村工作组”、“交纳”与“缴纳”。
为什么
    叫法不一，看不出说的是不是同一批人、同一件事，核对人数和金额时容易出错。
怎样修改
    全表统一用文件里的正式名称，例如一律写“临时聘用人员”“驻村工作队”“缴纳”。
不适用的情形
    简称与全称（临聘与临时聘用）；在一处并列写出、明显是两类对象的（“临聘、长聘人员”）。
"""

from collections.abc import Iterator
from functools import lru_cache

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.word_patterns import Containing, containing
from jixiao.audit.support.written_places import Place, all_words, written_places
from jixiao.audit.view import FormView
from jixiao.foundation.pattern import pattern
from jixiao.standards.profile import Profile

_LISTED = pattern(r"^(?:人员|工作)?(?:、|和|与|及|或|/|以及)(?:.{0,2})$")

Seen = dict[str, dict[str, tuple[str, Place]]]


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Reported once for each thing, at the first place that departs from the first way."""
    table = context.profile.lexicon.table("term_forms")
    pattern = _variants(context.profile)
    if pattern.search(all_words(view)) is None:
        return
    seen: Seen = {}
    listed: set[str] = set()
    for place in written_places(view):
        before = ("", "", 0)
        for found in pattern.finditer(place.text):
            thing, _, way = table[found[0]].partition("/")
            seen.setdefault(thing, {}).setdefault(way, (found[0], place))
            other_way = before[0] == thing and before[1] != way
            if other_way and _LISTED.match(place.text[before[2] : found.start()]):
                listed.add(thing)
            before = (thing, way, found.end())
    for thing, ways in seen.items():
        if len(ways) > 1 and thing not in listed:
            yield _reported(view, thing, list(ways.values()))


@lru_cache(maxsize=64)
def _variants(profile: Profile) -> Containing:
    return containing(frozenset(profile.lexicon.table("term_forms")))


def _reported(view: FormView, thing: str, uses: list[tuple[str, Place]]) -> Hit:
    words = "、".join(f"“{word}”" for word, _ in uses)
    place = uses[1][1]
    return view.hit(
        place.path,
        place.entry.at,
        f"表中对{thing}用了{words} {len(uses)} 种叫法，{place.called}“{place.around(uses[1][0])}”与前面不一致。",
        suggestion="请全表统一用一种正式名称；确实是不同对象的，分别说明。",
        evidence={"thing": thing, "terms": "、".join(word for word, _ in uses)},
    )


RULE = form_rule(
    code="TXT005",
    severity=Severity.INFO,
    certainty=Certainty.POSSIBLE,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="完整性",
    params=NoParams,
)
