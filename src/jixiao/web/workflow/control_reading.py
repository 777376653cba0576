"""Reads about control figures: the table of a year, and what one form stands against.

Whoever is not of the bureau sees what was given out, of the places they reach, and nothing else.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from msgspec import Struct

from jixiao.lifecycle.control import ENTERING, SEEING_DRAFTS, Against
from jixiao.lifecycle.rights import may_read
from jixiao.lifecycle.roles import AgencyKind, RoleCode
from jixiao.web.agencies.models import Agency, in_subtree
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import CLOSED_STATES, Filing
from jixiao.web.filings.selectors import OWN_DRAFTS, visible_to
from jixiao.web.workflow.models import ControlFigure, ControlIssue
from jixiao.web.workflow.round_totals import (
    Sums,
    first_of_projects,
    first_sums,
    open_sums,
    second_sums,
)

PLACES = (AgencyKind.DEPARTMENT.value, AgencyKind.UNIT.value)
#: Rows of one table; a larger county is looked at by department.
MOST = 300
_Kept = Mapping[tuple[str, str], ControlFigure]


class Row(Struct, frozen=True, kw_only=True):
    """A place, or a project of it: what it asked for, was given, and asks for now, in 元."""

    agency: Agency
    project: str = ""
    project_name: str = ""
    first: Decimal | None = None
    second: Decimal | None = None
    given: ControlFigure | None = None
    draft: ControlFigure | None = None

    @property
    def key(self) -> str:
        """What the row is called in a page's form."""
        return f"{self.agency.pk}:{self.project}"

    @property
    def control(self) -> Decimal | None:
        """The figure that counts; None where none was given out."""
        return None if self.given is None else self.given.amount

    @property
    def wanted(self) -> Decimal | None:
        """What the bureau is about to give out, else what counts."""
        return self.control if self.draft is None else self.draft.amount

    @property
    def note(self) -> str:
        """What was said of it."""
        shown = self.given if self.draft is None else self.draft
        return "" if shown is None else shown.note

    @property
    def base(self) -> str:
        """On which state a change is made; see `mark_of`."""
        return mark_of(self.draft, self.given)

    @property
    def against(self) -> Against:
        """The figure and what is handed in against it."""
        return Against(name=self.agency.name, control=self.control, filed=self.second)

    @property
    def over(self) -> Decimal | None:
        """How much more than the figure is handed in; None where it is not."""
        left = self.against.left
        return -left if left is not None and left < 0 else None

    @property
    def change(self) -> Decimal | None:
        """What the figure gives more or less than was asked for."""
        if self.wanted is None or self.first is None:
            return None
        return self.wanted - self.first


class Table(Struct, frozen=True, kw_only=True):
    """The rows of a year; `is_cut` where there are more than a table holds."""

    year: int
    rows: tuple[Row, ...] = ()
    is_cut: bool = False

    @property
    def over(self) -> tuple[Row, ...]:
        """The rows that exceed their figure."""
        return tuple(one for one in self.rows if one.against.is_over)


def mark_of(draft: ControlFigure | None, given: ControlFigure | None) -> str:
    """A mark that is another one after any change of a figure by anybody."""
    if draft is not None:
        return f"d{draft.pk}.{draft.lock_version}"
    return "" if given is None else f"g{given.pk}"


def places_of(actor: Actor, under: str = "") -> "QuerySet[Agency]":
    """Departments and units within reach, in the order of the tree; `under` is an agency's code."""
    if not may_read(actor.roles):
        return Agency.objects.none()
    within = Q(pk__in=[])
    for path in _reading(actor):
        within |= in_subtree("path", path)
    found = Agency.objects.filter(within, kind__in=PLACES, is_active=True).order_by("path")
    if under:
        top = found.filter(code=under).values_list("path", flat=True).first()
        found = found.none() if top is None else found.filter(in_subtree("path", top))
    return found


def may_enter(actor: Actor, path: str) -> bool:
    """Whether the actor writes figures for this place."""
    return bool(actor.roles_over(path) & ENTERING)


def table_of(actor: Actor, year: int, *, under: str = "", only_over: bool = False) -> Table:
    """The places within reach with their figures, in as many questions as there are kinds."""
    places = list(places_of(actor, under)[: MOST + 1])
    is_cut, places = len(places) > MOST, places[:MOST]
    within = _span(places)
    first = _summed(places, first_sums(within, year))
    second = _summed(places, second_sums(within, year))
    given, drafts = _figures(actor, year, within & Q(project=""))
    rows = tuple(
        Row(
            agency=one,
            first=first.get(one.path),
            second=second.get(one.path),
            given=given.get((one.path, "")),
            draft=drafts.get((one.path, "")),
        )
        for one in places
    )
    table = Table(year=year, rows=rows, is_cut=is_cut)
    return Table(year=year, rows=table.over, is_cut=is_cut) if only_over else table


def projects_of(actor: Actor, year: int, agency: Agency) -> Table:
    """The projects of one place that are in the running, with figures of their own."""
    seen = visible_to(actor).filter(agency=agency, budget_year=year)
    filings = list(seen.exclude(state__in=CLOSED_STATES).order_by("project_name", "pk")[: MOST + 1])
    given, drafts = _figures(actor, year, Q(agency_path=agency.path) & ~Q(project=""))
    first = first_of_projects(agency.path, year)
    rows = tuple(
        Row(
            agency=agency,
            project=(key := str(one.project_key)),
            project_name=one.project_name,
            first=first.get(key),
            second=one.total,
            given=given.get((agency.path, key)),
            draft=drafts.get((agency.path, key)),
        )
        for one in filings[:MOST]
    )
    return Table(year=year, rows=rows, is_cut=len(filings) > MOST)


