"""An audit with a memory says what one that remembers nothing says, whatever changed."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from jixiao.audit.engine import audit
from jixiao.audit.finding import Hit, Severity, Skip
from jixiao.audit.remembered import FormMemory, Remembering
from jixiao.audit.rule import Context, NoParams, Rule, row_rule
from jixiao.audit.view import Row
from jixiao.form.codec import decode, encode
from jixiao.form.forms import Form
from jixiao.official.editing import UnknownPlace, change, insert_row, move_row, remove_row
from jixiao.pipeline import read
from jixiao.standards.inheritance import load_profile
from tests.support.cases import case_files, read_cases

DAY = date(2026, 11, 22)
PROFILE = "nx_pingluo_2022"
SAMPLE = "src/jixiao/sample/taole-2022.txt"
CACHED = re.compile(r"@(?:lru_)?cache\b[^\n]*\ndef (\w+)\(([^)]*)\)")
PLACES = ("indicators[0].target", "indicators[2].name", "narrative.goal", "funding.total")
FIELDS = ("name", "target", "level1", "level2", "unit_cell", "weight")


@cache
def sample() -> tuple[Form, ...]:
    return read(SAMPLE).forms


@cache
def forms_of_cases() -> tuple[Form, ...]:
    """Every form on which some rule is tried."""
    return tuple(
        form
        for path in case_files()
        for case in read_cases(path)
        for form in case.records()
        if form.indicators
    )


@cache
def texts() -> tuple[str, ...]:
    rows = [row for form in (*sample(), *forms_of_cases()) for row in form.indicators]
    said = [text for row in rows for text in (row.name.raw, row.target.raw)]
    return tuple(dict.fromkeys((*said, "", "0", "≥≥3", "良好", "１０ 个", "2022年12月31日前")))


def edited(form: Form, chance: Random) -> Form:
    """One thing somebody may do to a form."""
    at, rows = chance.randrange(20), max(len(form.indicators), 1)
    try:
        if at == 0:
            return remove_row(form, "indicators", chance.randrange(rows))
        if at == 1:
            return insert_row(form, "indicators", chance.randrange(rows + 1))
        if at == 2:
            return move_row(form, "indicators", chance.randrange(rows), chance.randrange(rows))
        if at == 3:
            return change(form, "narrative.goal", chance.choice(texts()))
        if at == 4:
            return change(form, "header.project_name", chance.choice(texts()))
        if at == 5:
            return change(form, "funding.total", chance.choice(("10", "12.5", "", "五")))
        field = chance.choice(FIELDS)
        return change(form, f"indicators[{chance.randrange(rows)}].{field}", chance.choice(texts()))
    except UnknownPlace:
        return form


def same(form: Form, memory: FormMemory, profile: str | None = PROFILE, day: date = DAY) -> None:
    said = audit((form,), as_of=day, profile=profile, memory=memory)
    assert said == audit((form,), as_of=day, profile=profile)


@pytest.mark.parametrize("seed", range(6))
def test_a_form_that_is_typed_into(seed: int) -> None:
    chance, memory = Random(seed), FormMemory(60)
    form = chance.choice(sample())
    for _ in range(40):
        form = edited(form, chance)
        same(form, memory)


@pytest.mark.parametrize("seed", range(6))
def test_several_people_type_on_under_other_profiles_and_on_other_days(seed: int) -> None:
    """Again and again at one place, elsewhere, in forms met before, and in such as were stored."""
    chance, memory = Random(100 + seed), FormMemory(8)
    forms = [chance.choice((*sample(), *forms_of_cases())) for _ in range(3)]
    profile, day = PROFILE, DAY
    for _ in range(40):
        at = chance.randrange(len(forms))
        if chance.random() < 0.1:
            profile = chance.choice((PROFILE, "cn_mof_2015", None))
            day = chance.choice((DAY, date(2023, 12, 31), date(2019, 1, 1)))
        if chance.random() < 0.2:
            forms[at] = decode(encode(forms[at]))
        before, place = forms[at], chance.choice(PLACES)
        forms[at] = edited(before, chance)
        for _ in range(chance.randrange(4)):
            forms[at] = typed(forms[at], place, chance)
            same(forms[at], memory, profile, day)
        same(forms[at], memory, profile, day)
        if chance.random() < 0.1:  # undone
            forms[at] = before


def typed(form: Form, place: str, chance: Random) -> Form:
    try:
        return change(form, place, chance.choice(texts()))
    except UnknownPlace:
        return form


def test_facts_of_a_form_are_kept_with_the_form_only() -> None:
    """A fact kept elsewhere would be handed out without anybody seeing what was asked for it."""
    kept_elsewhere = [
        f"{path.name}:{found[1]}"
        for path in Path("src/jixiao/audit").rglob("*.py")
        for found in CACHED.finditer(path.read_text(encoding="utf-8"))
        if re.search(r"\b(?:FormView|Row|Form|Indicator)\b", found[2])
    ]
    assert kept_elsewhere == []


def test_the_same_rows_in_other_forms() -> None:
    """Nothing but the row, its number, the profile and the day may stand behind an answer."""
    chance, memory = Random(7), FormMemory(4000)
    forms = (*sample(), *forms_of_cases())
    for _ in range(400):
        rows, form = chance.choice(forms).indicators, chance.choice(forms)
        turned = chance.randrange(len(rows))
        mixed = replace(form, indicators=(*rows[turned:], *rows[:turned]))
        same(mixed, memory, chance.choice((PROFILE, "cn_mof_2015", None)))


def test_another_day_is_another_question() -> None:
    memory = FormMemory(100)
    for day in (date(2014, 1, 1), date(2019, 1, 1), DAY):
        same(replace(sample()[4], budget_year=None), memory, day=day)


def test_what_a_rule_says_before_it_breaks_is_said_each_time() -> None:
    form, memory = sample()[4], FormMemory(100)

    def check(row: Row, _context: Context[NoParams]) -> Iterator[Hit | Skip]:
        yield row.hit("name", f"第{row.index}行")
        if row.index == 1:
            raise ZeroDivisionError

    for _ in range(2):
        said = audit((form,), as_of=DAY, profile=PROFILE, rules=(a_rule(check),), memory=memory)
        assert said == audit((form,), as_of=DAY, profile=PROFILE, rules=(a_rule(check),))
        assert len([one for one in said.findings if one.code == "TST001"]) == 2


def test_a_rule_that_broke_is_asked_again_though_nothing_has_changed() -> None:
    form, memory, asked = sample()[4], FormMemory(100), 0

    def check(_row: Row, _context: Context[NoParams]) -> Iterator[Hit | Skip]:
        nonlocal asked
        asked += 1
        raise ZeroDivisionError
        yield

    for _ in range(3):
        asking = Remembering(memory, check, DAY, form)
        context = Context(
            form=asking.view, profile=load_profile(PROFILE), params=NoParams(), as_of=DAY
        )
        with pytest.raises(ZeroDivisionError):
            list(asking.ask(0, a_rule(check), context))
        asking.forget(0)
        asking.keep(())
    assert asked == 3


def test_the_memory_is_bounded() -> None:
    form, memory = sample()[4], FormMemory(3)
    for number in range(20):
        same(change(form, "header.project_name", f"项目{number}"), memory)
    assert len(memory) <= 12


@pytest.mark.parametrize("asks", ["row", "context"])
def test_only_who_looks_at_the_form_is_asked_again(asks: str) -> None:
    asked: list[int] = []

    def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
        asked.append(row.index)
        if row.index == 2:
            view = row.form if asks == "row" else context.form
            yield row.hit("name", view.goal)
        elif row.index == 3:
            yield row.hit("name", row.name)

    form, memory, rule = sample()[4], FormMemory(100), a_rule(check)
    count = len(form.indicators)
    for goal in ("甲", "乙"):
        found = said_with(memory, rule, change(form, "narrative.goal", goal))
        assert [one.message for one in found if isinstance(one, Hit)] == [
            goal,
            form.indicators[3].name.raw,
        ]
    assert asked == [*range(count), 2]
    said_with(memory, rule, change(form, "indicators[3].name", "路灯"))
    assert asked[count + 1 :] == [2, 3]


def said_with(memory: FormMemory, rule: Rule[NoParams], form: Form) -> list[Hit | Skip]:
    """What one rule says in an audit of its own."""
    asking = Remembering(memory, rule, DAY, form)
    context = Context(form=asking.view, profile=load_profile(PROFILE), params=NoParams(), as_of=DAY)
    found = list(asking.ask(0, rule, context))
    asking.note(0, ())
    asking.keep(())
    return found


def a_rule(check: object) -> Rule[NoParams]:
    return row_rule(
        code="TST001",
        severity=Severity.ERROR,
        check=check,  # type: ignore[arg-type]
        basis=("jixiao",),
        dimension="完整性",
        params=NoParams,
    )
