"""The sentences of a form: the overall goal, over the year and over the whole project."""

from decimal import Decimal

from msgspec import Struct

from jixiao.form.entry import Entry


class Task(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One line of 年度主要任务 in a department's form; money in the unit of the funding block."""

    name: Entry[str]
    content: Entry[str] | None = None
    amount: Entry[Decimal] | None = None
    fiscal: Entry[Decimal] | None = None
    other: Entry[Decimal] | None = None
    expected: Entry[str] | None = None


class Narrative(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What is to be reached, in words.

    `goal` is the annual overall goal (年度总体目标), `long_term_goal` the one over several years
    (中期/长期/项目总目标), `achieved` what a self-evaluation says was reached.
    """

    goal: Entry[str] | None = None
    long_term_goal: Entry[str] | None = None
    achieved: Entry[str] | None = None
    tasks: tuple[Task, ...] = ()
