"""What the audit says: findings, proposed corrections, and the outcome of every duty."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from jixiao.foundation.location import SourceRef


class Severity(StrEnum):
    """How much harm is done: error must be mended before submission, info is for knowing."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"
    INFO = "info"


class Certainty(StrEnum):
    """How sure a rule can be: arithmetic and notation are sure, the sense of words is not."""

    SURE = "sure"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Outcome(StrEnum):
    """How one duty (one rule on one form) ended; nothing is silently skipped."""

    PASS = "pass"  # noqa: S105  the word of the public contract, no password
    FINDING = "finding"
    NOT_APPLICABLE = "not_applicable"
    NOT_ENOUGH_DATA = "not_enough_data"
    UNREADABLE = "unreadable"
    CRASHED = "crashed"
    SUPPRESSED = "suppressed"


class Edit(Struct, frozen=True, kw_only=True, gc=False):
    """Replace `old`, the whole text of the cell at `at`, by `new`."""

    at: SourceRef
    old: str
    new: str


class Fix(Struct, frozen=True, kw_only=True, gc=False):
    """A proposed correction. Safe: pure notation, the understood value stays the same."""

    safe: bool
    title: str
    edits: tuple[Edit, ...]


class Hit(Struct, frozen=True, kw_only=True, gc=False):
    """What a rule yields where it sees a fault; the engine adds code, severity and form.

    `path` names the field in the record (`indicators[3].target`), `evidence` the numbers behind
    the arithmetic as decimal strings or words. `message` names field, value and what is wrong;
    `suggestion` the next step.
    """

    path: str
    at: SourceRef
    message: str
    suggestion: str | None = None
    evidence: Mapping[str, str] = {}
    fix: Fix | None = None


class Skip(Struct, frozen=True, kw_only=True, gc=False):
    """What a rule yields where its duty could not be done, with the reason in Chinese."""

    outcome: Outcome
    reason: str


def not_applicable(reason: str) -> Skip:
    """The duty does not concern this form: the reason says why."""
    return Skip(outcome=Outcome.NOT_APPLICABLE, reason=reason)


def not_enough_data(reason: str) -> Skip:
    """The duty concerns this form, but what it needs is not stated."""
    return Skip(outcome=Outcome.NOT_ENOUGH_DATA, reason=reason)


def unreadable(reason: str) -> Skip:
    """What the duty needs is stated but could not be understood."""
    return Skip(outcome=Outcome.UNREADABLE, reason=reason)


class Finding(Struct, frozen=True, kw_only=True, gc=False):
    """One fault at one place. `form` is the index of the form in its file."""

    code: str
    name: str
    severity: Severity
    certainty: Certainty
    message: str
    path: str
    quote: str
    source: SourceRef
    file: str
    form: int
    project: str
    suggestion: str | None = None
    fix: Fix | None = None
    evidence: Mapping[str, str] = {}
    basis: tuple[str, ...] = ()
    preview: bool = False


class Duty(Struct, frozen=True, kw_only=True, gc=False):
    """One line of the ledger: what became of one rule on one form."""

    code: str
    file: str
    form: int
    outcome: Outcome
    reason: str = ""
