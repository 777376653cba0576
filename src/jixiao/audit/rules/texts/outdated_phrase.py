"""用了已经过时的政策提法。
Outdated phrase

检查内容
    预算年度晚于某项政策、规划或者机构名称的使用年限，而项目名称、总体目标或者指标仍按现行提法使用，
    例如 2022 年的目标写“开展脱贫攻坚工作”，2023 年写“十三五”“新农合”“地税”。
为什么
    提法过时，多半是沿用以前年度的表；目标与现行政策对不上，审核相关性时通不过。
怎样修改
    换成现行提法，例如“开展脱贫攻坚工作”改为“巩固拓展脱贫攻坚成果、推进乡村振兴”。
不适用的情形
    叙述过去（脱贫攻坚成果、“十三五”期间完成、原国税局）；文件名称；结转、尾款、债务等以前年度项目的收尾；
    表上看不出年度的。各项提法的年限由本系统整理，未经核实。
"""

from collections.abc import Iterator
from functools import lru_cache

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_enough_data
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.word_patterns import Containing, containing
from jixiao.audit.support.written_places import Place, all_words, written_places
from jixiao.audit.view import FormView
from jixiao.foundation.pattern import pattern
from jixiao.standards.profile import Profile

_DOCUMENTS = pattern(r"《[^《》]*》")
_ENDS = pattern(r"[,;。!?]")


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Each phrase is reported once, at its first place."""
    year = view.form.budget_year
    if year is None:
        yield not_enough_data("表上看不出预算年度，无法判断提法是否过时。")
        return
    if _phrases(context.profile).search(all_words(view)) is None:
        return
    lexicon = context.profile.lexicon
    told: set[str] = set()
    for place in written_places(view):
        for phrase in _outdated(place, year, context.profile):
            if phrase in told:
                continue
            told.add(phrase)
            until, _, now = lexicon.table("outdated_phrases")[phrase].partition("/")
            yield view.hit(
                place.path,
                place.entry.at,
                f"{place.called}“{place.around(phrase)}”中的“{phrase}”用到 {until} 年为止，本表是 {year} 年度。",
                suggestion=f"请改用现行提法，例如“{now}”；说的是以前年度的事，请写明。",
                evidence={"phrase": phrase, "until": until, "year": str(year)},
            )


def _outdated(place: Place, year: int, profile: Profile) -> Iterator[str]:
    pattern, lexicon = _phrases(profile), profile.lexicon
    if not pattern.search(place.text):
        return
    past = containing(lexicon.words("past_words"))
    for clause in _ENDS.split(_DOCUMENTS.sub("", place.text)):
        if past.search(clause):
            continue
        for found in pattern.finditer(clause):
            if year > int(lexicon.table("outdated_phrases")[found[0]].partition("/")[0]):
                yield found[0]


@lru_cache(maxsize=64)
def _phrases(profile: Profile) -> Containing:
    return containing(frozenset(profile.lexicon.table("outdated_phrases")))


RULE = form_rule(
    code="TXT006",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#22", "jixiao"),
    dimension="相关性",
    params=NoParams,
)
