"""What stood in last year's form, and in the forms of projects that are called alike."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from msgspec import Struct

from jixiao.form.codec import decode
from jixiao.form.forms import Form
from jixiao.form.indicator import Indicator
from jixiao.foundation.text import fold
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.content import bigrams
from jixiao.web.filings.models import CLOSED_STATES, Filing, Revision
from jixiao.web.filings.objects import Objects
from jixiao.web.filings.selectors import visible_to

_PAIRS, _CANDIDATES, _NEAREST = 8, 120, 6
_MOST = 8


class Suggested(Struct, frozen=True):
    """A text that stood in a like place, and where."""

    text: str
    source: str


def last_year(filing: Filing) -> Filing | None:
    """The newest filing of the same project in an earlier year; by its key, else by its name."""
    known = (filing.agency_path, filing.stage, filing.budget_year, filing.pk)
    if filing.project_name:
        return _NAMED_EARLIER.first(*known, filing.project_name)
    return _EARLIER.first(*known)


def _earlier(path: str, stage: str, year: int, pk: int, name: str = "") -> "QuerySet[Filing]":
    same = Q(project_key=Filing.objects.filter(pk=pk).values("project_key")[:1])
    if name:
        same |= Q(project_name=name)
    found = Filing.objects.filter(same, agency_path=path, stage=stage, budget_year__lt=year)
    return found.exclude(state__in=CLOSED_STATES).order_by("-budget_year", "-pk")[:1]


_EXAMPLES = ("0001.0002.", "a stage", 2_000_000_012, 2_000_000_013)
_EARLIER = Objects(Filing, _earlier, *_EXAMPLES, without=("words",))
_NAMED_EARLIER = Objects(Filing, _earlier, *_EXAMPLES, "a name", without=("words",))


def form_in(filing: Filing) -> Form:
    """The form as approved, else as it stands."""
    number = filing.approved_number or filing.number
    return decode(Revision.objects.values_list("form", flat=True).get(filing=filing, number=number))


def alike(actor: Actor, filing: Filing) -> Iterator[tuple[str, Form]]:
    """Forms of projects within reach whose names share the most pairs of characters."""
    pairs = set(bigrams(filing.project_name).split())
    if not pairs:
        return
    asked = Q()
    for pair in sorted(pairs)[:_PAIRS]:
        asked |= Q(words__contains=pair)
    near = visible_to(actor).filter(asked, stage=filing.stage).exclude(pk=filing.pk)
    named = near.order_by("-updated_at").values_list("pk", "project_name")[:_CANDIDATES]
    ranked = sorted(named, key=lambda one: len(pairs & set(bigrams(one[1]).split())), reverse=True)[
        :_NEAREST
    ]
    for one in Filing.objects.filter(pk__in=[pk for pk, _ in ranked]).select_related("agency"):
        yield f"{one.agency.name} {one.budget_year}：{one.project_name}", form_in(one)


def suggestions(actor: Actor, filing: Filing, form: Form, path: str) -> list[Suggested]:
    """Texts for a field, last year's first, each once."""
    sources: list[tuple[str, Form]] = []
    before = last_year(filing)
    if before is not None:
        sources.append((f"上年（{before.budget_year}）", form_in(before)))
    sources += alike(actor, filing)
    found: dict[str, Suggested] = {}
    for source, other in sources:
        for text in _texts(form, other, path):
            if text.strip():
                found.setdefault(fold(text), Suggested(text.strip(), source))
    return list(found.values())[:_MOST]


def _texts(form: Form, other: Form, path: str) -> Iterator[str]:
    place, _, field = path.partition("].")
    block, _, number = place.partition("[")
    if block not in ("indicators", "long_term_indicators"):
        if path in ("narrative.goal", "narrative.long_term_goal"):
            entry = getattr(other.narrative, path.partition(".")[2])
            yield "" if entry is None else entry.raw
        return
    rows: tuple[Indicator, ...] = getattr(form, block)
    mine = rows[int(number)] if number.isdigit() and int(number) < len(rows) else None
    used = {fold(row.name.raw) for row in rows}
    for row in getattr(other, block):
        if mine is not None and row.category != mine.category:
            continue
        if field == "name":
            yield "" if fold(row.name.raw) in used else row.name.raw
        elif field in ("target", "value") and (mine is None or _same_idea(mine, row)):
            yield row.target.raw


def _same_idea(mine: Indicator, theirs: Indicator) -> bool:
    """The same name, or more than half of its pairs of characters; a blank name asks for all."""
    wanted = set(bigrams(mine.name.raw).split())
    shared = wanted & set(bigrams(theirs.name.raw).split())
    return not wanted or 2 * len(shared) >= len(wanted)


def hints(form: Form, before: Form) -> Iterator[tuple[str, str]]:
    """Last year's values for the blank cells of rows with the same name."""
    known = {fold(row.name.raw): row.target.raw for row in before.indicators if row.target.raw}
    for number, row in enumerate(form.indicators):
        value = known.get(fold(row.name.raw))
        if value and not row.target.raw.strip():
            yield f"indicators[{number}].target", f"上年：{value}"
    if before.narrative.goal is not None and before.narrative.goal.raw.strip():
        yield "narrative.goal", f"上年：{before.narrative.goal.raw.strip()}"
