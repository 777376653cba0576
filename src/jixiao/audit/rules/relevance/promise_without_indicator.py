"""总体目标里写到的工作，没有指标衡量。
Promise without indicator

检查内容
    年度总体目标写到了可以统计的工作或者事物（例如慰问、表彰、购买设备、改善基础设施、提高办件量），
    但全部指标的名称和值里都没有提到它。每张表最多列出三处最清楚的。
为什么
    目标里承诺的事没有指标，年底就没有人检查做没做；写了又不准备做的，应当从目标里删去。
怎样修改
    为每项承诺补一个指标，例如“慰问困难党员≥20 人”“窗口办件量≥3000 件”；不属于本项目的，从总体目标中删去。
不适用的情形
    背景、现状的说明不检查；换了说法的（例如“购买”与“采购”）算作已有指标；
    没有总体目标或者没有指标的不检查。本条依据关键词判断，请人工核对。
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.goal_clauses import Clause, ClauseKind, goal_clauses
from jixiao.audit.support.same_work import appears
from jixiao.audit.support.word_patterns import containing, ending_in
from jixiao.audit.view import FormView
from jixiao.form.forms import FormKind
from jixiao.form.indicator import Category
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold
from jixiao.standards.profile import Profile

_ECONOMIC = "经济效益"
_ECONOMIC_AMONG_OTHERS = pattern(r"经济[、和及与][^,;。]{0,6}效益")
_FIGURES = pattern(r"\d{1,12}\.\d{1,12}|(?<!\d)\d{2,9}(?!\d|年)")
_BEGINNING = 2
_STEM = 2
_MEANS = ("通过", "利用", "根据", "以", "为")


class Params(Struct, frozen=True):
    """`most_shown` is how many promises one finding lists."""

    most_shown: int = 3


def check(view: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    """Looks for the clearest gaps only: named work, named things, named quantities."""
    entry = view.goal_entry
    if entry is None or not view.goal:
        yield not_applicable("没有年度总体目标可以对照。")
        return
    if not view.rows:
        yield not_applicable("没有绩效指标可以对照。")
        return
    missing = tuple(_missing(view, context.profile))
    if not missing:
        return
    shown = missing[: context.params.most_shown]
    names = "、".join(f"“{word}”" for word in shown)
    more = f"等 {len(missing)} 项" if len(missing) > len(shown) else ""
    yield view.hit(
        "narrative.goal",
        entry.at,
        f"年度总体目标写到了{names}{more}，没有指标衡量。",
        suggestion=f"请为这些内容补充指标，例如“{shown[0]}≥X（请填写数量和单位）”；"
        "不属于本项目的，请从总体目标中删去。",
        evidence={"promises": " ".join(missing)},
    )


def _missing(view: FormView, profile: Profile) -> Iterator[str]:
    measured = _measured(view)
    seen: set[str] = set()
    for clause in goal_clauses(view, profile):
        if clause.kind is ClauseKind.BACKGROUND or _has_its_figure(clause, measured):
            continue
        for word in _promises(clause.text, profile):
            if word not in seen and not _is_measured(word, measured, view, profile):
                yield word
            seen.add(word)


def _has_its_figure(clause: Clause, measured: str) -> bool:
    """系统可用率不低于99.5% is measured where 99.5 stands, whatever the indicator is called."""
    if clause.kind is not ClauseKind.FIGURE:
        return False
    # Whole figures: the 20 of 新建站点20个 does not stand in 2023年.
    return not set(_FIGURES.findall(clause.text)).isdisjoint(_FIGURES.findall(measured))


def _promises(text: str, profile: Profile) -> Iterator[str]:
    lexicon = profile.lexicon
    for found in containing(lexicon.words("promised_things")).finditer(text):
        yield found[0]
    if _ECONOMIC not in text and _ECONOMIC_AMONG_OTHERS.search(text):
        yield _ECONOMIC
    yield from _work(text, profile)
    no_measure = ending_in(lexicon.words("no_promised_measures"))
    for found in _measures(profile).finditer(text):
        if not no_measure.search(found[0]):
            yield found[0]


def _work(text: str, profile: Profile) -> Iterator[str]:
    """Work is promised where the clause begins with it; further on it is mostly a means."""
    found = containing(profile.lexicon.words("promised_work")).search(text)
    if found is not None and found.start() <= _BEGINNING and not text.startswith(_MEANS):
        yield found[0]


@lru_cache(maxsize=64)
def _measures(profile: Profile) -> re.Pattern[str]:
    """办件量, 满员率: two characters and an ending that is counted."""
    endings = containing(profile.lexicon.words("promised_measures")).pattern
    return pattern(f"[一-鿿]{{2}}(?:{endings})")


def _is_measured(word: str, measured: str, view: FormView, profile: Profile) -> bool:
    if word == _ECONOMIC and view.of(Category.BENEFIT_ECONOMIC):
        return True
    if appears(word, measured, profile) or word in fold(view.project):
        return True
    return _measures(profile).fullmatch(word) is not None and word[:_STEM] in measured


def _measured(view: FormView) -> str:
    tasks = view.form.narrative.tasks
    told = [f"{fold(task.name.raw)}" for task in tasks]
    return "\n".join([*(f"{row.name}{row.value}" for row in view.rows), *told])


RULE = form_rule(
    code="REL001",
    severity=Severity.ADVICE,
    certainty=Certainty.POSSIBLE,
    check=check,
    basis=("cn-mof-2015-88#22", "cn-mof-2021-101"),
    dimension="相关性",
    params=Params,
    kinds=frozenset((FormKind.PROJECT_TARGET,)),
)
