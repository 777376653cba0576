"""The words the signs at cells and their panel speak, and phrases reviewers often need."""

from collections import Counter
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jixiao.lifecycle.journey import RETURN
from jixiao.web.agencies.selectors import Actor
from jixiao.web.statements import Read
from jixiao.web.workflow.models import Opinion

_RECENT, _OFTEN, _LONGEST = 40, 2, 40
#: Said in opinions, which are Chinese whoever reads the page.
_PHRASES = {
    "value": (
        "请量化，写明数值和计量单位",
        "请补填指标值",
        "请写明比较符号（≥、≤、＝）",
        "与资金、数量不匹配，请核对",
        "请说明指标值的依据",
    ),
    "name": (
        "请写清对象和内容",
        "请改为能够考核的指标",
        "放错类别，请调整",
        "与其他指标重复",
    ),
    "money": ("与预算数不一致，请核对", "请补填金额", "各项之和与总额不符"),
    "goal": (
        "请写明对象、数量、时间和效果",
        "与项目内容不符",
        "与指标不对应，请统一",
    ),
    "other": ("请补填", "填写有误，请核对", "请按规定名称填写"),
}


def mark_words() -> dict[str, Any]:
    """Signs in one character, and what the panel says around the texts."""
    return _words_in(get_language())


@lru_cache(maxsize=8)
def _words_in(_language: str | None) -> dict[str, Any]:
    return {
        "signs": {
            "error": _("错"),
            "warning": _("警"),
            "advice": _("议"),
            "info": _("示"),
            "returned": _("退"),
            "changed": _("改"),
            "added": _("新"),
            "answered": _("说"),
            "mine": _("退回"),
        },
        "names": {
            "error": _("错误"),
            "warning": _("警告"),
            "advice": _("建议"),
            "info": _("提示"),
            "returned": _("退回理由"),
            "changed": _("有改动"),
            "added": _("新增行"),
            "answered": _("已说明理由"),
        },
        "groups": {"found": _("校核"), "returned": _("退回"), "changed": _("改动")},
        "toggle": _("显示或隐藏这一类标记"),
        "next": _("下一处"),
        "title": _("这一格的说明"),
        "close": _("关闭"),
        "back": _("回到列表"),
        "before": _("上一轮："),
        "blank": _("（空）"),
        "reason": _("退回理由"),
        "done": _("写好了"),
        "none": _("不退这一格"),
        "remove": _("删除"),
        "asReason": _("作为退回理由"),
        "asReasonAlready": _("已列为退回理由"),
        "graded": _("评为"),
        "ungraded": _("还没有评定等级。"),
    }


def phrases_for(actor: Actor) -> dict[str, Any]:
    """Phrases by the kind of cell, those this person often writes first."""
    own: dict[str, Counter[str]] = {}
    for (reasons,) in _SAID.rows(actor.user.pk):
        for path, text in reasons.items():
            if len(text) <= _LONGEST:
                own.setdefault(_kind(path), Counter())[text] += 1
    often = {
        kind: [text for text, count in counts.most_common(3) if count >= _OFTEN]
        for kind, counts in own.items()
    }
    return {**_PHRASES, "own": often}


def _said(person: int) -> "QuerySet[Opinion, tuple[dict[str, str]]]":
    recent = Opinion.objects.filter(author=person, action=RETURN).order_by("-pk")
    return recent.values_list("reasons")[:_RECENT]


_SAID = Read(_said, 2_000_000_011)


def _kind(path: str) -> str:
    part = path.rpartition(".")[2]
    if path.startswith("funding"):
        return "money"
    if part in {"target", "value", "operator", "unit"}:
        return "value"
    if part == "name":
        return "name"
    return "goal" if part.endswith("goal") else "other"
