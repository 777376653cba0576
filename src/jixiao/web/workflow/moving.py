"""What the system administrator changes of an agency: its name, its use, and where it hangs.

A unit that gets another department in mid-season takes its filings along: whoever reviews for the
new department finds them in the inbox, the old department no longer sees them, and all sums follow.
"""

from datetime import datetime

from django.db import transaction

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.models import STEP, Agency, in_subtree
from jixiao.web.agencies.selectors import Actor
from jixiao.web.agencies.services import move_agency
from jixiao.web.filings.following import follow, follow_tree
from jixiao.web.workflow.administration import AdministrationFault, change_agency
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.controlled import ControlFigure, RoundTotal
from jixiao.web.workflow.filing import NotYours

_SYSTEM = RoleCode.SYSTEM_ADMIN
_DEEPEST = 120 // STEP  # what a path can hold


@transaction.atomic
def rearrange_agency(
    *, actor: Actor, agency: Agency, parent: Agency | None, name: str, is_active: bool,
    now: datetime,
) -> Agency:  # fmt: skip
    """A new name, in use or not, and below `parent`; None leaves it where it is."""
    if parent is not None and parent.pk != agency.parent_id:
        _move(actor, agency, parent, now)
    return change_agency(actor=actor, agency=agency, name=name, is_active=is_active, now=now)


def _move(actor: Actor, agency: Agency, parent: Agency, now: datetime) -> None:
    above = agency.parent
    if above is None:
        raise AdministrationFault("最上级机构不能调整上级")
    if not all(_SYSTEM in actor.roles_over(one.path) for one in (above, parent)):
        raise NotYours
    if parent.path.startswith(agency.path):
        raise AdministrationFault("不能放到自己或者自己的下级之下")
    if not parent.is_active:
        raise AdministrationFault(f"上级“{parent.name}”已停用")
    deepest = max(one.depth for one in Agency.objects.filter(in_subtree("path", agency.path)))
    if parent.depth + 1 + deepest - agency.depth >= _DEEPEST:
        raise AdministrationFault("层级太多")
    move_agency(agency=agency, parent=parent)
    follow_agencies()
    write_event(
        actor=actor, agency=agency, code="agency.moved", at=now, role=_SYSTEM.value,
        payload={"from": above.name, "to": parent.name},
    )  # fmt: skip


@transaction.atomic
def follow_agencies() -> None:
    """Every copy of a path agrees with the tree, and all sums with the copies."""
    follow_tree()
    follow(ControlFigure, "agency")
    follow(RoundTotal, "filing__agency")
