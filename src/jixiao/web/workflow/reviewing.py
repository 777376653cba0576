"""The review sheet of a step: made from the target, filled by a person, kept like a form."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from msgspec import Struct

from jixiao.audit.finding import Finding
from jixiao.audit.rule import RULES
from jixiao.form.codec import decode, encode
from jixiao.form.forms import Form
from jixiao.lifecycle.grading import GRADES, Suggestion, grade_of_items, grade_of_points
from jixiao.lifecycle.journey import Journey
from jixiao.official.carry import Refusal, carry
from jixiao.official.editing import change
from jixiao.standards.layout import Layout, layout_of
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Filing
from jixiao.web.filings.objects import Objects
from jixiao.web.filings.selectors import form_of
from jixiao.web.kept import Kept
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.models import ReviewSheet

GENERAL, KEY = "cn_mof/review_general_2015", "cn_mof/review_key_2015"
_ASPECTS = ("完整性", "相关性", "适当性", "可行性")
#: Aspect → the item its findings speak to, and the other one with the families that speak to it.
_ITEMS = {
    "完整性": ("规范完整性", "明确清晰性", frozenset({"QUA", "TIM", "TXT"})),
    "相关性": ("指标科学性", "目标相关性", frozenset({"CLS", "DUP", "REL", "XPR"})),
    "适当性": ("绩效合理性", "资金匹配性", frozenset({"AMT", "COS", "UNT", "XPR"})),
    "可行性": ("实现可能性", "条件充分性", frozenset({"BAS"})),
}
_PROPOSED = {"error": "中", "warning": "良"}


class Sheet(Struct, frozen=True):
    """A review sheet at hand: its form, whether it has been saved, and the grade decided."""

    form: Form
    layout: Layout
    grade: str
    is_saved: bool
    #: What is stored, "" for a blank one.
    text: str = ""


def sheet_of(filing: Filing, sheets: Sequence[ReviewSheet] | None = None) -> Sheet:
    """The sheet of the present step; a blank one made from the target where none is saved.

    `sheets` are those of all steps, where they are at hand.
    """
    layout = layout_of(KEY if filing.is_key else GENERAL)
    step = (filing.state, filing.number)
    known = sheets_of(filing) if sheets is None else sheets
    saved = next((one for one in known if (one.state, one.revision_number) == step), None)
    if saved is not None:
        return Sheet(decode(saved.form), layout, saved.grade, is_saved=True, text=saved.form)
    form, revision = form_of(filing)
    return _BLANK.of((revision.form, layout.id), lambda: _blank(form, layout))


def sheets_of(filing: Filing) -> list[ReviewSheet]:
    """The sheets of all steps, the newest first."""
    return _SHEETS.ask(filing.pk)


def _blank(form: Form, layout: Layout) -> Sheet:
    made = carry(form, layout)
    if isinstance(made, Refusal):
        raise TypeError(made.message)  # every project target has a review sheet
    return Sheet(made, layout, "", is_saved=False)


_BLANK: Kept[Sheet] = Kept(64)
_SHEETS = Objects(
    ReviewSheet,
    lambda pk: ReviewSheet.objects.filter(filing=pk).order_by("-saved_at"),
    2_000_000_011,
    related=("by",),
)


def suggestion(sheet: Sheet) -> Suggestion:
    """What the items as filled come to."""
    items = () if sheet.form.review is None else sheet.form.review.items
    if sheet.layout.id == KEY:
        scores = [None if one.score is None else one.score.value for one in items]
        most = [None if one.points is None else one.points.value for one in items]
        return grade_of_points(scores, most)
    return grade_of_items(["" if one.grade is None else one.grade.value or "" for one in items])


def filled(sheet: Sheet, answers: Mapping[str, str]) -> Sheet:
    """The sheet with these answers, written nowhere."""
    form = sheet.form
    for path, text in answers.items():
        form = change(form, path, text)
    return Sheet(form, sheet.layout, sheet.grade, sheet.is_saved)


def found_by_aspect(findings: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    """What the audit found, under the aspect of the review it speaks to."""
    found: dict[str, list[Finding]] = {aspect: [] for aspect in _ASPECTS}
    for finding in findings:
        dimension = RULES[finding.code].dimension if finding.code in RULES else ""
        found.setdefault(dimension, []).append(finding)
    return found


def proposed_grades(sheet: Sheet, findings: tuple[Finding, ...]) -> dict[str, str]:
    """Item path → what the findings come to there; items nothing was found for stay open.

    An error is 中 at best, a warning 良. That nothing was found proves no item good, and points
    are a person's: key projects get no proposal.
    """
    if sheet.layout.id == KEY or sheet.form.review is None:
        return {}
    worst: dict[str, str] = {}
    for one in findings:
        grade = _PROPOSED.get(one.severity)
        if grade is not None and one.code in RULES:
            item = _item_of(one.code)
            worst[item] = max(worst.get(item, grade), grade, key=GRADES.index)
    return {
        f"review.items[{number}].grade": worst[item.item.raw.strip()]
        for number, item in enumerate(sheet.form.review.items)
        if item.item.raw.strip() in worst
    }


def _item_of(code: str) -> str:
    """The item of the review sheet a rule speaks to."""
    usual, other, families = _ITEMS.get(RULES[code].dimension, ("", "", frozenset()))
    return other if code[:3] in families else usual


def proposed_opinion(findings: tuple[Finding, ...]) -> str:
    """A first draft of the opinion: what a unit has to mend, in the order of the form."""
    grave = [one for one in findings if one.severity in ("error", "warning")]
    counts = Counter(one.message for one in grave)
    lines = [f"{number}. {text}" for number, text in enumerate(counts, start=1)]
    return "\n".join(lines)


@transaction.atomic
def save_review(
    *,
    actor: Actor,
    filing: Filing,
    answers: Mapping[str, str],
    grade: str,
    journey: Journey,
    now: datetime,
) -> Sheet:
    """Write the sheet of this step. `answers` are texts by the path of the sheet's fields."""
    level = journey.level(filing.state)
    if level is None or level.role not in actor.roles_over(filing.agency_path):
        raise NotYours
    sheet = sheet_of(filing)
    form = filled(sheet, answers).form
    grade = grade if grade in GRADES else ""
    if grade:
        form = change(form, "review.grade", grade)
    ReviewSheet.objects.update_or_create(
        filing=filing,
        state=filing.state,
        revision_number=filing.number,
        defaults={
            "form": encode(form).decode(),
            "grade": grade,
            "by": actor.user,
            "saved_at": now,
        },
    )
    write_event(
        actor=actor,
        agency=filing.agency,
        code="review.saved",
        at=now,
        filing=filing,
        role=level.role.value,
        payload={"state": filing.state, "number": filing.number, "grade": grade},
    )
    return Sheet(form, sheet.layout, grade, is_saved=True)