def against_of(actor: Actor, filing: Filing) -> tuple[Against, ...]:
    """The figures one form counts against, as far as the actor reaches: own first, then above."""
    paths = [path for path in filing.agency.ancestor_paths() if actor.roles_over(path)]
    return _against(filing, paths, with_drafts=bool(actor.roles & OWN_DRAFTS))


def against_at_submission(filing: Filing) -> tuple[Against, ...]:
    """The same for the unit that hands in: what others of the department file is not its fault."""
    return _against(filing, [filing.agency_path], with_drafts=True)


class Standing(Struct, frozen=True, kw_only=True):
    """What an inbox says: the own place's figure, or how many of many are exceeded."""

    year: int = 0
    against: tuple[Against, ...] = ()
    over: int = 0


def standing_of(actor: Actor) -> Standing:
    """Of the newest year with figures: the one place of the actor, or a count of all within reach.

    Who writes drafts counts them in, as the form will be judged; everybody else sees what was
    handed in.
    """
    years = years_of(actor)
    if not years:
        return Standing()
    table = table_of(actor, years[0])
    given = [one for one in table.rows if one.control is not None]
    if len(table.rows) != 1 or not actor.roles & OWN_DRAFTS:
        return Standing(year=years[0], over=len(table.over))
    sums = open_sums(Q(agency_path=table.rows[0].agency.path), years[0], with_drafts=True)
    return Standing(
        year=years[0],
        against=tuple(
            Against(name=one.agency.name, control=one.control, filed=sums.get(one.agency.path))
            for one in given
        ),
    )


def years_of(actor: Actor) -> list[int]:
    """Years for which figures were given out to somebody within reach."""
    found = ControlFigure.objects.filter(_within(actor), is_current=True, amount__isnull=False)
    return list(found.order_by("-budget_year").values_list("budget_year", flat=True).distinct())


def issues_of(actor: Actor, year: int) -> "QuerySet[ControlIssue]":
    """The papers that gave figures to somebody within reach, the newest first."""
    figures = ControlFigure.objects.filter(_within(actor), budget_year=year, issue__isnull=False)
    return ControlIssue.objects.filter(pk__in=figures.values("issue")).order_by("-at", "-pk")


def drafts_of(place: str, year: int) -> "QuerySet[ControlFigure]":
    """What is written below a place and not given out yet."""
    below = in_subtree("agency_path", place)
    found = ControlFigure.objects.filter(below, budget_year=year, issue=None)
    return found.select_related("agency").order_by("agency_path", "project_name", "pk")


def issuing_place(actor: Actor) -> str | None:
    """The place below which the actor gives figures out."""
    posts = (post.path for post in actor.posts if post.role is RoleCode.BUDGET_DIVISION)
    return min(posts, key=len, default=None)


def issued_on(row: Row) -> date | None:
    """The day of the paper a figure came with."""
    paper = None if row.given is None else row.given.issue
    return None if paper is None else paper.issued_on


def _against(filing: Filing, paths: list[str], *, with_drafts: bool) -> tuple[Against, ...]:
    key = str(filing.project_key)
    wanted = Q(project="") | Q(project=key, agency_path=filing.agency_path)
    found = ControlFigure.objects.filter(
        wanted, agency_path__in=paths, budget_year=filing.budget_year, is_current=True
    )
    figures = list(found.select_related("agency").order_by("-project", "-agency_path"))
    places = [one.agency for one in figures if not one.project]
    within = Q(pk__in=[])
    for place in places:
        is_whole = place.kind == AgencyKind.DEPARTMENT
        own = Q(agency_path=place.path)
        within |= in_subtree("agency_path", place.path) if is_whole else own
    sums = open_sums(within, filing.budget_year, with_drafts=with_drafts) if places else {}
    filed = _summed(places, sums)
    return tuple(
        Against(name="本项目", control=one.amount, filed=filing.total)
        if one.project
        else Against(name=one.agency.name, control=one.amount, filed=filed.get(one.agency_path))
        for one in figures
        if one.amount is not None
    )


def _span(places: list[Agency]) -> Q:
    """From the first of these places in the tree to below the last: one range of the index."""
    if not places:
        return Q(pk__in=[])
    first, last = places[0].path, places[-1].path
    return Q(agency_path__gte=first, agency_path__lt=f"{last[:-1]}/")


def _reading(actor: Actor) -> set[str]:
    return {post.path for post in actor.posts if may_read(frozenset({post.role}))}


def _within(actor: Actor) -> Q:
    within = Q(pk__in=[])
    for path in _reading(actor):
        within |= in_subtree("agency_path", path)
    return within


def _figures(actor: Actor, year: int, where: Q) -> tuple[_Kept, _Kept]:
    """By place and project: what counts, and what the actor may see of drafts."""
    found = ControlFigure.objects.filter(where, Q(is_current=True) | Q(issue=None))
    given: dict[tuple[str, str], ControlFigure] = {}
    drafts: dict[tuple[str, str], ControlFigure] = {}
    for one in found.filter(budget_year=year).select_related("issue"):
        key = (one.agency_path, one.project)
        if one.issue_id is not None:
            given[key] = one
        elif actor.roles_over(one.agency_path) & SEEING_DRAFTS:
            drafts[key] = one
    return given, drafts


def _summed(places: list[Agency], sums: Sums) -> Sums:
    """A unit stands for itself, a department for all below it; nothing known is not 0."""
    return dict(_sums(places, sums))


def _sums(places: list[Agency], sums: Sums) -> Iterator[tuple[str, Decimal]]:
    for one in places:
        if one.kind == AgencyKind.DEPARTMENT:
            known = [total for path, total in sums.items() if path.startswith(one.path)]
        else:
            known = [sums[one.path]] if one.path in sums else []
        if known:
            yield one.path, sum(known, Decimal(0))
