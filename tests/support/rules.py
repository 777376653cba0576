"""Small rules for tests of the engine, made on the spot and never registered."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct

from jixiao.audit.finding import Hit, Severity, Skip
from jixiao.audit.rule import (
    At,
    BatchContext,
    Context,
    NoParams,
    Rule,
    batch_rule,
    form_rule,
    row_rule,
)
from jixiao.audit.view import Batch, FormView, Row

BASIS = ("jixiao",)


class Limit(Struct, frozen=True):
    """A setting for tests."""

    most: Decimal = Decimal(10)
    words: tuple[str, ...] = ()


def a_rule(code: str, shape: Callable[..., Rule[Any]], check: Any, **more: Any) -> Rule[Any]:
    """A rule of any shape with the entries every rule owes."""
    given = {"severity": Severity.WARNING, "basis": BASIS, "dimension": "相关性"}
    rule = shape(code=code, check=check, params=more.pop("params", NoParams), **{**given, **more})
    return msgspec.structs.replace(rule, module=f"test.{code.lower()}")


def flags_rows(code: str, word: str = "", **more: Any) -> Rule[Any]:
    """Reports every row whose value holds the word."""

    def check(row: Row, _: Context[Any]) -> Iterator[Hit | Skip]:
        if word in row.value:
            yield row.hit("target", f"指标“{row.raw_name}”的值“{row.raw_value}”")

    return a_rule(code, row_rule, check, **more)


def flags_forms(code: str, **more: Any) -> Rule[Any]:
    """Reports every form once, at its goal."""

    def check(view: FormView, _: Context[Any]) -> Iterator[Hit | Skip]:
        yield view.hit("narrative.goal", view.place_of(view.goal_entry), f"目标“{view.goal}”")

    return a_rule(code, form_rule, check, **more)


def skips_forms(code: str, *skips: Skip, **more: Any) -> Rule[Any]:
    """Never reports, always excuses itself."""

    def check(_: FormView, __: Context[Any]) -> Iterator[Hit | Skip]:
        yield from skips

    return a_rule(code, form_rule, check, **more)


def breaks(code: str, fault: type[Exception] = ZeroDivisionError) -> Rule[Any]:
    """A rule with a fault of ours in it."""

    def check(_: Row, __: Context[Any]) -> Iterator[Hit | Skip]:
        raise fault
        yield  # makes it a generator, like every real rule

    return a_rule(code, row_rule, check)


def same_goals(code: str, **more: Any) -> Rule[Any]:
    """Reports every form whose goal another one has too."""

    def check(batch: Batch, _: BatchContext[Any]) -> Iterator[At]:
        goals = [view.goal for view in batch.forms]
        for position, view in enumerate(batch.forms):
            if goals.count(view.goal) > 1:
                place = view.place_of(view.goal_entry)
                hit = view.hit("narrative.goal", place, f"目标“{view.goal}”与其他项目相同")
                yield At(form=position, what=hit)

    return a_rule(code, batch_rule, check, **more)


def over_limit(code: str, **more: Any) -> Rule[Any]:
    """Reports numbers above its setting."""

    def check(row: Row, context: Context[Limit]) -> Iterator[Hit | Skip]:
        number = row.quantity.number
        if number is not None and number > context.params.most:
            yield row.hit("target", f"{number} 大于 {context.params.most}")

    return a_rule(code, row_rule, check, params=Limit, **more)
