"""What became of every duty: one line for each rule on each form, and the findings made.

The ledger has a place for each duty before anything runs; a place that stays empty would be a
fault of ours, so the report can promise that nothing was skipped in silence.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from jixiao.audit.finding import Certainty, Duty, Finding, Hit, Outcome, Skip
from jixiao.audit.report import Place, Suppressed, place_of
from jixiao.audit.select import Applied
from jixiao.audit.system import RULE_CRASHED
from jixiao.audit.view import FormView
from jixiao.audit.waiver import Waiver, split, stale_finding, why_stale
from jixiao.foundation.text import sentence

#: Looked up once: reaching a member of an enumeration costs as much as a whole line.
_PASS, _FINDING = Outcome.PASS, Outcome.FINDING
#: A finding and where it stands among the others; the place begins with the number of its form.
Found = tuple[Place, Finding]
#: When one rule skips for several reasons, the reason that leaves most undone is kept.
_GRAVITY = {Outcome.NOT_APPLICABLE: 0, Outcome.NOT_ENOUGH_DATA: 1, Outcome.UNREADABLE: 2}


def _gravity(skip: Skip) -> int:
    return _GRAVITY.get(skip.outcome, 0)


class Ledger:
    """Duties by form (`position` in the run) and rule (`number` in the form's plan)."""

    def __init__(self, views: Sequence[FormView], plans: Sequence[tuple[Applied, ...]]) -> None:
        self._views, self._plans = views, plans
        self._lines: list[list[Duty | None]] = [[None] * len(plan) for plan in plans]
        self._places = [(view.form.file, view.form.index) for view in views]
        self.found: list[Found] = []

    @property
    def duties(self) -> tuple[Duty, ...]:
        """All lines, by form and then in the order of the codes."""
        return tuple(duty for lines in self._lines for duty in lines if duty is not None)

    def lines(self) -> list[Duty | None]:
        """The lines of the first form, to be taken over for its next version."""
        return list(self._lines[0])

    def adopt(
        self, lines: Sequence[Duty | None], found: Sequence[Found], but: Sequence[int]
    ) -> None:
        """Take over the lines of the first form from its version before, all `but` these."""
        self._lines[0] = list(lines)
        for number in but:
            self._lines[0][number] = None
        self.found += found

    def is_open(self, position: int, number: int) -> bool:
        """Whether this duty still waits for its line."""
        return self._lines[position][number] is None

    def note(self, position: int, number: int, outcome: Outcome, reason: str = "") -> None:
        form = self._views[position].form
        self._lines[position][number] = Duty(
            code=self._plans[position][number].code,
            file=form.file,
            form=form.index,
            outcome=outcome,
            reason=reason,
        )

    def passed(self, position: int, number: int) -> None:
        """The line most duties get: the rule looked and had nothing to say."""
        file, form = self._places[position]
        self._lines[position][number] = Duty(
            code=self._plans[position][number].code, file=file, form=form, outcome=_PASS
        )

    def settle(
        self, position: int, number: int, items: Sequence[Hit | Skip], fault: Exception | None
    ) -> None:
        """Turn what a rule yielded for one form, or broke on, into findings and one line."""
        if not items and fault is None:
            self.passed(position, number)
            return
        worst: Skip | None = None
        outcome = _PASS
        for item in items:
            if isinstance(item, Hit):
                outcome = _FINDING
                self._add(position, self._finding(position, number, item))
            elif worst is None or _gravity(item) > _gravity(worst):
                worst = item
        if fault is not None:
            self._crashed(position, number, fault)
        elif outcome is _FINDING or worst is None:
            self.note(position, number, outcome)
        else:
            self.note(position, number, worst.outcome, worst.reason)

    def _add(self, position: int, finding: Finding) -> None:
        self.found.append((place_of(position, finding), finding))

    def _finding(self, position: int, number: int, hit: Hit) -> Finding:
        view, applied = self._views[position], self._plans[position][number]
        return Finding(
            code=applied.code,
            name=applied.name,
            severity=applied.severity,
            certainty=applied.rule.certainty,
            message=sentence(hit.message),
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

    def _crashed(self, position: int, number: int, fault: Exception) -> None:
        view, code = self._views[position], self._plans[position][number].code
        kind, at = type(fault).__name__, view.place_of(None)
        reason = f"规则 {code} 运行时出错（{kind}），本表未完成该项检查"
        self.note(position, number, Outcome.CRASHED, reason)
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
            evidence={"rule": code, "exception": kind},
            basis=("jixiao",),
        )
        self._add(position, finding)

    def suppress(self, waivers: Sequence[Waiver], as_of: date) -> tuple[Suppressed, ...]:
        """Set accepted findings apart; a duty all of whose findings are accepted says so."""
        places = {id(finding): place for place, finding in self.found}
        counting, accepted = split([finding for _, finding in self.found], waivers, as_of)
        left = {(places[id(finding)][0], finding.code) for finding in counting}
        for finding, waiver in accepted:
            position = places[id(finding)][0]
            if (position, finding.code) not in left:
                self._accept(position, finding.code, waiver)
        self.found = [(places[id(finding)], finding) for finding in counting]
        for finding in self._stale(waivers, [waiver for _, waiver in accepted], as_of):
            self._add(len(self._views), finding)
        return tuple(Suppressed(finding=finding, waiver=waiver) for finding, waiver in accepted)

    def _accept(self, position: int, code: str, waiver: Waiver) -> None:
        reason = f"{waiver.reason}（{waiver.person}，至 {waiver.until.isoformat()}）"
        for number, applied in enumerate(self._plans[position]):
            if applied.code == code:
                self.note(position, number, Outcome.SUPPRESSED, reason)

    def _stale(
        self, waivers: Sequence[Waiver], used: Sequence[Waiver], as_of: date
    ) -> Iterator[Finding]:
        """Waivers that help nobody any more, judged only where their forms were looked at."""
        places = {(view.form.file, view.project) for view in self._views}
        for waiver in waivers:
            if not any(waiver.concerns(file, project) for file, project in places):
                continue
            why = why_stale(waiver, as_of=as_of, used=waiver in used)
            if why is not None:
                yield stale_finding(waiver, why)
