"""Run every chosen rule on every form, and account for each of these duties.

Nothing is skipped in silence: one rule on one form is one line of the ledger. A rule that breaks
is reported as a broken rule and the run goes on, so that a fault of ours never costs a report.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from jixiao.audit.finding import Certainty, Duty, Finding, Hit, Outcome, Skip
from jixiao.audit.report import Applicable, AuditReport, Suppressed, in_order
from jixiao.audit.rule import RULES, BatchContext, Context, Rule
from jixiao.audit.select import Applied, Selection, plan
from jixiao.audit.system import RULE_CRASHED
from jixiao.audit.view import Batch, FormView
from jixiao.audit.waiver import Waiver, split, stale_finding, why_stale
from jixiao.form.forms import Form
from jixiao.standards.choice import choose_profile
from jixiao.standards.inheritance import load_profile
from jixiao.standards.profile import Profile

NO_ROWS = "本表没有可检查的指标"
OTHER_KIND = "本规则不适用于这一类表"
ALONE = "只有一张表，没有可以比较的其他表"

#: When one rule skips for several reasons, the reason that leaves most undone is kept.
_GRAVITY = {Outcome.NOT_APPLICABLE: 0, Outcome.NOT_ENOUGH_DATA: 1, Outcome.UNREADABLE: 2}


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
) -> AuditReport:
    """Audit these forms together, under one profile or under the one each form asks for.

    `as_of` is the day of the audit; of the rules those run that were in force on that day and in
    the year of the form. `rules` replaces the registered ones. With `strict` a breaking rule
    raises, as tests want it.
    """
    selection = Selection(
        select=tuple(select), ignore=tuple(ignore), extend=tuple(extend), preview=preview
    )
    given = None if rules is None else tuple(rules)
    return _Run(forms, profile, selection, as_of, strict=strict, rules=given).report(waivers)


@lru_cache(maxsize=256)
def _registered_plan(profile: Profile, selection: Selection, day: date) -> tuple[Applied, ...]:
    return plan(RULES, profile, selection, day)


def engine_version() -> str:
    """The version of this package, as findings are stored with it."""
    try:
        return version("jixiao")
    except PackageNotFoundError:  # running from an unpacked archive that was never installed
        return "0"


class _Run:
    """One audit: the views, the plans of each form, and what has been found so far."""

    def __init__(
        self,
        forms: Sequence[Form],
        profile: Profile | str | None,
        selection: Selection,
        as_of: date,
        *,
        strict: bool,
        rules: tuple[Rule[Any], ...] | None,
    ) -> None:
        self.views = tuple(FormView(form) for form in forms)
        self.selection, self.as_of, self.strict, self.rules = selection, as_of, strict, rules
        self.found: list[tuple[int, Finding]] = []
        self.ledger: list[dict[str, Duty]] = [{} for _ in forms]
        self.choices = [_choice(form, profile) for form in forms]
        self._own_plans: dict[tuple[Profile, date], tuple[Applied, ...]] = {}
        self.plans = [
            self._plan(chosen, form) for form, (chosen, _) in zip(forms, self.choices, strict=True)
        ]

    def _plan(self, profile: Profile, form: Form) -> tuple[Applied, ...]:
        day = reference_day(form, self.as_of)
        if self.rules is None:
            return _registered_plan(profile, self.selection, day)
        key = (profile, day)
        if key not in self._own_plans:
            self._own_plans[key] = plan(self.rules, profile, self.selection, day)
        return self._own_plans[key]

    def report(self, waivers: Sequence[Waiver]) -> AuditReport:
        for position in range(len(self.views)):
            self._run_form(position)
        self._run_batch()
        suppressed = self._suppress(waivers) if waivers else ()
        counted = Counter(chosen.id for chosen, _ in self.choices)
        most = min(counted, key=lambda name: (-counted[name], name), default="")
        return AuditReport(
            findings=tuple(in_order(self.found)),
            duties=tuple(duty for lines in self.ledger for _, duty in sorted(lines.items())),
            profile=most,
            profiles=tuple(
                Applicable(
                    file=view.form.file, form=view.form.index, profile=chosen.id, reason=reason
                )
                for view, (chosen, reason) in zip(self.views, self.choices, strict=True)
            ),
            engine_version=engine_version(),
            as_of=self.as_of,
            suppressed=suppressed,
        )

    # --- rules that look at one form -------------------------------------------------------

    def _run_form(self, position: int) -> None:
        view, (profile, _) = self.views[position], self.choices[position]
        for applied in self.plans[position]:
            rule = applied.rule
            if applied.excuse:
                self._note(position, applied, Outcome.NOT_APPLICABLE, applied.excuse)
            elif view.form.kind not in rule.kinds:
                self._note(position, applied, Outcome.NOT_APPLICABLE, OTHER_KIND)
            elif rule.on_row is not None and not view.rows:
                self._note(position, applied, Outcome.NOT_APPLICABLE, NO_ROWS)
            elif rule.on_batch is None:
                context: Context[Any] = Context(
                    form=view, profile=profile, params=applied.params, as_of=self.as_of
                )
                self._settle(position, applied, self._gather(position, applied, context))

    def _gather(
        self, position: int, applied: Applied, context: Context[Any]
    ) -> tuple[list[Hit | Skip], Exception | None]:
        """Everything the rule yields, and what it broke on."""
        items: list[Hit | Skip] = []
        view, rule = self.views[position], applied.rule
        try:
            if rule.on_form is not None:
                items.extend(rule.on_form(view, context))
            elif rule.on_row is not None:
                for row in view.rows:
                    items.extend(rule.on_row(row, context))
        except Exception as fault:
            if self.strict:
                raise
            return items, fault
        return items, None

    def _settle(
        self,
        position: int,
        applied: Applied,
        gathered: tuple[list[Hit | Skip], Exception | None],
    ) -> None:
        """Turn what a rule yielded for one form into findings and the one line of the ledger."""
        items, fault = gathered
        skips = [item for item in items if isinstance(item, Skip)]
        hits = [item for item in items if isinstance(item, Hit)]
        for hit in hits:
            self.found.append((position, self._finding(position, applied, hit)))
        if fault is not None:
            self._crashed(position, applied, fault)
        elif hits:
            self._note(position, applied, Outcome.FINDING)
        elif skips:
            worst = max(skips, key=lambda skip: _GRAVITY.get(skip.outcome, 0))
            self._note(position, applied, worst.outcome, worst.reason)
        else:
            self._note(position, applied, Outcome.PASS)

    # --- rules that compare forms ----------------------------------------------------------

    def _run_batch(self) -> None:
        """Each comparing rule once, over all forms that have it in their plan."""
        waiting: dict[str, list[tuple[int, Applied]]] = {}
        for position, applied_rules in enumerate(self.plans):
            for applied in applied_rules:
                if applied.rule.on_batch is not None and applied.code not in self.ledger[position]:
                    waiting.setdefault(applied.code, []).append((position, applied))
        batches: dict[tuple[int, ...], Batch] = {}
        for _, members in sorted(waiting.items()):
            positions = tuple(position for position, _ in members)
            if len(positions) < 2:
                for position, applied in members:
                    self._note(position, applied, Outcome.NOT_ENOUGH_DATA, ALONE)
                continue
            if positions not in batches:
                batches[positions] = Batch(tuple(self.views[i] for i in positions))
            self._compare(batches[positions], members)

    def _compare(self, batch: Batch, members: list[tuple[int, Applied]]) -> None:
        leader = self._leader(members)
        profile = self.choices[leader[0]][0]
        context: BatchContext[Any] = BatchContext(
            profile=profile, params=leader[1].params, as_of=self.as_of
        )
        gathered: dict[int, list[Hit | Skip]] = {}
        fault: Exception | None = None
        check = leader[1].rule.on_batch
        assert check is not None
        try:
            for item in check(batch, context):
                gathered.setdefault(item.form, []).append(item.what)
        except Exception as raised:
            if self.strict:
                raise
            fault = raised
        for number, (position, applied) in enumerate(members):
            self._settle(position, applied, (gathered.get(number, []), fault))

    def _leader(self, members: list[tuple[int, Applied]]) -> tuple[int, Applied]:
        """The member whose profile most of them have: its settings rule the comparison."""
        counted = Counter(self.choices[position][0].id for position, _ in members)
        most = min(counted, key=lambda name: (-counted[name], name))
        return next(one for one in members if self.choices[one[0]][0].id == most)

    # --- the ledger ------------------------------------------------------------------------

    def _note(self, position: int, applied: Applied, outcome: Outcome, reason: str = "") -> None:
        form = self.views[position].form
        self.ledger[position][applied.code] = Duty(
            code=applied.code, file=form.file, form=form.index, outcome=outcome, reason=reason
        )

    def _finding(self, position: int, applied: Applied, hit: Hit) -> Finding:
        view = self.views[position]
        return Finding(
            code=applied.code,
            name=applied.name,
            severity=applied.severity,
            certainty=applied.rule.certainty,
            message=hit.message,
            path=hit.path,
            quote=hit.at.quote,
            source=hit.at,
            file=view.form.file,
            form=view.form.index,
            project=view.project,
            suggestion=hit.suggestion,
            fix=hit.fix,
            evidence=hit.evidence,
            basis=applied.basis,
            preview=applied.rule.preview,
        )

    def _crashed(self, position: int, applied: Applied, fault: Exception) -> None:
        view, kind = self.views[position], type(fault).__name__
        at = view.place_of(None)
        reason = f"规则 {applied.code} 运行时出错（{kind}），本表未完成该项检查"
        self._note(position, applied, Outcome.CRASHED, reason)
        finding = Finding(
            code=RULE_CRASHED.code,
            name=RULE_CRASHED.name,
            severity=RULE_CRASHED.severity,
            certainty=Certainty.SURE,
            message=f"{reason}。这是程序的问题，不是表格的问题。",
            path="",
            quote=at.quote,
            source=at,
            file=view.form.file,
            form=view.form.index,
            project=view.project,
            suggestion="请把本条结果连同文件反馈给维护人员。",
            evidence={"rule": applied.code, "exception": kind},
            basis=("jixiao",),
        )
        self.found.append((position, finding))

    def _suppress(self, waivers: Sequence[Waiver]) -> tuple[Suppressed, ...]:
        positions = {id(finding): position for position, finding in self.found}
        counting, accepted = split([finding for _, finding in self.found], waivers, self.as_of)
        self.found = [(positions[id(finding)], finding) for finding in counting]
        left = {(positions[id(finding)], finding.code) for finding in counting}
        for finding, waiver in accepted:
            position = positions[id(finding)]
            duty = self.ledger[position].get(finding.code)
            if duty is not None and (position, finding.code) not in left:
                reason = f"{waiver.reason}（{waiver.person}，至 {waiver.until.isoformat()}）"
                self.ledger[position][finding.code] = Duty(
                    code=duty.code,
                    file=duty.file,
                    form=duty.form,
                    outcome=Outcome.SUPPRESSED,
                    reason=reason,
                )
        self.found += list(self._stale(waivers, [waiver for _, waiver in accepted]))
        return tuple(Suppressed(finding=finding, waiver=waiver) for finding, waiver in accepted)

    def _stale(
        self, waivers: Sequence[Waiver], used: Sequence[Waiver]
    ) -> Iterator[tuple[int, Finding]]:
        """Waivers that help nobody any more, judged only where their forms were looked at."""
        places = {(view.form.file, view.project) for view in self.views}
        for waiver in waivers:
            if not any(waiver.concerns(file, project) for file, project in places):
                continue
            why = why_stale(waiver, as_of=self.as_of, used=waiver in used)
            if why is not None:
                yield len(self.views), stale_finding(waiver, why)


def _choice(form: Form, profile: Profile | str | None) -> tuple[Profile, str]:
    if profile is None:
        return choose_profile(form)
    chosen = load_profile(profile) if isinstance(profile, str) else profile
    return chosen, "按指定的口径"


def reference_day(form: Form, as_of: date) -> date:
    """The day whose rules a form must meet: the day of the audit, but never after its year."""
    if form.budget_year is None or not 1 <= form.budget_year < as_of.year:
        return as_of
    return date(form.budget_year, 12, 31)
