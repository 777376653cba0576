"""What is counted in advance is written where it differs, and is what counting anew would give."""

from collections.abc import Callable
from random import Random

from jixiao.audit.finding import Finding
from jixiao.form.forms import Form
from jixiao.web.filings.content import audited
from jixiao.web.filings.counting import keep_findings, keep_tally
from jixiao.web.filings.models import Filing, FindingCount, Tally
from tests.web.conftest import TODAY


def counted(filing: Filing) -> list[tuple[str, str, int]]:
    rows = FindingCount.objects.filter(filing=filing).order_by("code")
    return list(rows.values_list("code", "severity", "count"))


def test_counts_follow_any_change_of_the_findings(
    a_filing: Callable[..., Filing], sample_forms: tuple[Form, ...]
) -> None:
    filing, chance = a_filing(4), Random(7)
    all_findings: tuple[Finding, ...] = sum(
        (audited(form, profile="", as_of=TODAY).findings for form in sample_forms[:6]), ()
    )
    for _ in range(12):
        some = chance.sample(all_findings, chance.randrange(len(all_findings)))
        keep_findings(filing, some)
        after = counted(filing)
        FindingCount.objects.filter(filing=filing).delete()
        keep_findings(filing, some)
        assert counted(filing) == after
        assert sum(count for _, _, count in after) == len(some)


def test_sums_follow_any_change_of_the_filings(a_filing: Callable[..., Filing]) -> None:
    filings, chance = [a_filing(number) for number in (3, 4, 5)], Random(7)
    fields = [one.attname for one in Tally._meta.concrete_fields if one.attname != "id"]
    for _ in range(12):
        one = chance.choice(filings)
        Filing.objects.filter(pk=one.pk).update(
            state=chance.choice(("draft", "approved")),
            number=chance.choice((1, 2)),
            total=chance.choice((None, 0, 12)),
            errors=chance.choice((0, 3)),
        )
        keep_tally(one.agency_id, one.budget_year)
        after = sorted(Tally.objects.values_list(*fields), key=str)
        Tally.objects.all().delete()
        keep_tally(one.agency_id, one.budget_year)
        assert sorted(Tally.objects.values_list(*fields), key=str) == after
        assert sum(row.filings for row in Tally.objects.all()) == len(filings)
