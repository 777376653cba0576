"""文字重复：同一个词、并列项或者句子写了两遍。
Repeated words

检查内容
    项目名称、总体目标、指标名称和指标值中，是否有词语紧接着写了两遍（“职工食堂职工食堂”）、
    并列的内容重复（“创造力和创造力”），以及总体目标里是否有两句话几乎一样。
为什么
    多半是录入或者复制时的差错；并列项重复时，往往是漏写了本来要写的另一项。
怎样修改
    删去重复的部分；并列项重复的，补上漏写的一项，例如“凝聚力和战斗力、创造力和创造力”改为“凝聚力和战斗力、创造力和执行力”。
不适用的情形
    汉语正常的重叠（户户、一步一步、实实在在）；两个词相接（公共服务服务对象）；“部门与部门之间”一类说法；
    句式相同而对象或者数字不同的句子；两行指标重复，由另外的规则报告。
"""

from collections.abc import Iterator
from functools import lru_cache

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.repetition import (
    repeated_member,
    repeated_sentence,
    repeated_word,
    repeats_a_pair,
)
from jixiao.audit.support.word_patterns import Containing, containing
from jixiao.audit.support.written_places import Place, goals, written_places
from jixiao.audit.view import FormView
from jixiao.standards.profile import Profile


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """One finding for a cell, the surest first: a doubled word, a list, then whole sentences."""
    found: set[str] = set()
    for place in written_places(view):
        hit = _word_or_member(view, place, context.profile)
        if hit is not None:
            found.add(place.path)
            yield hit
    for place in goals(view):
        pair = None if place.path in found else repeated_sentence(place.text)
        if pair is not None:
            yield view.hit(
                place.path,
                place.entry.at,
                f"{place.called}里“{pair[0]}”和“{pair[1]}”是同一句话，写了两遍。",
                suggestion="请删去一句；本来要写另一项内容的，请补上。",
                evidence={"first": pair[0], "second": pair[1]},
            )


def _word_or_member(view: FormView, place: Place, profile: Profile) -> Hit | None:
    if not repeats_a_pair(place.text):
        return None
    word = repeated_word(place.text, profile.lexicon.words("compound_heads"), _verbs(profile))
    if word is not None:
        said, advice = "紧接着写了两遍", "请删去重复的部分"
    else:
        word = repeated_member(place.text, _verbs(profile))
        said, advice = "在并列的内容里写了两遍", "请删去一个，或者补上漏写的另一项"
    if word is None:
        return None
    return view.hit(
        place.path,
        place.entry.at,
        f"{place.called}“{place.around(word.single)}”中的“{word.single}”{said}。",
        suggestion=f"{advice}，写成“{word.single}”或者完整的内容。",
        evidence={"repeated": word.single},
        fix=place.without(word.doubled, word.single, f"删去重复的“{word.single}”"),
    )


@lru_cache(maxsize=64)
def _verbs(profile: Profile) -> Containing:
    """Verbs that stand before the first member of a list."""
    lexicon = profile.lexicon
    words = lexicon.words("change_verbs") | lexicon.words("keep_verbs")
    return containing(words | lexicon.words("promised_work"))


RULE = form_rule(
    code="TXT001",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="完整性",
    params=NoParams,
)
