"""How often rules speak, counted in advance: what is added is what counting anew finds."""

from random import Random

from jixiao.web.filings.boards import by_rule, by_unit
from jixiao.web.filings.content import audited
from jixiao.web.filings.counting import keep_findings
from jixiao.web.filings.models import Filing, FindingCount, FindingSum
from jixiao.web.filings.spoken import is_handed_in, move_spoken, recount_spoken
from tests.web.conftest import TODAY
from tests.web.test_journey import accept_everything, step

_FIELDS = ("agency", "agency_path", "budget_year", "is_handed_in", "code", "severity")


def sums():
    rows = FindingSum.objects.exclude(filings=0, count=0).order_by(*_FIELDS)
    return list(rows.values_list(*_FIELDS, "filings", "count"))


def counted_anew():
    before = sums()
    recount_spoken()
    return before, sums()


def test_sums_follow_findings_and_steps(a_filing, sample_forms):
    filings, chance = [a_filing(number) for number in (3, 4, 5)], Random(7)
    known = sum((audited(one, profile="", as_of=TODAY).findings for one in sample_forms[:6]), ())
    for _ in range(20):
        one = chance.choice(filings)
        keep_findings(one, chance.sample(known, chance.choice((0, 1, 30))))
        was = is_handed_in(one)
        one.state, one.number = chance.choice((("draft", 1), ("draft", 2), ("with_department", 1)))
        Filing.objects.filter(pk=one.pk).update(state=one.state, number=one.number)
        move_spoken(one, was_handed_in=was)
        before, after = counted_anew()
        assert before == after


def test_a_step_takes_the_findings_with_it(a_filing, person):
    filing = a_filing()
    assert by_rule(person("taole"), 2022, {})
    assert by_unit(person("jixiao"), 2022) == by_rule(person("jixiao"), 2022, {}) == []
    accept_everything(filing, person)
    assert isinstance(step(person, filing, "taole", "submit"), Filing)
    before, after = counted_anew()
    assert before == after
    assert {row[3] for row in after} <= {True}
    told = FindingCount.objects.filter(filing=filing)
    rules = {one.code: one for one in by_rule(person("jixiao"), 2022, {})}
    assert {one.code: one.count for one in told} == {
        code: one.errors + one.warnings + one.others for code, one in rules.items()
    }
    assert all(one.filings == 1 for one in rules.values())


def test_a_unit_is_told_of_as_many_filings_as_have_findings(a_filing, person):
    for number in (3, 4, 5):
        keep_findings(a_filing(number), ())
    assert by_unit(person("taole"), 2022) == []
    filings = [a_filing(number) for number in (6, 7)]
    (unit,) = by_unit(person("taole"), 2022)
    told = FindingCount.objects.filter(filing__in=filings)
    assert unit.filings == told.values("filing").distinct().count() == 2
    assert unit.errors + unit.warnings + unit.others == sum(one.count for one in told)
