"""What was said of a form, kept for the audit of its next version.

Somebody who types changes one cell and leaves the others alone. What a rule says follows from what
it asks of the form, the profile, the settings and the day; which parts it asked for is watched, not
declared. So a rule is asked again only where one of these parts has changed, a rule on rows only
about the rows this concerns, and an audit with a memory says what an audit without one says.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, repeat
from typing import Any

import msgspec
from msgspec import Struct

from jixiao.audit.finding import Duty, Hit, Skip
from jixiao.audit.ledger import Found, Ledger
from jixiao.audit.rule import Context, Rule
from jixiao.audit.view import FormView, Row, RowFacts, row_facts
from jixiao.audit.watched import COUNT, Watch, WatchedView, changed_parts
from jixiao.form.forms import Form

Items = tuple[Hit | Skip, ...]
Check = Callable[[Row, Context[Any]], Iterator[Hit | Skip]]
Looking = tuple[int, Rule[Any], Any]
_encode = msgspec.json.Encoder().encode


class _Answer(Struct, frozen=True, eq=False):
    """What one rule said, and the parts it asked for; of a rule on rows also row by row."""

    asked: int
    found: tuple[Found, ...]
    rows: Sequence[int] = ()
    said: Mapping[int, Items] = {}


class _Version(Struct, frozen=True, eq=False):
    """One audit of one form, and what had changed before it.

    The plan is held, so that its identity stays its own.
    """

    plan: object
    form: Form
    changed: int
    project: str
    rows: tuple[RowFacts, ...]
    lines: Sequence[Duty | None]
    answers: Mapping[int, _Answer]


class FormMemory:
    """The last versions of so many forms at least, four times as many at most."""

    def __init__(self, forms: int) -> None:
        self._forms = 2 * forms  # a version stands under two names
        self._new: dict[object, _Version] = {}
        self._old: dict[object, _Version] = {}

    def __len__(self) -> int:
        """How many versions are kept."""
        return len({id(one) for one in (*self._new.values(), *self._old.values())})

    def like(self, names: Sequence[object]) -> _Version | None:
        """The version last kept under one of these names."""
        for name in names:
            found = self._new.get(name) or self._old.get(name)
            if found is not None:
                return found
        return None

    def keep(self, names: Sequence[object], version: _Version) -> None:
        """To be found under each of these names."""
        if len(self._new) >= self._forms:
            self._old, self._new = self._new, {}
        for name in names:
            self._new[name] = version


def _names(plan: object, as_of: date, form: Form) -> tuple[object, ...]:
    """Under what the version before is looked for: who types changes one part only.

    What is the same under one name is no question for rules: place, kind, whether there are rows.
    """
    same = (id(plan), as_of, form.file, form.index, form.kind, bool(form.indicators))
    return (
        (*same, "header", _encode(form.header)),
        (*same, "narrative", _encode(form.narrative)),
    )


class Remembering:
    """One audit of one form, with what is known of the version before."""

    def __init__(self, memory: FormMemory, plan: object, as_of: date, form: Form) -> None:
        self._memory, self._plan, self._form = memory, plan, form
        self._names = _names(plan, as_of, form)
        self._before = before = memory.like(self._names)
        self._answers = {} if before is None else dict(before.answers)
        self._changed = -1 if before is None else changed_parts(before.form, form)
        known = () if before is None else before.rows
        self._rows = tuple(map(row_facts, form.indicators, chain(known, repeat(None))))
        # Whoever types on at one place changes the same again: what is asked again here will be
        # asked again next time, and watching it would cost more than it saves.
        self._watches = before is None or before.changed != self._changed
        self.view: FormView
        self._all_rows: tuple[Row, ...]
        if self._watches:
            self.view = watched = WatchedView(form, self._rows)
            self._told, self._all_rows = watched.told, watched.all_rows
        else:
            self.view, self._told = FormView(form, self._rows), Watch()
            self._all_rows = self.view.rows
        #: What counts as asked for before anything is seen.
        self._unseen = 0 if self._watches else -1
        self._masks: list[int] = []
        self._said: dict[int, Items] = {}

    def take_over(self, ledger: Ledger, looking: Sequence[Looking]) -> Sequence[Looking]:
        """Put into the ledger what still holds; what is left to be asked."""
        before, answers, changed = self._before, self._answers, self._changed
        if before is None:
            return looking
        same_name = before.project == self.view.project
        found: list[Found] = []
        left: list[Looking] = []
        for one in looking:
            answer = answers.get(one[0])
            if answer is None or answer.asked & changed or (answer.found and not same_name):
                left.append(one)
            else:
                found += answer.found
        ledger.adopt(before.lines, found, [number for number, *_ in left])
        return left

    @property
    def is_known(self) -> bool:
        """Whether a version before has been found, whose lines can be taken over."""
        return self._before is not None

    def ask(self, number: int, rule: Rule[Any], context: Context[Any]) -> Iterator[Hit | Skip]:
        """What a rule says; what it asks for is put down until `note`."""
        self._told.asked, self._masks, self._said = self._unseen, [], {}
        if rule.on_row is not None:
            yield from self._ask_rows(number, rule.on_row, context)
        elif rule.on_form is not None:
            yield from rule.on_form(self.view, context)

    def _ask_rows(self, number: int, check: Check, context: Context[Any]) -> Iterator[Hit | Skip]:
        told, rows = self._told, self._all_rows
        masks, anew = self._to_ask(number, len(rows))
        self._masks, kept = masks, self._said
        for at in sorted({*anew, *kept}) if kept else anew:
            if at in kept and at not in anew:
                yield from kept[at]
                continue
            told.asked, said = self._unseen, []
            for item in check(rows[at], context):
                said.append(item)
                yield item
            masks[at] = told.asked
            kept.pop(at, None)
            if said:
                kept[at] = tuple(said)

    def _to_ask(self, number: int, count: int) -> tuple[list[int], list[int]]:
        """What the rule asked for row by row, and the rows it has to be asked about anew."""
        known = self._answers.get(number)
        if known is None:  # also of a rule that broke, though nothing has changed
            return [-1] * count, list(range(count))
        changed, masks = self._changed, list(known.rows[:count])
        masks += [-1] * (count - len(masks))
        if known.said:
            self._said = {at: said for at, said in known.said.items() if at < count}
        return masks, [at for at, mask in enumerate(masks) if mask & changed]

    def note(self, number: int, found: Sequence[Found]) -> None:
        """The rule is through: its answer holds while what it asked for stays the same."""
        asked = self._told.asked
        if self._masks:
            asked = COUNT
            for mask in self._masks:
                asked |= mask
        self._answers[number] = _Answer(asked, tuple(found), self._masks, self._said)

    def forget(self, number: int) -> None:
        """The rule broke: it is asked again each time."""
        self._answers.pop(number, None)

    def keep(self, lines: Sequence[Duty | None]) -> None:
        """This version, with its lines in the ledger, is the one before the next."""
        version = _Version(
            plan=self._plan,
            form=self._form,
            changed=self._changed,
            project=self.view.project,
            rows=self._rows,
            lines=lines,
            answers=self._answers,
        )
        self._memory.keep(self._names, version)
