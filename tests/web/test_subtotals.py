"""Sums of places are those of the filings below them, whatever was written, and folded or not."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client

from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import STEP, Agency, in_subtree
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings import subtotals
from jixiao.web.filings.counting import keep_tally, recount_sums
from jixiao.web.filings.models import Filing, Subtotal, Tally
from jixiao.web.filings.placed import topmost
from jixiao.web.filings.selectors import visible_to
from jixiao.web.filings.subtotals import GROUPS, SUMS, fold
from jixiao.web.filings.summing import by_category, by_department, by_state, seen_years, sums_of
from tests.web.conftest import NOW

_KIND = ("budget_year", *GROUPS)


@pytest.fixture
def season(county: dict[str, Agency]) -> Callable[[int], list[Filing]]:
    """Filings of several agencies at every depth, changed and counted again and again."""

    def make(rounds: int) -> list[Filing]:
        chance, user = Random(5), User.objects.get(username="taole")
        places = [county[code] for code in ("055001", "055", "021001", "640221")]
        made = Filing.objects.bulk_create(
            Filing(
                agency=at, agency_path=at.path, project_name=f"项目{number}", layout="", number=1,
                budget_year=2026 + number % 2, stage="target_setting", state="draft",
                created_by=user, updated_at=NOW,
            )
            for number, at in enumerate(places * 5)
        )  # fmt: skip
        for one in made + chance.choices(made, k=rounds):
            Filing.objects.filter(pk=one.pk).update(
                state=chance.choice(("draft", "with_department", "approved")),
                number=chance.choice((1, 2)),
                total=chance.choice((None, Decimal(0), Decimal("12.34"))),
                category=chance.choice(("", "基本建设", "专项业务")),
                errors=chance.choice((0, 0, 3)),
                indicator_count=chance.randrange(20),
            )
            keep_tally(one.agency_id, one.budget_year)
        return made

    return make


def of_places() -> dict[tuple[Any, ...], tuple[Any, ...]]:
    rows = Subtotal.objects.order_by().values("place_path", *_KIND)
    sums = rows.annotate(**{f"sum_{name}": Sum(name) for name in SUMS})
    found = {
        tuple(row[name] for name in ("place_path", *_KIND)): tuple(
            row[f"sum_{name}"] for name in SUMS
        )
        for row in sums
    }
    return {key: amounts for key, amounts in found.items() if any(amounts)}


def of_agencies() -> dict[tuple[Any, ...], tuple[Any, ...]]:
    found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in Tally.objects.values("agency_path", *_KIND, *SUMS):
        path = row["agency_path"]
        for end in range(STEP, len(path) + 1, STEP):
            key = (path[:end], *(row[name] for name in _KIND))
            known = found.get(key, (0,) * len(SUMS))
            found[key] = tuple(
                old + (row[name] or 0) for old, name in zip(known, SUMS, strict=True)
            )
    return found


@pytest.mark.parametrize("every", [1, 7, 10**9])
def test_whatever_is_written_places_have_the_sums_of_their_agencies(
    season: Callable[[int], list[Filing]], monkeypatch: pytest.MonkeyPatch, every: int
) -> None:
    monkeypatch.setattr(subtotals, "_FOLDED_EVERY", every)
    season(40)
    assert of_places() == of_agencies()
    fold()
    assert not Subtotal.objects.filter(is_change=True).exists()
    assert of_places() == of_agencies()
    kinds = Subtotal.objects.values_list("place_path", *_KIND)
    assert len(kinds) == len(set(kinds)), "one row for each"
    before = of_places()
    recount_sums()
    assert of_places() == before


def test_a_save_that_changes_no_figure_adds_nothing(a_filing: Callable[..., Filing]) -> None:
    filing = a_filing(4)
    known = Subtotal.objects.count()
    keep_tally(filing.agency_id, filing.budget_year)
    assert Subtotal.objects.count() == known == len(filing.agency_path) // STEP


def test_what_is_gone_leaves_nothing_behind(a_filing: Callable[..., Filing]) -> None:
    filing = a_filing(4)
    Filing.objects.filter(pk=filing.pk).update(budget_year=1999)
    keep_tally(filing.agency_id, filing.budget_year)
    fold()
    assert not Subtotal.objects.exists()


@pytest.mark.parametrize("name", ["jixiao", "zhuguan", "taole", "nongji"])
@pytest.mark.parametrize("is_folded", [True, False])
def test_everybody_is_told_the_sums_of_what_they_see(
    season: Callable[[int], list[Filing]],
    person: Callable[[str], Actor],
    name: str,
    is_folded: bool,
) -> None:
    season(30)
    if is_folded:
        fold()
    who = person(name)
    for asked in (
        {}, {"year": "2027"}, {"state": "approved"}, {"category": "基本建设"}, {"under": "055"},
        {"under": "021"}, {"under": "640221"}, {"agency": "055"}, {"agency": "055001"},
        {"agency": "055001", "under": "021"}, {"under": "nowhere"}, {"year": "2027", "under": "640221"},
    ):  # fmt: skip
        # Conditions the sums do not know are summed from the filings themselves.
        by_hand = {**asked, "updated_since": "2000-01-01T00:00:00+00:00"}
        assert sums_of(who, asked) == sums_of(who, by_hand, whole=True), asked
        for depth in (2, 3):
            assert by_department(who, asked, depth) == by_department(who, by_hand, depth), asked
        assert by_category(who, asked) == by_category(who, by_hand), asked
        assert by_state(who, asked) == by_state(who, by_hand), asked
    seen = visible_to(who)
    assert seen_years(who)[0] == sorted(set(seen.values_list("budget_year", flat=True)))[::-1]
    assert set(seen_years(who)[1]) == set(seen.values_list("category", flat=True)) - {""}


def test_a_total_nobody_states_is_not_nought(
    a_filing: Callable[..., Filing], person: Callable[[str], Actor]
) -> None:
    filing, who = a_filing(4), person("taole")
    for total in (None, Decimal(0), None):
        Filing.objects.filter(pk=filing.pk).update(total=total)
        keep_tally(filing.agency_id, filing.budget_year)
        assert sums_of(who, {}).total == total


def test_the_sums_of_a_unit_are_not_those_of_its_department(
    season: Callable[[int], list[Filing]],
    signed_in: Callable[[str], Client],
    person: Callable[[str], Actor],
) -> None:
    season(10)
    (only,) = by_department(person("taole"), {})
    path = Agency.objects.get(code="055001").path
    mine = Filing.objects.filter(in_subtree("agency_path", path)).count()
    department = Filing.objects.filter(in_subtree("agency_path", path[:-STEP])).count()
    assert only.sums.filings == mine < department
    assert signed_in("taole").get("/filings/totals").status_code == 200


def test_places_below_others_are_not_asked_twice() -> None:
    assert topmost(("0001.", "0001.0002.", "0003.0001.")) == ("0001.", "0003.0001.")
