"""What was said and done about a filing, in order; and the reasons that stand at its fields."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from jixiao.form.codec import decode
from jixiao.lifecycle.journey import DRAFT
from jixiao.lifecycle.roles import ROLES, RoleCode
from jixiao.web.filings.entries import labels_at
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing, Revision
from jixiao.web.filings.objects import Objects
from jixiao.web.workflow.models import Opinion

#: What goes with no step.
COMMENT = "comment"
_COMMENT_LABEL = "留言"
_OPINIONS = Objects(
    Opinion,
    lambda pk: Opinion.objects.filter(filing=pk).order_by("-at", "-pk"),
    2_000_000_011,
)


class Reason(Struct, frozen=True, kw_only=True):
    """Why a field was sent back: by whom, in which role, and when."""

    path: str
    label: str
    text: str
    by: str
    role: str
    at: datetime


class Said(Struct, frozen=True, kw_only=True):
    """One contribution: what was done, with the words and reasons that went with it."""

    by: str
    role: str
    action: str
    at: datetime
    number: int
    text: str
    reasons: tuple[Reason, ...]


def opinions_of(filing: Filing) -> list[Opinion]:
    """Every opinion, the newest first."""
    return _OPINIONS.ask(filing.pk)


def thread(filing: Filing, opinions: Sequence[Opinion] | None = None) -> tuple[Said, ...]:
    """What was said, the newest first; `opinions` where they are at hand."""
    opinions = opinions_of(filing) if opinions is None else opinions
    labels = _labels(filing, [one for one in opinions if one.reasons])
    actions = {one.code: one.label for one in county_journey().stage.actions}
    actions[COMMENT] = _COMMENT_LABEL
    return tuple(
        Said(
            by=one.author_name,
            role=role_label(one.role),
            action=actions.get(one.action, one.action),
            at=one.at,
            number=one.revision_number,
            text=one.text,
            reasons=_reasons(one, labels.get(one.revision_number, {})),
        )
        for one in opinions
    )


def reasons_for(
    filing: Filing, opinions: Sequence[Opinion] | None = None
) -> dict[str, tuple[Reason, ...]]:
    """Field path → why it was sent back, for the draft that answers it.

    Only the last return counts: what was said before it has been answered.
    """
    if filing.state != DRAFT or filing.number == 1:
        return {}
    said = opinions_of(filing) if opinions is None else opinions
    before = (one for one in said if one.revision_number == filing.number - 1)
    last = next((one for one in before if one.action == "return"), None)
    if last is None or not last.reasons:
        return {}
    labels = _labels(filing, [last]).get(last.revision_number, {})
    return {reason.path: (reason,) for reason in _reasons(last, labels)}


def role_label(code: str) -> str:
    """The word for a role, the code itself where there is none any more."""
    known = {role.value for role in RoleCode}
    return ROLES[RoleCode(code)].label if code in known else code


def _reasons(opinion: Opinion, labels: Mapping[str, str]) -> tuple[Reason, ...]:
    return tuple(
        Reason(
            path=path,
            label=labels.get(path, path or "整张表"),
            text=text,
            by=opinion.author_name,
            role=role_label(opinion.role),
            at=opinion.at,
        )
        for path, text in opinion.reasons.items()
    )


def _labels(filing: Filing, opinions: list[Opinion]) -> dict[int, dict[str, str]]:
    """What people call the fields that reasons were given at, blank ones too, by revision."""
    if not opinions:
        return {}
    asked: dict[int, set[str]] = {}
    for one in opinions:
        asked.setdefault(one.revision_number, set()).update(one.reasons)
    rows = Revision.objects.filter(filing=filing, number__in=asked).values_list("number", "form")
    return {number: labels_at(decode(text), asked[number]) for number, text in rows}
