"""What a project is by its nature: pay of own staff, pay of hired people, running costs, or a task.

Stated category first (项目类别, the letter in the project code), else the name. A name counts as
pay only if nothing else stands in it: 住房公积金管理中心业务经费 is no pay.
"""

import re
from enum import StrEnum

from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold
from jixiao.standards.lexicon import Lexicon

_LAST_PART = pattern(r"^.*[_—-]+")
_CODE = pattern(r"^\d{8}([RYT])\d{9,}$")
_LETTERS = {"R": "人员类", "Y": "运转类", "T": "特定目标类"}
_CATEGORIES = ("人员类", "公用经费", "其他运转类", "运转类", "特定目标类")


class Nature(StrEnum):
    """Kinds of spending the rules tell apart."""

    STAFF_PAY = "staff pay"
    HIRED_PAY = "hired pay"
    RUNNING = "running costs"
    OTHER = "other"


def stated_category(view: FormView) -> str | None:
    """The category the form itself states, in the words of the budget system."""
    header = view.form.header
    if header.project_category is not None:
        text = fold(header.project_category.raw)
        for word in _CATEGORIES:
            if word in text:
                return word
    if header.project_code is not None:
        found = _CODE.match(fold(header.project_code.raw))
        if found is not None:
            return _LETTERS[found[1]]
    return None


def nature_by_name(view: FormView, lexicon: Lexicon) -> Nature:
    """What the project's name says it pays for."""
    header = view.form.header
    if header.project_name is None:
        return Nature.OTHER
    name = fold(header.project_name.raw)
    last = _LAST_PART.sub("", name)
    if containing(lexicon.words("running_cost_items")).search(last):
        return Nature.RUNNING
    if _is_only_pay(last, lexicon):
        return Nature.STAFF_PAY
    hired = containing(lexicon.words("hired_people")).search(last)
    pay = containing(lexicon.words("pay_words")).search(last)
    if hired and pay and not containing(lexicon.words("no_pay_words")).search(last):
        return Nature.HIRED_PAY
    return Nature.OTHER


def _is_only_pay(name: str, lexicon: Lexicon) -> bool:
    items = containing(lexicon.words("personnel_items"))
    if not items.search(name):
        return False
    rest = items.sub("", name)
    rest = containing(lexicon.words("personnel_fillers")).sub("", rest)
    return not re.sub(r"[\d()]", "", rest)
