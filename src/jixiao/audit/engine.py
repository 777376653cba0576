"""Run every chosen rule on every form, and account for each of these duties.

A rule that breaks is reported as a broken rule and the run goes on, so that a fault of ours
never costs a report. What is the same for many forms (profiles, plans) is worked out once.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from msgspec import Struct

from jixiao.audit.finding import Hit, Outcome, Skip
from jixiao.audit.ledger import Ledger
from jixiao.audit.remembered import FormMemory, Remembering
from jixiao.audit.report import Applicable, AuditReport, in_order
from jixiao.audit.rule import RULES, At, BatchContext, Context, Rule
from jixiao.audit.select import Applied, Selection, plan
from jixiao.audit.view import Batch, FormView
from jixiao.audit.waiver import Waiver
from jixiao.form.forms import Form, FormKind
from jixiao.foundation.version import VERSION
from jixiao.standards.choice import choose_profile
from jixiao.standards.inheritance import load_profile
from jixiao.standards.profile import Profile

NO_ROWS = "本表没有可检查的指标"
OTHER_KIND = "本规则不适用于这一类表"
ALONE = "只有一张表，没有可以比较的其他表"


def audit(
    forms: Sequence[Form],
    *,
    as_of: date,
    profile: Profile | str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extend: Sequence[str] = (),
    waivers: Sequence[Waiver] = (),
    preview: bool = False,
    strict: bool = False,
    rules: Iterable[Rule[Any]] | None = None,
    memory: FormMemory | None = None,
) -> AuditReport:
    """Audit these forms together, under one profile or under the one each form asks for.

    `as_of` is the day of the audit; of the rules those run that were in force on that day and in
    the year of the form. `rules` replaces the registered ones. With `strict` a breaking rule
    raises, as tests want it. A `memory` spares who audits one form again and again what has been
    said of its unchanged parts; the report is the same.
    """
    selection = Selection(
        select=tuple(select), ignore=tuple(ignore), extend=tuple(extend), preview=preview
    )
    given = None if rules is None else tuple(rules)
    run = _Run(forms, profile, selection, as_of, strict=strict, rules=given, memory=memory)
    run.look_at_each()
    run.compare()
    return run.report(waivers)


def reference_day(form: Form, as_of: date) -> date:
    """The day whose rules a form must meet: the day of the audit, but never after its year."""
    if form.budget_year is None or not 1 <= form.budget_year < as_of.year:
        return as_of
    return date(form.budget_year, 12, 31)


class _Plan(Struct, frozen=True, eq=False):
    """The rules for one form, and the numbers of those that compare it with others."""

    applied: tuple[Applied, ...]
    comparing: tuple[int, ...]


def _planned(
    rules: Iterable[Rule[Any]], profile: Profile, selection: Selection, day: date
) -> _Plan:
    applied = plan(rules, profile, selection, day)
    return _Plan(
        applied, tuple(i for i, one in enumerate(applied) if one.rule.on_batch is not None)
    )


@lru_cache(maxsize=256)
def _registered_plan(profile: Profile, selection: Selection, day: date) -> _Plan:
    return _planned(RULES, profile, selection, day)


def _choice(form: Form, profile: Profile | str | None) -> tuple[Profile, str]:
    if profile is None:
        return choose_profile(form)
    chosen = load_profile(profile) if isinstance(profile, str) else profile
    return chosen, "按指定的口径"


def _commonest(profiles: Iterable[Profile]) -> str:
    """The id that occurs most often, the first by name where several do."""
    counted: dict[str, int] = {}
    for profile in profiles:
        counted[profile.id] = counted.get(profile.id, 0) + 1
    return min(counted, key=lambda name: (-counted[name], name), default="")


@lru_cache(maxsize=256)
def _sorted_out(
    plan: _Plan, kind: FormKind, has_rows: bool
) -> tuple[tuple[tuple[int, str], ...], tuple[tuple[int, Rule[Any], Any], ...]]:
    """The rules that have nothing to say of such a form and why, and those that look at it."""
    excuses = [
        (number, one.excuse or _excuse(one.rule, kind, has_rows))
        for number, one in enumerate(plan.applied)
    ]
    looking = (
        (number, plan.applied[number].rule, plan.applied[number].params)
        for number, excuse in excuses
        if not excuse and plan.applied[number].rule.on_batch is None
    )
    return tuple(one for one in excuses if one[1]), tuple(looking)


def _excuse(rule: Rule[Any], kind: FormKind, has_rows: bool) -> str:
    """Why a rule has nothing to say of a form of this kind; "" where it has."""
    if kind not in rule.kinds:
        return OTHER_KIND
    return "" if has_rows or rule.on_row is None else NO_ROWS


def _gather(items: list[Hit | Skip], rule: Rule[Any], context: Context[Any]) -> None:
    """What a rule yields for one form; what it yielded before it breaks is kept."""
    if rule.on_row is not None:
        check = rule.on_row
        for row in context.form.rows:
            # Most rows yield nothing: a loop costs half of extending a list.
            for item in check(row, context):
                items.append(item)  # noqa: PERF402
    elif rule.on_form is not None:
        items.extend(rule.on_form(context.form, context))


def _within(items: Iterable[At], forms: int) -> Iterator[At]:
    """The same items; one that points outside the batch is a fault of the rule."""
    for item in items:
        if not 0 <= item.form < forms:
            raise IndexError(item.form)
        yield item


class _Run:
    """One audit: the views, the plan of each form, and the ledger."""

    def __init__(
        self,
        forms: Sequence[Form],
        profile: Profile | str | None,
        selection: Selection,
        as_of: date,
        *,
        strict: bool,
        rules: tuple[Rule[Any], ...] | None,
        memory: FormMemory | None,
    ) -> None:
        self.as_of, self.strict, self.rules, self.selection = as_of, strict, rules, selection
        chosen = [_choice(form, profile) for form in forms]
        self.profiles = [one for one, _ in chosen]
        self.reasons = [reason for _, reason in chosen]
        self._own_plans: dict[tuple[Profile, date], _Plan] = {}
        self.plans = [
            self._plan(one, reference_day(form, as_of))
            for one, form in zip(self.profiles, forms, strict=True)
        ]
        self.remembering: Remembering | None = None
        self.views: tuple[FormView, ...]
        if memory is not None and len(forms) == 1:
            self.remembering = Remembering(memory, self.plans[0], as_of, forms[0])
            self.views = (self.remembering.view,)
        else:
            self.views = tuple(FormView(form) for form in forms)
        self.ledger = Ledger(self.views, [one.applied for one in self.plans])

    def _plan(self, profile: Profile, day: date) -> _Plan:
        if self.rules is None:
            return _registered_plan(profile, self.selection, day)
        key = (profile, day)
        if key not in self._own_plans:
            self._own_plans[key] = _planned(self.rules, profile, self.selection, day)
        return self._own_plans[key]

    def look_at_each(self) -> None:
        """Every rule that needs one form only; the others are excused or wait."""
        for position, view in enumerate(self.views):
            kind, rows, profile = view.form.kind, view.rows, self.profiles[position]
            # Most rules have no settings and so share one context; the params keep their id.
            contexts: dict[int, Context[Any]] = {}
            excused, wanted = _sorted_out(self.plans[position], kind, bool(rows))
            looking: Sequence[tuple[int, Rule[Any], Any]] = wanted
            if self.remembering is not None and self.remembering.is_known:
                excused, looking = (), self.remembering.take_over(self.ledger, wanted)
            for number, excuse in excused:
                self.ledger.note(position, number, Outcome.NOT_APPLICABLE, excuse)
            for number, rule, params in looking:
                context = contexts.get(id(params))
                if context is None:
                    context = contexts[id(params)] = Context(
                        form=view, profile=profile, params=params, as_of=self.as_of
                    )
                self._look(position, number, rule, context)

    def _look(self, position: int, number: int, rule: Rule[Any], context: Context[Any]) -> None:
        """One rule on one form: what it yields, and what it breaks on."""
        items: list[Hit | Skip] = []
        remembering, known = self.remembering, len(self.ledger.found)
        try:
            if remembering is None:
                _gather(items, rule, context)
            else:
                items.extend(remembering.ask(number, rule, context))
        except Exception as fault:
            if self.strict:
                raise
            self.ledger.settle(position, number, items, fault)
            if remembering is not None:
                remembering.forget(number)
        else:
            if items:
                self.ledger.settle(position, number, items, None)
            else:
                self.ledger.passed(position, number)
            if remembering is not None:
                remembering.note(number, self.ledger.found[known:])

    def compare(self) -> None:
        """Every rule that compares, once, over all forms that have it in their plan."""
        waiting: dict[str, list[tuple[int, int]]] = {}
        for position, planned in enumerate(self.plans):
            for number in planned.comparing:
                if self.ledger.is_open(position, number):
                    code = planned.applied[number].code
                    waiting.setdefault(code, []).append((position, number))
        batches: dict[tuple[int, ...], Batch] = {}
        for _, members in sorted(waiting.items()):
            positions = tuple(position for position, _ in members)
            if len(positions) < 2:
                self.ledger.note(*members[0], Outcome.NOT_ENOUGH_DATA, ALONE)
                continue
            if positions not in batches:
                batches[positions] = Batch(tuple(self.views[i] for i in positions))
            self._compare(batches[positions], members)

    def _compare(self, batch: Batch, members: list[tuple[int, int]]) -> None:
        """One comparison, under the settings of the profile that most of its forms have."""
        most = _commonest(self.profiles[position] for position, _ in members)
        position, number = next(one for one in members if self.profiles[one[0]].id == most)
        leader = self.plans[position].applied[number]
        context: BatchContext[Any] = BatchContext(
            profile=self.profiles[position], params=leader.params, as_of=self.as_of
        )
        gathered: dict[int, list[Hit | Skip]] = {}
        fault: Exception | None = None
        check = leader.rule.on_batch
        assert check is not None
        try:
            for item in _within(check(batch, context), len(members)):
                gathered.setdefault(item.form, []).append(item.what)
        except Exception as raised:
            if self.strict:
                raise
            fault = raised
        for place, (position, number) in enumerate(members):
            self.ledger.settle(position, number, gathered.get(place, ()), fault)

    def report(self, waivers: Sequence[Waiver]) -> AuditReport:
        """What was found and done; accepted findings stand apart."""
        if self.remembering is not None:
            self.remembering.keep(self.ledger.lines())
        suppressed = self.ledger.suppress(waivers, self.as_of) if waivers else ()
        return AuditReport(
            findings=tuple(in_order(self.ledger.found)),
            duties=self.ledger.duties,
            profile=_commonest(self.profiles),
            profiles=tuple(
                Applicable(
                    file=view.form.file, form=view.form.index, profile=profile.id, reason=reason
                )
                for view, profile, reason in zip(
                    self.views, self.profiles, self.reasons, strict=True
                )
            ),
            engine_version=VERSION,
            as_of=self.as_of,
            suppressed=suppressed,
        )
