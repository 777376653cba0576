"""What a rule declares, and the three shapes of a rule: one row, one form, several forms.

A rule module holds `check`, optionally a `Params` struct, and `RULE` made by one of the three
functions at the end. Its docstring is the published page (Chinese), the `.cases.yml` beside it
its examples and tests. The rule's name is the file's name.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Generic, Required, TypedDict, TypeVar, Unpack

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.view import Batch, FormView, Row
from jixiao.form.forms import FormKind
from jixiao.foundation.registry import Registry
from jixiao.standards.profile import Profile


class NoParams(Struct, frozen=True):
    """A rule without settings."""


P = TypeVar("P", bound=Struct)


class Context(Struct, Generic[P], frozen=True, kw_only=True):
    """What a rule may know beside the form: its settings, the profile, and the day of the audit.

    `as_of` is handed in; no rule asks the clock.
    """

    form: FormView
    profile: Profile
    params: P
    as_of: date


class BatchContext(Struct, Generic[P], frozen=True, kw_only=True):
    """The same for a rule that compares forms."""

    profile: Profile
    params: P
    as_of: date


class At(Struct, frozen=True, kw_only=True):
    """A hit, or a skip, of a batch rule: which form of the batch it concerns."""

    form: int
    what: Hit | Skip


RowCheck = Callable[[Row, Context[P]], Iterator[Hit | Skip]]
FormCheck = Callable[[FormView, Context[P]], Iterator[Hit | Skip]]
BatchCheck = Callable[[Batch, BatchContext[P]], Iterator[At]]

#: The forms in which a target is set; most rules concern these only.
TARGET_FORMS = frozenset(
    {FormKind.PROJECT_TARGET, FormKind.DEPARTMENT_TARGET, FormKind.REGIONAL_TARGET}
)
#: Every form that carries indicators with targets.
INDICATOR_FORMS = TARGET_FORMS | {
    FormKind.MONITORING,
    FormKind.SELF_EVALUATION,
    FormKind.EVALUATION,
    FormKind.ADJUSTMENT,
}


class Rule(Struct, Generic[P], frozen=True, kw_only=True):
    """One rule. Exactly one of the three checks is set.

    `basis` names entries of sources.yml, each with the article where one is claimed
    (`cn-mof-2015-88`, `cn-mof-2015-88#13`). `dimension` is the review item it serves
    (完整性, 相关性, 适当性, 可行性). A `preview` rule is shown on request only and never blocks.
    `default` False means a profile has to switch the rule on.
    """

    code: str
    severity: Severity
    dimension: str
    basis: tuple[str, ...]
    module: str
    params: type[P]
    certainty: Certainty = Certainty.SURE
    kinds: frozenset[FormKind] = TARGET_FORMS
    since: str = "0.1"
    preview: bool = False
    default: bool = True
    on_row: RowCheck[P] | None = None
    on_form: FormCheck[P] | None = None
    on_batch: BatchCheck[P] | None = None

    @property
    def family(self) -> str:
        return self.code[:-3]

    @property
    def name(self) -> str:
        """The file's name with hyphens: `doubled-comparator`."""
        return self.module.rpartition(".")[2].replace("_", "-")

    @property
    def page(self) -> str:
        """The published page, as written in the module's docstring."""
        return (sys.modules[self.module].__doc__ or "").strip()

    @property
    def title(self) -> str:
        """The page's first line: one Chinese sentence."""
        return self.page.partition("\n")[0].strip()

    @property
    def cases_file(self) -> Path:
        source = sys.modules[self.module].__file__
        return Path(source or "").with_suffix(".cases.yml")


class Declared(TypedDict, total=False):
    """What every shape of rule declares; the fields are those of `Rule`."""

    code: Required[str]
    severity: Required[Severity]
    basis: Required[tuple[str, ...]]
    dimension: Required[str]
    certainty: Certainty
    kinds: frozenset[FormKind]
    since: str
    preview: bool
    default: bool


def row_rule(*, check: RowCheck[P], params: type[P], **declared: Unpack[Declared]) -> Rule[P]:
    """A rule that looks at one indicator row at a time."""
    return Rule(module=check.__module__, params=params, on_row=check, **declared)


def form_rule(*, check: FormCheck[P], params: type[P], **declared: Unpack[Declared]) -> Rule[P]:
    """A rule that looks at one form as a whole."""
    return Rule(module=check.__module__, params=params, on_form=check, **declared)


def batch_rule(*, check: BatchCheck[P], params: type[P], **declared: Unpack[Declared]) -> Rule[P]:
    """A rule that compares the forms of one file or folder."""
    return Rule(module=check.__module__, params=params, on_batch=check, **declared)


RULES: Registry[Rule[Struct]] = Registry("jixiao.audit.rules", "RULE", "规则")
