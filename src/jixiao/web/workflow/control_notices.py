"""Who is told that control figures were given out: the units, and the departments above them."""

from collections.abc import Iterable

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.models import Membership
from jixiao.web.agencies.people import current
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.selectors import OWN_DRAFTS
from jixiao.web.workflow.models import ControlFigure, ControlIssue, Notice

_TOLD = OWN_DRAFTS | {RoleCode.DEPARTMENT_REVIEWER}


def tell_units(*, actor: Actor, paper: ControlIssue, figures: Iterable[ControlFigure]) -> None:
    """One notice a person, whatever number of figures concerns them."""
    reach = _paths_by_person(actor)
    concerned: dict[int, list[ControlFigure]] = {}
    for one in figures:
        for user, paths in reach.items():
            if any(one.agency_path.startswith(path) for path in paths):
                concerned.setdefault(user, []).append(one)
    Notice.objects.bulk_create(
        Notice(user_id=user, text=_words(paper, concerned[user])) for user in sorted(concerned)
    )


def _paths_by_person(actor: Actor) -> dict[int, set[str]]:
    held = Membership.objects.filter(
        current(actor.today),
        role__in=[role.value for role in _TOLD],
        agency__is_active=True,
        user__is_active=True,
    ).exclude(user=actor.user)
    found: dict[int, set[str]] = {}
    for user, path in held.values_list("user_id", "agency__path"):
        found.setdefault(user, set()).add(path)
    return found


def _words(paper: ControlIssue, figures: list[ControlFigure]) -> str:
    year, document = paper.budget_year, paper.number
    if len(figures) > 1:
        return f"{year} 年度控制数已下达（{document}），涉及 {len(figures)} 项"
    (one,) = figures
    name = one.project_name[:100] or one.agency.name
    if one.amount is None:
        return f"{name}：{year} 年度控制数已取消（{document}）"
    grouped = f"{one.amount:,.2f}".rstrip("0").rstrip(".")
    return f"{name}：{year} 年度控制数 {grouped} 元已下达（{document}）"
