"""数字后面缺量词，或者动词后面缺内容。
Incomplete phrase

检查内容
    总体目标和指标名称中，数字后面直接跟着动词或者人（“1 为政府门卫”“培训 200 村民”）；
    “促进”“推动”后面只有事物、没有变化（“有力促进村容村貌”）。
为什么
    句子不完整，读的人只能猜数字说的是什么、要促进成什么样。
怎样修改
    补上量词：“1 人为政府门卫”“培训 200 名村民”；补上变化：“促进村容村貌改善”，最好再写明改善多少。
不适用的情形
    年份、热线号码（12345）和节日；“1 为……，2 为……”一类编号。
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.plain_clauses import plain_clauses
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.support.written_places import NAME, Place, all_words, written_places
from jixiao.audit.view import FormView
from jixiao.foundation.pattern import pattern
from jixiao.standards.profile import Profile

_PLACES = frozenset((NAME, "年度总体目标", "中长期目标"))
_ANY_DIGIT = pattern(r"\d")
_BARE_SUBJECT = pattern(r"(?:^|[,;。:(])(\d{1,4})(为|负责|担任|从事)(?=[一-鿿]{2})")
_HOTLINES = frozenset(("110", "119", "120", "122", "12345", "12315", "12388"))
_YEAR = pattern(r"(?:19|20)\d\d")
_ADVERBS = pattern(r"^(?:有力|有效|进一步|持续|不断|切实|积极|大力|全面|逐步|着力|充分|更好地?)+")
_MOVES = pattern(r"^(促进|推动)([一-鿿]{2,12})$")


def check(view: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Numbers anywhere in goals and names; the verbs in names only, where a name is one clause."""
    profile = context.profile
    words = all_words(view)
    moved = "促进" in words or "推动" in words
    for place in written_places(view):
        if place.called not in _PLACES:
            continue
        hit = _bare_number(view, place, profile)
        if hit is None and moved and place.called == NAME:
            hit = _bare_verb(view, place, profile)
        if hit is not None:
            yield hit


def _bare_number(view: FormView, place: Place, profile: Profile) -> Hit | None:
    if not _ANY_DIGIT.search(place.text):
        return None
    found = _subject(place.text) or _people(place.text, profile)
    if found is None:
        return None
    number, after = found[1], found[2]
    return view.hit(
        place.path,
        place.entry.at,
        f"{place.called}“{place.around(found[0])}”中，数字 {number} 后面直接写“{after}”，缺少量词。",
        suggestion=f"请补上量词，例如“{number}人{after}”。"
        if after in {"为", "负责", "担任", "从事"}
        else f"请补上量词，例如“{number}名{after}”。",
        evidence={"number": number, "next": after},
    )


def _subject(text: str) -> re.Match[str] | None:
    """1为政府门卫; but 1为…, 2为… are numbered points."""
    found = list(_BARE_SUBJECT.finditer(text))
    return found[0] if len(found) == 1 else None


def _people(text: str, profile: Profile) -> re.Match[str] | None:
    for found in _number_of_people(profile).finditer(text):
        if found[1] not in _HOTLINES and not _YEAR.fullmatch(found[1]):
            return found
    return None


@lru_cache(maxsize=64)
def _number_of_people(profile: Profile) -> re.Pattern[str]:
    people = containing(profile.lexicon.words("counted_people")).pattern
    return re.compile(rf"(?<![\d.A-Za-z〔(-])(\d{{1,5}})余?({people})(?!节|日|热线)")


def _bare_verb(view: FormView, place: Place, profile: Profile) -> Hit | None:
    text = place.text
    if "促进" not in text and "推动" not in text:
        return None
    states, changes = profile.lexicon.words("state_nouns"), profile.lexicon.words("change_verbs")
    for clause in plain_clauses(text):
        found = _MOVES.match(_ADVERBS.sub("", clause))
        if found is None or containing(changes).search(found[2]):
            continue
        if any(found[2].endswith(noun) for noun in states):
            return view.hit(
                place.path,
                place.entry.at,
                f"指标名称“{place.around(clause)}”中，“{found[1]}{found[2]}”没有写明促进什么变化。",
                suggestion=f"请补全，例如“{found[1]}{found[2]}改善”，并写明改善到什么程度。",
                evidence={"phrase": found[0]},
            )
    return None


RULE = form_rule(
    code="TXT003",
    severity=Severity.INFO,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="完整性",
    params=NoParams,
)
